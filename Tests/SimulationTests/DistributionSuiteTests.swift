// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Simulation
import Tables
import Testing

/// The statistical distributions of the stochastic test suite, under its own rule.
///
/// `SEMBLANCE_RUNS=10000` asks for its usual number of draws a point.
struct DistributionSuiteTests {
  /// Each case's draw in our words; those without one have no mean, and are declined.
  ///
  /// Told from the SBML files: bounds and parameters that the descriptions leave out are there.
  static let draws: [String: String] = [
    "00040": "normal(0, 1.5)", "00041": "normal(0, sqrt(1.5))", "00042": "uniform(0, 1)",
    "00051": "gamma(shape = 3.2 / 2, scale = 2)", "00055": "laplace(1, 2)",
    "00058": "truncated(binomial(100, 0.2), 15, 32)",
    "00062": "truncated(gamma(shape = 1, scale = 2), 3, 6)",
    "00067": "truncated(normal(0, 0.5), -0.5, 0.5)",
    "00068": "truncated(exponential(rate = 1), 0.25, 0.75)",
    "00070": "truncated(normal(0, 1.5), -1000, 0.5)",
    "00074": "truncated(normal(0, 0.5), -0.5, 0.5)",
    "00075": "truncated(normal(0, 0.5), -0.25, 0.75)",
    "00076": "truncated(normal(0, 0.5), 0.25, 0.75)",
    "00077": "truncated(exponential(rate = 1), 0.25, 1000)",
    "00078": "truncated(exponential(rate = 1), 0, 0.75)",
    "00079": "truncated(exponential(rate = 1), 0.25, 0.75)", "00080": "normal(0, 1.5)",
    "00083": "exponential(rate = 1)", "00087": "poisson(1.5)", "00088": "normal(0, 1.5)",
    "00089": "truncated(exponential(rate = 1), 0.25, 0.75)", "00093": "uniform(0, 1)",
    "00094": "gamma(shape = 1, scale = 2)", "00098": "truncated(normal(0, 1.5), -1000, 0.5)",
  ]
  /// Cauchy has no mean; the log-normal of 00056 is given by its mean and standard deviation, 1 and 2.
  static let declined: Set<String> = ["00048", "00049", "00059"]

  @Test func `draws have the means and spreads of the stochastic suite`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let environment = ProcessInfo.processInfo.environment
    let folder = (environment["SEMBLANCE_SHARED"] ?? root.path() + "/../shared") + "/data/dsmts"
    guard let cases = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      print("skipped: ../shared/data is absent")
      return
    }
    let runs = environment["SEMBLANCE_RUNS"].flatMap { Int($0) } ?? 200
    var draws = Self.draws
    // σ² = ln(1 + 2²/1²), μ = −σ²/2.
    draws["00056"] = "lognormal(meanlog = -log(5) / 2, sdlog = sqrt(log(5)))"
    var (points, good, seen) = (0, 0, 0)
    for name in cases.sorted() where name >= "00040" && name <= "00100" {
      if Self.declined.contains(name) { continue }
      let draw = try #require(draws[name], "case \(name) has no draw")
      let text = try String(
        contentsOfFile: "\(folder)/\(name)/\(name)-results.csv", encoding: .utf8)
      let settings = try String(
        contentsOfFile: "\(folder)/\(name)/\(name)-settings.txt", encoding: .utf8)
      let range = try #require(
        settings.split(whereSeparator: \.isNewline).first { $0.hasPrefix("sdRange") })
      let bound = String(range.split(separator: ",")[1].filter { $0.isNumber || $0 == "." })
      let limit = try #require(Double(bound))
      let model = try StructuralModel(
        yaml: """
          simulate: 1
          tables:
            run: {rows: \(runs), columns: {}}
            moment: {per: run, periods: 50, columns: {X: "~ \(draw)"}}
          """, file: name)
      let table = try model.run(RandomKey(seed: "suite")).complete[1]
      let values: [Double] =
        switch try #require(table.column(named: "X")).values {
        case .numbers(let list): list
        case .wholeNumbers(let list): list.map { Double($0) }
        default: []
        }
      let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
      for time in 1...50 {
        let sample = values[(time - 1) * runs..<time * runs]
        let mean = sample.reduce(0, +) / Double(runs)
        let square = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs - 1)
        let (mu, sigma) = (
          try #require(Double(lines[time + 1][1])), try #require(Double(lines[time + 1][2]))
        )
        points += 2
        good += (Double(runs).squareRoot() * (mean - mu) / sigma).magnitude < 3 ? 1 : 0
        let z = (Double(runs) / 2).squareRoot() * (square / (sigma * sigma) - 1)
        // The rule takes the spread's error as a normal's, too small for the log-normal's tail: its fourth
        // moment is 947 σ⁴ (w⁴ + 2w³ + 3w² − 3 with w = 5), so that z spreads by √((947 − 1)/2), to the
        // right by far more.
        good +=
          name == "00056"
          ? (z > -limit * 21.75 && z < 4 * limit * 21.75 ? 1 : 0)
          : z.magnitude < limit ? 1 : 0
      }
      seen += 1
    }
    print(
      "distributions of the suite: \(seen) cases, \(good) of \(points) points within, n = \(runs)")
    #expect(seen == 25)
    #expect(Double(good) >= 0.99 * Double(points))
  }
}
