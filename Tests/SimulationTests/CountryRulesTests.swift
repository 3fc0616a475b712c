// SPDX-License-Identifier: Apache-2.0
import Foundation
import Schemas
import Simulation
import Tables
import Testing
import Yams

/// Rules of taxes and benefits whose 34 expected results others wrote down.
///
/// The cases and the parameters are OpenFisca's country template, read from beside the repository; the
/// rules are told in our words and language.
struct CountryRulesTests {
  @Test func `all cases of the country template come out as they should`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shared = ProcessInfo.processInfo.environment["SEMBLANCE_SHARED"]
    let folder = (shared ?? root.path() + "/../shared") + "/data/openfisca-country"
    let walker = FileManager.default.enumerator(atPath: folder + "/tests")
    let files = (walker?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".yaml") }
    guard !files.isEmpty else {
      print("skipped: ../shared/data/openfisca-country is absent")
      return
    }
    let parameters = try CountryParameters(folder: folder + "/parameters")
    var (cases, good) = (0, 0)
    for file in files.sorted() {
      let text = try String(contentsOfFile: "\(folder)/tests/\(file)", encoding: .utf8)
      for node in try Yams.compose(yaml: text)?.sequence ?? [] {
        cases += 1
        let failures = try CountryCase(node, parameters).failures()
        if failures.isEmpty { good += 1 }
        #expect(failures.isEmpty, "\(file), \(node["name"]?.string ?? ""): \(failures)")
      }
    }
    print("country template: \(good) of \(cases) cases")
    #expect(cases == 34)
    #expect(good == 34)
  }
}

/// The template's parameters in the manner of our models.
struct CountryParameters {
  private(set) var lines: [String] = []
  private(set) var reformed = ""

  init(folder: String) throws {
    func values(_ path: String, _ key: String? = nil) throws -> String {
      let text = try String(contentsOfFile: "\(folder)/\(path).yaml", encoding: .utf8)
      var node = try #require(try Yams.compose(yaml: text))
      if let key { node = try #require(node[key]) }
      let pairs = (node["values"]?.mapping ?? [:]).compactMap { day, value -> String? in
        let text = value["value"]?.string ?? value.string ?? ""
        // A note that a change is expected is no value.
        return text == "expected" ? nil : "\(day.string ?? ""): \(text)"
      }
      return "{\(pairs.joined(separator: ", "))}"
    }
    lines = [
      "income_tax_rate: " + early(try values("taxes/income_tax_rate")),
      "housing_tax_rate: " + early(try values("taxes/housing_tax", "rate")),
      "housing_tax_least: " + early(try values("taxes/housing_tax", "minimal_amount")),
      "housing_allowance_share: " + early(try values("benefits/housing_allowance")),
      "basic_income_amount: " + early(try values("benefits/basic_income")),
      "parenting_amount: " + early(try values("benefits/parenting_allowance/amount")),
      "parenting_threshold: " + early(try values("benefits/parenting_allowance/income_threshold")),
      "age_of_majority: " + early(try values("general/age_of_majority")),
      "age_of_retirement: " + early(try values("general/age_of_retirement")),
    ]
    let path = "\(folder)/taxes/social_security_contribution.yaml"
    let brackets = try #require(
      try Yams.compose(yaml: String(contentsOfFile: path, encoding: .utf8))?["brackets"]?.sequence)
    let days = Set(
      brackets.flatMap { bracket in
        ["rate", "threshold"].flatMap { bracket[$0]?.mapping?.keys.compactMap(\.string) ?? [] }
      })
    func scale(_ change: ([(Double, Double)]) -> [(Double, Double)]) -> String {
      let dated = days.sorted().map { day -> String in
        func value(_ node: Node?) -> Double? {
          node?.mapping?.filter { ($0.key.string ?? "") <= day }
            .max { ($0.key.string ?? "") < ($1.key.string ?? "") }
            .flatMap { $0.value["value"]?.string.flatMap(Double.init) }
        }
        let pairs = brackets.compactMap { bracket -> (Double, Double)? in
          guard let threshold = value(bracket["threshold"]), let rate = value(bracket["rate"])
          else {
            return nil
          }
          return (threshold, rate)
        }
        return "\(day): [\(change(pairs).map { "[\($0.0), \($0.1)]" }.joined(separator: ", "))]"
      }
      return "{brackets: {0001-01-01: [[0, 0]], \(dated.joined(separator: ", "))}}"
    }
    lines.append("contribution: " + scale { $0 })
    // The reform: 0.1 more in the second bracket, no first one, and 0.4 above 40 000.
    reformed = scale { pairs in
      var pairs = pairs
      if pairs.count > 1 { pairs[1].1 += 0.1 }
      return pairs.dropFirst() + [(40_000, 0.4)]
    }
  }

