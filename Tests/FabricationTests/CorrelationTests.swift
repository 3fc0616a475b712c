// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Tables
import Testing

@testable import Fabrication

@Suite struct CorrelationTests {
  static let count = 20_000
  static let text = """
    columns:
      a: ~ normal(10, 2)
      b: ~ lognormal(median = 100, sdlog = 0.5)
      level: ~ categorical(low = 0.2, middle = 0.5, high = 0.3)
      day: ~ uniform(2020-01-01, 2029-12-31)
      visits: ~ poisson(exp(a / 10))
      alone: ~ normal(0, 1)
    correlated:
      columns: [a, b, level, day, visits]
      matrix:
        - [1]
        - [0.6, 1]
        - [-0.3, 0.1, 1]
        - [0.2, -0.5, 0, 1]
        - [0, 0.4, 0.2, -0.1, 1]
    """

  static func columns(_ text: String, _ rows: Range<Int> = 0..<count) throws -> [String: [Double]] {
    let table = try Specification(yaml: text, file: "s").sample(
      rows: rows, key: RandomKey(seed: "correlated"))
    return Dictionary(
      uniqueKeysWithValues: table.columns.map { column in
        let values: [Double] =
          switch column.values {
          case .numbers(let list): list
          case .wholeNumbers(let list): list.map { Double($0) }
          case .dates(let list): list.map { Double($0) }
          case .texts(let codes, _): codes.map { Double($0) }
          default: []
          }
        return (column.name, values)
      })
  }

