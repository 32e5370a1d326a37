import Git
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Locks that are in the way: one is ours because its writer died, every other one is somebody's.
@Suite("locks") struct LockTests {
  private let scratch: Scratch
  private let one: ObjectID
  private let two: ObjectID
  private var common: String { scratch.path + "/.git" }
  private var lock: String { common + "/refs/odd/x.lock" }

  init() throws {
    scratch = try Scratch()
    one = try scratch.commit("one")
    two = try scratch.commit("two")
    try move(to: one, from: nil)
  }

  private func move(to id: ObjectID, from old: ObjectID?) throws {
    try scratch.repository().updateReference("refs/odd/x", to: id, expecting: old, message: "m", by: writer)
  }

  /// What a writer leaves that is killed before its lock becomes the reference.
  private func leave(intent: String, lock content: String, seconds: Int = 0) throws {
    try scratch.write(intent, to: "repository/.git/bet/writing")
    try scratch.write(content, to: "repository/.git/refs/odd/x.lock")
    guard seconds != 0 else { return }
    var times = [
      timespec(tv_sec: time(nil) + seconds, tv_nsec: 0), timespec(tv_sec: time(nil) + seconds, tv_nsec: 0),
    ]
    guard utimensat(AT_FDCWD, lock, &times, 0) == 0 else { throw Scratch.Failed(text: "utimensat") }
  }

  @Test(arguments: [true, false])
  func `a dead writer's lock is removed, empty or with the id that it was writing`(empty: Bool) throws {
    try leave(intent: "\(two) refs/odd/x\n", lock: empty ? "" : "\(two)\n")
    try move(to: two, from: one)
    #expect(try scratch.id("rev-parse", "refs/odd/x") == two)
    #expect(try scratch.git("for-each-ref", "refs/odd").split(separator: "\n").count == 1)
    #expect(access(lock, F_OK) != 0)
    #expect(try scratch.read("repository/.git/bet/writing") == "")
  }

  @Test func `a dead writer's lock goes with the next write of any reference`() throws {
    try leave(intent: "\(two) refs/odd/x\n", lock: "")
    try scratch.repository().updateReference("refs/odd/y", to: one, expecting: nil, message: "m", by: writer)
    #expect(access(lock, F_OK) != 0)
  }

  /// What is not known to be a dead writer's of ours: no intent, another's id, another reference's, another time.
  @Test(arguments: [
    ("", "", 0), ("ONE refs/odd/x\n", "TWO\n", 0), ("TWO refs/odd/x\n", "TWO", 0),
    ("TWO refs/odd/y\n", "TWO\n", 0),
    ("TWO refs/odd/x\n", "", 60), ("TWO refs/odd/x\n", "", -60), ("TWO refs/odd/x", "", 0),
    ("TWO x\n", "", 0),
    ("TWO refs/../odd/x\n", "", 0), ("TWO refs/odd/x\0\n", "", 0), ("\n\n\n", "", 0),
    ("TWO refs/odd/x\n", "TWO\nTWO\n", 0),
  ])
  func `another's lock stays where it is`(intent: String, content: String, seconds: Int) throws {
    let filled = [intent, content].map {
      $0.replacing("ONE", with: "\(one)").replacing("TWO", with: "\(two)")
    }
    try leave(intent: filled[0], lock: filled[1], seconds: seconds)
    let error = #expect(throws: GitError.self) { try move(to: two, from: one) }
    #expect(error?.code == .locked)
    #expect(try scratch.read("repository/.git/refs/odd/x.lock") == filled[1].trimmed)
    #expect(try scratch.id("rev-parse", "refs/odd/x") == one)
    let found = try #require(try scratch.repository().lock(of: "refs/odd/x"))
    #expect(found.path.hasSuffix("/.git/refs/odd/x.lock") && (0...100).contains(found.age))
    #expect(try scratch.repository().lock(of: "refs/odd/y") == nil)
  }

  @Test func `a lock whose writer lives stays where it is`() throws {
    try leave(intent: "\(two) refs/odd/x\n", lock: "\(two)\n")
    let file = open(common + "/bet/writing", O_RDWR | O_CLOEXEC)
    #expect(file >= 0 && flock(file, LOCK_EX) == 0)
    let error = #expect(throws: GitError.self) { try move(to: two, from: one) }
    #expect(error?.code == .locked)
    #expect(access(lock, F_OK) == 0)
    #expect(try scratch.id("rev-parse", "refs/odd/x") == one)
    // The system lets go of what a process held that died.
    close(file)
    try move(to: two, from: one)
    #expect(access(lock, F_OK) != 0)
  }

  @Test(arguments: [
    "mkdir writing", "ln -s /nowhere writing", "mkfifo writing", "rm -r ../bet && echo > ../bet",
  ])
  func `without a place for the intent a reference is moved all the same`(damage: String) throws {
    let run = try GitCommand.run(
      ["-c", "cd \"$1\" && rm -f writing && \(damage)", "sh", common + "/bet"], program: "sh")
    #expect(run.status == 0)
    try move(to: two, from: one)
    #expect(try scratch.id("rev-parse", "refs/odd/x") == two)
  }

  // MARK: Objects that go

  @Test func `a commit that was deleted under its reference is read and put back`() throws {
    let repository = try scratch.repository()
    let id = try repository.writeCommit(
      tree: .emptyTree, parents: [one], author: writer, committer: writer, message: "kept twice")
    try repository.updateReference("refs/odd/x", to: id, expecting: one, message: "m", by: writer)
    let path = "\(common)/objects/\("\(id)".prefix(2))/\("\(id)".dropFirst(2))"
    #expect(unlink(path) == 0)
    #expect(try scratch.attempt(["-C", scratch.path, "fsck"]).status != 0)
    let fresh = try scratch.repository()
    #expect(try fresh.commit(id) == nil)
    #expect(fresh.commitAgain(id)?.parents == [one])
    #expect(try scratch.attempt(["-C", scratch.path, "fsck", "--strict"]).status == 0)
    #expect(fresh.commitAgain(ObjectID(hex: String(repeating: "1", count: 40)) ?? one) == nil)
  }

  @Test func `a damaged second copy is none`() throws {
    try move(to: two, from: one)
    let copies = try scratch.read("repository/.git/bet/written")
    try scratch.write(copies.replacing("two", with: "tow"), to: "repository/.git/bet/written")
    #expect(try scratch.repository().commitAgain(two) == nil)
    #expect(try scratch.repository().commitAgain(one) != nil)
  }
}

extension String {
  /// As `Scratch.read` gives it: without one line feed at its end.
  fileprivate var trimmed: String { hasSuffix("\n") ? String(dropLast()) : self }
}
