/// The command `git bet`: one file for each verb (`Commands`, named as typed), what the shims call (`Hooks`), what
/// `install` writes (`Installation`), what fails silently (`Doctor`), and the terminal.
///
/// The only room that prints, parses arguments and reads clock and environment. It decides nothing: it asks `BetGate`
/// and shows what `BetReports` lays out.
