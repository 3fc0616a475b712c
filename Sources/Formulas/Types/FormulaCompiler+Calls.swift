// SPDX-License-Identifier: Apache-2.0
import Tables

extension FormulaCompiler {
  /// A call of a function.
  func call(
    _ name: String, _ arguments: [Expression.Argument], at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    guard let function = FormulaFunction.named(name) else {
      if DistributionFamily.named(name) != nil {
        throw place.error(
          "`\(name)` draws at random, which a formula may not",
          remedy: "Draws stand alone, as the whole of a column: `~ \(name)(…)`.")
      }
      let known = FormulaFunction.all.map(\.name)
      throw place.error(
        "there is no function `\(name)`",
        remedy: Self.foreign[name.lowercased()]
          ?? Suggestion.remedy(for: name, among: known))
    }
    if let label = arguments.first(where: { $0.label != nil }) {
      throw label.value.error(
        "`\(name)` takes no named arguments",
        remedy: "Write `==` to compare, or leave the name out: `\(function.signature)`.")
    }
    guard function.arity.contains(arguments.count) else {
      let wanted =
        function.arity.lowerBound == function.arity.upperBound
        ? "\(function.arity.lowerBound)"
        : function.arity.upperBound >= 100
          ? "at least \(function.arity.lowerBound)"
          : "\(function.arity.lowerBound) to \(function.arity.upperBound)"
      throw place.error(
        "`\(name)` takes \(wanted) \(wanted == "1" ? "argument" : "arguments"), not \(arguments.count)",
        remedy: "Write `\(function.signature)`.")
    }
    let values = arguments.map(\.value)
    if let aggregate = try aggregate(name, values, at: place) { return aggregate }
    if name == "table" { return try lookup(values, at: place) }
    var parts: [CompiledPart] = []
    for value in values { parts.append(try compile(value)) }
    if let part = try choice(name, parts, at: place) { return part }
    if let part = try missingness(name, parts, at: place) { return part }
    if let part = try mathematics(name, parts, at: place) { return part }
    if let part = try calendar(name, parts, at: place) { return part }
    return try texts(name, parts, at: place)
  }

  /// Functions of other languages, and what they are called here.
  private static let foreign = [
    "ifelse": "Write `if(condition, a, b)`.", "if_else": "Write `if(condition, a, b)`.",
    "iif": "Write `if(condition, a, b)`.", "when": "Write `case(c1, a1, …, default)`.",
    "case_when": "Write `case(c1, a1, …, default)`.", "isna": "Write `is_missing(x)`.",
    "isnull": "Write `is_missing(x)`.", "is.na": "Write `is_missing(x)`.",
    "is_null": "Write `is_missing(x)`.", "isnan": "Write `is_missing(x)`.",
    "coalesce": "Write `first_present(a, b, …)`.", "concat": "Write `join(a, b, …)`.",
    "paste": "Write `join(a, b, …)`.", "ln": "Write `log(x)`, the natural logarithm.",
    "log10": "Write `log(x) / log(10)`.", "log2": "Write `log(x) / log(2)`.",
    "pow": "Write `x ^ y`.", "mod": "Write `x % y`.", "len": "Write `length(x)`.",
    "nchar": "Write `length(x)`.", "substr": "Write `slice(x, from, count)`.",
    "substring": "Write `slice(x, from, count)`.", "avg": "Write `mean(child.x)`.",
    "average": "Write `mean(child.x)`.", "plogis": "Write `invlogit(x)`.",
    "expit": "Write `invlogit(x)`.", "sigmoid": "Write `invlogit(x)`.",
    "tolower": "Write `lower(x)`.", "toupper": "Write `upper(x)`.",
    "regex": "Write `matches(x, 'pattern')`.", "like": "Write `matches(x, 'pattern')`.",
    "str": "Write `text(x)`.", "string": "Write `text(x)`.", "int": "Write `floor(x)`.",
    "float": "Write `number(x)`.", "trunc": "Write `sign(x) * floor(abs(x))`.",
    "between": "Write `x in low..high`.", "datediff": "Write `days(a - b)`.",
    "today": "Write the date itself, as 2027-04-01: a formula knows no clock.",
    "now": "Write the date itself, as 2027-04-01: a formula knows no clock.",
    "random": "Draws stand alone, as the whole of a column: `~ uniform(0, 1)`.",
    "rand": "Draws stand alone, as the whole of a column: `~ uniform(0, 1)`.",
  ]
}
