// SPDX-License-Identifier: Apache-2.0
import Numerics
import Tables

/// Fits a mixture by expectation and maximisation in turn.
///
/// ## Source
/// Dempster, Laird and Rubin, "Maximum likelihood from incomplete data via the EM algorithm", JRSS B 39 (1977)
/// 1–38; Ghahramani and Jordan, "Supervised learning from incomplete data via an EM approach", NIPS 6 (1994),
/// for numbers that are missing.
public struct MixtureFitting: Sendable {
  /// What is added to variances, so that none vanishes.
  public var regularization: Double
  /// The weight, in rows, with which shares of classes lean on those of all rows.
  public var smoothing: Double
  /// The most rounds.
  public var maximumRoundCount: Int
  /// Rounds end when the mean logarithm of the likelihood rises by less.
  public var tolerance: Double
  /// The fewest rows of a class; a smaller one is dropped.
  public var minimumCount: Double
  /// Whether no two numbers covary within a class.
  public var isDiagonal: Bool
  /// How many threads may work.
  public var threads: Int

  /// Creates a fitting.
  public init(
    regularization: Double = 1e-6, smoothing: Double = 0, maximumRoundCount: Int = 100,
    tolerance: Double = 1e-3, minimumCount: Double = 0, isDiagonal: Bool = false,
    threads: Int = 1
  ) {
    self.regularization = regularization
    self.smoothing = smoothing
    self.maximumRoundCount = maximumRoundCount
    self.tolerance = tolerance
    self.minimumCount = minimumCount
    self.isDiagonal = isDiagonal
    self.threads = threads
  }

  /// A fitted mixture.
  public struct Result: Sendable {
    /// The mixture.
    public var mixture: ClassMixture
    /// The logarithm of the likelihood of all rows, under the mixture of the last but one round.
    public var logLikelihood: Double
    /// The rows in each class, in expectation.
    public var counts: [Double]
    /// The rounds it took.
    public var roundCount: Int
  }

  /// What rows add up to.
  private struct Sums {
    var counts: [Double]
    var firsts: [Double]
    var seconds: [Double]
    var shares: [[Double]]
    var logLikelihood = 0.0

    init(_ classCount: Int, _ data: MixtureData) {
      let d = data.numberCount
      counts = [Double](repeating: 0, count: classCount)
      firsts = [Double](repeating: 0, count: classCount * d)
      seconds = [Double](repeating: 0, count: classCount * d * d)
      shares = data.classCounts.map { [Double](repeating: 0, count: classCount * $0) }
    }

    /// Adds a row's part in a class, about the class's last means, which keeps what sums lose by rounding
    /// small.
    @inline(__always)
    mutating func add(
      _ c: Int, _ share: Double, _ differences: UnsafePointer<Double>, _ size: Int,
      isDiagonal: Bool
    ) {
      counts[c] += share
      for i in 0..<size {
        let x = share * differences[i]
        firsts[c &* size &+ i] += x
        let start = (c &* size &+ i) &* size
        for j in (isDiagonal ? i : 0)...i { seconds[start &+ j] += x * differences[j] }
      }
    }

    mutating func add(_ other: Sums) {
      func add(_ own: inout [Double], _ more: [Double]) {
        for place in own.indices { own[place] += more[place] }
      }
      add(&counts, other.counts)
      add(&firsts, other.firsts)
      add(&seconds, other.seconds)
      for column in shares.indices { add(&shares[column], other.shares[column]) }
      logLikelihood += other.logLikelihood
    }
  }

  /// The part of a group's shares that starts as in all rows: a share of 0 would stay 0.
  private static let startBlend = 0.2

  /// Fits a mixture, from groups of rows.
  public func fit(_ data: MixtureData, groups: [Int], classCount: Int) -> Result {
    var result = maximized(sums(data, classCount, groups, nil), data, nil)
    for (column, shares) in result.mixture.shares.enumerated() {
      let levels = data.classCounts[column]
      var margin = [Double](repeating: 0, count: levels)
      for place in shares.indices {
        margin[place % levels] += shares[place] * result.mixture.weights[place / levels]
      }
      for place in shares.indices {
        result.mixture.shares[column][place] +=
          Self.startBlend * (margin[place % levels] - shares[place])
      }
    }
    var last = -Double.infinity
    for round in 0..<maximumRoundCount {
      let sums = sums(data, result.mixture.classCount, [], result.mixture)
      let before = result.mixture
      result = maximized(sums, data, before)
      result.logLikelihood = sums.logLikelihood
      result.roundCount = round + 1
      let mean = sums.logLikelihood / Double(max(data.rowCount, 1))
      if (mean - last).magnitude < tolerance, result.mixture.classCount == before.classCount {
        break
      }
      last = mean
    }
    return result
  }

