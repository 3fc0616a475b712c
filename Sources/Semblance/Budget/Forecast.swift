// SPDX-License-Identifier: Apache-2.0
import Hashing
import Numerics
import TreeSynthesis

/// What a run will take, foretold from the size of its table before anything is fitted.
///
/// Each phase is a sum of products of rows, columns and levels; the numbers before them were fitted to
/// recorded runs (`Benchmarks/contracts/calibrate.py`), and are scaled by the speed of this machine: at a
/// small known task, or at a fit of some of the rows (`ForecastProbe`).
public struct Forecast: Hashable, Sendable {
  /// Planning and fitting, in seconds of work.
  public let fitting: Double
  /// Drawing.
  public let drawing: Double
  /// Measuring fidelity and risk, twins included.
  public let measuring: Double
  /// Checking the contract's clauses.
  public let checking: Double
  /// Writing.
  public let writing: Double
  /// The most memory, in megabytes.
  public let megabytes: Double

  /// Seconds of work in all, after reading.
  public var seconds: Double { fitting + drawing + measuring + checking + writing }

  /// Foretells a run.
  ///
  /// - Parameter speed: How much slower than the machine of the recorded runs this one is; 1 for as fast.
  public init(_ size: Size, speed: Double = 1) {
    let k = ForecastConstants.self
    let (n, m, p) = (Double(size.realRows), Double(size.syntheticRows), Double(size.columns))
    let measured = Double(size.measuredRows)
    fitting = Self.fitting(size, rows: n) * speed
    let (learned, text) = (Double(size.learnedColumns), size.textPerRow)
    let share = size.isSearched ? k.boostedShare : 1
    let drawCells =
      size.isBoosted
      ? share * (k.boostDrawCell * learned + k.boostDrawScale * size.scaleCells)
      : k.drawCell * learned
    func drawing(_ rows: Double) -> Double { rows * (drawCells + k.drawText * text) }
    self.drawing = drawing(m) * speed
    if measured > 0 {
      let real = min(n, measured)
      let rows = real + min(m, measured)
      let twins = 2 * Self.fitting(size, rows: real / 2, searches: false) + drawing(real)
      let pairs = size.measuredPairs
      let cells = k.measureCell * p + k.measureText * text
      measuring =
        (twins + k.measureBase + rows * cells + k.measurePair * pairs
          + k.measurePairCell * size.pairCells + size.searching
          * size.mixed(k.searchedCell, k.searchedVariedCell)) * speed
    } else {
      measuring = 0
    }
    checking = k.checkCell * (n + m) * p * speed
    let pages = k.writeBase + k.writeColumn * p + k.writePair * min(size.measuredPairs, 60_000)
    writing =
      (pages + m * (k.writeCell * p + k.writeText * text)
        + (size.isBoosted ? drawing(min(m, Self.comparedRows)) : 0)) * speed
    megabytes = k.memoryBase + k.memoryCell * (n + m) * p + k.memoryPair * size.measuredPairs
  }

  private static func fitting(_ size: Size, rows: Double, searches: Bool = true) -> Double {
    let k = ForecastConstants.self
    let pairs = size.predictorPairs
    let learned = Double(size.learnedColumns)
    let learning =
      size.isBoosted
      ? boosting(size, rows: rows, searches: searches)
      : k.fitPairCell * size.scaleCells / max(learned, 1) * rows * pairs + k.fitPair * pairs
        + k.fitColumn * learned
    return k.fitBase + rows
      * (k.fitCell * Double(size.columns)
        + k.fitText * size.textPerRow) + learning
      + k.screenPairRow * rows * size.screenedPairs + labour(size, rows: rows)
  }

  /// What a mixture's rounds or a search for near rows add, by the rows that these methods look at.
  private static func labour(_ size: Size, rows: Double) -> Double {
    let columns = Double(size.learnedColumns)
    switch size.labour {
    case .none: return 0
    case .classes:
      // Trials with 1, 2, 4 … classes, and rounds with the number that was chosen.
      return ForecastConstants.classesCell * columns
        * (2800 * min(rows, 10_000) + 480 * min(rows, 50_000))
    case .rounds: return ForecastConstants.roundsCell * columns * min(rows, 50_000)
    case .neighbours(let searches):
      let near = min(rows, 20_000)
      return ForecastConstants.neighbourCell * columns * near * near * Double(searches)
    case .network:
      // Rounds through the rows, each of which multiplies 128 numbers a column, and each bin, by 32 weights.
      let bins = 200 * size.scaleCells + Double(size.levels)
      return ForecastConstants.networkCell * min(rows, 200_000) * (128 * columns + bins)
    }
  }

  /// The rows of another draw that tell how often rows coincide.
  private static let comparedRows = 5000.0

  /// Ensembles, and before them the trials of a choice, which twins take over.
  private static func boosting(_ size: Size, rows: Double, searches: Bool) -> Double {
    let k = ForecastConstants.self
    let learned = Double(size.learnedColumns)
    func all(_ rows: Double) -> Double {
      // Ensembles of many rows stop earlier for each row.
      let work = rows > 0 ? ElementaryFunctions.exp(0.7 * ElementaryFunctions.log(rows)) : 0
      return k.boostColumn * learned + work
        * (k.boostPairRow * size.predictorPairs + k.boostScaleRow * size.scaleCells * learned)
    }
    guard size.isSearched else { return all(rows) }
    let tried = min(rows, Double(MethodChoice.mostRows)) * 0.8
    return (searches ? all(tried) : 0) + k.boostedShare * all(rows)
  }

  /// How much slower than the machine of the recorded runs this one is, by a small known task.
  public static var machineSpeed: Double {
    let bytes = [UInt8](repeating: 0x5A, count: 1 << 20)
    // The median, not the best: a shared machine is at its best for moments only.
    let taken = (0..<5).map { _ in
      let before = Stopwatch.work
      _ = SHA256.digest(bytes)
      return Stopwatch.work - before
    }.sorted()[2]
    return taken > 0 ? min(max(taken / ForecastConstants.taskSeconds, 0.2), 5) : 1
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
