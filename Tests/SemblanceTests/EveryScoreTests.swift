// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Tables
import Testing

@testable import Semblance

/// Real rows as their own synthetic ones, over every score of a full report.
@Suite(.enabled(if: AgreementTables.adultPath != nil, "../shared/data/adult is absent"))
struct EveryScoreTests {
  /// A 95 % point lies 1.645 standard errors from its reference; three times that comes by chance in
  /// four of ten million cases of a normal error.
  private static let allowed = 3.0

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
    _ depth: MeasureDepth, columns: Set<String>? = nil, rowCount: Int,
    _ change: (Table) -> Table = { $0 }
  ) throws -> (fidelity: [Placed], disclosure: [Placed], alarms: [CopyAlarm]) {
    let tables = try AgreementTables.adult()
    let rows = Array(0..<rowCount)
    func chosen(_ table: Table, from first: Int) -> Table {
      let table = table.selecting(rows: rows.map { $0 + first })
      return Table(columns: table.columns.filter { columns?.contains($0.name) ?? true })
    }
    let real = chosen(tables.real, from: 0)
    // Fresh rows stand for synthetic ones, further fresh rows for the holdout.
    let fresh = chosen(tables.real, from: rowCount)
    let holdout = chosen(tables.control, from: 0)
    let measures = try Measuring(
      real: real, synthetic: change(fresh), holdout: holdout, schema: tables.schema,
      minimumCount: 5, key: RandomKey(seed: "every"), depth: depth, threads: 2, progress: .silent
    ).measures(twins: [])
    return (
      scores(of: measures.fidelity, path: "fidelity"),
      scores(of: measures.disclosure, path: "disclosure"), measures.disclosure.copyAlarms ?? []
    )
  }

  @Test func `fresh real rows score at the reference on every measure, and are not accused`() throws
  {
    // Six of the ten columns, which keeps the whole battery within seconds of a debug build.
    let (fidelity, disclosure, alarms) = try Self.measures(
      .full,
      columns: ["age", "hours-per-week", "workclass", "marital-status", "sex", "income"],
      rowCount: Self.rowCount)
    let compared = (fidelity + disclosure).compactMap { placed in
      placed.excess.map { (placed.path, $0) }
    }
    // Six columns, 15 pairs, missing cells, models, tables, geometry, outliers; risks, attacks.
    #expect(compared.count > 30)
    for (path, excess) in compared {
      #expect(excess <= Self.allowed, "\(path): \(excess) times the way to its 95 % point")
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

  @Test func `shuffled columns keep every univariate score and lose the relations`() throws {
    let (fidelity, _, alarms) = try Self.measures(.first, rowCount: 2000) { fresh in
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
      if let excess = placed.excess { #expect(excess <= Self.allowed, "\(placed.path)") }
    }
    #expect(try excess("fidelity.shapeError") <= Self.allowed)
    #expect(try excess("fidelity.trendError") > Self.allowed)
    #expect(alarms == [])
  }
}
