// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Tables
import Testing

@testable import Semblance

/// Real rows as their own synthetic ones, over every score of a full report, and copies of real rows.
@Suite(
  .enabled(
    if: AgreementTables.adultPath != nil && AgreementTables.surveyPath != nil,
    "../shared/data/adult or sd2011 is absent"))
struct EveryScoreTests {
  /// The tables that stand for all.
  enum Source: String, CaseIterable {
    case adult
    case survey

    /// Six columns, which keeps the whole battery within seconds of a debug build.
    var columns: Set<String> {
      switch self {
      case .adult: ["age", "hours-per-week", "workclass", "marital-status", "sex", "income"]
      case .survey: ["age", "height", "weight", "sex", "edu", "smoke"]
      }
    }

    func tables() throws -> AgreementTables {
      try self == .adult ? .adult() : .survey()
    }
  }

  /// A 95 % point lies 1.645 standard errors from its reference; three times that comes by chance in
  /// four of ten million cases of a normal error.
  private static let allowed = 3.0

  /// The same for a distance of fidelity, which is the size of a normal error.
  ///
  /// Its 95 % point rests on draws from one table, 1.16 of their standard errors s beyond the mean. Fresh rows
  /// vary by √2 s about 1.13 s: five times 1.16 s beyond that is 4.9 of their own.
  private static let allowedDistance = 5.0

  /// The standard errors of a normal error that come by chance in one case of a million.
  private static let errors = 4.9
  /// The rows of the small tables.
  private static let rowCount = 400

  /// A score and where it stands in its report.
  private struct Placed {
    var path: String
    var score: Score

    /// How far the figure lies from its reference towards worse, in steps of the 95 % point.
    var excess: Double? {
      guard let value = score.value, let reference = score.reference, let limit = score.limit,
        limit != reference
      else { return nil }
      return (value - reference) / (limit - reference)
    }

    /// How far the figure lies from its reference, in standard errors: of a difference of two shares at
    /// their largest, ½ √(2/n), or of the mean of the fifteen pairs' ratios at theirs, √(2/15) of it.
    ///
    /// Of n rows only a twentieth lie in a tail of a column, and a tenth are outliers.
    var distance: Double? {
      guard let value = score.value, let reference = score.reference else { return nil }
      let rows = Double(EveryScoreTests.rowCount) / (path.contains("outliers") ? 20 : 1)
      let unit = path.hasSuffix("percentOver") ? 100.0 : 1
      let error =
        path.hasSuffix("pairRatio")
        ? reference * (2.0 / 15).squareRoot() : unit * (0.5 / rows).squareRoot()
      return (value - reference).magnitude / error
    }
  }

