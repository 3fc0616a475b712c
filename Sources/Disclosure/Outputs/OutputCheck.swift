// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Decides which cells of a table that somebody computed from confidential rows may leave the house.
///
/// A table needs a column `n` with the records behind each row. Columns left of it name the row, by words
/// or codes that the same script writes on synthetic rows too; figures stand right of it. Rows of too few
/// records are emptied, and where one row alone is, the next smallest too, so that a total does not give
/// it back. Counts are rounded to fives and other numbers to three figures; a number that equals a rare
/// real value, a count or a share of too few records, and a text that does not come out on synthetic rows
/// stay here.
///
/// The check takes `n` at its word, and knows neither what a number means nor what was given out before:
/// it takes work off a person who decides, not the decision.
///
/// ## Source
/// The thresholds and the emptying of a second row follow the usual rules of output checking: Bond,
/// Brandt and de Wolf, *Guidelines for the checking of output based on microdata research*, DwB 2015.
public struct OutputCheck: Sendable {
  /// The names of the column of counts.
  public static let countNames: Set<String> = ["n", "count", "N"]
  /// The most rows and cells of a table that is still a summary.
  static let mostRows = 1000
  static let mostCells = 20_000
  /// The unit to which counts are rounded.
  static let countUnit = 5
  /// The figures that are kept of a number.
  static let figures = 3
  /// Words for a missing cell that say nothing of anybody.
  private static let emptyWords: Set<String> = ["", "NA", "NaN", "nan", "NULL", "None", "-", "."]
  /// Columns within 0...1 that are no shares of records.
  private static let testNames: Set<String> = [
    "p", "p.value", "p_value", "pvalue", "p-value", "r2", "r.squared", "rsquared", "r_squared",
  ]

  /// What may leave, and what was withheld.
  public struct Result: Hashable, Sendable {
    /// The header and the rows that may leave; empty if none may.
    public var cells: [[String]]
    /// What was withheld and why, one clause each, without any figure.
    public var withheld: [String]

    /// Whether anything of the table may leave.
    public var isReleased: Bool { !cells.isEmpty }
  }

  /// The fewest records behind anything that leaves.
  public let minimumCount: Int
  private let rare: RareValues

  /// Creates a check.
  ///
  /// - Parameters:
  ///   - real: The confidential table.
  ///   - minimumCount: The fewest records behind anything that leaves.
  public init(real: Table, minimumCount: Int = 10) {
    self.minimumCount = minimumCount
    rare = RareValues(real, minimumCount: minimumCount)
  }

