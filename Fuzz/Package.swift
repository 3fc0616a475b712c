// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own: libFuzzer brings the main function, and its flags must not reach users.
// Scripts/fuzz builds and runs it.
let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "semblance", path: "..")],
  targets: [
    .executableTarget(
      name: "FuzzInputs",
      dependencies: [.product(name: "Semblance", package: "semblance")],
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .unsafeFlags(["-parse-as-library"]),
      ])
  ]
)
