import BetLedger

extension Context {
  /// Says in one line that nothing stops a push here, in a repository where somebody bets.
  ///
  /// Nobody pushes from a bare repository or a CI job. What cannot be looked at is doctor's to tell.
  func tellGateOff() {
    guard variable("CI") == nil, (try? isGateOff()) == true else { return }
    errors.line("\("note:", .blue) the gate is not on here: git bet install \("[gate-off]", .faint)")
  }

  private func isGateOff() throws -> Bool {
    let repository = try repository
    guard !repository.isBare, try !ledger.isEmpty() else { return false }
    let config = try repository.configuration(sections: ["core", "hook"])
    if config.contains(where: { $0.key == "\(ConfigHooks.section("pre-push")).event" }) { return false }
    let hook = "\(hooksFolder(in: config, repository))/pre-push"
    guard File.kind(hook) != .nothing else { return true }
    if try HookFile(hook).section != nil { return false }
    // A file of somebody's own may call it, as may what a hook manager is told to do.
    let text = Text.decoded(try TextFile.bytes(hook).prefix(1 << 16))
    if text.contains("git-bet") || text.contains("git bet") { return false }
    return try ManagedGate(name: "pre-push", hook: hook, workTree: repository.workTree) == nil
  }

  /// Where git looks for hooks; read here, because a child of git's would cost each command more than its answer.
  private func hooksFolder(in config: [ConfigLine], _ repository: Repository) -> String {
    guard let path = config.last(where: { $0.key == "core.hookspath" })?.value, !path.isEmpty else {
      return "\(repository.commonDirectory)/hooks"
    }
    if path.hasPrefix("~/") { return (variable("HOME") ?? "") + path.dropFirst() }
    return path.hasPrefix("/") ? path : "\(repository.workTree ?? ".")/\(path)"
  }
}