  // MARK: Expectation

  /// What all rows add up to, each in its group, or in all classes by how probable they are.
  private func sums(
    _ data: MixtureData, _ classCount: Int, _ groups: [Int], _ mixture: ClassMixture?
  ) -> Sums {
    let size = data.numberCount
    let views = mixture.map { mixture in
      data.patterns.flatMap { present in
        (0..<classCount).map {
          MixtureView(
            mixture.covariances[$0 * size * size..<($0 + 1) * size * size], size: size,
            present: present, isDiagonal: isDiagonal)
        }
      }
    }
    func logarithms(_ list: [Double]) -> [Double] {
      list.map { $0 > 0 ? ElementaryFunctions.log($0) : -1e300 }
    }
    let weights = logarithms(mixture?.weights ?? [])
    let layout = MixtureShares(data.classCounts, classCount: classCount)
    let shares = layout.flat(mixture?.shares.map(logarithms) ?? [])
    let chunk = 4096
    let parts = ChunkedWork(
      count: (data.rowCount + chunk - 1) / chunk, threads: threads, chunkSize: 1
    ).map { chunks in
      chunks.map { number -> Sums in
        var sums = Sums(classCount, data)
        let rows = number * chunk..<min(data.rowCount, (number + 1) * chunk)
        if let mixture, let views {
          expect(rows, data, mixture, views, weights, layout, shares, &sums)
        } else {
          for row in rows { place(row, groups[row], data, &sums) }
        }
        return sums
      }
    }
    var whole = Sums(classCount, data)
    for part in parts { whole.add(part) }
    return whole
  }

  /// Adds a row to one class; missing numbers are foretold as 0 with variance 1.
  private func place(_ row: Int, _ group: Int, _ data: MixtureData, _ sums: inout Sums) {
    let size = data.numberCount
    let present = data.patterns[Int(data.patternOfRow[row])]
    sums.counts[group] += 1
    for i in present {
      let x = data.numbers[row * size + i]
      sums.firsts[group * size + i] += x
      for j in present where j <= i && (!isDiagonal || j == i) {
        sums.seconds[(group * size + i) * size + j] += x * data.numbers[row * size + j]
      }
    }
    if present.count < size {
      for i in 0..<size where !present.contains(i) {
        sums.seconds[(group * size + i) * size + i] += 1
      }
    }
    for (column, codes) in data.codes.enumerated() {
      sums.shares[column][group * data.classCounts[column] + Int(codes[row])] += 1
    }
  }

