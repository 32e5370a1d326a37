import Testing

@testable import Git

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct FileTests {
  private let scratch: Scratch
  private var path: String { scratch.root + "/file" }

  init() throws { scratch = try Scratch() }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `is read whole, or its end, within a limit`() throws {
    #expect(try File.read(path) == nil && File.readEnd(of: path, count: 3) == nil)
    #expect(try File.read(path + "/below") == nil)
    try scratch.write("0123456789", to: "file")
    #expect(try File.read(path, limit: 10) == bytes("0123456789"))
    let tooLarge = #expect(throws: GitError.self) { try File.read(path, limit: 9) }
    #expect(tooLarge?.code == .corrupt)
    for (count, end) in [(0, ""), (3, "789"), (10, "0123456789"), (99, "0123456789")] {
      #expect(try File.readEnd(of: path, count: count) == bytes(end))
    }
  }

  @Test func `many bytes are mapped, few are read, and so are those that cannot be mapped`() throws {
    #expect(try File.mapped(path, limit: 10) == nil)
    for count in [0, 1, 1 << 15, 1 << 15 + 1, 200_000] {
      let text = String(repeating: "0123456789", count: count / 10 + 1).prefix(count)
      try scratch.write(String(text), to: "file")
      let file = try #require(try File.mapped(path, limit: count))
      #expect(file.bytes.bytes.elementsEqual(text.utf8) && file.bytes.isMapped == (count > 1 << 15))
      #expect(throws: GitError.self) { try File.mapped(path, limit: count - 1) }
    }
    // A pipe stands for a file system that maps nothing.
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    #expect(FileBytes(mapping: ends[0], count: 1 << 20) == nil)
    for end in ends { close(end) }
  }

  @Test func `is a regular file, and nothing else is read or logged to`() throws {
    #expect(mkfifo(path, 0o666) == 0 && symlink("elsewhere", scratch.root + "/link") == 0)
    for path in [path, scratch.root] {
      #expect(throws: GitError.self) { try File.read(path) }
      #expect(throws: GitError.self) { try File.log(bytes("x"), to: path, largest: 9) }
    }
    #expect(throws: GitError.self) { try File.log(bytes("x"), to: scratch.root + "/link", largest: 9) }
    #expect(!File.exists(scratch.root + "/elsewhere"))
    let kinds = [path, scratch.root, scratch.root + "/link", scratch.root + "/none"].map(File.kind)
    #expect(kinds == [.other, .directory, .link, .nothing])
  }

  @Test func `is added to only where it is, unless it may be made`() throws {
    let missing = #expect(throws: GitError.self) { try File.append(bytes("a"), to: path) }
    #expect(missing?.reason == "No such file or directory" && !File.exists(path))
    try File.append(bytes("a"), to: path, creating: 0o600)
    try File.append(bytes("b"), to: path)
    #expect(try scratch.read("file") == "ab")
  }

  @Test func `is put aside when it has grown past its size`() throws {
    for text in ["1234", "5678", "90"] { try File.log(bytes(text), to: path, largest: 6) }
    #expect(try scratch.read("file.old") == "12345678" && scratch.read("file") == "90")
  }

  @Test func `is replaced whole, with just these permissions, or stays as it is`() throws {
    try scratch.write("old", to: "file")
    try File.replace(path, with: bytes("new"), aside: path + ".aside", mode: 0o666, isSynced: true)
    #expect(try scratch.read("file") == "new" && !File.exists(path + ".aside"))
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o666)
    try scratch.write("another's", to: "file.aside")
    #expect(throws: GitError.self) {
      try File.replace(path, with: bytes("x"), aside: path + ".aside", isSynced: false)
    }
    #expect(try scratch.read("file") == "new" && scratch.read("file.aside") == "another's")
    // A folder is in the way of the name: what was written aside goes again.
    #expect(throws: GitError.self) {
      try File.replace(scratch.path, with: bytes("x"), aside: path + ".other", isSynced: false)
    }
    #expect(!File.exists(path + ".other"))
  }

  @Test func `of a folder all names are told`() throws {
    try scratch.write("", to: "home/.hidden")
    #expect(try File.names(in: scratch.root + "/home") == [".hidden"])
    #expect(try File.names(in: path) == nil && File.names(in: scratch.root + "/home/.hidden") == nil)
  }

  @Test func `a pipe is read to its end, within a limit`() throws {
    let sent = [UInt8](repeating: 7, count: 60_000)
    for (limit, isTaken) in [(60_000, true), (59_999, false)] {
      var ends: [Int32] = [-1, -1]
      #expect(pipe(&ends) == 0)
      #expect(File.send(sent, to: ends[1]) && close(ends[1]) == 0)
      #expect(try File.receive(from: ends[0], limit: limit, name: "pipe") == (isTaken ? sent : nil))
      close(ends[0])
    }
  }
}
