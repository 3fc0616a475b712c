// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

/// Checks the call after `~`.
struct DrawCompiler {
  let formulas: FormulaCompiler

  func law(of call: Expression) throws(DataError) -> (FormulaType, CompiledDraw.Law) {
    if case .call(let name, let arguments) = call.kind, name == "categorical" || name == "softmax" {
      return try levels(name, arguments, at: call.place)
    }
    let (sampler, type) = try sampler(call)
    return (type, .numbers(sampler))
  }

  private func levels(
    _ name: String, _ arguments: [Expression.Argument], at place: SourcePlace
  ) throws(DataError) -> (FormulaType, CompiledDraw.Law) {
    var codes: [String] = []
    var parts: [CompiledPart] = []
    for argument in arguments {
      guard let label = argument.label else {
        throw argument.value.error(
          "a weight has no level", remedy: "Write `\(name)(a = 0.5, b = 0.5)`.")
      }
      guard !codes.contains(label) else {
        throw argument.value.error("a level comes twice", remedy: "Name each level once.")
      }
      codes.append(label)
      let part = try formulas.numeric(try formulas.compile(argument.value), of: name)
      if name == "categorical", let value = part.literalNumber, value < 0 {
        throw part.error("a weight is negative", "Use weights of 0 or above.")
      }
      parts.append(part)
    }
    guard !parts.isEmpty else {
      throw place.error("`\(name)` has no levels", remedy: "Write `\(name)(a = 0.5, b = 0.5)`.")
    }
    if name == "categorical", parts.allSatisfy({ $0.literalNumber == 0 }) {
      throw place.error("all weights are 0", remedy: "Give one level a weight above 0.")
    }
    let set = LevelSet(codes: codes, isOrdered: false, isClosed: true)
    return (.category(set), .levels(set, parts, isLogit: name == "softmax"))
  }

  // MARK: Distributions of numbers

  private func sampler(_ call: Expression) throws(DataError) -> (Sampler, FormulaType) {
    guard case .call(let name, let arguments) = call.kind else {
      throw call.error(
        "a distribution is missing here", remedy: "Write one, as `normal(mean = 0, sd = 1)`.")
    }
    switch name {
    case "truncated", "rounded", "heaped": return try wrapped(name, arguments, at: call.place)
    case "mixture": return try mixture(arguments, at: call.place)
    case "quantiles", "histogram": return try listed(name, arguments, at: call.place)
    case "zipf": return try zipf(arguments, at: call.place)
    case "categorical", "softmax":
      throw call.error(
        "levels are drawn where only numbers may",
        remedy: "Draw the levels in a column of their own.")
    default: break
    }
    guard let family = DistributionFamily.named(name) else {
      throw call.error(
        "there is no distribution `\(name)`",
        remedy: Self.foreign[name.lowercased()]
          ?? Suggestion.remedy(for: name, among: DistributionFamily.names))
    }
    if name == "uniform", let days = try self.days(arguments, at: call.place) {
      return (days, .date)
    }
    let (form, parts) = try self.arguments(arguments, of: family, at: call.place)
    let type: FormulaType =
      switch family.result {
      case .number: .number
      case .whole: .whole
      case .boolean: .boolean
      }
    return (.family(family, form, parts, call.place), type)
  }

  private static let foreign = [
    "gaussian": "Write `normal(mean, sd)`.", "norm": "Write `normal(mean, sd)`.",
    "rnorm": "Write `normal(mean, sd)`.", "runif": "Write `uniform(min, max)`.",
    "rpois": "Write `poisson(mean)`.", "binary": "Write `bernoulli(probability)`.",
    "choice": "Write `categorical(a = 0.5, b = 0.5)`.",
    "multinomial": "Write `categorical(a = 0.5, b = 0.5)`.",
    "negbin": "Write `neg_binomial(mean, dispersion)`.",
    "nbinom": "Write `neg_binomial(mean, dispersion)`.",
    "log_normal": "Write `lognormal(median, sdlog)`.", "t": "Write `student_t(df)`.",
    "randint": "Write `integer(min, max)`.", "uniform_int": "Write `integer(min, max)`.",
  ]

  /// Days, where the bounds of `uniform` are dates.
  private func days(
    _ arguments: [Expression.Argument], at place: SourcePlace
  ) throws(DataError) -> Sampler? {
    guard arguments.count == 2 else { return nil }
    let low = try formulas.compile(arguments[0].value)
    let high = try formulas.compile(arguments[1].value)
    guard low.type == .date || high.type == .date else { return nil }
    for part in [low, high] where part.type != .date && part.type != .missing {
      throw part.error(
        "`uniform` is between a date and \(part.type.words)", "Write two dates or two numbers.")
    }
    if case .date(let from) = low.literal, case .date(let to) = high.literal, from > to {
      throw place.error(
        "the first date is after the second", remedy: "Write the earlier date first.")
    }
    return .days(low, high, place)
  }

