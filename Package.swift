// swift-tools-version: 6.2
import PackageDescription

/// What every target but the wrapper of libgit2 is held to.
let strict: [SwiftSetting] = [.strictMemorySafety()]

let package = Package(
  name: "git-bet",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "git-bet", targets: ["git-bet"]),
    .library(name: "BetGate", targets: ["BetGate"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "Clibgit2", pkgConfig: "libgit2",
      providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    // Debian's libgit2-dev brings it along, macOS has it.
    .systemLibrary(name: "Czlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Libc"),
    .target(name: "GitFormats", swiftSettings: strict),
    .target(
      name: "Git", dependencies: ["GitFormats", "Clibgit2", "Czlib", "Libc"],
      linkerSettings: [.linkedLibrary("iconv", .when(platforms: [.macOS]))]),
    .target(name: "SourceText", dependencies: ["GitFormats"], swiftSettings: strict),
    .target(name: "Bets", dependencies: ["GitFormats"], swiftSettings: strict),
    .target(name: "BetLedger", dependencies: ["Bets", "Git", "Libc"], swiftSettings: strict),
    .target(name: "BetAttribution", dependencies: ["BetLedger", "SourceText"], swiftSettings: strict),
    .target(name: "BetGate", dependencies: ["BetAttribution", "Libc"], swiftSettings: strict),
    .target(name: "BetReports", dependencies: ["Bets"], swiftSettings: strict),
    .target(
      name: "BetCommands",
      dependencies: [
        "BetGate", "BetReports", "Libc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["hooks/ci"],
      resources: [.embedInCode("hooks")],
      swiftSettings: strict),
    .target(name: "COffline"),
    .executableTarget(
      name: "git-bet", dependencies: ["BetCommands", "COffline"],
      exclude: ["git-bet.1.in", "git-bet.bash", "git-bet.fish"], swiftSettings: strict),

    .target(name: "TestSupport", dependencies: ["GitFormats"], path: "Tests/TestSupport"),
    .target(name: "LedgerSupport", dependencies: ["BetLedger", "TestSupport"], path: "Tests/LedgerSupport"),
    .executableTarget(name: "Benchmarks", path: "Tests/Benchmarks", exclude: ["counts.txt"]),
    .executableTarget(name: "killed-at", path: "Tests/KilledAt"),
    // Sees of the package what everybody sees: what is public.
    .executableTarget(
      name: "LibraryExample", dependencies: ["BetGate"], path: "Tests/LibraryExample", packageAccess: false),
    .executableTarget(
      name: "OverlapYardstick", dependencies: ["BetAttribution"], path: "Tests/OverlapYardstick"),
    .testTarget(name: "GitFormatsTests", dependencies: ["GitFormats", "TestSupport"]),
    .testTarget(name: "SourceTextTests", dependencies: ["SourceText"]),
    .testTarget(name: "GitTests", dependencies: ["Git", "Czlib", "TestSupport"]),
    .testTarget(name: "BetsTests", dependencies: ["Bets", "TestSupport"]),
    .testTarget(
      name: "BetLedgerTests", dependencies: ["BetLedger", "LedgerSupport", "git-bet", "killed-at"],
      exclude: ["Fixtures"]),
    .testTarget(name: "BetAttributionTests", dependencies: ["BetAttribution", "LedgerSupport", "git-bet"]),
    .testTarget(name: "BetGateTests", dependencies: ["BetGate", "LedgerSupport"]),
    .testTarget(
      name: "BetReportsTests", dependencies: ["BetReports", "TestSupport"], exclude: ["junit.xsd"]),
    .testTarget(
      name: "BetCommandsTests", dependencies: ["BetCommands", "TestSupport", "git-bet", "LibraryExample"]),
    .testTarget(name: "HookTests", dependencies: ["TestSupport", "git-bet", "killed-at"]),
  ]
)
