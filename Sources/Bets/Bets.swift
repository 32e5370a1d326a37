/// The nouns and the decisions: what a bet is (`Bet`), what happened to it (`Events`), what may be shipped (`Gate`, with
/// one file for each rule), and what a person should be told of (`Advice`).
///
/// Values alone: no I/O, no clock, no git objects. Whatever can be decided from values is decided here, and is tested
/// with tables of values.
@_exported import GitFormats