  static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    let (mx, my) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xy += (a - mx) * (b - my)
      xx += (a - mx) * (a - mx)
      yy += (b - my) * (b - my)
    }
    return xy / (xx * yy).squareRoot()
  }

  static func ranks(_ values: [Double]) -> [Double] {
    var ranks = [Double](repeating: 0, count: values.count)
    for (rank, row) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
      ranks[row] = Double(rank)
    }
    return ranks
  }

  /// n = 20,000; the standard error of a correlation is (1 − r²)/√n:
  /// five of them are 0.0354 at most.
  @Test func `scores have the correlations of the matrix`() throws {
    let columns = try Self.columns(Self.text)
    let a = try #require(columns["a"])
    let logs = try #require(columns["b"]).map { ElementaryFunctions.log($0) }
    let days = try #require(columns["day"]).map { day in
      // The scores of the days, whose first is 18,262, by the middle of each day's share.
      NormalDistribution.quantile((day - 18_262 + 0.5) / 3653)
    }
    #expect(abs(Self.correlation(a, logs) - 0.6) < 0.0354)
    #expect(abs(Self.correlation(a, days) - 0.2) < 0.0354)
    #expect(abs(Self.correlation(logs, days) + 0.5) < 0.0354)
    #expect(abs(Self.correlation(a, try #require(columns["alone"]))) < 0.0354)
    // A level's mean score of another column: E[z | low] = r E[z' | z' < Φ⁻¹(0.2)] = −0.3 · −1.39981.
    let levels = try #require(columns["level"])
    let low = zip(levels, a).filter { $0.0 == 0 }.map { ($0.1 - 10) / 2 }
    let mean = low.reduce(0, +) / Double(low.count)
    #expect(abs(mean - 0.3 * 1.399_81) < 5 / Double(low.count).squareRoot(), "\(mean)")
  }

  /// Each column keeps its own law: n = 20,000, five standard errors.
  @Test func `margins are those of the columns`() throws {
    let columns = try Self.columns(Self.text)
    let n = Double(Self.count)
    let levels = try #require(columns["level"])
    for (level, share) in [0.2, 0.5, 0.3].enumerated() {
      let found = Double(levels.count { Int($0) == level }) / n
      #expect(abs(found - share) < 5 * (share * (1 - share) / n).squareRoot())
    }
    let a = try #require(columns["a"])
    #expect(abs(a.reduce(0, +) / n - 10) < 5 * 2 / n.squareRoot())
    // The mean of the counts is e^(a/10) in each row; the variance is the mean's.
    let visits = try #require(columns["visits"])
    let means = a.map { ElementaryFunctions.exp($0 / 10) }
    let error = zip(visits, means).reduce(0) { $0 + $1.0 - $1.1 } / n
    #expect(abs(error) < 5 * (means.reduce(0, +) / n).squareRoot() / n.squareRoot())
    let days = try #require(columns["day"])
    #expect(days.allSatisfy { $0 >= 18_262 && $0 < 18_262 + 3653 })
  }

  /// n = 4000: five standard errors are 0.087.
  @Test func `spearman's correlations are those of the ranks`() throws {
    let text = """
      columns:
        a: ~ gamma(shape = 0.5, scale = 2)
        b: ~ beta(2, 6)
        c: ~ student_t(3)
      correlated: {columns: [a, b, c], as: spearman, matrix: [[1, 0.5, -0.7], [0.5, 1, 0], [-0.7, 0, 1]]}
      """
    let columns = try Self.columns(text, 0..<4000)
    let ranks = try ["a", "b", "c"].map { Self.ranks(try #require(columns[$0])) }
    #expect(abs(Self.correlation(ranks[0], ranks[1]) - 0.5) < 0.087)
    #expect(abs(Self.correlation(ranks[0], ranks[2]) + 0.7) < 0.087)
    #expect(abs(Self.correlation(ranks[1], ranks[2])) < 0.087)
  }

  @Test func `slices hold the same rows, and one more column changes none before it`() throws {
    let whole = try Self.columns(Self.text, 0..<300)
    let part = try Self.columns(Self.text, 123..<260)
    for (name, values) in whole where name != "level" {
      #expect(part[name] == Array(values[123..<260]), "\(name)")
    }
    let fewer = try Self.columns(
      """
      columns:
        a: ~ normal(10, 2)
        b: ~ lognormal(median = 100, sdlog = 0.5)
      correlated: {columns: [a, b], correlation: 0.6}
      """, 0..<300)
    #expect(fewer["a"] == whole["a"] && fewer["b"] == whole["b"])
  }

  @Test func `a rule draws a group again together`() throws {
    let text =
      Self.text.split(separator: "\n").joined(separator: "\n") + "\nrules: [a > 10, visits < 4]"
    let columns = try Self.columns(text, 0..<5000)
    let a = try #require(columns["a"])
    #expect(a.allSatisfy { $0 > 10 } && columns["visits"]?.allSatisfy { $0 < 4 } == true)
    // The mean score of b is that of the rows of a run without rules that keep them: two samples, five
    // standard errors of their difference.
    func scores(_ columns: [String: [Double]]) throws -> [Double] {
      let (a, visits) = (try #require(columns["a"]), try #require(columns["visits"]))
      let b = try #require(columns["b"])
      return a.indices.filter { a[$0] > 10 && visits[$0] < 4 }
        .map { ElementaryFunctions.log(b[$0] / 100) / 0.5 }
    }
    func moments(_ list: [Double]) -> (mean: Double, error: Double) {
      let n = Double(list.count)
      let mean = list.reduce(0, +) / n
      return (mean, list.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n / n)
    }
    let held = moments(try scores(columns))
    let free = moments(try scores(try Self.columns(Self.text)))
    #expect(abs(held.mean - free.mean) < 5 * (held.error + free.error).squareRoot())
    #expect(free.mean > 0.1)
  }

  @Test(arguments: [
    ("matrix: [[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]", "not positive definite", "0.55"),
    ("matrix: [[1, 1], [1, 1]]", "no square of 3", "order of"),
    ("correlation: 1", "not positive definite", "0.99"),
    ("matrix: [[1, 0.1, 0], [0.2, 1, 0], [0, 0, 1]]", "two ways", "lower triangle"),
    ("matrix: [[2], [0, 1], [0, 0, 1]]", "no number from -1 to 1", "0.3"),
    ("matrix: [[0.5], [0, 1], [0, 0, 1]]", "with itself", "diagonal"),
    ("", "no correlations", "Add"),
    ("matrix: [[1], [x, 1], [0, 0, 1]]", "no number", "0.3"),
    ("correlation: 0.3, as: kendall", "neither", "scores"),
    ("correlaton: 0.3", "unknown", "correlation"),
  ]) func `what is no correlation is refused by name`(
    entry: String, message: String, remedy: String
  ) {
    let text = """
      columns: {a: "~ normal(0, 1)", b: "~ normal(0, 1)", c: "~ normal(0, 1)", d: {by: person.name}}
      correlated:
        - {columns: [a, b, c], \(entry)}
      """
    let error = #expect(throws: DataError.self) { try Specification(yaml: text, file: "s") }
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    #expect(error?.remedy.contains(remedy) == true, "\(String(describing: error))")
    #expect(error?.line == 3)
  }

  @Test(arguments: [
    "[a, d]", "[a, x]", "[a]", "[a, a]", "[a, b], correlation: 0.5}\n  - {columns: [b, c]",
  ])
  func `columns that cannot be drawn together are refused`(columns: String) {
    let text = """
      columns: {a: "~ normal(0, 1)", b: "~ normal(0, 1)", c: "~ normal(0, 1)", d: {by: person.name}}
      correlated:
        - {columns: \(columns), correlation: 0.5}
      """
    #expect(throws: DataError.self) { try Specification(yaml: text, file: "s") }
  }
}
