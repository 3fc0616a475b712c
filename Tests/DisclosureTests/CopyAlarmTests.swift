// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Disclosure

/// Copies made on purpose are caught and named, and fresh rows of the population are not accused.
struct CopyAlarmTests {
  private static let count = 400
  private static let schema = Schema(variables: [
    Variable(name: "age", kind: .wholeNumber, role: .quasiIdentifier, measure: .scale),
    Variable(name: "income", kind: .number, measure: .scale),
    Variable(name: "height", kind: .number, measure: .scale),
    Variable(name: "weight", kind: .number, measure: .scale),
    Variable(name: "region", kind: .category, role: .quasiIdentifier, measure: .nominal),
  ])

  private static func people(_ seed: String) -> Table {
    let key = RandomKey(seed: seed).stream("people")
    let names = TextPool((0..<6).map { "region \($0)" })
    var (ages, incomes, heights, weights): ([Int64], [Double], [Double], [Double]) = (
      [], [], [], []
    )
    var regions: [UInt32] = []
    for row in 0..<count {
      var stream = key.stream(entity: UInt64(row))
      ages.append(18 + Int64(Draws.integer(below: 60, using: &stream)))
      let normal = Draws.normal(using: &stream)
      incomes.append((30_000 + 8000 * normal * normal * normal).rounded())
      let height = 170 + 9 * Draws.normal(using: &stream)
      heights.append((10 * height).rounded() / 10)
      weights.append((10 * (height - 100 + 9 * Draws.normal(using: &stream))).rounded() / 10)
      regions.append(UInt32(Draws.integer(below: 6, using: &stream)))
    }
    return Table(columns: [
      Column(name: "age", values: .wholeNumbers(ages)),
      Column(name: "income", values: .numbers(incomes)),
      Column(name: "height", values: .numbers(heights)),
      Column(name: "weight", values: .numbers(weights)),
      Column(name: "region", values: .texts(codes: regions, pool: names)),
    ])
  }

  /// A copy whose numbers are moved by 1 % of their interquartile range.
  private static func noisy(_ table: Table) -> Table {
    var columns = table.columns
    for index in columns.indices {
      guard case .numbers(let values) = columns[index].values else { continue }
      var stream = RandomKey(seed: "noise").stream(columns[index].name).stream(entity: 0)
      let ascending = values.sorted()
      let spread = ascending[values.count * 3 / 4] - ascending[values.count / 4]
      columns[index].values = .numbers(
        values.map { $0 + 0.01 * spread * Draws.normal(using: &stream) })
    }
    return Table(columns: columns)
  }

