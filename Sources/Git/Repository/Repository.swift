import Clibgit2
import Libc

// Git: the repository made safe. There is one door to objects (`ObjectStore`) and one to references (`RefStore`); behind
// them is libgit2, and beside them the user's own git, for what it alone can do. Only values leave the room: no pointer,
// and no C. Whoever moves a reference says what it expects to find. The room knows nothing of bets. Where it goes its
// own way beside libgit2 (walks, comparing trees, reading references) the file's first comment says why.

/// An open repository; the one place from which objects, references and configuration are read.
///
/// For one thread at a time, which the compiler holds: it is not Sendable.
package final class Repository {
  /// Who has decided that this user may work with the repository.
  package enum Trust {
    /// git has, in this environment: libgit2's narrower check is left out.
    case gitHasAgreed
    /// Nobody yet: libgit2 checks the owner.
    case checkOwner
  }

  let handle: Handle<RepositoryKind>
  let objects: ObjectStore
  let refs: RefStore
  /// What `core.sharedRepository` asks for; nil where it is not set.
  private(set) lazy var sharing = sharingSetting()

  /// The git directory, of a linked work tree its own; without a slash at the end.
  package let gitDirectory: String
  /// The directory that all work trees share; without a slash at the end.
  package let commonDirectory: String
  /// The top of the work tree, without a slash at the end; nil when the repository is bare.
  package let workTree: String?
  /// Whether the repository has no work tree of its own.
  package let isBare: Bool

  /// Opens the repository that git would use here: `GIT_DIR`, or the one around the current directory.
  ///
  /// `GIT_OBJECT_DIRECTORY`, alternates and the index from the environment are obeyed, so the objects of
  /// a push being received are seen. Fails when `GIT_NAMESPACE` is set, and for SHA-256 or reftable.
  ///
  /// The corresponding C function is `git_repository_open_ext`.
  package static func open(trust: Trust) throws(GitError) -> Repository {
    if let namespace = environmentValue("GIT_NAMESPACE") {
      throw GitError(
        code: .namespace, function: "git_repository_open_ext",
        message: "GIT_NAMESPACE is set to '\(namespace)': its references are out of reach")
    }
    // libgit2 refuses outright when one of these is set. They are put back for children.
    let hidden = ["GIT_WORK_TREE", "GIT_COMMON_DIR"].map { ($0, environmentValue($0)) }
    for (name, _) in hidden { unsetenv(name) }
    defer {
      for case (let name, let value?) in hidden { setenv(name, value, 1) }
    }
    let repository = try Repository(
      path: nil, flags: GIT_REPOSITORY_OPEN_FROM_ENV.rawValue, trust: trust, workTree: hidden[0].1)
    if let common = hidden[1].1, resolvedPath(common) != resolvedPath(repository.commonDirectory) {
      throw GitError(
        code: .unsupportedFormat, category: .repository, function: "git_repository_open_ext",
        message: "GIT_COMMON_DIR names another directory than the repository does")
    }
    return repository
  }

  /// Opens the repository at or around `path`, whatever the environment says.
  ///
  /// The corresponding C function is `git_repository_open_ext`.
  package static func open(at path: String, trust: Trust) throws(GitError) -> Repository {
    try Repository(path: path, flags: 0, trust: trust, workTree: nil)
  }

  private init(path: String?, flags: UInt32, trust: Trust, workTree given: String?) throws(GitError) {
    LibGit2.start()
    do throws(GitError) {
      handle = try Handle("git_repository_open_ext") { out in
        // The option belongs to the library as a whole, so it is held until the opening is done.
        LibGit2.ownerValidation.withLock { _ in
          shim_set_owner_validation(trust == .checkOwner ? 1 : 0)
          return git_repository_open_ext(&out, path, flags, nil)
        }
      }
    } catch {
      throw Repository.explained(error)
    }
    let repository = handle.pointer
    gitDirectory = Repository.directory(git_repository_path(repository)) ?? "."
    commonDirectory = Repository.directory(git_repository_commondir(repository)) ?? gitDirectory
    let directories = try ObjectDirectories.all(
      of: commonDirectory, inEnvironment: flags & GIT_REPOSITORY_OPEN_FROM_ENV.rawValue != 0)
    objects = try ObjectStore(of: repository, in: directories)
    refs = RefStore(of: repository, gitDirectory: gitDirectory, commonDirectory: commonDirectory)
    if let given {
      workTree = resolvedPath(given) ?? given
      isBare = false
    } else {
      workTree = Repository.directory(git_repository_workdir(repository))
      isBare = git_repository_is_bare(repository) == 1
    }
  }

  /// Whether history has been cut off, as a clone with `--depth` does.
  package var isShallow: Bool {
    shallowFile.map { access($0, F_OK) == 0 } ?? false
  }

  /// The file that names the commits at which history was cut; nil when the environment says none.
  ///
  /// Asked of the common directory: libgit2 1.5 looks in a linked work tree's own.
  var shallowFile: String? {
    guard let given = getenv("GIT_SHALLOW_FILE") else { return commonDirectory + "/shallow" }
    let path = String(cString: given)
    return path.isEmpty ? nil : path
  }

  /// Says in words what libgit2 says in riddles, and differently in 1.5 and 1.9.
  private static func explained(_ error: GitError) -> GitError {
    var error = error
    let text = error.message.lowercased()
    if error.code == .notOwner || error.category == .config && text.contains("safe.directory") {
      error.code = .notOwner
      error.message = "the repository belongs to another user, and safe.directory does not list it"
    } else if text.contains("extensions.objectformat") || text.contains("sha256") {
      error.code = .unsupportedFormat
      error.message = "the repository has SHA-256 object ids (extensions.objectFormat)"
    } else if text.contains("extensions.refstorage") || text.contains("reftable") {
      error.code = .unsupportedFormat
      error.message = "the repository keeps its references in another format (extensions.refStorage)"
    } else if text.contains("unsupported extension") {
      error.code = .unsupportedFormat
    }
    return error
  }

  private static func directory(_ path: UnsafePointer<CChar>?) -> String? {
    guard let path else { return nil }
    var text = String(cString: path)
    while text.utf8.count > 1 && text.utf8.last == UInt8(ascii: "/") { text.removeLast() }
    return text
  }
}

/// The value of an environment variable; nil when it is unset or empty.
func environmentValue(_ name: String) -> String? {
  guard let value = getenv(name) else { return nil }
  let text = String(cString: value)
  return text.isEmpty ? nil : text
}

/// Whether an environment variable is set, be it to nothing.
func isEnvironmentSet(_ name: String) -> Bool { getenv(name) != nil }

/// The path without symbolic links; nil when nothing is there.
func resolvedPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
