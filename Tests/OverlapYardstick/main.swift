// Holds the overlap rule against a real history: `OverlapYardstick <command> <git directory>`.
//
//   blame    lines of recent commits, against `git blame -w`: precision and recall
//   time     one push against a bet of five hundred commits
//   topics   merged topic branches as bets and pushes: the pairs that the rule names
import Git

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

func fail(_ text: String, status: Int32) -> Never {
  let line = Array((text + "\n").utf8)
  _ = write(2, line, line.count)
  exit(status)
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else {
  fail("usage: OverlapYardstick blame|time|topics <git directory>", status: 129)
}
do {
  let history = try History(at: arguments[1])
  switch arguments[0] {
  case "blame": try measureAgreement(history)
  case "time": try measureTime(history)
  case "topics": try printTopics(history, show: arguments.dropFirst(2).first.flatMap { Int($0) } ?? 20)
  default: fail("error: no command \(arguments[0])", status: 129)
  }
} catch {
  fail("error: \(error)", status: 1)
}