  /// The rows of the fewest near neighbours, by the largest gap in any standardised column, repeated.
  private static func outliers(of table: Table) -> Table {
    var far = [Double](repeating: 0, count: count)
    for case .numbers(let values) in table.columns.map(\.values) {
      let mean = values.reduce(0, +) / Double(count)
      let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count))
        .squareRoot()
      for row in 0..<count { far[row] = max(far[row], abs(values[row] - mean) / spread) }
    }
    let rows = far.indices.sorted { far[$0] > far[$1] }.prefix(18)
    return table.selecting(rows: (0..<count).map { rows[$0 % rows.count] })
  }

  private static func alarms(
    _ synthetic: Table, of real: Table, holdout: Table?, key: String = "1"
  ) throws -> [CopyAlarm] {
    let trials =
      holdout.map { [DisclosureTrial(training: real, control: $0, synthetic: synthetic)] } ?? []
    var report = try DisclosureMeasure().report(
      real: real, synthetic: synthetic, trials: trials, controlKind: .holdout, schema: schema,
      minimumCount: 5, key: RandomKey(seed: key))
    // The one measure of full depth that alarms rest on; the attacks would take a minute.
    let tables = ComparedTables(
      try TableAlignment([real, synthetic], schema: schema), threads: 1)
    report.nearerThanNeighbours =
      NearerThanNeighbours(
        tables, quantizer: try #require(Quantizer(tables)), key: RandomKey(seed: key), threads: 1,
        progress: .silent
      ).score
    return CopyAlarm.alarms(of: report, syntheticRowCount: synthetic.rowCount)
  }

  @Test(arguments: [true, false])
  func `a verbatim copy is named, with and without a holdout`(hasHoldout: Bool) throws {
    let real = Self.people("real")
    let alarms = try Self.alarms(real, of: real, holdout: hasHoldout ? Self.people("other") : nil)
    #expect(alarms.first == .verbatim)
    #expect(!alarms.contains(.noisy) && !alarms.contains(.outliersOnly))
  }

  @Test(arguments: [true, false])
  func `a copy with one per cent of noise is named, with and without a holdout`(
    hasHoldout: Bool
  ) throws {
    let real = Self.people("real")
    let alarms = try Self.alarms(
      Self.noisy(real), of: real, holdout: hasHoldout ? Self.people("other") : nil)
    #expect(alarms.first == .noisy)
    #expect(!alarms.contains(.verbatim) && !alarms.contains(.outliersOnly))
  }

  @Test func `a copy of the outliers only is named`() throws {
    let real = Self.people("real")
    let alarms = try Self.alarms(Self.outliers(of: real), of: real, holdout: Self.people("other"))
    #expect(alarms == [.verbatim, .outliersOnly])
    let noisy = try Self.alarms(
      Self.noisy(Self.outliers(of: real)), of: real, holdout: Self.people("other"))
    #expect(noisy == [.noisy, .outliersOnly])
  }

  @Test func `independent samples are not accused`() throws {
    // An alarm comes by chance with a probability of about 5·10⁻⁴ a figure; of 4 runs of 5 figures
    // none has one, but with a probability of 1 %. The seeds are fixed, so this is no lottery.
    let real = Self.people("real")
    for seed in ["a", "b"] {
      let sample = Self.people(seed)
      #expect(try Self.alarms(sample, of: real, holdout: Self.people("other"), key: seed).isEmpty)
      #expect(try Self.alarms(sample, of: real, holdout: nil, key: seed).isEmpty)
    }
  }

  /// Rows of three columns of levels, the tenth of which hardly anybody has.
  private static func answers(_ seed: String, withoutRare: Bool = false) -> Table {
    let key = RandomKey(seed: seed).stream("answers")
    var codes = [[UInt32]](repeating: [], count: 3)
    for row in 0..<3000 {
      var stream = key.stream(entity: UInt64(row))
      var levels: [UInt32] = []
      repeat {
        levels = (0..<3).map { _ in
          let u = Draws.uniform(using: &stream)
          return UInt32(9.99 * u * u * u * u)
        }
      } while withoutRare && levels.reduce(0, +) > 15
      for column in 0..<3 { codes[column].append(levels[column]) }
    }
    return Table(
      columns: codes.enumerated().map { column, codes in
        Column(
          name: "q\(column)",
          values: .texts(codes: codes, pool: TextPool((0..<10).map { "level \($0)" })))
      })
  }

  @Test func `where most rows equal a real one, leaving out rare ones is no copying`() throws {
    let schema = Schema(
      variables: (0..<3).map { Variable(name: "q\($0)", kind: .category, measure: .nominal) })
    let real = Self.answers("real")
    func alarms(_ synthetic: Table) throws -> [CopyAlarm] {
      let report = try DisclosureMeasure().report(
        real: real, synthetic: synthetic, trials: [], controlKind: .halves, schema: schema,
        key: RandomKey(seed: "1"))
      let isBeyond =
        report.exactMatches.value.map { $0 > (report.exactMatches.reference ?? 1) } ?? false
      #expect(isBeyond)
      return CopyAlarm.alarms(of: report, syntheticRowCount: synthetic.rowCount)
    }
    #expect(try alarms(Self.answers("others", withoutRare: true)).isEmpty)
    #expect(try alarms(real).contains(.verbatim))
  }
}
