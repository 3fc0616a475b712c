// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A queue whose long-run figures textbooks give: M/M/c, M/M/1/K or M/G/1, the mean service 1.
struct ClosedForm {
  var line: String
  var rate: Double
  var servers: Int
  var capacity: Int?
  var service: String
  var shareWaiting: Double?
  var shareTurnedAway: Double?
  var meanWait: Double
  var utilisation: Double

  /// The rows of the corpus; nil if it is absent.
  static func all() throws -> [ClosedForm]? {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["SEMBLANCE_SHARED"] ?? root.path() + "/../shared"
    guard
      let text = try? String(
        contentsOfFile: shared + "/data/queues/closed_forms.csv", encoding: .utf8)
    else {
      print("skipped: ../shared/data is absent")
      return nil
    }
    return try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return ClosedForm(
        line: String(line), rate: try #require(Double(cells[1])),
        servers: try #require(Int(cells[3])), capacity: Int(cells[4]), service: cells[5],
        shareWaiting: Double(cells[7]), shareTurnedAway: Double(cells[8]),
        meanWait: try #require(Double(cells[11])), utilisation: try #require(Double(cells[13])))
    }
  }

  /// The standard error that theory gives at least for a mean wait over so many customers, of whom a
  /// handful of runs may have seen none wait.
  ///
  /// From the variance p(2 − p)/(c − λ)² of a wait of M/M/c, as if waits were independent.
  func waitError(_ customers: Double) -> Double {
    let waiting = shareWaiting ?? 0
    return (waiting * (2 - waiting) / customers).squareRoot()
      / max(1e-9, (Double(servers) - rate).magnitude)
  }

  /// Whether the mean of replications lies within some standard errors, which are theirs or at least the given one.
  static func agrees(
    _ values: [Double], _ expected: Double, least: Double, bound: Double
  ) -> Bool {
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    return (mean - expected).magnitude
      <= bound * max(least, (square / Double(values.count)).squareRoot()) + 1e-12
  }
}