  /// Before its first day a benefit is not there; rules ask whether it is missing.
  private func early(_ values: String) -> String { "{0001-01-01: null, " + values.dropFirst() }
}

/// One case: who is there, and what is expected in which month.
struct CountryCase {
  private let node: Node
  private let parameters: CountryParameters
  private var people: [(name: String, fields: Node.Mapping, isAdult: Bool)] = []
  private var home: Node.Mapping = [:]

  init(_ node: Node, _ parameters: CountryParameters) throws {
    self.node = node
    self.parameters = parameters
    let input = node["input"]?.mapping ?? [:]
    home = input["household"]?.mapping ?? input
    if let persons = input["persons"]?.mapping {
      let children = home["children"]?.sequence?.compactMap(\.string) ?? []
      for (name, fields) in persons {
        people.append(
          (name.string ?? "", fields.mapping ?? [:], !children.contains(name.string ?? "")))
      }
    } else {
      people = [("", input, true)]
    }
  }

  /// An input of a month: given for it, for its year, or for every month.
  private func value(_ fields: Node.Mapping, _ name: String, _ month: String) -> String? {
    guard let node = fields[name] else { return nil }
    guard let dated = node.mapping else { return node.string }
    return dated[month]?.string ?? dated[String(month.prefix(4))]?.string
  }

  private func model(_ month: String) -> (text: String, files: ModelFiles) {
    let reform = node["reforms"]?.string ?? ""
    var lines = parameters.lines
    if reform.contains("modify_social_security") {
      lines = lines.filter { !$0.hasPrefix("contribution:") }
      lines.append("contribution: " + parameters.reformed)
    }
    let text = """
      simulate: 1
      population: {person: {file: person, key: id}, household: {file: household, key: hh}, link: person.hh}
      parameters: {\(lines.joined(separator: ", "))}
      periods: {from: \(month), to: \(month)}
      each_period:
        - person.age: if(is_missing(given_age), years_between(birth, period), given_age)
        - person.pension: if(age >= age_of_retirement, 1, 0)
        - person.income_tax: (salary + capital + pension) * income_tax_rate
        - person.new_tax: if(has_car, income_tax + 100, 0)
        - person.social_security_contribution: scale(contribution, salary)
        - person.basic_income: "if(age >= age_of_majority and not is_missing(basic_income_amount) and (period >= 2016-12-01 or salary == 0), basic_income_amount, 0)"
        - household.housing_tax: "if(occupancy in ['tenant', 'owner'], max(size * housing_tax_rate, housing_tax_least), 0)"
        - household.housing_allowance: if(is_missing(housing_allowance_share), 0, rent * housing_allowance_share)
        - household.poor: not is_missing(parenting_threshold) and sum(person.salary) <= parenting_threshold
        - household.needy: "(count(person, adult) == 1 and any(person.age < 8, not adult)) or any(person.age < 6, not adult)"
        - household.parenting_allowance: if(poor and needy, parenting_amount, 0)
        - household.disposable_income: >-
            sum(person.salary) + sum(person.capital) + sum(person.pension) + sum(person.basic_income) + housing_allowance + parenting_allowance
            - sum(person.income_tax) - sum(person.social_security_contribution) - housing_tax / 12
      """
    func numbers(_ name: String, _ list: [String?]) -> Column {
      Column(
        name: name, values: .numbers(list.map { $0.flatMap(Double.init) ?? 0 }),
        missing: MissingCells(
          reasons: [MissingReason(code: "")], codes: list.map { $0 == nil ? 1 : 0 }),
        form: .number(NumberForm(decimals: 9)))
    }
    func column(_ name: String, _ otherwise: String?) -> [String?] {
      people.map { value($0.fields, name, month) ?? otherwise }
    }
    // Whoever has neither an age nor a birthday was born in 1970, as the template has it.
    let births = people.map { person -> Int32 in
      let parts = (value(person.fields, "birth", month) ?? "").split(separator: "-").compactMap {
        Int($0)
      }
      guard parts.count == 3,
        let day = CalendarDate(year: parts[0], month: parts[1], day: parts[2])
      else { return 0 }
      return Int32(day.daysSince1970)
    }
    let person = Table(columns: [
      Column(name: "id", values: .wholeNumbers(people.indices.map { Int64($0) })),
      Column(name: "hh", values: .wholeNumbers(people.map { _ in 1 })),
      Column(name: "birth", values: .dates(births)),
      numbers("given_age", column("age", nil)), numbers("salary", column("salary", "0")),
      numbers("capital", column("capital_returns", "0")),
      Column(
        name: "has_car", values: .booleans(column("has_car", "true").map { $0 == "true" })),
      Column(name: "adult", values: .booleans(people.map(\.isAdult))),
    ])
    let household = Table(columns: [
      Column(name: "hh", values: .wholeNumbers([1])),
      numbers("size", [value(home, "accommodation_size", month) ?? "0"]),
      numbers("rent", [value(home, "rent", month) ?? "0"]),
      Column(
        name: "occupancy",
        values: .texts(
          codes: [0], pool: TextPool([value(home, "housing_occupancy_status", month) ?? "tenant"]))),
    ])
    return (
      text,
      ModelFiles { name in (name == "person" ? person : household, Schema(variables: [])) }
    )
  }

