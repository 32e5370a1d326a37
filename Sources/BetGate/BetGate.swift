/// The gate as a library: `import BetGate` opens a repository and asks about a push.
///
/// This room brings a push before the gate (`Judging`) and looks at what has landed and how (`Audit`). It prints
/// nothing, and reads neither clock nor environment: that is for its callers. What is decided stands in `Bets`, whose
/// lines they are in `BetAttribution`, how bets are stored in `BetLedger`, git itself in `Git`.
@_exported import BetAttribution
