import GitFormats

/// Where a push goes, as far as it is known here.
public struct Remote: Sendable {
  /// The configured name; nil for a push to a URL that no configured remote has, and for this repository.
  public let name: String?
  /// Where its branches stand here, and the ref that names the main one of them.
  package let place: (prefix: String, head: String)?

  /// Takes the name of a configured remote.
  public init(name: String?) {
    self.name = name
    place = name.map { ("refs/remotes/\($0)/", "refs/remotes/\($0)/HEAD") }
  }

  /// This repository itself, for what is pushed to it: its own branches are what has shipped.
  public static let here = Remote(ownPlace: ())

  private init(ownPlace: Void) {
    name = nil
    place = ("refs/heads/", "HEAD")
  }

  /// Takes what git tells a hook: the remote's name, or the URL itself when none was named.
  ///
  /// For a URL the configured remote with that URL is meant, if there is one.
  package init(argument: String, config: [ConfigLine]) {
    let names = Remote.names(in: config)
    guard !names.contains(argument) else {
      self.init(name: argument)
      return
    }
    self.init(
      name: names.first { name in
        config.contains {
          ["remote.\(name).url", "remote.\(name).pushurl"].contains($0.key) && $0.value == argument
        }
      })
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
