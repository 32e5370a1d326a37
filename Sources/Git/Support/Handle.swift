import Clibgit2

/// A kind of libgit2 object, and how it is freed.
///
/// libgit2's pointers all look alike to Swift; the kind keeps a tree from standing in for a commit.
protocol HandleKind {
  static func free(_ pointer: OpaquePointer)
}

/// The one owner of a libgit2 pointer: freed when it goes out of scope, never copied.
struct Handle<Kind: HandleKind>: ~Copyable {
  let pointer: OpaquePointer

  /// Calls `make`, which stores a new pointer, and takes the pointer over.
  init(_ function: String, _ make: (inout OpaquePointer?) -> Int32) throws(GitError) {
    LibGit2.start()
    var made: OpaquePointer?
    let code = make(&made)
    try check(function, code)
    guard let made else {
      throw GitError(code: .generic, function: function, message: "no object and no error")
    }
    pointer = made
  }

  deinit { Kind.free(pointer) }
}

enum RepositoryKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_repository_free(pointer) }
}

enum OdbKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_odb_free(pointer) }
}

enum OdbObjectKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_odb_object_free(pointer) }
}

enum ReferenceKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_reference_free(pointer) }
}

enum ConfigKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_config_free(pointer) }
}

enum ConfigIteratorKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_config_iterator_free(pointer) }
}