  /// Checks a table.
  ///
  /// - Parameters:
  ///   - cells: The header and the rows, as texts.
  ///   - twin: What the same script wrote under this name on synthetic rows, header and rows.
  public func result(of cells: [[String]], twin: [[String]]) -> Result {
    guard let header = cells.first, header == twin.first else {
      return Self.nothing("its header is not the one that the script writes on synthetic rows")
    }
    let rows = Array(cells.dropFirst())
    guard rows.count <= Self.mostRows, rows.count * header.count <= Self.mostCells else {
      return Self.nothing("it has more than \(Self.mostRows) rows or \(Self.mostCells) cells")
    }
    guard rows.allSatisfy({ $0.count == header.count }) else {
      return Self.nothing("its rows have different lengths")
    }
    guard let place = header.firstIndex(where: Self.countNames.contains) else {
      return Self.nothing(
        "it has no column n with the number of records behind each row")
    }
    var withheld: [String] = []
    let counts = rows.map { Int($0[place]) ?? Double($0[place]).flatMap { Int(exactly: $0) } }
    var small = Set(rows.indices.filter { counts[$0].map { $0 < minimumCount } ?? true })
    if !small.isEmpty {
      withheld.append("\(small.count) row(s) rest on fewer than \(minimumCount) records")
    }
    if small.count == 1, rows.count > 1,
      let next = rows.indices.filter({ !small.contains($0) })
        .min(by: { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) })
    {
      small.insert(next)
      withheld.append("the next smallest row, so that a total does not give the first one back")
    }
    let known = Set(twin.joined()).union(Self.emptyWords)
    let names = (0..<place).map { column in Set(twin.map { $0.count > column ? $0[column] : "" }) }
    var kept = rows.map { _ in [String](repeating: "", count: header.count) }
    for column in header.indices {
      let kind = kind(of: rows.map { $0[column] }, header[column], isCount: column == place)
      var reasons: [String: Int] = [:]
      for row in rows.indices {
        let cell = rows[row][column]
        if column < place {
          if names[column].contains(cell) {
            kept[row][column] = cell
          } else {
            reasons[Self.unknown, default: 0] += 1
          }
          continue
        }
        if small.contains(row) { continue }
        switch checked(cell, kind, of: counts[row] ?? 0, known) {
        case .success(let text): kept[row][column] = text
        case .failure(let reason): reasons[reason.words, default: 0] += 1
        }
      }
      for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) {
        withheld.append("\(count) cell(s) of \"\(header[column])\": \(reason)")
      }
    }
    return Result(cells: [header] + kept, withheld: withheld)
  }

  private static func nothing(_ reason: String) -> Result {
    Result(cells: [], withheld: ["the whole table: \(reason)"])
  }

  // MARK: Cells

  private enum Kind { case records, count, share(of: Double), number }
  private struct Reason: Error { var words: String }
  private static let unknown = "what the script does not write on synthetic rows"

  /// What the numbers of a column are.
  private func kind(of cells: [String], _ name: String, isCount: Bool) -> Kind {
    if isCount { return .records }
    let numbers = cells.compactMap(Double.init)
    guard !numbers.isEmpty else { return .number }
    let words = name.lowercased()
    if words.contains("percent") || words.contains("pct") || words.contains("%") {
      return .share(of: 100)
    }
    if numbers.allSatisfy({ $0 == $0.rounded() }) { return .count }
    if numbers.allSatisfy({ (0...1).contains($0) }), !Self.testNames.contains(words) {
      return .share(of: 1)
    }
    return .number
  }

  private func checked(
    _ cell: String, _ kind: Kind, of records: Int, _ known: Set<String>
  ) -> Swift.Result<String, Reason> {
    guard let number = Double(cell), number.isFinite else {
      return known.contains(cell)
        ? .success(cell)
        : .failure(Reason(words: Self.unknown))
    }
    let few = Reason(words: "a count or share of fewer than \(minimumCount) records")
    switch kind {
    case .records:
      return .success("\(Self.rounded(count: records))")
    case .count:
      // A small whole number may be a count of records, or what is left of them.
      let rest = Double(records) - number
      let least = Double(minimumCount)
      if number > 0, number < least || (rest > 0 && rest < least) { return .failure(few) }
    case .share(let whole):
      let behind = number / whole * Double(records)
      let rest = Double(records) - behind
      let least = Double(minimumCount) - 0.5
      if (behind > 0 && behind < least) || (rest > 0 && rest < least) { return .failure(few) }
    case .number: break
    }
    if rare.holds(number, written: cell) {
      return .failure(
        Reason(words: "it equals a value that fewer than \(minimumCount) records hold"))
    }
    return .success(Self.rounded(number))
  }

  private static func rounded(count: Int) -> Int {
    // Whole fives first: a script may call anything a count, the largest number too.
    let rest = count % countUnit
    return count - rest + (rest > countUnit / 2 && count < .max - countUnit ? countUnit : 0)
  }

  /// A number to three figures.
  static func rounded(_ number: Double) -> String {
    guard number != 0 else { return "0" }
    var unit = 1.0
    var power = 0
    while number.magnitude / unit >= 1000 {
      unit *= 10
      power += 1
    }
    while number.magnitude / unit < 100, power > -300 {
      power -= 1
      unit = power < 0 ? 1 / scale(-power) : scale(power)
    }
    let kept =
      power < 0
      ? (number * scale(-power)).rounded() / scale(-power)
      : (number / scale(power)).rounded() * scale(power)
    return kept == kept.rounded() && kept.magnitude < 1e15 ? "\(Int64(kept))" : "\(kept)"
  }

  private static func scale(_ power: Int) -> Double {
    (0..<power).reduce(1.0) { product, _ in product * 10 }
  }
}
