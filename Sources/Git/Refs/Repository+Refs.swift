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

  /// The number of symbolic references followed before the chain counts as endless, as in git.
  private static let symbolicDepth = 5

  /// Reads `HEAD` of this work tree.
  package func head() throws(GitError) -> Head {
    guard let (name, id) = try follow("HEAD") else {
      throw GitError(
        code: .notFound, category: .reference, function: "git_reference_lookup",
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
  ///
  /// The corresponding C function is `git_reference_lookup`.
  package func reference(_ name: String) throws(GitError) -> RefTarget? {
    let reference: Handle<ReferenceKind>
    do throws(GitError) {
      reference = try Handle("git_reference_lookup") { out in
        git_reference_lookup(&out, handle.pointer, name)
      }
    } catch  where error.code == .notFound && error.category == .reference {
      return nil
    }
    if let id = git_reference_target(reference.pointer) { return .direct(ObjectID(id.pointee)) }
    guard let target = git_reference_symbolic_target(reference.pointer) else {
      throw GitError(
        code: .corrupt, category: .reference, function: "git_reference_lookup",
        message: "\(name) names nothing")
    }
    return .symbolic(String(cString: target))
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
      code: .tooDeep, category: .reference, function: "git_reference_lookup",
      message: "\(name) leads through too many symbolic references")
  }
}
