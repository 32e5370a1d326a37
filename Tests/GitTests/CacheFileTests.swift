import Git
import TestSupport
import Testing

@Suite("a file that can be made again") struct CacheFileTests {
  let git: TestRepository

  init() throws { git = try TestRepository() }

  private func file(_ name: String = "cache/file", version: UInt32 = 1) throws -> CacheFile {
    CacheFile(try Repository.open(at: git.path, trust: .gitHasAgreed), name: name, version: version)
  }

  private static let sections: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 100)]

  @Test func `what was written is read, and then replaced whole`() throws {
    let file = try file()
    #expect(file.read(sections: 3) == nil)
    file.replace(with: Self.sections)
    #expect(file.read(sections: 3)?.map { Array($0) } == Self.sections)
    file.replace(with: [[9]])
    #expect(file.read(sections: 1)?.map { Array($0) } == [[9]])
    #expect(try git.run("ls", [".git/cache"]).text == "file\n")
  }

  @Test func `another version, another name and another number of sections read as nothing`() throws {
    try file().replace(with: Self.sections)
    #expect(try file(version: 2).read(sections: 3) == nil)
    #expect(try file().read(sections: 2) == nil)
    #expect(try file().read(sections: 4) == nil)
    try git.run("cp", [".git/cache/file", ".git/cache/other"]).succeeded("cp")
    #expect(try file("cache/other").read(sections: 3) == nil)
  }

  @Test func `any damage reads as nothing`() throws {
    let file = try file()
    file.replace(with: Self.sections)
    let path = git.path + "/.git/cache/file"
    let whole = try readFile(path)
    for position in whole.indices {
      var bytes = whole
      bytes[position] ^= 1 << UInt8(position % 8)
      try writeFile(path, bytes)
      #expect(file.read(sections: 3) == nil, "\(position)")
      try writeFile(path, Array(whole.prefix(position)))
      #expect(file.read(sections: 3) == nil, "\(position)")
    }
    try writeFile(path, whole + [0])
    #expect(file.read(sections: 3) == nil)
    try writeFile(path, whole)
    #expect(file.read(sections: 3) != nil)
  }

  @Test func `what is no file, or cannot be written, is in nobody's way`() throws {
    let file = try file()
    for command in [["mkfifo", ".git/pipe"], ["mkdir", ".git/folder"]] {
      try git.run(command[0], [command[1]]).succeeded(command[0])
    }
    for name in ["pipe", "folder", "missing/deep/down"] {
      let other = try self.file(name)
      if name != "pipe" { other.replace(with: Self.sections) }
      #expect(other.read(sections: 3) == nil)
    }
    #expect(file.read(sections: 3) == nil)
    #expect(try git.run("sh", ["-c", "ls .git | grep folder"]).text == "folder\n")
  }

  @Test func `values come back as they went`() {
    let id = ObjectID(sha1: (1, .max, 3))
    var writer = CacheWriter()
    writer.add(id)
    writer.add(Int64.min)
    writer.add("bet/füll")
    writer.add([1, 2] as [UInt32]) { $0.add($1) }
    var reader = CacheReader(writer.bytes[...])
    #expect(reader.id() == id && reader.number() == Int64.min && reader.text() == "bet/füll")
    #expect(reader.list { $0.number() as UInt32? } == [1, 2] && reader.isAtEnd)
    for count in writer.bytes.indices {
      var reader = CacheReader(writer.bytes.prefix(count))
      let isWhole =
        reader.id() != nil && reader.number() as Int64? != nil && reader.text() != nil
        && reader.list { $0.number() as UInt32? } != nil
      #expect(!isWhole)
    }
  }

  @Test func `a number that cannot be true is no reason to reserve memory`() {
    var writer = CacheWriter()
    writer.add(UInt32.max)
    var reader = CacheReader(writer.bytes[...])
    #expect(reader.text() == nil)
    reader = CacheReader(writer.bytes[...])
    #expect(reader.list { $0.number() as UInt8? } == nil)
    reader = CacheReader([0, 0, 0, 0, 1])
    #expect(reader.all { $0.number() as UInt32? } == nil)
  }
}
