/// The repository made safe: one door to objects (``ObjectStore``) and one to references, and what is built on those:
/// history, trees, lines. The user's own git runs where it alone knows (`Process`).
///
/// Returns values only: no pointer leaves this module, and it is the only one that imports libgit2 (1.5 to 1.9). It
/// knows nothing of bets.
@_exported import GitFormats
