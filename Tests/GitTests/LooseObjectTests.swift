import Czlib
import Git
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that libgit2 1.5 loops over, or reads past its memory: each ends as an error that names the object.
@Suite("loose objects") struct LooseObjectTests {
  private struct Site {
    let scratch: Scratch
    /// One of each kind; the blob does not fit into what is read of a file at first.
    var ids: [ObjectKind: ObjectID] = [:]

    init() throws {
      scratch = try Scratch()
      let text = (0..<3_000).map { "\($0 &* 2_654_435_761)\n" }.joined()
      let blob = try scratch.id("hash-object", "-w", "--stdin", input: text)
      let tree = try scratch.id("mktree", input: "100644 blob \(blob)\tfile\n")
      let commit = try scratch.id("commit-tree", "\(tree)", "-m", "a change")
      try scratch.git("tag", "-a", "-m", "a release", "v1", "\(commit)")
      ids = [.blob: blob, .tree: tree, .commit: commit, .tag: try scratch.id("rev-parse", "v1")]
    }

    func path(_ id: ObjectID) -> String {
      "\(scratch.path)/.git/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
    }

    func bytes(_ id: ObjectID) throws -> [UInt8] { try #require(try File.read(path(id))) }

    /// Puts other bytes in the place of an object's.
    func replace(_ id: ObjectID, with bytes: [UInt8]) throws {
      unlink(path(id))
      let file = try #require(fopen(path(id), "w"))
      defer { fclose(file) }
      #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    /// Reads the object whole, as the program does it for its kind.
    func read(_ kind: ObjectKind, in repository: Repository) throws {
      let id = try #require(ids[kind])
      switch kind {
      case .commit: #expect(try repository.commit(id)?.tree == ids[.tree])
      case .tree: #expect(try repository.treeDiff(from: nil, to: id).changes.count == 1)
      case .blob:
        guard case .text(let text) = try repository.blob(id) else { throw Scratch.Failed(text: "no text") }
        #expect(text.lineCount == 3_000)
      case .tag: #expect(try repository.peel(id) == ids[.commit])
      }
    }

    func expectDamage(_ kind: ObjectKind, _ what: String) throws {
      let id = try #require(ids[kind])
      let repository = try scratch.repository()
      let error = #expect(throws: GitError.self, "\(kind), \(what)") { try read(kind, in: repository) }
      #expect([.corrupt, .oversized, .wrongKind].contains(error?.code), "\(kind), \(what): \(error as Any)")
      #expect(error?.message.contains(id.hex) == true, "\(kind), \(what): \(error as Any)")
    }
  }

  private static let kinds: [ObjectKind] = [.commit, .tree, .blob, .tag]

  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var room = [UInt8](repeating: 0, count: Int(compressBound(UInt(bytes.count))))
    var count = UInt(room.count)
    #expect(compress(&room, &count, bytes, UInt(bytes.count)) == Z_OK)
    return Array(room.prefix(Int(count)))
  }

  @Test(arguments: kinds) func `an object that was cut off at any length is damaged`(_ kind: ObjectKind)
    throws
  {
    let site = try Site()
    let id = try #require(site.ids[kind])
    let whole = try site.bytes(id)
    try site.read(kind, in: site.scratch.repository())
    // Past what is read of a file at first nothing changes from byte to byte.
    for count in whole.indices
    where count < 200 || whole.count - count < 200 || count % 97 == 0 || count == 4096 {
      try site.replace(id, with: Array(whole[..<count]))
      try site.expectDamage(kind, "\(count) of \(whole.count) bytes")
    }
    try site.replace(id, with: whole)
    try site.read(kind, in: site.scratch.repository())
  }

  @Test(arguments: kinds) func `a header that says anything else than what follows is damage`(
    _ kind: ObjectKind
  ) throws {
    let site = try Site()
    let id = try #require(site.ids[kind])
    let content = try GitCommand.run(
      ["-C", site.scratch.path, "cat-file", "\(kind)", "\(id)"], environment: site.scratch.environment()
    ).standardOutput
    let size = content.count
    let other = kind == .blob ? "tree" : "blob"
    let headers = [
      "\(kind) \(size - 1)", "\(kind) \(size + 1)", "\(kind) 0", "\(kind) 1", "\(kind) \(size / 2)",
      "\(kind) \(size * 2)", "\(kind) -1", "\(kind) -\(size)", "\(kind) +\(size)", "\(kind) 0\(size)",
      "\(kind)  \(size)", "\(kind) \(size) ", " \(kind) \(size)", "\(kind) \(1 << 40)",
      "\(kind) 9223372036854775807", "\(kind) 18446744073709551615", "\(kind) 18446744073709551616",
      "\(kind) 1\(String(repeating: "0", count: 40))", "\(kind) 0x10", "\(kind) ", "\(kind)", "",
      "\(other) \(size)", "\(kind.rawValue.uppercased()) \(size)", "bogus \(size)", "\(kind)\n\(size)",
      String(repeating: "c", count: 31), String(repeating: "c", count: 5_000),
    ]
    // A tag is not asked what it names once it is none.
    let isLeftAlone = { (header: String) in kind == .tag && header.hasPrefix(other) }
    for header in headers where !isLeftAlone(header) {
      try site.replace(id, with: Self.deflated(Array(header.utf8) + [0] + content))
      try site.expectDamage(kind, "header '\(header.prefix(60))'")
    }
    let header = Array("\(kind) \(size)".utf8)
    let forms: [(String, [UInt8])] = [
      ("no NUL", header + content.filter { $0 != 0 }), ("nothing but a header", header + [0]),
      ("no end of the header", header), ("nothing", []),
    ]
    for (what, form) in forms where what != "nothing" || kind != .blob {
      try site.replace(id, with: Self.deflated(form))
      try site.expectDamage(kind, what)
    }
    try site.replace(id, with: Self.deflated(header + [0] + content))
    try site.read(kind, in: site.scratch.repository())
  }

