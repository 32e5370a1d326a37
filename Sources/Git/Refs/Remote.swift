import GitFormats

/// Where a push goes, as far as it is known here.
public struct Remote: Sendable {
  /// The configured name; nil for a push to a URL that no configured remote has, and for this repository.
  public let name: String?
  /// Where its branches stand here, and which of them is the main one; nil when nothing is known of them.
  package let place: Place?

  package struct Place: Hashable, Sendable {
    /// What the names of its refs begin with.
    package let prefix: String
    package let main: Main
  }

  /// What says which branch is the main one.
  package enum Main: Hashable, Sendable {
    /// A symbolic ref.
    case head(String)
    /// A setting, where no ref does.
    case branch(String?)
  }

  /// Takes the name of a configured remote.
  public init(name: String?) {
    self.init(
      name: name,
      place: name.map { Place(prefix: "refs/remotes/\($0)/", main: .head("refs/remotes/\($0)/HEAD")) })
  }

  private init(name: String?, place: Place?) {
    self.name = name
    self.place = place
  }

  /// This repository itself, for what is pushed to it: its own branches are what has shipped.
  public static let here = Remote(name: nil, place: Place(prefix: "refs/heads/", main: .head("HEAD")))

  /// This repository where it has no remote. Its HEAD is what somebody works on, no word about what ships; `main` is
  /// what a new repository's first branch is called.
  package static func alone(main: String?) -> Remote {
    Remote(name: nil, place: Place(prefix: "refs/heads/", main: .branch(main)))
  }

  /// A URL as it may be shown, as git shows it: a password in it is nobody's business, and a user may be a token.
  package static func withoutCredentials(_ url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    let host = url[scheme.upperBound...].prefix { $0 != "/" }
    guard let end = host.lastIndex(of: "@") else { return url }
    return String(url[..<scheme.upperBound] + url[url.index(after: end)...])
  }

  /// The configured remotes, in the order of the configuration.
  ///
  /// Without those whose names no ref can hold: git pushes to them, but nothing is ever known of them here.
  package static func names(in config: [ConfigLine]) -> [String] {
    var names: [String] = []
    for line in config where line.key.hasPrefix("remote.") && line.key.hasSuffix(".url") {
      let name = String(line.key.dropFirst("remote.".count).dropLast(".url".count))
      guard !names.contains(name), Repository.isValidName("refs/remotes/\(name)/x") else { continue }
      names.append(name)
    }
    return names
  }
}
