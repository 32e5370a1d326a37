import GitFormats

/// What an event's signature is worth here.
///
/// Only `trusted` counts: a signature that git accepts, of somebody who may sign as the event's author.
package enum SignatureTrust: Hashable, Sendable {
  /// By a principal of the allowed signers, or a user id of gpg.
  case trusted(by: String)
  /// A signature that git accepts, under somebody else's name.
  case forged(signer: String, author: String)
  case unsigned
  /// The key's fingerprint, as far as git tells it; likewise below.
  case unknownKey(String)
  case expiredKey(String)
  case expiredSignature(String)
  case revokedKey(String)
  /// It was made for something else, or is none.
  case bad
  /// Nobody here can tell.
  case cannotVerify(why: String)

  package var isTrusted: Bool { if case .trusted = self { true } else { false } }

  /// A stable word, for `--json`.
  package var word: String {
    switch self {
    case .trusted: "trusted"
    case .forged: "forged"
    case .unsigned: "unsigned"
    case .unknownKey: "unknown-key"
    case .expiredKey: "expired-key"
    case .expiredSignature: "expired-signature"
    case .revokedKey: "revoked-key"
    case .bad: "bad"
    case .cannotVerify: "cannot-verify"
    }
  }

  /// Who signed, as far as it is known: a name, or a key.
  package var signer: String? {
    switch self {
    case .trusted(let name), .forged(let name, _): name
    case .unknownKey(let key), .expiredKey(let key), .expiredSignature(let key), .revokedKey(let key):
      key.isEmpty ? nil : key
    case .unsigned, .bad, .cannotVerify: nil
    }
  }

  /// What is so, as the end of a sentence about the event; foreign text in it is printable.
  package var sentence: String {
    func key(_ key: String) -> String { key.isEmpty ? "" : " (\(Text.printable(key)))" }
    switch self {
    case .trusted(let signer): return "is signed by \(Text.printable(signer))"
    case .forged(let signer, let author):
      return "was signed by \(Text.printable(signer)), but says that \(Text.printable(author)) wrote it"
    case .unsigned: return "is not signed"
    case .unknownKey(let name): return "is signed with a key that is not trusted here\(key(name))"
    case .expiredKey(let name): return "is signed with a key that has expired\(key(name))"
    case .expiredSignature(let name): return "has a signature that has expired\(key(name))"
    case .revokedKey(let name): return "is signed with a key that was revoked\(key(name))"
    case .bad: return "has a signature that was not made for it"
    case .cannotVerify(let why): return "has a signature that cannot be verified: \(Text.printable(why))"
    }
  }
}
