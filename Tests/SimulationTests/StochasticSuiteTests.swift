// SPDX-License-Identifier: Apache-2.0
import Foundation
import Simulation
import Tables
import Testing

/// The time courses of the stochastic test suite, under its own rule.
///
/// The suite is that of Evans, Gillespie and Wilkinson, Bioinformatics 24 (2008). `SEMBLANCE_RUNS=10000` asks for its usual number of runs.
struct StochasticSuiteTests {
  @Test func `means and standard deviations are those of the stochastic suite`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let environment = ProcessInfo.processInfo.environment
    let folder = (environment["SEMBLANCE_SHARED"] ?? root.path() + "/../shared") + "/data/dsmts"
    guard let cases = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      print("skipped: ../shared/data is absent")
      return
    }
    let runs = environment["SEMBLANCE_RUNS"].flatMap { Int($0) } ?? 40
    var (points, good, seen) = (0, 0, 0)
    for name in cases.sorted() {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []
      guard let file = files.first(where: { $0.hasSuffix(".mod") }) else { continue }
      let shorthand = try String(contentsOfFile: "\(folder)/\(name)/\(file)", encoding: .utf8)
      let results = try String(
        contentsOfFile: "\(folder)/\(name)/\(name)-results.csv", encoding: .utf8)
      let model = try PopulationModel(
        yaml: ShorthandModel(shorthand, replications: runs).yaml, file: name)
      let table = try model.run(seed: "suite", threads: 2)
      let counted = try compare(table, results, runs: runs)
      #expect(
        Double(counted.good) >= (runs >= 10_000 ? 0.97 : 0.9) * Double(counted.points),
        "case \(name): \(counted.good) of \(counted.points)")
      points += counted.points
      good += counted.good
      seen += 1
    }
    print("stochastic suite: \(seen) cases, \(good) of \(points) points within, \(runs) runs")
    #expect(seen == 22)
    #expect(Double(good) >= 0.99 * Double(points))
  }

  private func compare(
    _ table: Table, _ results: String, runs: Int
  ) throws -> (points: Int, good: Int) {
    let lines = results.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
    var (points, good) = (0, 0)
    for (index, heading) in lines[0].enumerated() {
      let parts = heading.split(separator: "-")
      guard parts.count == 2, let column = table.column(named: String(parts[0])),
        case .numbers(let values) = column.values
      else { continue }
      // Case 00019 has a species that a rule keeps at twice X; the test does the doubling.
      let isRule = parts[0] == "y"
      var source = values
      if isRule, case .numbers(let x)? = table.column(named: "X")?.values {
        source = x.map { 2 * $0 }
      }
      for row in 1..<lines.count {
        let expected = try #require(Double(lines[row][index]))
        let sample = stride(from: row - 1, to: source.count, by: lines.count - 1).map { source[$0] }
        #expect(sample.count == runs)
        let mean = sample.reduce(0, +) / Double(runs)
        points += 1
        if parts[1] == "mean" {
          let spread = try #require(lines[0].firstIndex(of: parts[0] + "-sd"))
          let sd = try #require(Double(lines[row][spread]))
          let z = Double(runs).squareRoot() * (mean - expected) / sd
          good += sd == 0 ? ((mean - expected).magnitude < 1e-4 ? 1 : 0) : (z.magnitude < 3 ? 1 : 0)
        } else {
          let square = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs - 1)
          let ratio = square / (expected * expected) - 1
          let z = (Double(runs) / 2).squareRoot() * ratio
          good += expected == 0 ? (square < 1e-8 ? 1 : 0) : (z.magnitude < 5 ? 1 : 0)
        }
      }
    }
    return (points, good)
  }
}