  /// The form whose names the arguments have, and the arguments in its order.
  private func arguments(
    _ arguments: [Expression.Argument], of family: DistributionFamily, at place: SourcePlace
  ) throws(DataError) -> (DistributionFamily.Form, [CompiledPart]) {
    let labels = arguments.compactMap(\.label)
    let form =
      family.forms.first { form in
        labels.allSatisfy { label in form.parameters.contains { $0.name == label } }
      }
    guard let form else {
      let known = family.forms.flatMap { $0.parameters.map(\.name) }
      if let odd = arguments.first(where: { $0.label.map { !known.contains($0) } ?? false }) {
        throw odd.value.error(
          "`\(family.name)` has no argument `\(odd.label ?? "")`",
          remedy: Suggestion.remedy(for: odd.label ?? "", among: known))
      }
      throw place.error(
        "the arguments of `\(family.name)` do not go together",
        remedy: "Write \(family.signatures.map { "`\($0)`" }.joined(separator: " or ")).")
    }
    var values = [Expression?](repeating: nil, count: form.parameters.count)
    var next = 0
    for argument in arguments {
      let index: Int
      if let label = argument.label {
        index = form.parameters.firstIndex { $0.name == label } ?? 0
      } else {
        index = next
        next += 1
      }
      guard index < values.count else {
        throw argument.value.error(
          "`\(family.name)` has too many arguments", remedy: "Write `\(family.signatures[0])`.")
      }
      guard values[index] == nil else {
        throw argument.value.error(
          "argument `\(form.parameters[index].name)` comes twice", remedy: "Give it once.")
      }
      values[index] = argument.value
    }
    var parts: [CompiledPart] = []
    for (index, parameter) in form.parameters.enumerated() {
      if let value = values[index] {
        let part = try formulas.numeric(try formulas.compile(value), of: family.name)
        try Self.check(part, parameter, of: family)
        parts.append(part)
      } else if let standard = parameter.standard {
        parts.append(FormulaCompiler.constant(.number(standard), at: place))
      } else {
        throw place.error(
          "`\(family.name)` lacks its argument `\(parameter.name)`",
          remedy: "Write \(family.signatures.map { "`\($0)`" }.joined(separator: " or ")).")
      }
    }
    if let isValid = form.isValid {
      let numbers = parts.compactMap(\.literalNumber)
      if numbers.count == parts.count {
        var arguments = SIMD4<Double>()
        for (index, number) in numbers.enumerated() { arguments[index] = number }
        guard isValid(arguments) else {
          throw place.error(form.validity, remedy: "Change the arguments of `\(family.name)`.")
        }
      }
    }
    return (form, parts)
  }

  /// What is written out is checked before anything runs.
  private static func check(
    _ part: CompiledPart, _ parameter: DistributionFamily.Parameter, of family: DistributionFamily
  ) throws(DataError) {
    guard let value = part.literalNumber else { return }
    let isFine =
      switch parameter.domain {
      case .any: true
      case .positive: value > 0
      case .notNegative: value >= 0
      case .probability: value >= 0 && value <= 1
      case .count: value >= 0 && value == value.rounded()
      }
    guard isFine else {
      throw part.error(
        "`\(parameter.name)` of `\(family.name)` is not \(parameter.domain.rawValue)",
        parameter.domain == .probability ? "Write 0.3 for 30 %." : "Change the number.")
    }
  }

  // MARK: Distributions of distributions

  private func wrapped(
    _ name: String, _ arguments: [Expression.Argument], at place: SourcePlace
  ) throws(DataError) -> (Sampler, FormulaType) {
    let signature = DistributionFamily.combiningSignatures[name] ?? name
    let count = name == "rounded" ? 2 : 3
    guard arguments.count == count else {
      throw place.error(
        "`\(name)` takes \(count) arguments, not \(arguments.count)",
        remedy: "Write `\(signature)`.")
    }
    let (inner, type) = try sampler(arguments[0].value)
    guard type.isNumeric else {
      throw arguments[0].value.error(
        "`\(name)` takes a distribution of numbers", remedy: "Write `\(signature)`.")
    }
    if name == "truncated" {
      let low = try formulas.numeric(try formulas.compile(arguments[1].value), of: name)
      let high = try formulas.numeric(try formulas.compile(arguments[2].value), of: name)
      if let from = low.literalNumber, let to = high.literalNumber, from > to {
        throw place.error(
          "the lower bound is above the upper one", remedy: "Write the lower bound first.")
      }
      return (.truncated(inner, low, high, place), type)
    }
    let unit = try literal(arguments[1].value, of: name, signature)
    guard unit > 0 else {
      throw arguments[1].value.error("the unit is not above 0", remedy: "Write `\(signature)`.")
    }
    let result: FormulaType = unit == unit.rounded() && type == .whole ? .whole : .number
    if name == "rounded" {
      return (.rounded(inner, unit), unit == unit.rounded() ? .whole : .number)
    }
    let share = try literal(arguments[2].value, of: name, signature)
    guard (0...1).contains(share) else {
      throw arguments[2].value.error("the share is not from 0 to 1", remedy: "Write 0.3 for 30 %.")
    }
    return (.heaped(inner, unit, share: share), result)
  }

