// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import Foundation
import PackageDescription

let package = Package(
  name: "semblance",
  platforms: [.macOS(.v15)],
  products: [
    .library(
      name: "Semblance",
      targets: [
        "Semblance", "Tables", "Schemas", "Formats", "Markup", "Packing", "Studies",
        "StatisticalFiles", "DatabaseFiles", "DatabaseServers", "WorkbookFiles", "ColumnarFiles",
        "Dictionaries",
        "Formulas", "Fabrication", "Randomness", "Numerics", "Hashing", "Learners", "Synthesis",
        "Evaluation", "TreeSynthesis", "JointSynthesis", "Fidelity", "Disclosure", "Contracts",
        "Reporting", "Releases", "Simulation",
      ]),
    .executable(name: "semblance", targets: ["SemblanceCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // Floor 0
    .target(name: "Hashing"),
    .target(name: "Numerics"),
    .target(name: "CMatrices"),
    .target(name: "Randomness", dependencies: ["Hashing", "Numerics"]),
    // Floor 1
    .target(name: "Tables"),
    // Floor 2
    .target(name: "Schemas", dependencies: ["Tables"]),
    .target(name: "Formats", dependencies: ["Tables"]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .target(name: "Packing", dependencies: ["CZlib", "CZstd", "Tables"]),
    .target(name: "Markup", dependencies: ["Tables"]),
    .target(
      name: "Dictionaries",
      dependencies: ["Markup", "Schemas", "Tables", .product(name: "Yams", package: "Yams")]),
    // Floor 2½: a table with its dictionary, and above it one target for each heavy library
    .target(name: "Studies", dependencies: ["Formats", "Packing", "Schemas", "Tables"]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .target(
      name: "DatabaseFiles", dependencies: ["CSQLite", "Studies", "Formats", "Schemas", "Tables"]),
    .target(name: "CPostgres"),
    .target(
      name: "DatabaseServers",
      dependencies: ["CPostgres", "Formats", "Studies", "Schemas", "Tables"]),
    .target(
      name: "WorkbookFiles",
      dependencies: [
        "Dictionaries", "Formats", "Markup", "Packing", "Schemas", "Studies", "Tables",
      ]),
    .target(
      name: "ColumnarFiles", dependencies: ["Formats", "Packing", "Schemas", "Studies", "Tables"]),
    .systemLibrary(name: "CReadStat", providers: [.apt(["libreadstat-dev"])]),
    .target(
      name: "StatisticalFiles",
      dependencies: ["CReadStat", "Studies", "Formats", "Schemas", "Tables"]),
    // Floor 2½: the one expression language
    .target(name: "Formulas", dependencies: ["Schemas", "Tables", "Numerics", "Randomness"]),
    // Floor 3
    .target(
      name: "Learners",
      dependencies: ["CMatrices", "Schemas", "Tables", "Numerics", "Randomness"]),
    .target(
      name: "Synthesis", dependencies: ["Schemas", "Tables", "Numerics", "Randomness", "Hashing"]),
    .target(name: "Evaluation", dependencies: ["Schemas", "Tables", "Numerics", "Randomness"]),
    // Floor 4
    .target(
      name: "TreeSynthesis",
      dependencies: [
        "Learners", "Synthesis", "Evaluation", "Schemas", "Tables", "Numerics", "Randomness",
        "Hashing",
      ]),
    .target(
      name: "JointSynthesis",
      dependencies: ["Learners", "Synthesis", "Schemas", "Tables", "Numerics", "Randomness"]),
    .target(
      name: "Fabrication",
      dependencies: [
        "Formulas", "Schemas", "Tables", "Numerics", "Randomness",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Simulation",
      dependencies: [
        "Evaluation", "Formulas", "Markup", "Schemas", "Tables", "Numerics", "Randomness",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Fidelity",
      dependencies: [
        "Evaluation", "Formulas", "Learners", "Schemas", "Tables", "Numerics", "Randomness",
      ]),
    .target(
      name: "Disclosure",
      dependencies: ["Evaluation", "Learners", "Schemas", "Tables", "Numerics", "Randomness"]),
    // Floor 5
    .target(
      name: "Contracts",
      dependencies: [
        "Evaluation", "Learners", "Synthesis", "Formulas", "Dictionaries", "Schemas", "Tables",
        "Numerics",
        "Randomness", .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Reporting",
      dependencies: ["Evaluation", "Hashing", "Schemas", "Synthesis", "Tables"]),
    .target(
      name: "Releases",
      dependencies: ["Evaluation", "Schemas", "Synthesis", "Tables", "Hashing", "Numerics"]),
    // Floor 6
    .target(
      name: "Semblance",
      dependencies: [
        "Hashing", "Numerics", "Randomness", "Tables", "Schemas", "Formats", "Studies",
        "StatisticalFiles", "DatabaseFiles", "DatabaseServers", "WorkbookFiles", "ColumnarFiles",
        "Dictionaries",
        "Learners",
        "Synthesis", "Evaluation",
        "TreeSynthesis", "JointSynthesis", "Fidelity", "Disclosure", "Contracts", "Reporting",
        "Releases", "Fabrication", "Formulas", "Simulation",
      ]),
    .executableTarget(
      name: "SemblanceCommand",
      dependencies: [
        "Semblance", "Contracts", "Dictionaries", "Formats", "Studies", "Randomness", "Schemas",
        "Synthesis", "Tables", "Evaluation", "Releases", "Fabrication", "Formulas",
        "Simulation",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
  ]
)

// One suite a target, each with the whole house below it at hand.
let rooms = package.targets.map(\.name)
let suites = Context.packageDirectory + "/Tests"
// SEMBLANCE_SUITES="Fidelity Disclosure" builds these suites only, which saves minutes while at work.
let wanted = Context.environment["SEMBLANCE_SUITES"]?.split(separator: " ").map(String.init)
for room in rooms
where FileManager.default.fileExists(atPath: "\(suites)/\(room)Tests")
  && wanted?.contains(room) != false
{
  let hasFixtures = FileManager.default.fileExists(atPath: "\(suites)/\(room)Tests/Fixtures")
  package.targets.append(
    .testTarget(
      name: "\(room)Tests", dependencies: rooms.map { .target(name: $0) },
      exclude: hasFixtures ? ["Fixtures"] : []))
}

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]
for target in package.targets where target.type != .system {
  target.swiftSettings = strict
}

// SEMBLANCE_OPTIMIZED=1 optimizes the targets that compute in debug builds too, so that their tests take a tenth
// of the time. It is for tests alone: a package with such flags is of no use as a dependency.
if Context.environment["SEMBLANCE_OPTIMIZED"] != nil {
  let computing: Set<String> = [
    "Numerics", "Hashing", "Randomness", "Tables", "Formats", "Packing", "Formulas", "Learners",
    "Synthesis", "Evaluation", "TreeSynthesis", "JointSynthesis", "Fabrication", "Simulation",
    "Fidelity", "Disclosure",
  ]
  for target in package.targets where computing.contains(target.name) {
    target.swiftSettings =
      (target.swiftSettings ?? []) + [.unsafeFlags(["-O"], .when(configuration: .debug))]
  }
  // Matrices are multiplied in C.
  for target in package.targets where target.name == "CMatrices" {
    target.cSettings =
      (target.cSettings ?? []) + [.unsafeFlags(["-O2"], .when(configuration: .debug))]
  }
}
