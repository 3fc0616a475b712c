// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// Fuzz targets, kept out of the main package so that no other build pays for them; `Scripts/fuzz` runs
// them. Each target is a program whose main function comes from the fuzzer.
let fuzzers: [(name: String, products: [Target.Dependency])] = [
  ("FuzzCSV", [.product(name: "Semblance", package: "semblance")]),
  ("FuzzSchema", [.product(name: "Semblance", package: "semblance")]),
  ("FuzzGenerator", [.product(name: "Semblance", package: "semblance")]),
]

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "semblance", path: "..")],
  targets: fuzzers.map { fuzzer in
    .executableTarget(
      name: fuzzer.name, dependencies: fuzzer.products,
      swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library"])])
  }
)
