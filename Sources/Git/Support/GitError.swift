import Clibgit2

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What went wrong in libgit2, or in this module where libgit2 does not reach.
public struct GitError: Error, Sendable, Equatable {
  /// libgit2's return code, or one of our own below −1000.
  ///
  /// An open set: a newer libgit2 may return codes without a name here.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }

    public static let generic = Code(rawValue: -1)
    public static let notFound = Code(rawValue: -3)
    public static let exists = Code(rawValue: -4)
    public static let ambiguous = Code(rawValue: -5)
    public static let invalidName = Code(rawValue: -12)
    public static let locked = Code(rawValue: -14)
    /// The reference does not hold what the writer expected.
    public static let modified = Code(rawValue: -15)
    public static let invalid = Code(rawValue: -21)
    /// The repository belongs to another user.
    public static let notOwner = Code(rawValue: -36)

    /// A system call failed.
    public static let system = Code(rawValue: -1001)
    /// A file or an object is there and does not hold what it must.
    public static let corrupt = Code(rawValue: -1002)
    /// The repository's format is one libgit2 must not open: SHA-256 ids, reftable.
    public static let unsupportedFormat = Code(rawValue: -1003)
    /// `GIT_NAMESPACE` is set: the references to judge lie elsewhere.
    public static let namespace = Code(rawValue: -1004)
    /// A write inside the quarantine of a push that is still being received.
    public static let quarantine = Code(rawValue: -1005)
    /// An object of another kind than the one asked for.
    public static let wrongKind = Code(rawValue: -1006)
    /// A chain of symbolic references or tags without an end.
    public static let tooDeep = Code(rawValue: -1007)
    /// A git command answered with a failure.
    public static let command = Code(rawValue: -1008)
    /// libgit2 reported success, and the object is not there.
    public static let notWritten = Code(rawValue: -1009)
    /// A git command took longer than it was given.
    public static let tooSlow = Code(rawValue: -1010)
    /// An object that was written was deleted at once, by a `git prune` that had not seen it.
    public static let gone = Code(rawValue: -1011)
  }

  /// The part of libgit2 that failed; "not found" means different things in each.
  public struct Category: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }

    public static let none = Category(rawValue: 0)
    public static let os = Category(rawValue: 2)
    public static let reference = Category(rawValue: 4)
    public static let repository = Category(rawValue: 6)
    public static let config = Category(rawValue: 7)
    public static let odb = Category(rawValue: 9)
  }

  public var code: Code
  public var category: Category
  /// The C function that failed, or the operation of this module.
  public var function: String
  public var message: String
  /// What is in the way when the code is `locked`, if it still is.
  public var lock: Lock?

  /// A lock file that somebody holds, or left.
  public struct Lock: Sendable, Equatable {
    public let path: String
    /// Seconds since it was last written to.
    public let age: Int
  }

  /// Whether somebody else was faster or is at it, so that reading and writing again may succeed.
  ///
  /// A missing object is one that a `git prune` has taken since it was read: reading puts it back.
  public var isPassing: Bool { [.modified, .locked, .exists, .gone].contains(code) || isMissingObject }

  public init(code: Code, category: Category = .none, function: String, message: String) {
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
    GitError(
      code: .system, category: .os, function: function,
      message: "\(subject): \(String(cString: strerror(number)))")
  }
}

/// Turns a negative return code into an error.
func check(_ function: String, _ code: Int32) throws(GitError) {
  if code < 0 { throw GitError(code, in: function) }
}
