#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A temporary directory that goes when its last owner goes.
///
/// `HOME` and `XDG_CONFIG_HOME` of every child lie inside it, so no configuration of the machine is read.
package final class ScratchDirectory {
  package let path: String
  package var home: String { path + "/home" }

  package init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((parent + "/git-bet-test.XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil, let real = realpath(template, nil) else {
      throw SystemError("mkdtemp in \(parent)")
    }
    defer { free(real) }
    path = String(cString: real)
    try makeDirectory(path + "/home/.config")
  }

  deinit {
    do {
      _ = try spawn("rm", ["-rf", path], environment: ["PATH": searchPath])
    } catch {
      print("warning: cannot remove \(path): \(error)")
    }
  }
}

/// A failed system call, with the operand it failed on.
package struct SystemError: Error, CustomStringConvertible {
  package let description: String

  init(_ what: String, code: Int32 = errno) {
    description = "\(what): \(String(cString: strerror(code)))"
  }
}

/// Makes a directory and those above it; one that exists already is no error.
package func makeDirectory(_ path: String) throws {
  guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
  guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
    throw SystemError("mkdir \(path)")
  }
  try makeDirectory(String(path[..<slash]))
  guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw SystemError("mkdir \(path)") }
}

/// Writes a file, and the directories above it.
package func writeFile(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o666) throws {
  if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
    try makeDirectory(String(path[..<slash]))
  }
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
  guard file >= 0 else { throw SystemError("open \(path)") }
  defer { close(file) }
  var written = 0
  while written < bytes.count {
    let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count > 0 else { throw SystemError("write \(path)") }
    written += count
  }
}

/// Reads a file to its end.
package func readFile(_ path: String) throws -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw SystemError("open \(path)") }
  defer { close(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(file, &chunk, chunk.count)
    guard count >= 0 else { throw SystemError("read \(path)") }
    if count == 0 { return bytes }
    bytes += chunk[..<count]
  }
}
