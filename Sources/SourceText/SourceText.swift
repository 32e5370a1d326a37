/// What a source file says, as bytes: its language (`SourceLanguage`), whether something is built in it
/// (`SourceFiles`), its code without comments and strings (`CodeReader`), the names in a line (`Words`), what a line
/// defines (`Definitions`), and which of these names say enough to be known by (`NameQuality`, `NameUses`).
///
/// No I/O. A line is read by itself, with what the lines before it in the same hunk left open: nothing is parsed, and
/// nothing that a line holds can trap. All of it is linear in the bytes.
