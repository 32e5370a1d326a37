/// The diaries: how an event becomes a commit and a commit an event (`Storage`), how clones exchange them (`Sharing`),
/// and what a signature on one is worth (`Signatures`). All ref names of the ledger stand in `LedgerRefs`.
///
/// ``LedgerSite`` opens repository, configuration, settings and ledger for everybody. Nothing here knows of pushes.
@_exported import Bets
@_exported import Git
