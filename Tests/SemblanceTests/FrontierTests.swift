// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import Foundation
import Randomness
import Synthesis
import Tables
import Testing

@testable import Semblance

/// `synthesize --frontier`: strengths of protection side by side.
struct FrontierTests {
  private final class Place {
    let path: String

    init(rowCount: Int) throws {
      path = NSTemporaryDirectory() + "semblance-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      var lines = ["group,x,y"]
      let key = RandomKey(seed: "frontier").stream("rows")
      for row in 0..<rowCount {
        var draws = key.stream(entity: UInt64(row))
        let x = Draws.normal(using: &draws)
        let y = x + 0.3 * Draws.normal(using: &draws)
        lines.append("\(x < 0 ? "low" : "high"),\((x * 100).rounded()),\((y * 100).rounded())")
      }
      try Data((lines.joined(separator: "\n") + "\n").utf8)
        .write(to: URL(fileURLWithPath: path + "/table.csv"))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private static func request(_ place: Place) -> SynthesizeRequest {
    SynthesizeRequest(
      input: place.path + "/table.csv", output: place.path + "/out", seed: "1",
      fit: FitOptions(threads: 2))
  }

  @Test func `each strength has figures and a contract that chooses it`() throws {
    let place = try Place(rowCount: 800)
    let result = try FrontierVerb(Self.request(place)).run()
    let points = result.frontier.points
    #expect(points.map(\.minimumLeaf) == [10, 20, 40, 80])
    #expect(result.frontier.learnedRowCount == 640 && result.frontier.controlRowCount == 160)
    for point in points {
      #expect(point.trendError.value != nil && point.closerToTraining.value != nil)
      #expect(point.seconds >= 0)
    }
    // The relationship of x and y is lost bit by bit.
    #expect((points[3].trendError.value ?? 0) > (points[0].trendError.value ?? 0))
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path + "/out").sorted()
    #expect(
      names == ["frontier.json"] + ["10", "20", "40", "80"].map { "leaf-\($0).contract.yaml" }
        + ["report.html"])
    let file = try ContractFile(path: place.path + "/out/leaf-40.contract.yaml")
    #expect(file.contract.disclosure.minimumLeaf == 40)
    var chosen = Self.request(place)
    chosen.output = place.path + "/chosen.release"
    chosen.contract = file.contract
    chosen.isEvaluated = false
    let plan = try ContractedRun(
      chosen, input: try RealInput(path: chosen.input), progress: .silent
    ).planned().plan
    #expect(plan.minimumLeafCount == 40)
  }

  @Test func `the same run measures the same`() throws {
    let place = try Place(rowCount: 400)
    var request = Self.request(place)
    request.replacesExisting = true
    let runs = try [1, 2].map { threads in
      request.fit.threads = threads
      return try FrontierVerb(request).run().frontier.points.map {
        [$0.shapeError, $0.trendError, $0.closerToTraining, $0.nearMatches, $0.exactMatches]
      }
    }
    #expect(runs[0] == runs[1])
  }

  @Test func `a table that is too small is refused, and nothing is left behind`() throws {
    let place = try Place(rowCount: 60)
    #expect(throws: DataError.self) { try FrontierVerb(Self.request(place)).run() }
    #expect(!FileManager.default.fileExists(atPath: place.path + "/out"))
  }
}
