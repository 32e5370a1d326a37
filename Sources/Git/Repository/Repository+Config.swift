import Clibgit2
import GitFormats

extension Repository {
  /// What `git config` would answer for whole sections, weaker lines first: the last one wins.
  ///
  /// Read in the process where libgit2 sees all that git sees, from one `git config` otherwise. Section
  /// names are letters, digits and hyphens.
  package func configuration(sections: [String]) throws(GitError) -> [ConfigLine] {
    let sections = sections.map { $0.lowercased() }
    guard
      sections.allSatisfy({ section in
        !section.isEmpty && section.utf8.allSatisfy { CommandLineConfig.isKeyByte($0) }
      })
    else {
      throw GitError(
        code: .invalidName, category: .config, function: "git_config_iterator_new",
        message: "a section's name has letters, digits and hyphens")
    }
    guard !sections.isEmpty else { return [] }
    if let own = try ownConfiguration(sections) { return own }
    return try askedConfiguration(sections)
  }

  /// The configuration as far as libgit2 and the environment give it; nil when git must be asked.
  ///
  /// The corresponding C function is `git_config_iterator_new`.
  func ownConfiguration(_ sections: [String]) throws(GitError) -> [ConfigLine]? {
    #if os(Linux)
      guard let given = CommandLineConfig.entries() else { return nil }
      // An include on the command line names a file that only git has read.
      if given.contains(where: { $0.key.hasPrefix("include.") || $0.key.hasPrefix("includeif.") }) {
        return nil
      }
      guard let stored = try storedConfiguration() else { return nil }
      let wanted = stored.filter { entry in sections.contains(entry.section) }
      // Up to 2.44 git makes a space of a tab inside a value, later versions and libgit2 do not.
      if wanted.contains(where: { $0.value?.utf8.contains(9) ?? false }) { return nil }
      return wanted + given.filter { entry in sections.contains(entry.section) }
    #else
      return nil
    #endif
  }

  /// All that libgit2 reads, weaker lines first; nil when it has met something it does not understand.
  private func storedConfiguration() throws(GitError) -> [ConfigLine]? {
    guard let config = try openedConfiguration() else { return nil }
    let iterator = try Handle<ConfigIteratorKind>("git_config_iterator_new") { out in
      git_config_iterator_new(&out, config.pointer)
    }
    var entries: [ConfigLine] = []
    var next: UnsafeMutablePointer<git_config_entry>?
    while true {
      let code = git_config_next(&next, iterator.pointer)
      if code == GIT_ITEROVER.rawValue { break }
      try check("git_config_next", code)
      guard let entry = next?.pointee, let name = entry.name else { break }
      let key = String(cString: name)
      if key.hasPrefix("includeif.hasconfig:") { return nil }
      if key == "extensions.worktreeconfig" && File.exists(gitDirectory + "/config.worktree") {
        return nil
      }
      let value = entry.value.map { String(cString: $0) }
      // The numbers above 5 changed between 1.5 and 1.9; 1.5 has nothing there.
      let scope: ConfigLine.Scope =
        switch entry.level.rawValue {
        case 1, 2: .system
        case 3, 4: .global
        case 5: .local
        default: .worktree
        }
      entries.append(ConfigLine(key: key, value: value, scope: scope))
    }
    let order: [ConfigLine.Scope] = [.system, .global, .local, .worktree]
    return order.flatMap { scope in entries.filter { $0.scope == scope } }
  }

  /// The files that git reads; nil where the environment says something that only git understands.
  ///
  /// The corresponding C function is `git_repository_config`, or `git_config_add_file_ondisk` where one of the variables
  /// is set that libgit2 does not know.
  private func openedConfiguration() throws(GitError) -> Handle<ConfigKind>? {
    let repository = handle.pointer
    guard ["NOSYSTEM", "SYSTEM", "GLOBAL"].contains(where: { isEnvironmentSet("GIT_CONFIG_" + $0) }) else {
      return try Handle("git_repository_config") { out in git_repository_config(&out, repository) }
    }
    guard let hidesSystem = CommandLineConfig.truth("GIT_CONFIG_NOSYSTEM") else { return nil }
    var files: [(level: git_config_level_t, path: String?)] = []
    if !hidesSystem {
      files.append(
        (GIT_CONFIG_LEVEL_SYSTEM, CommandLineConfig.file("GIT_CONFIG_SYSTEM", git_config_find_system)))
    }
    // The one file takes the place of both.
    if !isEnvironmentSet("GIT_CONFIG_GLOBAL") {
      files.append((GIT_CONFIG_LEVEL_XDG, CommandLineConfig.file(nil, git_config_find_xdg)))
    }
    files.append(
      (GIT_CONFIG_LEVEL_GLOBAL, CommandLineConfig.file("GIT_CONFIG_GLOBAL", git_config_find_global)))
    files.append((GIT_CONFIG_LEVEL_LOCAL, commonDirectory + "/config"))
    let config = try Handle<ConfigKind>("git_config_new") { out in git_config_new(&out) }
    for case (let level, let path?) in files {
      // Whatever git makes of a folder.
      if File.isDirectory(path) { return nil }
      try check(
        "git_config_add_file_ondisk", git_config_add_file_ondisk(config.pointer, path, level, repository, 0))
    }
    return config
  }

  /// The same from git itself.
  func askedConfiguration(_ sections: [String]) throws(GitError) -> [ConfigLine] {
    let pattern = "^(" + sections.joined(separator: "|") + ")\\."
    // GIT_CONFIG would make this one command read a single file.
    let output = try GitCommand.run(
      ["config", "-z", "--show-scope", "--get-regexp", pattern],
      environment: ["GIT_DIR": gitDirectory, "GIT_CONFIG": nil])
    // 1: no such key. What stands on standard error decides nothing: traces and the loader write there, too.
    guard output.status == 0 || output.status == 1 else {
      throw GitError(
        code: .command, category: .config, function: "git config",
        message: String(decoding: output.standardError[...].trimmed, as: UTF8.self))
    }
    let fields = output.standardOutput.split(separator: 0, omittingEmptySubsequences: false)
    var entries: [ConfigLine] = []
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      let field = fields[index + 1]
      let key = field.line
      guard let scope = ConfigLine.Scope(rawValue: String(decoding: fields[index], as: UTF8.self)) else {
        throw GitError(
          code: .command, category: .config, function: "git config",
          message: "git names a scope that is not known here")
      }
      let value = field.dropFirst(key.count + 1)
      entries.append(
        ConfigLine(
          key: String(decoding: key, as: UTF8.self),
          value: key.count == field.count ? nil : String(decoding: value, as: UTF8.self), scope: scope))
    }
    return entries
  }
}
