// SPDX-License-Identifier: Apache-2.0
import Numerics

/// What a choice of methods can afford.
struct ChoiceClock: Sendable {
  /// The share of the time that trials may take.
  private static let trialShare = 0.3
  /// The share of what is left that foretold fits may take; they are foretold within a third or so.
  private static let fitShare = 0.7
  /// How fits grow with rows: a little less than in proportion, as trees are many but each row is seen once.
  private static let exponent = 0.9

  /// The seconds of choosing and fitting; `nil` for as long as it takes.
  let limit: Double?
  private let threads: Double
  private let start = ContinuousClock.now

  init(seconds: Double?, threads: Int) {
    limit = seconds
    self.threads = Double(max(1, threads))
  }

  private var elapsed: Double { Self.seconds(start.duration(to: .now)) }

  /// A duration in seconds.
  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  /// Whether there is time for another trial.
  var permitsAnother: Bool { limit.map { elapsed < Self.trialShare * $0 } ?? true }

  /// How many rows trials may have, by what one with few takes.
  ///
  /// - Parameters:
  ///   - most: The most rows.
  ///   - fewest: The rows of the pilot.
  ///   - trials: How many trials there will be.
  ///   - pilot: Makes a trial with some rows.
  func rows(upTo most: Int, from fewest: Int, trials: Int, pilot: (Int) -> Void) -> Int {
    guard let limit, most > fewest else { return most }
    // Few rows learn little and take little: twice as many say more.
    let few = min(most, 2 * fewest)
    let before = elapsed
    pilot(few)
    let taken = max(elapsed - before, 1e-6)
    let time = Self.trialShare * limit * threads / Double(max(1, trials))
    let growth = ElementaryFunctions.exp(
      ElementaryFunctions.log(time / taken) / Self.exponent)
    return Int(min(max(Double(few) * growth, Double(fewest)), Double(most)))
  }

  /// The places of what can be afforded, best gain for its cost first.
  ///
  /// - Parameters:
  ///   - offers: What each gains, and the seconds that its trial took; `nil` for nothing to gain.
  ///   - growth: How many times as many rows are fitted as a trial learned from.
  func affordable(_ offers: [(gain: Double, seconds: Double)?], growth: Double) -> Set<Int> {
    let places = offers.indices.filter { offers[$0] != nil }
    guard let limit else { return Set(places) }
    let factor = ElementaryFunctions.exp(Self.exponent * ElementaryFunctions.log(growth))
    let left = Self.fitShare * (limit - elapsed)
    func cost(_ place: Int) -> Double { (offers[place]?.seconds ?? 0) * factor }
    func worth(_ place: Int) -> Double { (offers[place]?.gain ?? 0) / max(cost(place), 1e-9) }
    var spent = 0.0
    var chosen: Set<Int> = []
    for place in places.sorted(by: { (worth($1), $0) < (worth($0), $1) })
    where cost(place) <= left && (spent + cost(place)) / threads <= left {
      spent += cost(place)
      chosen.insert(place)
    }
    return chosen
  }
}
