import Clibgit2
import GitFormats

extension Repository {
  /// What `HEAD` stands for.
  package enum Head: Equatable, Sendable {
    /// A branch by its full name, `refs/heads/main`, and its tip.
    case branch(String, ObjectID)
    /// A branch, by its full name, without a commit yet.
    case unborn(String)
    /// A commit without a branch.
    case detached(ObjectID)
  }

  /// What a reference holds.
  package enum RefTarget: Equatable, Sendable {
    case direct(ObjectID)
    /// The full name of another reference.
    case symbolic(String)
  }

  /// A reference and what it holds.
  package struct ListedRef: Equatable, Sendable {
    /// The full name.
    package let name: String
    package let target: RefTarget
  }

  /// The number of symbolic references followed before the chain counts as endless, as in git.
  private static let symbolicDepth = 5

  /// Reads `HEAD` of this work tree.
  package func head() throws(GitError) -> Head {
    guard let (name, id) = try follow("HEAD") else {
      throw GitError(
        code: .notFound, category: .reference, function: "reference",
        message: "the repository has no HEAD")
    }
    guard let id else { return .unborn(name) }
    return name == "HEAD" ? .detached(id) : .branch(name, id)
  }

  /// The commit that is checked out; nil when there is none yet.
  package func headCommit() throws(GitError) -> ObjectID? {
    switch try head() {
    case .branch(_, let tip), .detached(let tip): tip
    case .unborn: nil
    }
  }

  /// Reads one reference by its full name; nil only when there is none.
  ///
  /// A file that holds neither an id nor another name is an error, as is a name git would refuse.
  package func reference(_ name: String) throws(GitError) -> RefTarget? { try refs.read(name) }

  /// Lists the references in a folder such as `refs/remotes/origin/`, sorted by name as bytes.
  ///
  /// Loose ones win over packed ones. A file that holds neither an id nor another name is an error that
  /// names the reference. Names that git refuses are left out, as git does. Other work trees' own references are not
  /// among them. Costs a stat of `packed-refs` and of each loose file in the folder, and at the first time a read.
  package func references(under prefix: String) throws(GitError) -> [ListedRef] {
    try refs.list(under: prefix)
  }

  /// A hash of the references in a folder: while it is the same nothing has changed. Packing them changes it, too.
  package func fingerprint(ofReferencesUnder prefix: String) throws(GitError) -> UInt64 {
    try refs.fingerprint(under: prefix)
  }

  /// Whether there is no reference in a folder, broken ones counted. Costs no list of packed ones.
  package func hasNoReferences(under prefix: String) throws(GitError) -> Bool {
    try refs.isEmpty(under: prefix)
  }

  /// The id that a reference names, through symbolic ones; nil when the last of them does not exist.
  package func resolve(_ name: String) throws(GitError) -> ObjectID? {
    try follow(name)?.id
  }

  /// The last reference of a chain, its id nil when it does not exist; nil when `name` does not.
  private func follow(_ name: String) throws(GitError) -> (name: String, id: ObjectID?)? {
    var current = name
    for step in 0...Repository.symbolicDepth {
      switch try reference(current) {
      case .direct(let id): return (current, id)
      case .symbolic(let next): current = next
      case nil: return step == 0 ? nil : (current, nil)
      }
    }
    throw GitError(
      code: .tooDeep, category: .reference, function: "reference",
      message: "\(name) leads through too many symbolic references")
  }

  /// Whether git allows the name; paths that leave the folder are not names.
  ///
  /// The corresponding C function is `git_reference_name_is_valid`.
  package static func isValidName(_ name: String) -> Bool {
    LibGit2.start()
    var valid: Int32 = 0
    // A NUL ends the name in C, and libgit2 lets DEL pass where git does not.
    guard !name.utf8.contains(where: { $0 == 0 || $0 == 0x7F }) else { return false }
    return git_reference_name_is_valid(&valid, name) == 0 && valid == 1
  }
}

// MARK: Reflogs and locks

extension Repository {
  /// A line of a reflog: from where to where a reference moved; nil where there was nothing.
  package struct Movement: Equatable, Sendable {
    package let old: ObjectID?
    package let new: ObjectID?
  }

  /// Reads the reflog of a reference, oldest line first; empty when there is none.
  ///
  /// The last line may tell of a movement that never came: git writes it before it moves the reference, and so
  /// does libgit2. Lines that cannot be read are passed over, as git does.
  package func reflog(of name: String) throws(GitError) -> [Movement] { try refs.reflog(of: name) }

  /// The references of one folder that have a reflog, without the folder, sorted: also those that are gone.
  package func logged(in folder: String) throws(GitError) -> [String] { try refs.logged(in: folder) }

  /// The lock of a reference, if it is there now.
  package func lock(of name: String) -> GitError.Lock? { refs.lock(of: name) }

  /// The locks that lie in one folder of references.
  package func locks(in folder: String) throws(GitError) -> [GitError.Lock] { try refs.locks(in: folder) }
}
