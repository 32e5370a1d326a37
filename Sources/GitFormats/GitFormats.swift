/// git's formats as values: ids, ref updates, signatures, config lines, hunks, trailers (`Trailers`), patterns and
/// attributes of paths (`Paths`), and text that is safe to print.
///
/// No I/O and no libgit2: a format is read from bytes and written to bytes. Bets are unknown here.
