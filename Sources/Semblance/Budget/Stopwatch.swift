// SPDX-License-Identifier: Apache-2.0
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Measures what the phases of a run take.
final class Stopwatch: Sendable {
  /// What a phase took.
  struct Lap: Hashable, Sendable {
    var phase: String
    /// Seconds on the clock.
    var seconds: Double
    /// Seconds of all threads' work.
    var work: Double
  }

  /// `RUSAGE_SELF`, whose type differs between C libraries.
  private static let ownProcess: Int32 = 0
  private let laps = Mutex<[Lap]>([])
  private let start = ContinuousClock.now

  /// Seconds on the clock since the run began.
  var elapsed: Double { Self.seconds(start.duration(to: .now)) }

  /// Does something and remembers what it took.
  func measure<Value, Failure: Error>(
    _ phase: String, _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let (began, worked) = (ContinuousClock.now, Self.work)
    let value = try body()
    let lap = Lap(
      phase: phase, seconds: Self.seconds(began.duration(to: .now)), work: Self.work - worked)
    laps.withLock { $0.append(lap) }
    return value
  }

  /// The phases in the order in which they ended, each once.
  var all: [Lap] {
    laps.withLock { list in
      var sums: [Lap] = []
      for lap in list {
        if let place = sums.firstIndex(where: { $0.phase == lap.phase }) {
          sums[place].seconds += lap.seconds
          sums[place].work += lap.work
        } else {
          sums.append(lap)
        }
      }
      return sums
    }
  }

  /// Seconds that all threads of this process have worked so far.
  static var work: Double {
    var usage = rusage()
    getrusage(Self.ownProcess, &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
  }

  /// The most memory this process held so far, in megabytes.
  static var peakMegabytes: Double {
    var usage = rusage()
    getrusage(Self.ownProcess, &usage)
    #if canImport(Darwin)
      return Double(usage.ru_maxrss) / 1_048_576
    #else
      return Double(usage.ru_maxrss) / 1024
    #endif
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