  /// Every score of a value, by walking over all that it holds.
  private static func scores(of value: Any, path: String) -> [Placed] {
    if let score = value as? Score { return [Placed(path: path, score: score)] }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
      return mirror.children.first.map { scores(of: $0.value, path: path) } ?? []
    }
    return mirror.children.enumerated().flatMap { place, child in
      scores(of: child.value, path: path + "." + (child.label ?? String(place)))
    }
  }

  private static func measures(
    _ source: Source, _ depth: MeasureDepth, columns: Set<String>? = nil, rowCount: Int,
    _ synthetic: (_ real: Table, _ fresh: Table) throws -> Table = { $1 }
  ) throws -> (fidelity: [Placed], disclosure: [Placed], alarms: [CopyAlarm]) {
    let tables = try source.tables()
    // The order of a file may say something, so that rows are drawn.
    var stream = RandomKey(seed: "every").stream("rows").stream(entity: 0)
    let order = Draws.permutation(
      of: min(tables.real.rowCount, tables.control.rowCount), using: &stream)
    func chosen(_ table: Table, _ part: Int) -> Table {
      let table = table.selecting(rows: Array(order[(part * rowCount)..<((part + 1) * rowCount)]))
      return Table(columns: table.columns.filter { columns?.contains($0.name) ?? true })
    }
    let real = chosen(tables.real, 0)
    // Fresh rows stand for synthetic ones, further fresh rows for the holdout.
    let (fresh, holdout) = (chosen(tables.real, 1), chosen(tables.control, 0))
    let measures = try Measuring(
      real: real, synthetic: try synthetic(real, fresh), holdout: holdout,
      schema: tables.schema, minimumCount: 5, key: RandomKey(seed: "every"), depth: depth,
      threads: 2, progress: .silent
    ).measures(twins: [])
    return (
      scores(of: measures.fidelity, path: "fidelity"),
      scores(of: measures.disclosure, path: "disclosure"), measures.disclosure.copyAlarms ?? []
    )
  }

  @Test(arguments: Source.allCases)
  func `fresh real rows score at the reference on every measure, and are not accused`(
    source: Source
  ) throws {
    let (fidelity, disclosure, alarms) = try Self.measures(
      source, .full, columns: source.columns, rowCount: Self.rowCount)
    let compared = (fidelity + disclosure).compactMap { placed in
      placed.excess.map { (placed.path, $0) }
    }
    // Six columns, 15 pairs, missing cells, models, tables, geometry, outliers; risks, attacks.
    #expect(compared.count > 30)
    for (path, excess) in compared {
      let allowed = path.hasPrefix("fidelity") ? Self.allowedDistance : Self.allowed
      #expect(excess <= allowed, "\(path): \(excess) times the way to its 95 % point")
    }
    // What has no 95 % point is judged beside its reference, the same figure of other fresh rows.
    let beside = (fidelity + disclosure).filter { $0.excess == nil }
      .compactMap { placed in placed.distance.map { (placed.path, $0) } }
    #expect(beside.count > 20)
    for (path, distance) in beside {
      #expect(distance <= Self.errors, "\(path): \(distance) standard errors off")
    }
    // No figure goes without a word on why there is none.
    for placed in fidelity + disclosure where placed.score.value == nil {
      #expect(placed.score.reason?.isEmpty == false, "\(placed.path)")
    }
    #expect(alarms == [])
  }

  @Test(arguments: [(Source.adult, 2000), (.survey, 800)])
  func `shuffled columns keep every univariate score and lose the relations`(
    source: Source, rowCount: Int
  ) throws {
    let (fidelity, _, alarms) = try Self.measures(source, .first, rowCount: rowCount) { _, fresh in
      Table(
        columns: fresh.columns.enumerated().map { place, column in
          let step = 1 + 37 * place
          return column.selecting(rows: (0..<fresh.rowCount).map { ($0 + step) % fresh.rowCount })
        })
    }
    func excess(_ path: String) throws -> Double {
      let placed = try #require(fidelity.first { $0.path == path })
      return try #require(placed.excess)
    }
    for placed in fidelity where placed.path.hasPrefix("fidelity.columns") {
      if let excess = placed.excess { #expect(excess <= Self.allowedDistance, "\(placed.path)") }
    }
    #expect(try excess("fidelity.shapeError") <= Self.allowedDistance)
    #expect(try excess("fidelity.trendError") > Self.allowedDistance)
    #expect(alarms == [])
  }

  // MARK: Copies

  /// The numbers of a column with their standard deviation and mean; `nil` for levels.
  private static func scale(
    of column: Column
  ) -> (values: [Double], mean: Double, deviation: Double)? {
    let values: [Double]
    switch column.values {
    case .numbers(let numbers): values = numbers
    case .wholeNumbers(let numbers): values = numbers.map { Double($0) }
    default: return nil
    }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (values, mean, (squares / Double(values.count)).squareRoot())
  }

  /// The rows with all numbers moved by about 1 % of their standard deviation.
  private static func noisy(_ table: Table) -> Table {
    Table(
      columns: table.columns.map { column in
        guard let scale = scale(of: column) else { return column }
        var stream = RandomKey(seed: "noise").stream(column.name).stream(entity: 0)
        var moved = column
        moved.values = .numbers(
          scale.values.map { $0 + 0.01 * scale.deviation * Draws.normal(using: &stream) })
        return moved
      })
  }

  /// The twenty rows with the values farthest out, in standard deviations, over and over.
  private static func outliers(_ table: Table) -> Table {
    var far = [Double](repeating: 0, count: table.rowCount)
    for scale in table.columns.compactMap({ scale(of: $0) }) {
      for row in far.indices {
        far[row] = max(far[row], abs(scale.values[row] - scale.mean) / scale.deviation)
      }
    }
    let rows = far.indices.sorted { (far[$1], $0) < (far[$0], $1) }.prefix(20)
    return table.selecting(rows: (0..<table.rowCount).map { rows[$0 % rows.count] })
  }

  @Test(arguments: Source.allCases)
  func `copies of real rows are named, whole, with noise, and of outliers only`(
    source: Source
  ) throws {
    func alarms(_ copy: (Table) -> Table) throws -> [CopyAlarm] {
      try Self.measures(source, .first, rowCount: 800) { real, _ in copy(real) }.alarms
    }
    let whole = try alarms { $0 }
    #expect(whole.first == .verbatim && !whole.contains(.outliersOnly))
    let noisy = try alarms { Self.noisy($0) }
    #expect(noisy.first == .noisy && !noisy.contains(.outliersOnly))
    let outliers = try alarms { Self.outliers($0) }
    #expect(outliers == [.verbatim, .outliersOnly])
    let noisyOutliers = try alarms { Self.noisy(Self.outliers($0)) }
    #expect(noisyOutliers == [.noisy, .outliersOnly])
  }

  @Test(arguments: Source.allCases)
  func `independent samples of the population are not accused`(source: Source) throws {
    // Three samples, each before other real rows and another holdout; an alarm comes by chance with a
    // probability of about 5·10⁻⁴ a figure.
    let tables = try source.tables()
    let count = tables.control.rowCount / 3
    for part in 0..<3 {
      func rows(_ part: Int) -> [Int] { (0..<count).map { 3 * $0 + part % 3 } }
      let measures = try Measuring(
        real: tables.real.selecting(rows: rows(part)),
        synthetic: tables.real.selecting(rows: rows(part + 1)),
        holdout: tables.control.selecting(rows: rows(part)), schema: tables.schema,
        minimumCount: 5, key: RandomKey(seed: "sample \(part)"), depth: .first, threads: 2,
        progress: .silent
      ).measures(twins: [])
      #expect(measures.disclosure.copyAlarms == [], "\(part)")
    }
  }
}