  /// What differs from what is expected.
  func failures() throws -> [String] {
    var failures: [String] = []
    let margin = node["absolute_error_margin"]?.string.flatMap(Double.init) ?? 0.005
    let period = node["period"]?.string ?? ""
    func check(_ name: String, _ expected: Node, person: Int?) throws {
      if let dated = expected.mapping {
        for (month, value) in dated {
          try compare(name, value.string ?? "", month.string ?? "", person, margin, &failures)
        }
      } else {
        try compare(name, expected.string ?? "", period, person, margin, &failures)
      }
    }
    for (key, value) in node["output"]?.mapping ?? [:] {
      switch key.string ?? "" {
      case "persons":
        for (name, outputs) in value.mapping ?? [:] {
          let index = people.firstIndex { $0.name == name.string }
          for (output, expected) in outputs.mapping ?? [:] {
            try check(output.string ?? "", expected, person: index ?? -1)
          }
        }
      case "household":
        for (output, expected) in value.mapping ?? [:] {
          try check(output.string ?? "", expected, person: nil)
        }
      case let name: try check(name, value, person: nil)
      }
    }
    return failures
  }

  private func compare(
    _ name: String, _ expected: String, _ period: String, _ person: Int?, _ margin: Double,
    _ failures: inout [String]
  ) throws {
    // What is reckoned by the year goes by January.
    let month = period.count == 4 ? period + "-01" : period
    let (text, files) = model(month)
    let outcome = try SimulatedModel(yaml: text, file: "rules.yaml", files: files)
      .run(seed: "0", threads: 1)
    if name == "housing_occupancy_status" {
      guard case .texts(let codes, let pool)? = outcome.data[1].column(named: "occupancy")?.values
      else { return failures.append(name) }
      if pool[Int(codes[0])] != expected { failures.append(name) }
      return
    }
    let table = outcome.data[outcome.data[0].column(named: name) == nil ? 1 : 0]
    let values = LifeModelTests.numbers(table, name)
    guard values.indices.contains(person ?? 0), let value = values[person ?? 0] else {
      return failures.append("\(name) in \(month) is missing")
    }
    let wanted = Self.sum(expected)
    if !((value - wanted).magnitude <= margin + 1e-9) {
      failures.append("\(name) in \(month): \(value), expected \(wanted)")
    }
  }

  /// The value of a sum such as `600 * 2 - 200 / 12`.
  private static func sum(_ text: String) -> Double {
    text.components(separatedBy: " - ").enumerated().reduce(0) { total, term in
      let factors = term.element.split(separator: " ")
      var value = Double(factors[0]) ?? .nan
      for index in stride(from: 1, to: factors.count - 1, by: 2) {
        let other = Double(factors[index + 1]) ?? .nan
        value = factors[index] == "*" ? value * other : value / other
      }
      return term.offset == 0 ? value : total - value
    }
  }
}
