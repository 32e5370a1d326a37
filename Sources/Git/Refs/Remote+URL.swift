import GitFormats
import Libc

extension Remote {
  /// Takes what git tells a hook: the remote's name, or the URL itself when none was named; and that URL, rewritten as
  /// the configuration says.
  ///
  /// For a URL the configured remote with that URL is meant, if there is one, however it is spelled.
  package init(argument: String, url: String? = nil, config: [ConfigLine]) {
    let names = Remote.names(in: config)
    guard !names.contains(argument) else {
      self.init(name: argument)
      return
    }
    let typed = Set([argument, url ?? argument].map(Remote.repository(at:)))
    self.init(name: names.first { !typed.isDisjoint(with: Remote.repositories(of: $0, in: config)) })
  }

  /// Whether two remotes lead to one repository: by name, or by a URL of theirs.
  package func isSame(as other: Remote, in config: [ConfigLine]) -> Bool {
    guard let name, let otherName = other.name else { return place == other.place }
    return name == otherName
      || !Remote.repositories(of: name, in: config)
        .isDisjoint(with: Remote.repositories(of: otherName, in: config))
  }

  private static func repositories(of name: String, in config: [ConfigLine]) -> Set<String> {
    Set(
      config.filter { ["remote.\(name).url", "remote.\(name).pushurl"].contains($0.key) }
        .compactMap { $0.value.map(repository(at:)) })
  }

  /// What repository a URL leads to, the same for every usual spelling: without scheme, user, port, `.git` and a slash
  /// at the end; `host:path` as `ssh://host/path`; a path on this machine in full.
  static func repository(at url: String) -> String {
    var rest = url[...]
    let scheme = url.firstRange(of: "://")
    if let scheme { rest = url[scheme.upperBound...] }
    let isPath =
      scheme.map { url[..<$0.lowerBound].lowercased() == "file" }
      ?? !(rest.prefix { $0 != "/" }).contains(":")
    if isPath { return trimmed(realPath(String(rest))[...]) }
    let end = rest.firstIndex { $0 == "/" || (scheme == nil && $0 == ":") } ?? rest.endIndex
    var host = rest[..<end]
    if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
    if scheme != nil, let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") { host = host[..<colon] }
    let path = rest[end...].drop { $0 == "/" || $0 == ":" }
    return host.lowercased() + "/" + trimmed(path)
  }

  /// A path through no symbolic link; as it is where nothing stands.
  private static func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func trimmed(_ path: Substring) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    if path.hasSuffix(".git") { path = path.dropLast(4) }
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }
}
