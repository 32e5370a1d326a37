// Measures `git-bet` against git itself and prints tables in Markdown:
//
//     Benchmarks [--quick] <git-bet> [<table>…]     tables: push hooks ledger index
//     Benchmarks --count <git-bet> <file>           compares instruction counts with those in the file
//     Benchmarks --update <git-bet> <file>          writes them
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

let tables: KeyValuePairs = [
  "push": PushTable.print, "hooks": HookTable.print, "ledger": LedgerTable.print, "index": IndexTable.print,
]

var arguments = Array(CommandLine.arguments.dropFirst())
let mode = arguments.first.flatMap { $0.hasPrefix("--") ? $0 : nil } ?? ""
if !mode.isEmpty { arguments.removeFirst() }
guard ["", "--quick", "--count", "--update"].contains(mode), let binary = arguments.first,
  let path = realpath(binary, nil).map({ String(cString: $0) }),
  !["--count", "--update"].contains(mode) || arguments.count == 2
else {
  fail("usage: Benchmarks [--quick] <git-bet> [<table>…] | --count|--update <git-bet> <file>", status: 129)
}
do {
  if mode == "--count" || mode == "--update" {
    let file = arguments[1]
    let whole = file.hasPrefix("/") ? file : String(cString: getcwd(nil, 0)) + "/" + file
    try Counts.run(path, file: whole, isUpdate: mode == "--update")
  } else {
    for (name, print) in tables where arguments.count == 1 || arguments.dropFirst().contains(name) {
      try print(path, mode == "--quick")
    }
  }
} catch {
  fail("error: \(error)", status: 1)
}