  private func expect(
    _ rows: Range<Int>, _ data: MixtureData, _ mixture: ClassMixture, _ views: [MixtureView],
    _ weights: [Double], _ layout: MixtureShares, _ shares: [Double], _ sums: inout Sums
  ) {
    let size = data.numberCount
    let count = mixture.classCount
    var room = [Double](repeating: 0, count: count + max(1, count * size) + max(1, size))
    var counted = [Double](repeating: 0, count: shares.count)
    var totals = [Double](repeating: 1, count: rows.count)
    data.numbers.withUnsafeBufferPointer { numbers in
      mixture.means.withUnsafeBufferPointer { means in
        room.withUnsafeMutableBufferPointer { room in
          guard let logs = room.baseAddress else { return }
          let differences = logs + count
          let solved = differences + max(1, count * size)
          for row in rows {
            let pattern = Int(data.patternOfRow[row])
            for c in 0..<count { logs[c] = weights[c] }
            if let numbers = numbers.baseAddress, let means = means.baseAddress {
              for c in 0..<count {
                logs[c] += views[pattern &* count &+ c].logDensity(
                  numbers + row * size, means + c * size, solved, differences + c * size)
              }
            }
            for column in data.codes.indices {
              let start = layout.start(column, data.codes[column][row])
              for c in 0..<count { logs[c] += shares[start &+ c] }
            }
            var greatest = -Double.infinity
            for c in 0..<count { greatest = max(greatest, logs[c]) }
            for c in 0..<count { logs[c] = max(logs[c] - greatest, -700) }
            ElementaryFunctions.exp(each: UnsafeMutableBufferPointer(start: logs, count: count))
            var total = 0.0
            for c in 0..<count {
              // What is less than e⁻⁴⁰ of the greatest counts for nothing.
              if logs[c] < 4.2e-18 { logs[c] = 0 }
              total += logs[c]
            }
            sums.logLikelihood += greatest
            totals[row - rows.lowerBound] = total
            let scale = 1 / total
            for c in 0..<count { logs[c] *= scale }
            for c in 0..<count where logs[c] > 0 {
              sums.add(c, logs[c], differences + c * size, size, isDiagonal: isDiagonal)
            }
            if pattern > 0 {
              for c in 0..<count where logs[c] > 0 {
                addMissing(views[pattern &* count &+ c], c, logs[c], size, &sums)
              }
            }
            for column in data.codes.indices {
              let start = layout.start(column, data.codes[column][row])
              for c in 0..<count { counted[start &+ c] += logs[c] }
            }
          }
        }
      }
    }
    totals.withUnsafeMutableBufferPointer { ElementaryFunctions.log(each: $0) }
    for logarithm in totals { sums.logLikelihood += logarithm }
    layout.add(counted, to: &sums.shares)
  }

  /// Adds what missing numbers vary by.
  private func addMissing(
    _ view: MixtureView, _ c: Int, _ share: Double, _ size: Int, _ sums: inout Sums
  ) {
    for (i, m) in view.missing.enumerated() {
      guard !isDiagonal else {
        sums.seconds[(c * size + m) * size + m] += share * view.rest[i]
        continue
      }
      for (j, n) in view.missing.enumerated() where n <= m {
        sums.seconds[(c * size + m) * size + n] += share * view.rest[i * view.missing.count + j]
      }
    }
  }

  // MARK: Maximisation

  /// The mixture that sums say; classes of too few rows are left out, but for the greatest.
  ///
  /// - Parameter before: The mixture about whose means the sums are; `nil` for sums about 0.
  private func maximized(_ sums: Sums, _ data: MixtureData, _ before: ClassMixture?) -> Result {
    let size = data.numberCount
    let greatest = sums.counts.indices.max { sums.counts[$0] < sums.counts[$1] } ?? 0
    let kept = sums.counts.indices.filter {
      $0 == greatest || sums.counts[$0] >= max(minimumCount, 1e-9)
    }
    let total = kept.reduce(0) { $0 + sums.counts[$1] }
    var mixture = ClassMixture(weights: [], means: [], covariances: [], shares: [])
    for c in kept {
      let count = sums.counts[c]
      mixture.weights.append(count / total)
      let shift = (0..<size).map { sums.firsts[c * size + $0] / count }
      for i in 0..<size { mixture.means.append(shift[i] + (before?.means[c * size + i] ?? 0)) }
      for i in 0..<size {
        for j in 0..<size {
          guard !isDiagonal || i == j else {
            mixture.covariances.append(0)
            continue
          }
          let (row, column) = (max(i, j), min(i, j))
          mixture.covariances.append(
            sums.seconds[(c * size + row) * size + column] / count - shift[i] * shift[j]
              + (i == j ? regularization : 0))
        }
      }
    }
    for (column, own) in sums.shares.enumerated() {
      let levels = data.classCounts[column]
      var margin = [Double](repeating: 0, count: levels)
      for place in own.indices { margin[place % levels] += own[place] }
      let whole = max(margin.reduce(0, +), 1e-300)
      mixture.shares.append(
        kept.flatMap { c in
          (0..<levels).map {
            (own[c * levels + $0] + smoothing * margin[$0] / whole)
              / (sums.counts[c] + smoothing)
          }
        })
    }
    return Result(
      mixture: mixture, logLikelihood: 0, counts: kept.map { sums.counts[$0] }, roundCount: 0)
  }
}
