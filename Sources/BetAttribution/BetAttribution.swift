/// Whose lines these are: which commits and lines belong to which bet (`Shipped`), which of them other work rewrites
/// (`Overlap`), and what a bet has left behind (`Footprint`).
///
/// Facts about history, kept in files below the git directory that may be deleted. Nothing here knows of rules.
@_exported import BetLedger
