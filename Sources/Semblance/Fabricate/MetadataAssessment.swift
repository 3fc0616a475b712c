// SPDX-License-Identifier: Apache-2.0
import Fabrication
import Formulas
public import Schemas
public import Tables

/// How good a table is that was made from a dictionary alone, as far as that can be said.
///
/// There is nothing to compare it with but the dictionary: each declared fact is checked, cell by cell,
/// and what no dictionary says is named.
///
/// ## Source
/// The levels are those of Bates, Špakulová, Dove and Mealor, "ONS methodology working paper series
/// number 16: Synthetic data pilot" (2019): *structural* keeps format and types, *valid* keeps declared
/// values and missing codes as well.
public struct MetadataAssessment: Hashable, Sendable {
  /// A declared fact with what the check found.
  public struct Check: Hashable, Sendable {
    /// The variable.
    public var variable: String
    /// The fact, as a clause.
    public var fact: String
    /// How many cells were checked.
    public var cellCount: Int
    /// How many of them are otherwise.
    public var violationCount: Int
  }

  /// The checks, variable by variable.
  public private(set) var checks: [Check] = []
  /// Variables of which neither levels nor bounds are declared.
  public private(set) var unbounded: [String] = []

  /// The level of the scale: 1 structural, 2 valid.
  public var level: Int { unbounded.isEmpty ? 2 : 1 }

  /// Checks a table against a dictionary.
  ///
  /// - Parameters:
  ///   - patterns: The patterns that texts match, by variable; those not regular in the strict sense are
  ///     not checked.
  ///   - longest: The most characters of texts, by variable.
  ///   - required: The variables of which no cell may be missing.
  public init(
    _ table: Table, against schema: Schema, patterns: [String: String] = [:],
    longest: [String: Int] = [:], required: Set<String> = []
  ) {
    for variable in schema.variables {
      guard let column = table.column(named: variable.name) else {
        checks.append(
          Check(variable: variable.name, fact: "is a column", cellCount: 1, violationCount: 1))
        continue
      }
      let declared = Set(variable.missingCodes.map(\.code))
      if !declared.isEmpty {
        add(
          variable, "missing codes are declared ones", column.count,
          (0..<column.count).count {
            column.missing.reason(at: $0).map { !declared.contains($0.code) } ?? false
          })
      }
      let levels = Set(variable.valueLabels.map(\.code)).subtracting(declared)
      let isListed = variable.kind.isCategorical || variable.kind == .text
      if isListed, !levels.isEmpty {
        check(column, variable, "values are declared levels") { levels.contains($0) }
      }
      if let low = variable.minimum {
        check(column, variable, "values are \(Self.plain(low)) or above") {
          Double($0).map { $0 >= low } ?? false
        }
      }
      if let high = variable.maximum {
        check(column, variable, "values are \(Self.plain(high)) or below") {
          Double($0).map { $0 <= high } ?? false
        }
      }
      if variable.role == .key || variable.role == .identifier {
        var seen: Set<String> = []
        check(column, variable, "no value comes twice") { seen.insert($0).inserted }
      }
      if required.contains(variable.name) {
        add(
          variable, "no cell is missing", column.count,
          (0..<column.count).count { column.missing.isMissing(at: $0) })
      }
      if let most = longest[variable.name] {
        check(column, variable, "texts have at most \(most) characters") { $0.count <= most }
      }
      var isMatched = false
      if let text = patterns[variable.name],
        let pattern = try? TextPattern(SchemaDraft.whole(text))
      {
        isMatched = true
        let matcher = PatternMatcher(pattern)
        check(column, variable, "texts match the declared pattern") { matcher.matches($0) }
      }
      let isBounded =
        isMatched || !levels.isEmpty || (variable.minimum != nil && variable.maximum != nil)
        || variable.kind == .boolean || variable.role == .key || variable.role == .identifier
      if !isBounded { unbounded.append(variable.name) }
    }
  }

  /// Adds a fact that was checked elsewhere.
  mutating func add(_ check: Check) { checks.append(check) }

  private mutating func add(_ variable: Variable, _ fact: String, _ cells: Int, _ wrong: Int) {
    checks.append(
      Check(variable: variable.name, fact: fact, cellCount: cells, violationCount: wrong))
  }

  private mutating func check(
    _ column: Column, _ variable: Variable, _ fact: String, _ holds: (String) -> Bool
  ) {
    let rows = (0..<column.count).filter { !column.missing.isMissing(at: $0) }
    let wrong = rows.count { row in
      switch column.values {
      case .texts(let codes, let pool): !holds(pool[Int(codes[row])])
      case .wholeNumbers(let list): !holds(String(list[row]))
      case .numbers(let list): !holds(String(list[row]))
      case .booleans(let list): !holds(list[row] ? "true" : "false")
      default: false
      }
    }
    add(variable, fact, rows.count, wrong)
  }

  private static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }

  /// The level in words.
  static func words(level: Int) -> String {
    "No data was read. On the ONS scale this is level \(level): "
      + (level == 2
        ? "synthetic, valid (format, types, declared values and missing codes)."
        : "synthetic, structural (format and types); of some variables no values are declared.")
  }

  /// The checks as a table of Markdown, with how many there are.
  var checkLines: [String] {
    let wrong = checks.count { $0.violationCount > 0 }
    return [
      "\(checks.count) declared facts, \(wrong == 0 ? "all kept" : "\(wrong) broken").", "",
      "| variable | fact | cells | otherwise |", "|---|---|---|---|",
    ]
      + checks.map { "| \($0.variable) | \($0.fact) | \($0.cellCount) | \($0.violationCount) |" }
  }

  /// The assessment as a page of Markdown.
  public var page: String {
    var lines = [
      "# Quality of a table made from a dictionary alone", "", Self.words(level: level), "",
      "## What was checked", "",
    ]
    lines += checkLines
    lines += Self.unknown(unbounded)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What no dictionary says.
  static func unknown(_ unbounded: [String]) -> [String] {
    var lines = [
      "", "## What cannot be known", "",
      "- How often each value occurs: levels are equally likely here, numbers even between bounds.",
      "- How variables hang together: here they are independent.",
      "- Whether real values keep to the dictionary, and how many are missing.",
      "- Any statistic, model or conclusion: this table supports none. It is for programs, forms and"
        + " training.",
    ]
    if !unbounded.isEmpty {
      lines += [
        "- What values these variables take: \(unbounded.joined(separator: ", ")). Declare levels, or"
          + " bounds, to come to level 2."
      ]
    }
    return lines
  }
}
