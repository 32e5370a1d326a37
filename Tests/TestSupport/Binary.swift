#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The path of an executable product, which lies beside the test bundle or above it.
///
/// The test target must depend on the product's target, or what is found may be old.
package func binary(_ name: String) -> String {
  let bundles = CommandLine.arguments.filter { $0.contains(".xctest") }
  for start in bundles + CommandLine.arguments.prefix(1) {
    guard let real = realpath(start, nil) else { continue }
    defer { free(real) }
    var directory = Substring(String(cString: real))
    while let slash = directory.lastIndex(of: "/"), slash != directory.startIndex {
      directory = directory[..<slash]
      let candidate = "\(directory)/\(name)"
      if access(candidate, X_OK) == 0 { return candidate }
    }
  }
  return name
}
