// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Semblance
import Tables
import Testing

/// Simulated data are made again from their manifest and their model.
struct SimulateReproduceTests {
  static let model = """
    simulate: 1
    seed: spring
    resources: {nurse: {servers: 2}}
    arrivals: {patient: {every: "~ exponential(rate = 1.6)"}}
    path: {patient: [{seize: nurse}, {hold: "~ exponential(mean = 1)"}, {release: nurse}]}
    until: 50
    run: {replications: 3}
    """

  /// A scratch folder with a model and its data in it.
  static func made(_ body: (_ folder: String) throws -> Void) throws {
    let folder =
      FileManager.default.temporaryDirectory.path
      + "/semblance-simulate-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: nil)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(model.utf8).write(to: URL(filePath: "\(folder)/clinic.yaml"))
    _ = try SimulateVerb(path: "\(folder)/clinic.yaml", seed: "7").run(
      into: "\(folder)/clinic", threads: 1)
    try body(folder)
  }

  @Test(arguments: [1, 8])
  func `all files are made again from the model, on any number of threads`(threads: Int) throws {
    try Self.made { folder in
      let result = try ReproduceVerb(
        manifest: "\(folder)/clinic/manifest.json", source: "\(folder)/clinic.truth/model.yaml",
        output: "\(folder)/again", verifies: true, threads: threads
      ).run()
      #expect(result.isRemade)
      #expect(result.files.contains("patient.csv"))
      #expect(result.differences.isEmpty)
      #expect(FileManager.default.fileExists(atPath: "\(folder)/again/visits.csv"))
    }
  }

  @Test func `a changed byte is named with its place, and another model is refused`() throws {
    try Self.made { folder in
      let path = "\(folder)/clinic/patient.csv"
      var bytes = try #require(FileManager.default.contents(atPath: path))
      bytes[bytes.count - 3] ^= 1
      try bytes.write(to: URL(filePath: path))
      let manifest = "\(folder)/clinic/manifest.json"
      let hashed = try ReproduceVerb(manifest: manifest, verifies: true).run()
      #expect(hashed.differences.map(\.path) == ["patient.csv"])
      let made = try ReproduceVerb(
        manifest: manifest, source: "\(folder)/clinic.yaml", verifies: true
      ).run()
      #expect(made.differences.map(\.path) == ["patient.csv"])
      #expect(made.differences.first?.words.contains("differs from byte") == true)
      try Data((Self.model + "\n").utf8).write(to: URL(filePath: "\(folder)/clinic.yaml"))
      #expect(throws: DataError.self) {
        try ReproduceVerb(manifest: manifest, source: "\(folder)/clinic.yaml").run()
      }
    }
  }
}
