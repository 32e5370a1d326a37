/// What a tree says a path is, in git's own bits.
public struct FileMode: Hashable, Sendable {
  public let bits: UInt32

  public init(bits: UInt32) { self.bits = bits }

  /// A file with content, executable or not.
  public var isRegular: Bool { kind == 0o100000 }
  public var isSymbolicLink: Bool { kind == 0o120000 }
  public var isSubmodule: Bool { kind == 0o160000 }
  var isTree: Bool { kind == 0o040000 }

  private var kind: UInt32 { bits & 0o170000 }
}

/// A path that two trees do not agree about.
///
/// A path that is a file in one tree and a folder in the other is two changes: the file's and those below it.
public struct FileChange: Hashable, Sendable {
  /// What stands at the path on one side.
  public struct Side: Hashable, Sendable {
    public let mode: FileMode
    /// The blob, or a submodule's commit.
    public let id: OID

    public init(mode: FileMode, id: OID) {
      self.mode = mode
      self.id = id
    }
  }

  /// The path byte for byte: two paths may be equal as text and different in git.
  public let path: [UInt8]
  /// Where the old side lies, when the file was renamed.
  public let oldPath: [UInt8]?
  public let old: Side?
  public let new: Side?

  public init(path: [UInt8], oldPath: [UInt8]? = nil, old: Side?, new: Side?) {
    self.path = path
    self.oldPath = oldPath
    self.old = old
    self.new = new
  }

  /// The blob of a regular file on the old side; a symbolic link and a submodule have no lines.
  public var oldBlob: OID? { old.flatMap { $0.mode.isRegular ? $0.id : nil } }
  /// The blob of a regular file on the new side.
  public var newBlob: OID? { new.flatMap { $0.mode.isRegular ? $0.id : nil } }
  /// Whether the content is the same and only the mode is another.
  public var isModeChange: Bool { old?.id == new?.id && oldPath == nil && old?.mode != new?.mode }
  /// Whether a file became a link or a submodule, or the other way round.
  public var isTypeChange: Bool {
    guard let old, let new else { return false }
    return old.mode.bits & 0o170000 != new.mode.bits & 0o170000
  }
}

/// What two trees do not agree about, and what of that could not be seen.
public struct TreeDiff: Sendable {
  /// Why a comparison is not complete.
  public enum Gap: Hashable, Sendable {
    /// Trees that are not here, as in a partial clone; none is fetched.
    case missing(OID)
    /// More changes than were asked for.
    case tooMany
  }

  /// In the order of git's trees; renames at the place of the new path.
  public internal(set) var changes: [FileChange] = []
  /// The first reason why something is left out; nil when nothing is.
  public internal(set) var gap: Gap?
}
