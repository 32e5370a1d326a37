import Bets
import Libc

/// The running program, under the name that hooks call it by.
enum OwnProgram {
  /// The name on `PATH` where it leads to this program: a package manager's link outlives an upgrade, the
  /// file that it leads to does not.
  static func path() throws -> String {
    let search = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
    let named = search.split(separator: ":").filter { $0.hasPrefix("/") }
      .map { ($0.hasSuffix("/") ? String($0.dropLast()) : String($0)) + "/git-bet" }
      .filter(Folder.isExecutable)
    let running =
      Folder.real("/proc/self/exe")
      ?? CommandLine.arguments.first.flatMap { $0.contains("/") ? Folder.real($0) : named.first }
    guard let running else {
      throw Refusal("no-binary", "git-bet cannot tell where it is", hints: ["command -v git-bet"])
    }
    let path = named.first { Folder.isSame($0, running) } ?? running
    guard !path.contains(where: \.isNewline) else {
      throw Refusal("no-binary", "git-bet stands in a directory whose name has a line break")
    }
    return path
  }
}
