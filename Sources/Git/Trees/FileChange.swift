import GitFormats

/// What a tree says a path is, in git's own bits.
package struct FileMode: Hashable, Sendable {
  package let bits: UInt32

  package init(bits: UInt32) { self.bits = bits }

  /// A file with content, executable or not.
  package var isRegular: Bool { kind == 0o100000 }
  package var isSymbolicLink: Bool { kind == 0o120000 }
  package var isSubmodule: Bool { kind == 0o160000 }
  var isTree: Bool { kind == 0o040000 }

  private var kind: UInt32 { bits & 0o170000 }
}

/// A path that two trees do not agree about.
///
/// A path that is a file in one tree and a folder in the other is two changes: the file's and those below it.
package struct FileChange: Hashable, Sendable {
  /// What stands at the path on one side.
  package struct Side: Hashable, Sendable {
    package let mode: FileMode
    /// The blob, or a submodule's commit.
    package let id: ObjectID

    package init(mode: FileMode, id: ObjectID) {
      self.mode = mode
      self.id = id
    }
  }

  /// The path byte for byte: two paths may be equal as text and different in git.
  package let path: [UInt8]
  /// Where the old side lies, when the file was renamed.
  package let oldPath: [UInt8]?
  package let old: Side?
  package let new: Side?

  package init(path: [UInt8], oldPath: [UInt8]? = nil, old: Side?, new: Side?) {
    self.path = path
    self.oldPath = oldPath
    self.old = old
    self.new = new
  }

  /// The blob of a regular file on the old side; a symbolic link and a submodule have no lines.
  package var oldBlob: ObjectID? { old.flatMap { $0.mode.isRegular ? $0.id : nil } }
  /// The blob of a regular file on the new side.
  package var newBlob: ObjectID? { new.flatMap { $0.mode.isRegular ? $0.id : nil } }
  /// Whether the content is the same and only the mode is another.
  package var isModeChange: Bool { old?.id == new?.id && oldPath == nil && old?.mode != new?.mode }
}

/// What two trees do not agree about, and what of that could not be seen.
package struct TreeDiff: Sendable {
  /// Why a comparison is not complete.
  package enum Gap: Hashable, Sendable {
    /// Trees that are not here, as in a partial clone; none is fetched.
    case missing(ObjectID)
    /// More changes than were asked for, or folders that are too large or too deep.
    case tooMany
  }

  /// In the order of git's trees; renames at the place of the new path.
  package internal(set) var changes: [FileChange] = []
  /// The first reason why something is left out; nil when nothing is.
  package internal(set) var gap: Gap?
}