  @Test(arguments: kinds) func `what zlib did not write is damage, and so is another object's content`(
    _ kind: ObjectKind
  ) throws {
    let site = try Site()
    let id = try #require(site.ids[kind])
    let whole = try site.bytes(id)
    var forms: [(String, [UInt8])] = [
      ("garbage after it", whole + [0]), ("another stream after it", whole + whole),
      ("no zlib header", Array(whole.dropFirst(2))), ("zeros", [UInt8](repeating: 0, count: whole.count)),
      ("its own text", Array("commit 3\0abc".utf8)),
      ("another content", Self.deflated(Array("\(kind) 3\0abc".utf8))),
    ]
    // A bit that changes shows in the sum of the stream, in the hash, or in the header.
    for index in [0, 1, 2, 3, 10, whole.count / 2, whole.count - 4, whole.count - 1] {
      var bent = whole
      bent[index] ^= 0x10
      forms.append(("byte \(index) bent", bent))
    }
    // A dictionary that nobody has.
    forms.append(("a dictionary", [0x78, 0xBB, 0, 0, 0, 1] + whole.dropFirst(2)))
    for (what, form) in forms {
      try site.replace(id, with: form)
      try site.expectDamage(kind, what)
    }
  }

  @Test(arguments: kinds) func `what is no readable file is an error with the object's name`(
    _ kind: ObjectKind
  ) throws {
    let site = try Site()
    let id = try #require(site.ids[kind])
    for make in [{ mkdir($0, 0o755) }, { mkfifo($0, 0o644) }] as [(String) -> Int32] {
      unlink(site.path(id))
      #expect(make(site.path(id)) == 0)
      try site.expectDamage(kind, "no file")
      #expect(remove(site.path(id)) == 0)
    }
  }

  @Test func `whatever git writes is read, at any level of compression and of any size`() throws {
    let scratch = try Scratch()
    for level in ["-1", "0", "1", "9"] {
      try scratch.git("config", "core.looseCompression", level)
      for size in [0, 1, 20, 31, 32, 33, 100, 4_000, 4_080, 4_090, 4_096, 4_097, 5_000, 70_000, 300_000] {
        let text = (0..<size).map { String(($0 &* 31 &+ size &+ $0 / 97) % 10) }.joined()
        let id = try scratch.id("hash-object", "-w", "--stdin", input: text)
        guard case .text(let blob) = try scratch.repository().blob(id) else {
          Issue.record("\(size) bytes at level \(level)")
          continue
        }
        #expect(String(decoding: blob.bytes, as: UTF8.self) == text)
      }
    }
  }

  @Test func `objects are found in what the repository borrows from, and packing takes none away`() throws {
    let scratch = try Scratch()
    let borrowed = try scratch.commit("borrowed")
    try scratch.run(["clone", "-q", "--shared", scratch.path, scratch.root + "/clone"])
    try scratch.run(["clone", "-q", "--shared", scratch.root + "/clone", scratch.root + "/third"])
    let open = { try Repository.open(at: scratch.root + "/third", trust: .gitHasAgreed) }
    #expect(try open().commit(borrowed)?.id == borrowed)
    // Counted from the folder of objects, and round in a circle.
    try scratch.write(
      "../../../repository/.git/objects\n# a remark\n\n/nowhere\n", to: "clone/.git/objects/info/alternates")
    try scratch.write("\(scratch.root)/clone/.git/objects\n", to: "repository/.git/objects/info/alternates")
    #expect(try Repository.open(at: scratch.root + "/clone", trust: .gitHasAgreed).commit(borrowed) != nil)
    try scratch.git("config", "gc.auto", "0")
    unlink(scratch.path + "/.git/objects/info/alternates")

    let repository = try scratch.repository()
    let later = try scratch.commit("later")
    #expect(try repository.commit(later)?.id == later)
    let last = try scratch.commit("last")
    try scratch.git("repack", "-a", "-d", "-q")
    #expect(try repository.commit(last)?.id == last)
    #expect(try repository.kind(of: last) == .commit)
  }

  @Test func `what is larger than people make it is named and not read`() throws {
    let scratch = try Scratch()
    let path = scratch.root + "/large"
    let head = "tree \(ObjectID.emptyTree)\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\n"
    try scratch.write(head + String(repeating: "0123456789abcde\n", count: 600_000), to: "large")
    for isPacked in [false, true] {
      let id = try scratch.id("hash-object", "-w", "-t", "commit", path)
      if isPacked {
        let names = try scratch.run(
          ["-C", scratch.path, "pack-objects", "-q", ".git/objects/pack/pack"], input: "\(id)\n")
        #expect(!names.isEmpty)
        try scratch.git("prune-packed", "-q")
      }
      let error = #expect(throws: GitError.self) { try scratch.repository().commit(id) }
      #expect(error?.code == .oversized)
      #expect(error?.message.contains("commit \(id) has 96") == true)
    }
  }

  @Test func `a damaged object is not taken for one that was just written`() throws {
    let scratch = try Scratch()
    let repository = try scratch.repository()
    func write() throws -> ObjectID {
      try repository.writeCommit(
        tree: .emptyTree, parents: [], author: writer, committer: writer, message: "one")
    }
    let id = try write()
    let file = "repository/.git/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
    chmod(scratch.root + "/" + file, 0o644)
    try scratch.write("", to: file)
    let error = #expect(throws: GitError.self) { try write() }
    #expect(error?.message.contains(id.hex) == true)
  }
}
