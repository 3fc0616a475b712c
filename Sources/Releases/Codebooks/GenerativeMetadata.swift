// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// A synthetic table as generative metadata, which metasyn reads: each column by itself, by the
/// distribution that *the synthetic file* has.
///
/// ## Source
/// metasyn, Generative Metadata Format 1.1.
public struct GenerativeMetadata: Sendable {
  /// The most levels that are listed with their shares.
  private static let maximumListedLevels = 1000

  private let package: DataPackage

  /// Creates metadata.
  public init(_ package: DataPackage) { self.package = package }

  /// The document.
  public var value: JSONValue {
    .object([
      "gmf_version": .text("1.1"), "n_rows": .integer(package.table.rowCount),
      "n_columns": .integer(package.table.columnCount),
      // The same release gives the same bytes, so that no time of making is told but this.
      "provenance": .object([
        "created by": .object([
          "name": .text(package.software.name), "version": .text(package.software.version),
        ]),
        "creation time": .text("1970-01-01T00:00:00"),
      ]),
      "vars": .list(package.table.columns.map(variable)),
    ])
  }

  private struct Distribution {
    var name: String
    var className: String
    var isUnique = false
    var version = "1.0"
    var parameters: [String: JSONValue] = [:]
  }

  private func variable(_ column: Column) -> JSONValue {
    let variable = package.schema.variable(named: column.name)
    let (type, dtype, distribution) = distribution(column, variable)
    let missing = column.count == 0 ? 0 : Double(column.missing.count) / Double(column.count)
    var fields: [String: JSONValue] = [
      "name": .text(column.name), "type": .text(type), "dtype": .text(dtype),
      "prop_missing": .number((missing * 10_000).rounded() / 10_000),
      "distribution": .object([
        "name": .text(distribution.name), "version": .text(distribution.version),
        "class_name": .text(distribution.className), "unique": .flag(distribution.isUnique),
        "parameters": .object(distribution.parameters),
      ]),
      "creation_method": .object(["created_by": .text(package.software.name)]),
    ]
    if let label = variable.flatMap({ CodebookText.label($0.label) }) {
      fields["description"] = .text(label)
    }
    return .object(fields)
  }

  private func distribution(
    _ column: Column, _ variable: Variable?
  ) -> (type: String, dtype: String, Distribution) {
    let isCategorical = variable?.kind.isCategorical ?? false
    switch column.values {
    case .booleans(let list):
      return (
        "categorical", "Categorical",
        shares(CodebookText.present(list, column).map { $0 ? "true" : "false" }) { .text($0) }
          ?? Self.nothing
      )
    case .wholeNumbers(let list):
      let values = CodebookText.present(list, column)
      if isCategorical, let shares = shares(values, { .integer(Int($0)) }) {
        return ("discrete", "Int64", shares)
      }
      if variable?.role == .key || variable?.role == .identifier, column.missing.isEmpty,
        let least = values.min()
      {
        return (
          "discrete", "Int64",
          Distribution(
            name: "core.unique_key", className: "UniqueKeyDistribution", isUnique: true,
            parameters: ["lower": .integer(Int(least)), "consecutive": .flag(true)])
        )
      }
      return ("discrete", "Int64", normal(values.map(Double.init), isWhole: true))
    case .numbers(let list):
      return ("continuous", "Float64", normal(CodebookText.present(list, column), isWhole: false))
    case .dates(let list):
      return (
        "date", "Date",
        uniform(CodebookText.present(list, column), "Date") { CodebookText.date(Int($0)) }
      )
    case .times(let list):
      return (
        "time", "Time",
        uniform(CodebookText.present(list, column), "Time", precision: true, CodebookText.time)
      )
    case .dateTimes(let list):
      return (
        "datetime", "Datetime",
        uniform(
          CodebookText.present(list, column), "DateTime", precision: true, CodebookText.moment)
      )
    case .texts(let codes, let pool):
      let present = CodebookText.present(codes, column)
      if isCategorical, let shares = shares(present, { .text(pool[Int($0)]) }) {
        return ("categorical", "Categorical", shares)
      }
      return ("string", "String", freeText(present, pool))
    }
  }

  // MARK: Distributions

  private static let nothing = Distribution(name: "core.na", className: "NADistribution")

  /// The share of each value, in the order of first appearance; `nil` if there are none, or too many.
  private func shares<Value: Hashable>(
    _ values: [Value], _ label: (Value) -> JSONValue
  ) -> Distribution? {
    var places: [Value: Int] = [:]
    var counts: [(value: Value, count: Int)] = []
    for value in values {
      if let place = places[value] {
        counts[place].count += 1
      } else {
        places[value] = counts.count
        counts.append((value, 1))
        if counts.count > Self.maximumListedLevels { return nil }
      }
    }
    guard !counts.isEmpty else { return Self.nothing }
    return Distribution(
      name: "core.multinoulli", className: "MultinoulliDistribution",
      parameters: [
        "labels": .list(counts.map { label($0.value) }),
        "probs": .list(counts.map { .number(Double($0.count) / Double(values.count)) }),
      ])
  }

  private func normal(_ values: [Double], isWhole: Bool) -> Distribution {
    guard let least = values.min(), let most = values.max() else {
      return Self.nothing
    }
    func number(_ value: Double) -> JSONValue {
      isWhole && value == value.rounded() && value.magnitude < 9e15
        ? .integer(Int(value)) : .number(value)
    }
    let kind = isWhole ? "Discrete" : "Continuous"
    guard least < most else {
      return Distribution(
        name: "core.constant", className: "\(kind)ConstantDistribution",
        parameters: ["value": number(least)])
    }
    let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / Double(values.count) }
    return Distribution(
      name: "core.truncated_normal", className: "\(kind)TruncatedNormalDistribution",
      parameters: [
        "lower": number(least), "upper": number(isWhole ? most + 1 : most), "mean": .number(mean),
        "sd": .number(variance.squareRoot()),
      ])
  }

  private func uniform<Value: Comparable>(
    _ values: [Value], _ kind: String, precision: Bool = false, _ text: (Value) -> String
  ) -> Distribution {
    guard let least = values.min(), let most = values.max() else { return Self.nothing }
    var parameters: [String: JSONValue] = ["lower": .text(text(least)), "upper": .text(text(most))]
    if precision { parameters["precision"] = .text("seconds") }
    return Distribution(
      name: "core.uniform", className: "\(kind)UniformDistribution", parameters: parameters)
  }

  /// Texts that are no levels are told by their length alone.
  private func freeText(_ codes: [UInt32], _ pool: TextPool) -> Distribution {
    guard !codes.isEmpty else { return Self.nothing }
    let words = codes.reduce(0) { sum, code in
      sum + pool[Int(code)].split(whereSeparator: \.isWhitespace).count
    }
    return Distribution(
      name: "core.freetext", className: "FreeTextDistribution",
      parameters: [
        "locale": .text("en_US"), "avg_sentences": .number(1),
        "avg_words": .number(max(1, Double(words) / Double(codes.count))),
      ])
  }
}
