import Clibgit2
import Libc

/// What went wrong in libgit2, or in this module where libgit2 does not reach.
package struct GitError: Error, Sendable, Equatable {
  /// libgit2's return code, or one of our own below −1000.
  ///
  /// An open set: a newer libgit2 may return codes without a name here.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let generic = Code(rawValue: -1)
    package static let notFound = Code(rawValue: -3)
    package static let exists = Code(rawValue: -4)
    package static let ambiguous = Code(rawValue: -5)
    package static let invalidName = Code(rawValue: -12)
    package static let locked = Code(rawValue: -14)
    /// The reference does not hold what the writer expected.
    package static let modified = Code(rawValue: -15)
    package static let invalid = Code(rawValue: -21)
    /// The repository belongs to another user.
    package static let notOwner = Code(rawValue: -36)

    /// A system call failed.
    package static let system = Code(rawValue: -1001)
    /// A file or an object is there and does not hold what it must.
    package static let corrupt = Code(rawValue: -1002)
    /// The repository's format is one libgit2 must not open: SHA-256 ids, reftable.
    package static let unsupportedFormat = Code(rawValue: -1003)
    /// `GIT_NAMESPACE` is set: the references to judge lie elsewhere.
    package static let namespace = Code(rawValue: -1004)
    /// A write inside the quarantine of a push that is still being received.
    package static let quarantine = Code(rawValue: -1005)
    /// An object of another kind than the one asked for.
    package static let wrongKind = Code(rawValue: -1006)
    /// A chain of symbolic references or tags without an end.
    package static let tooDeep = Code(rawValue: -1007)
    /// A git command answered with a failure.
    package static let command = Code(rawValue: -1008)
    /// libgit2 reported success, and the object is not there.
    package static let notWritten = Code(rawValue: -1009)
    /// A git command took longer than it was given.
    package static let tooSlow = Code(rawValue: -1010)
    /// An object that was written was deleted at once, by a `git prune` that had not seen it.
    package static let gone = Code(rawValue: -1011)
    /// An object that is larger than any that people make.
    package static let oversized = Code(rawValue: -1012)
  }

  /// The part of libgit2 that failed; "not found" means different things in each.
  package struct Category: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let none = Category(rawValue: 0)
    package static let os = Category(rawValue: 2)
    package static let reference = Category(rawValue: 4)
    package static let repository = Category(rawValue: 6)
    package static let config = Category(rawValue: 7)
    package static let odb = Category(rawValue: 9)
  }

  package var code: Code
  package var category: Category
  /// The C function that failed, or the operation of this module.
  package var function: String
  package var message: String
  /// The system's own words when the code is `system`.
  package var reason: String?
  /// What is in the way when the code is `locked`, if it still is.
  package var lock: Lock?

  /// A lock file that somebody holds, or left.
  package struct Lock: Sendable, Equatable {
    package let path: String
    /// Seconds since it was last written to.
    package let age: Int
  }

  /// Whether somebody else was faster or is at it, so that reading and writing again may succeed.
  ///
  /// A missing object is one that a `git prune` has taken since it was read: reading puts it back.
  package var isPassing: Bool { [.modified, .locked, .exists, .gone].contains(code) || isMissingObject }

  package init(code: Code, category: Category = .none, function: String, message: String) {
    self.code = code
    self.category = category
    self.function = function
    self.message = message
  }

  /// Reads libgit2's own report of the call that has just returned `code`.
  ///
  /// The corresponding C function is `git_error_last`.
  init(_ code: Int32, in function: String) {
    self.init(code: Code(rawValue: code), function: function, message: "libgit2 gave no reason")
    // Left from an earlier failure when the call set none, so it is cleared once read.
    if let last = git_error_last(), last.pointee.klass != 0 {
      category = Category(rawValue: last.pointee.klass)
      if let text = last.pointee.message { message = String(cString: text) }
    }
    git_error_clear()
  }

  /// A failed system call, with the reason in `errno`.
  static func system(_ function: String, _ subject: String, errno number: Int32) -> GitError {
    let reason = String(cString: strerror(number))
    var error = GitError(code: .system, category: .os, function: function, message: "\(subject): \(reason)")
    error.reason = reason
    return error
  }
}

/// Turns a negative return code into an error.
func check(_ function: String, _ code: Int32) throws(GitError) {
  if code < 0 { throw GitError(code, in: function) }
}
