// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own, so that nothing it needs ever reaches users. Benchmarks/run builds it.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "semblance", path: "..")],
  targets: [
    .executableTarget(
      name: "SemblanceBenchmarks",
      dependencies: [.product(name: "Semblance", package: "semblance")],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
  ]
)
