import Git
import Libc

/// The git process on whose behalf a hook runs, as the shim says with `--for "$PPID"`.
///
/// git may call the gate twice for one push, from its configuration and from a file. Only a shim's own argument says
/// so: no variable of the environment has a say.
enum Caller {
  /// Takes `--for <pid>` off the front; the process by its number and start, nil when it cannot be told.
  static func take(from arguments: inout [String]) -> String? {
    guard arguments.count >= 2, arguments[0] == "--for" else { return nil }
    let process = Int32(arguments[1]).flatMap(identity)
    arguments.removeFirst(2)
    return process
  }

  /// The words of its command line; none where the system does not show them.
  static func command(of caller: String?) -> [String] {
    guard let process = caller?.prefix(while: { $0 != "." }), !process.isEmpty,
      let line = try? TextFile.read("/proc/\(process)/cmdline")
    else { return [] }
    return line.split(separator: "\0").map(String.init)
  }

  /// In a container every git may be process 1: only with the moment of its start is it the same one.
  private static func identity(_ process: Int32) -> String? {
    guard process > 0, let text = try? TextFile.read("/proc/\(process)/stat"),
      let end = text.lastIndex(of: ")")
    else { return nil }
    // Behind the name, which may hold anything, stand the fields from the third on; the start is the 22nd.
    let fields = text[end...].dropFirst().split(separator: " ")
    guard fields.count > 19, fields[19].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return "\(process).\(fields[19])"
  }
}