  private func mixture(
    _ arguments: [Expression.Argument], at place: SourcePlace
  ) throws(DataError) -> (Sampler, FormulaType) {
    guard arguments.count >= 2, arguments.count.isMultiple(of: 2) else {
      throw place.error(
        "`mixture` takes weights and distributions in turn",
        remedy: "Write `mixture(0.7, normal(30, 5), 0.3, normal(60, 8))`.")
    }
    var parts: [(weight: CompiledPart, sampler: Sampler)] = []
    var isWhole = true
    for index in stride(from: 0, to: arguments.count, by: 2) {
      let weight = try formulas.numeric(try formulas.compile(arguments[index].value), of: "mixture")
      let (inner, type) = try sampler(arguments[index + 1].value)
      guard type.isNumeric else {
        throw arguments[index + 1].value.error(
          "`mixture` takes distributions of numbers", remedy: "Write numbers only.")
      }
      if type != .whole { isWhole = false }
      parts.append((weight, inner))
    }
    return (.mixture(parts, place), isWhole ? .whole : .number)
  }

  private func literal(
    _ value: Expression, of name: String, _ signature: String
  ) throws(DataError) -> Double {
    guard let number = try formulas.compile(value).literalNumber else {
      throw value.error(
        "`\(name)` needs a number written out here", remedy: "Write `\(signature)`.")
    }
    return number
  }

  private func listed(
    _ name: String, _ arguments: [Expression.Argument], at place: SourcePlace
  ) throws(DataError) -> (Sampler, FormulaType) {
    let signature = DistributionFamily.combiningSignatures[name] ?? name
    guard arguments.count == 2, case .list(let first) = arguments[0].value.kind,
      case .list(let second) = arguments[1].value.kind
    else { throw place.error("`\(name)` takes two lists", remedy: "Write `\(signature)`.") }
    var lists: [[Double]] = []
    for list in [first, second] {
      var numbers: [Double] = []
      for entry in list { numbers.append(try literal(entry, of: name, signature)) }
      lists.append(numbers)
    }
    func rises(_ list: [Double]) -> Bool { zip(list, list.dropFirst()).allSatisfy { $0 < $1 } }
    if name == "quantiles" {
      guard lists[0].count == lists[1].count, lists[0].count >= 2, rises(lists[0]),
        lists[0].first == 0, lists[0].last == 1, zip(lists[1], lists[1].dropFirst()).allSatisfy(<=)
      else {
        throw place.error(
          "the quantiles are not in order",
          remedy: "Give probabilities from 0 to 1 and as many values, both rising: `\(signature)`.")
      }
      return (.quantiles(lists[0], lists[1]), .number)
    }
    guard lists[0].count == lists[1].count + 1, rises(lists[0]),
      let weights = try? CumulativeWeights(weights: lists[1])
    else {
      throw place.error(
        "the histogram's lists do not fit together",
        remedy: "Give rising edges and one weight between two edges: `\(signature)`.")
    }
    return (.histogram(lists[0], weights), .number)
  }

  private func zipf(
    _ arguments: [Expression.Argument], at place: SourcePlace
  ) throws(DataError) -> (Sampler, FormulaType) {
    guard arguments.count == 2 else {
      throw place.error("`zipf` takes 2 arguments", remedy: "Write `zipf(1.1, 1000)`.")
    }
    let exponent = try literal(arguments[0].value, of: "zipf", "zipf(1.1, 1000)")
    let size = try literal(arguments[1].value, of: "zipf", "zipf(1.1, 1000)")
    guard exponent > 0, size >= 1, size <= 1_000_000, size == size.rounded(),
      let weights = try? CumulativeWeights(
        weights: (1...Int(size)).map { FormulaCompiler.power(Double($0), -exponent) })
    else {
      throw place.error(
        "the arguments of `zipf` are out of range",
        remedy: "Give an exponent above 0 and a size from 1 to a million.")
    }
    return (.zipf(weights), .whole)
  }
}

extension CompiledPart {
  /// The number, if one is written out.
  var literalNumber: Double? {
    switch literal {
    case .number(let value): value
    case .whole(let value): Double(value)
    default: nil
    }
  }
}
