// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
public import Tables

/// A way in which a specification makes a column, with an example.
public struct MakerCatalogue: Sendable {
  /// The key in the specification.
  public let name: String
  /// What it makes, on one line.
  public let summary: String
  /// A column that is made so, as a specification writes it.
  public let column: String
  /// What the table must say besides.
  let setting: String

  private init(_ name: String, _ summary: String, _ column: String, setting: String = "") {
    self.name = name
    self.summary = summary
    self.column = column
    self.setting = setting
  }

  /// All ways.
  public static let all: [MakerCatalogue] = [
    MakerCatalogue("value", "a formula, or a draw from a distribution", "{value: ~ poisson(4)}"),
    MakerCatalogue("by", "a provider's texts", "{by: person.name}"),
    MakerCatalogue(
      "pattern", "texts that match a regular expression", "{pattern: \"[A-Z]{2}[0-9]{3}\"}"),
    MakerCatalogue("sequence", "numbers in order", "{sequence: {start: 100, step: 5}}"),
    MakerCatalogue(
      "point", "an axis of points: in a box, around centres, on a random walk",
      "{point: home.latitude}",
      setting: "points: {home: {box: {latitude: [51, 52], longitude: [-1, 0]}}}\n"),
    MakerCatalogue(
      "json", "a structure of other makers' values",
      "{json: {name: {by: person.given_name}, tags: [1, 2]}}"),
    MakerCatalogue(
      "array", "a list of another maker's values", "{array: \"~ integer(1, 6)\", length: 3}"),
    MakerCatalogue(
      "markov", "texts like those that are given",
      "{markov: {order: 1, texts: [the cat sat, the dog sat down]}}"),
  ]

  /// A value, the same one every time.
  ///
  /// - Throws: `DataError` if the example is wrong, which a test rules out.
  public func example() throws(DataError) -> String {
    let table = try Specification(
      yaml: "\(setting)columns:\n  example: \(column)", file: "example"
    ).sample(rows: 0..<1, key: RandomKey(seed: "example"))
    switch GivenValue(table.columns[0], row: 0) {
    case .missing: return ""
    case .number(let value): return value.description
    case .whole(let value): return String(value)
    case .boolean(let value): return value ? "true" : "false"
    case .text(let text): return text
    case .days(let days): return Expression.Literal.date(Int(days)).description
    case .microseconds(let count): return String(count)
    }
  }
}
