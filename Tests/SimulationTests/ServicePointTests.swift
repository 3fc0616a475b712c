// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Simulation
import Testing

/// Waits against the textbook's closed forms.
struct ServicePointTests {
  /// The mean wait of those served, and the share turned away, of one replication.
  func measures(_ point: ServicePoint, _ replication: Int, _ count: Int) -> (Double, Double) {
    let visits = point.visits(of: count, key: RandomKey(seed: "queue", replication: replication))
    var (wait, served) = (0.0, 0)
    // The first fifth is not counted: the point starts empty.
    for customer in count / 5..<count where visits.starts[customer] < .infinity {
      wait += visits.starts[customer] - visits.arrivals[customer]
      served += 1
    }
    return (wait / Double(served), 1 - Double(served) / Double(count - count / 5))
  }

  @Test func `waits agree with the closed forms`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let environment = ProcessInfo.processInfo.environment
    let shared = environment["SEMBLANCE_SHARED"] ?? root.path() + "/../shared"
    guard
      let text = try? String(
        contentsOfFile: shared + "/data/queues/closed_forms.csv", encoding: .utf8)
    else {
      print("skipped: ../shared/data is absent")
      return
    }
    let scale = environment["SEMBLANCE_RUNS"] == nil ? 1 : 9
    // The full size is judged as the corpus asks; the short one must not fail once in a hundred times.
    let bound = scale > 1 ? 3.0 : 4.0
    var (rows, far) = (0, 0)
    let lines = text.split(whereSeparator: \.isNewline).dropFirst()
    for (index, line) in lines.enumerated() where scale > 1 || index % 2 == 0 {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let rate = try #require(Double(cells[1]))
      let servers = try #require(Int(cells[3]))
      let utilisation = try #require(Double(cells[13]))
      // Near full load, a short run is far from its long-run mean; those rows want long runs.
      if scale == 1, utilisation > 0.85 || cells[5].hasPrefix("lognormal") { continue }
      let service: ServicePoint.Service =
        switch cells[5] {
        case "exponential": .exponential(mean: 1)
        case "deterministic(1)": .fixed(1)
        case "uniform(0;2)": .uniform(from: 0, to: 2)
        case "erlang(2; mean 1)": .gamma(mean: 1, dispersion: 0.5)
        default: .logNormal(mean: 1, variation: 2)
        }
      let point = ServicePoint(
        arrivalRate: rate, service: service, servers: servers, capacity: Int(cells[4]))
      let count = 2500 * scale * scale
      let runs = (0..<20).map { measures(point, $0, count) }
      rows += 1
      // Of rare events a run may see none, and then knows no error: the one in theory bounds it,
      // for M/M/c from the variance p(2 − p)/(c − λ)² of a wait, as if waits were independent.
      let counted = Double(20 * count * 4 / 5)
      let waiting = Double(cells[7]) ?? 0
      let waitError =
        (waiting * (2 - waiting) / counted).squareRoot()
        / max(1e-9, (Double(servers) - rate).magnitude)
      if !agrees(runs.map(\.0), try #require(Double(cells[11])), waitError, bound) {
        far += 1
        print("wait differs:", line)
      }
      if let blocked = Double(cells[8]),
        !agrees(
          runs.map(\.1), blocked, (blocked * (1 - blocked) / counted).squareRoot(), bound)
      {
        far += 1
        print("share turned away differs:", line)
      }
    }
    print("queues: \(rows) rows, \(far) measures beyond \(bound) standard errors")
    #expect(rows >= (scale > 1 ? 68 : 20))
    #expect(far == 0)
  }

  /// Whether the mean is within some standard errors, from 20 replications or at least the given one.
  private func agrees(
    _ values: [Double], _ expected: Double, _ least: Double, _ bound: Double
  ) -> Bool {
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    return (mean - expected).magnitude
      <= bound * max(least, (square / Double(values.count)).squareRoot()) + 1e-12
  }

  @Test func `Little's law holds exactly in every run`() {
    for servers in 1...3 {
      let visits = ServicePoint(
        arrivalRate: 0.8 * Double(servers), service: .gamma(mean: 1, dispersion: 0.5),
        servers: servers
      ).visits(of: 2000, key: RandomKey(seed: "little"))
      // The area under the number inside, change by change, against the sum of the times inside.
      let changes =
        (visits.arrivals.map { ($0, 1.0) } + visits.departures.map { ($0, -1.0) }).sorted {
          $0 < $1
        }
      var (area, inside, before) = (0.0, 0.0, 0.0)
      for (time, change) in changes {
        area += inside * (time - before)
        (inside, before) = (inside + change, time)
      }
      let spent = zip(visits.arrivals, visits.departures).reduce(0) { $0 + $1.1 - $1.0 }
      #expect(inside == 0)
      #expect((area - spent).magnitude <= 1e-9 * spent)
    }
  }

  @Test func `more servers meet the same arrivals, and nobody waits longer`() {
    var point = ServicePoint(arrivalRate: 1.6, service: .exponential(mean: 1), servers: 2)
    let key = RandomKey(seed: "1")
    let two = point.visits(of: 2000, key: key)
    point.servers = 3
    let three = point.visits(of: 2000, key: key)
    #expect(two.arrivals == three.arrivals)
    #expect(zip(two.starts, three.starts).allSatisfy { $1 <= $0 })
    #expect(Array(point.visits(of: 100, key: key).starts) == Array(three.starts.prefix(100)))
  }
}
