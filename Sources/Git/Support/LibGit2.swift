import Clibgit2
import Libc
import Synchronization

/// The library as a whole: started at the first use, never shut down, since the process ends.
enum LibGit2 {
  /// Starts libgit2 once; later calls cost nothing.
  ///
  /// Starting takes milliseconds (certificates are read), hence only when something is opened.
  /// The corresponding C function is `git_libgit2_init`.
  static func start() { _ = started }

  private static let started: Bool = {
    git_libgit2_init()
    // Neither pays: git does not hash what it reads either (21 % of a walk), and what is read once needs no cache (14 %).
    shim_enable_strict_hash_verification(0)
    shim_enable_caching(0)
    shim_enable_fsync(1)
    allowExtensions(["worktreeconfig", "partialclone", "preciousobjects", "relativeworktrees"])
    return true
  }()

  /// Held while a repository is opened: whether its owner is checked is one setting for all threads.
  static let ownerValidation = Mutex(())

  /// Lets repositories with these format extensions be opened.
  ///
  /// Never `objectformat` or `refstorage`: allowed, such a repository opens and seems to have no refs.
  private static func allowExtensions(_ names: [String]) {
    // The option copies the names.
    let copies = names.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    var pointers = copies.map { $0.map { UnsafePointer($0) } }
    shim_set_extensions(&pointers, pointers.count)
  }
}
