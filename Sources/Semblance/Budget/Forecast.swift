// SPDX-License-Identifier: Apache-2.0
import Hashing
public import Schemas

/// What a run will take, foretold from the size of its table before anything is fitted.
///
/// Each phase is a sum of products of rows and columns; the numbers before them were fitted to recorded
/// runs (`Benchmarks/forecast`), and are scaled by the speed of this machine at a small known task.
public struct Forecast: Hashable, Sendable {
  /// The size of a run.
  public struct Size: Hashable, Sendable {
    /// The real rows that are fitted.
    public var realRows: Int
    /// The columns that are learned.
    public var learnedColumns: Int
    /// All columns.
    public var columns: Int
    /// The synthetic rows.
    public var syntheticRows: Int
    /// The most predictors of a variable.
    public var maximumPredictorCount: Int
    /// The rows that are measured; 0 for no measuring.
    public var measuredRows: Int

    /// Creates a size.
    public init(
      realRows: Int, schema: Schema, syntheticRows: Int, maximumPredictorCount: Int,
      measuredRows: Int
    ) {
      self.realRows = realRows
      columns = schema.variables.count
      learnedColumns = schema.variables.count {
        $0.role != .identifier && $0.role != .key && $0.kind != .text
      }
      self.syntheticRows = syntheticRows
      self.maximumPredictorCount = maximumPredictorCount
      self.measuredRows = measuredRows
    }

    /// The pairs of a variable and a predictor.
    var pairs: Double {
      (0..<learnedColumns).reduce(0.0) { $0 + Double(min($1, maximumPredictorCount)) }
    }
  }

  /// Planning and fitting, in seconds of work.
  public let fitting: Double
  /// Drawing.
  public let drawing: Double
  /// Measuring fidelity and risk, twins included.
  public let measuring: Double
  /// Writing.
  public let writing: Double
  /// The most memory, in megabytes.
  public let megabytes: Double

  /// Seconds of work in all, after reading.
  public var seconds: Double { fitting + drawing + measuring + writing }

  /// Foretells a run.
  ///
  /// - Parameter speed: How much slower than the machine of the recorded runs this one is; 1 for as fast.
  public init(_ size: Size, speed: Double = 1) {
    let k = ForecastConstants.self
    let (n, m, p) = (Double(size.realRows), Double(size.syntheticRows), Double(size.columns))
    func fit(_ rows: Double) -> Double {
      k.fitBase + k.fitCell * rows * p + k.fitPair * rows * size.pairs + k.fitPairFixed * size.pairs
    }
    func draw(_ rows: Double) -> Double { k.drawCell * rows * p }
    fitting = fit(n) * speed
    drawing = draw(m) * speed
    let measured = Double(size.measuredRows)
    measuring =
      measured > 0
      ? (fit(min(n, measured)) + draw(min(n, measured)) + k.measureBase
        + k.measureCell * measured * p + k.measurePair * measured * p * p
        + k.measurePairFixed * p * p) * speed : 0
    writing = (k.writeBase + k.writeCell * m * p + k.writeColumn * p) * speed
    megabytes = k.memoryBase + k.memoryCell * (n + m) * p
  }

  /// How much slower than the machine of the recorded runs this one is, by a small known task.
  public static var machineSpeed: Double {
    let bytes = [UInt8](repeating: 0x5A, count: 1 << 20)
    var best = Double.infinity
    for _ in 0..<3 {
      let before = Stopwatch.work
      _ = SHA256.digest(bytes)
      best = min(best, Stopwatch.work - before)
    }
    return best > 0 ? min(max(best / ForecastConstants.taskSeconds, 0.2), 5) : 1
  }

  /// The forecast in words.
  public var words: String {
    "about \(Self.rounded(seconds)) s of work (fitting \(Self.rounded(fitting)), measuring "
      + "\(Self.rounded(measuring))), \(Int((megabytes / 10).rounded() * 10)) MB of memory"
  }

  private static func rounded(_ value: Double) -> String {
    value < 10 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
  }
}
