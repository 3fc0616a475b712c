// SPDX-License-Identifier: Apache-2.0

/// What a specification says beside its columns, key by key, each with an example.
public struct SpecificationPart: Hashable, Sendable {
  /// The key.
  public let name: String
  /// What it does, on one line.
  public let summary: String
  /// Lines of a specification with it.
  public let example: String

  private init(_ name: String, _ summary: String, _ example: String) {
    self.name = name
    self.summary = summary
    self.example = example
  }

  /// All of them: rows by hand first.
  public static let all: [SpecificationPart] = [
    SpecificationPart(
      "given", "rows by hand, as they are typed; * is filled in; a file of rows as well",
      """
      columns: {name: {by: person.name}, age: "~ integer(0, 90)"}
      given: [{name: Zoë Example, age: 17}, {name: "*", age: 90}]
      """),
    SpecificationPart(
      "scenarios", "further rows in which some columns are made otherwise",
      """
      columns: {name: {by: person.name}, age: "~ integer(0, 90)"}
      scenarios: {pensioners: {rows: 3, values: {age: "~ integer(80, 90)"}}}
      """),
    SpecificationPart(
      "vary", "rows like those by hand, each cell kept with a probability",
      """
      columns: {town: {by: place.town}, age: "~ integer(0, 90)"}
      given: [{town: Example, age: 17}]
      vary: {rows: 20, alike: 0.8}
      """),
    SpecificationPart(
      "cover", "few rows in which each combination of levels of any two columns occurs",
      """
      columns: {a: "~ categorical(x = 1, y = 1, z = 1)", b: "~ categorical(u = 1, v = 1)", c: "~ bernoulli(0.5)"}
      cover: {columns: [a, b, c], strength: 2}
      """),
    SpecificationPart(
      "rules", "conditions that each row keeps",
      """
      columns: {age: "~ integer(0, 90)", works: "~ bernoulli(0.5)"}
      rules: {grown up: age >= 16 or not works}
      """),
    SpecificationPart(
      "order", "columns of which each is at most the next",
      """
      columns: {start: "~ uniform(2020-01-01, 2024-12-31)", end: "~ uniform(2020-01-01, 2024-12-31)"}
      order: [start, end]
      """),
    SpecificationPart(
      "correlated", "columns that are drawn together by a Gaussian copula",
      """
      columns: {height: "~ normal(170, 10)", weight: "~ lognormal(median = 70, sdlog = 0.2)"}
      correlated: {columns: [height, weight], correlation: 0.5}
      """),
    SpecificationPart(
      "points", "places: in a box, around centres, or on a random walk",
      """
      points: {home: {around: [{latitude: 51.51, longitude: -0.13, spread: 800}]}}
      columns: {latitude: {point: home.latitude}, longitude: {point: home.longitude}}
      """),
    SpecificationPart(
      "published", "counts, means, deviations, quantiles or correlations that the rows agree with",
      """
      columns: {sex: {by: published}, region: {by: published}}
      published: [{of: [sex, region], counts: {f: {north: 30, south: 25}, m: {north: 20, south: 25}}}]
      """),
    SpecificationPart(
      "tables", "several tables, with keys and parents",
      """
      tables:
        household: {rows: 50, key: id, columns: {id: {sequence: 1}, size: "~ integer(1, 5)"}}
        person: {parents: {household: {each: size}}, columns: {household: household.id, age: "~ integer(0, 90)"}}
      """),
  ]
}
