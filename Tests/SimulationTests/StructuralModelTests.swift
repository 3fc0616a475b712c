// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Simulation
import Tables
import Testing

struct StructuralModelTests {
  static let school = """
    simulate: 1
    parameters: {effect: 1.5}
    tables:
      school:
        rows: 40
        columns:
          quality: ~ normal(0, 0.6)
          size: count(pupil)
          best: max(pupil.score)
      pupil:
        per: school
        rows: ~ poisson(25)
        columns:
          score: ~ normal(50 + if(tutored, effect, 0) + 4 * ability + school.quality, 3)
          tutored: ~ bernoulli(invlogit(-1 + 0.8 * ability))
          ability: {value: "~ normal(0, 1)", hidden: true}
      term:
        per: pupil
        periods: 3
        columns:
          mood: ~ normal(0.6 * first_present(mood[-1], 0) + if(parent.tutored, 0.2, 0), 1)
          change: mood - first_present(mood[-1], 0)
    missing:
      pupil.score: {probability: invlogit(-2 + 0.5 * ability), kind: MNAR}
      term.mood: {probability: 0.1, kind: MCAR, code: refused}
    truth:
      effects: [{do: {pupil.tutored: [false, true]}, on: pupil.score, by: [tutored]}]
    """

  func run(_ text: String, seed: String = "1") throws -> StructuralOutcome {
    try StructuralModel(yaml: text, file: "m.yaml").run(RandomKey(seed: seed))
  }

  func numbers(_ table: Table?, _ name: String) throws -> [Double] {
    let column = try #require(table?.column(named: name), "\(name)")
    return switch column.values {
    case .numbers(let list): list
    case .wholeNumbers(let list): list.map { Double($0) }
    case .booleans(let list): list.map { $0 ? 1 : 0 }
    default: []
    }
  }

  @Test func `tables hang together, whatever the order of the columns`() throws {
    let outcome = try run(Self.school)
    let (school, pupil, term) = (
      outcome.complete[0], outcome.complete[1], outcome.complete[2]
    )
    let sizes = try numbers(school, "size")
    #expect(sizes.reduce(0, +) == Double(pupil.rowCount))
    #expect(term.rowCount == 3 * pupil.rowCount)
    let owners = try numbers(pupil, "school_id")
    for (index, size) in sizes.enumerated() {
      #expect(owners.count { $0 == Double(index + 1) } == Int(size))
    }
    let scores = try numbers(pupil, "score")
    let first = scores.indices.filter { owners[$0] == 1 }.map { scores[$0] }
    #expect(first.max() == (try numbers(school, "best"))[0])
    #expect(outcome.collected[1].column(named: "ability") == nil)
    #expect(outcome.collected[2].column(named: "mood")?.missing.isEmpty == false)
    #expect(outcome.complete[2].column(named: "mood")?.missing.isEmpty == true)
  }

  @Test func `a period knows the one before, and nothing stands before the first`() throws {
    let term = try run(Self.school).complete[2]
    let (period, pupil) = (try numbers(term, "period"), try numbers(term, "pupil_id"))
    let (mood, change) = (try numbers(term, "mood"), try numbers(term, "change"))
    var last: [Double: Double] = [:]
    for row in mood.indices {
      #expect(change[row] == mood[row] - (period[row] == 1 ? 0 : last[pupil[row]] ?? .nan))
      last[pupil[row]] = mood[row]
    }
    #expect(Set(period) == [1, 2, 3])
  }

  @Test func `a constant effect is the same for everybody, and the naive contrast is not it`()
    throws
  {
    let outcome = try run(Self.school)
    let (low, high) = (
      try numbers(outcome.individual[0], "under_first"),
      try numbers(outcome.individual[0], "under_second")
    )
    #expect(zip(low, high).allSatisfy { ($1 - $0 - 1.5).magnitude < 1e-9 })
    // The world as it is shares each row with the world of its own value.
    let seen = try numbers(outcome.individual[0], "as_it_is")
    let tutored = try numbers(outcome.complete[1], "tutored")
    #expect(seen.indices.allSatisfy { seen[$0] == (tutored[$0] == 1 ? high[$0] : low[$0]) })
    let effects = try #require(outcome.effects)
    let values = try numbers(effects, "value")
    let errors = try numbers(effects, "standard_error")
    guard case .texts(let codes, let pool)? = effects.column(named: "measure")?.values else {
      return
    }
    let naive = try #require(codes.firstIndex { pool[Int($0)] == "naive contrast" })
    // Tutored pupils are abler: by 0.66 of a standard deviation or so, worth 2.6 points.
    #expect(values[naive] > 1.5 + 4 * errors[naive])
  }

  @Test func `more rows, another column or another parameter change no other draw`() throws {
    let plain = try run(Self.school)
    let more = try run(Self.school.replacingOccurrences(of: "rows: 40", with: "rows: 60"))
    let count = plain.complete[1].rowCount
    for name in ["score", "ability", "tutored"] {
      #expect(
        try numbers(plain.complete[1], name)
          == Array(try numbers(more.complete[1], name).prefix(count)))
    }
    let wider = try run(
      Self.school.replacingOccurrences(
        of: "      quality:", with: "      extra: ~ uniform(0, 1)\n      quality:"))
    #expect(wider.complete[1] == plain.complete[1])
    #expect(wider.complete[2] == plain.complete[2])
    let stronger = try run(Self.school.replacingOccurrences(of: "effect: 1.5", with: "effect: 9"))
    #expect(
      try numbers(stronger.complete[2], "mood") == numbers(plain.complete[2], "mood"))
    #expect(
      try numbers(stronger.complete[1], "tutored") == numbers(plain.complete[1], "tutored"))
  }

  @Test func `another size of one family leaves the other families alone`() throws {
    let text = { (first: String) in
      """
      simulate: 1
      tables:
        home: {rows: 50, columns: {area: "~ normal(0, 1)"}}
        person:
          per: home
          rows: if(home_id == 1, \(first), 2)
          columns: {age: "~ uniform(0, 90)"}
      """
    }
    let (small, large) = (try run(text("1")), try run(text("4")))
    #expect(
      Array(try numbers(small.complete[1], "age")[1...])
        == Array(try numbers(large.complete[1], "age")[4...]))
  }

  @Test func `the graph knows the arrows, hidden columns and what to adjust for`() throws {
    let outcome = try run(
      """
      simulate: 1
      tables:
        t:
          rows: 10
          columns:
            u: {value: "~ normal(0, 1)", hidden: true}
            w: ~ normal(u, 1)
            t: ~ bernoulli(invlogit(w))
            m: ~ normal(if(t, 1, 0), 1)
            y: ~ normal(m + u, 1)
            c: ~ normal(y + if(t, 1, 0), 1)
      truth: {effects: [{do: {t: [0, 1]}, on: y}, {do: {w: [0.0, 1.0]}, on: y}]}
      """)
    #expect(outcome.dagitty.contains("\"u\" [latent]"))
    #expect(outcome.dagitty.contains("\"m\" -> \"y\""))
    #expect(outcome.dot.contains("\"t\" -> \"m\""))
    guard case .texts(let codes, let pool)? = outcome.facts.column(named: "value")?.values else {
      return
    }
    let values = codes.map { pool[Int($0)] }
    // By hand: t ← w ← u → y is closed by w; w ← u → y only by the hidden u.
    #expect(values.suffix(2) == ["w", "none of observed columns"])
  }

  @Test func `scenarios share every draw that they do not change`() throws {
    let text =
      Self.school + """

        scenarios:
          as_it_is: {}
          same: {parameters: {effect: 1.5}}
          stronger: {parameters: {effect: 3}}
          nobody: {do: {pupil.tutored: false}}
        """
    let plain = try run(Self.school)
    let runs = try StructuralModel(yaml: text, file: "m.yaml").runScenarios(RandomKey(seed: "1"))
    #expect(runs.map(\.name) == ["as_it_is", "same", "stronger", "nobody"])
    #expect(runs[0].outcome.collected == plain.collected)
    #expect(runs[1].outcome.collected == plain.collected)
    let before = try numbers(plain.complete[1], "score")
    let tutored = try numbers(plain.complete[1], "tutored")
    let stronger = try numbers(runs[2].outcome.complete[1], "score")
    let nobody = try numbers(runs[3].outcome.complete[1], "score")
    for row in before.indices {
      #expect((stronger[row] - before[row] - 1.5 * tutored[row]).magnitude < 1e-9)
      #expect((before[row] - nobody[row] - 1.5 * tutored[row]).magnitude < 1e-9)
    }
    let outcome = try SimulatedModel(Array(text.utf8), file: "m.yaml").run(seed: "1", threads: 1)
    #expect(outcome.data[1].rowCount == 4 * plain.collected[1].rowCount)
    let comparison = try #require(outcome.truth.first { $0.name == "comparison" })
    guard case .texts(let codes, let pool)? = comparison.column(named: "scenario")?.values,
      case .texts(let columnCodes, let columns)? = comparison.column(named: "column")?.values
    else { return }
    let row = try #require(
      codes.indices.first {
        pool[Int(codes[$0])] == "stronger" && columns[Int(columnCodes[$0])] == "pupil.score"
      })
    let share = tutored.reduce(0, +) / Double(tutored.count)
    #expect((try numbers(comparison, "difference")[row] - 1.5 * share).magnitude < 1e-9)
    #expect((try numbers(comparison, "share_higher")[row] - share).magnitude < 1e-12)
  }

  @Test func `a comma that ends a formula inside braces is told of`() throws {
    let error = #expect(throws: DataError.self) {
      try run("simulate: 1\ntables: {t: {rows: 9, columns: {a: ~ normal(0, 1)}}}")
    }
    #expect(error?.remedy.contains("quotes") == true, "\(String(describing: error))")
  }

  @Test(arguments: [
    ("a: b + 1\n      b: a + 1", "", "depends on itself", 6),
    ("a: 1\n      b: aa + 1", "", "no column `aa`", 7),
    ("a: ~ bernoulli(2)", "", "probability", 6),
    ("a: ~ normal(0, 1)", "missing: {a: {probability: 0.1, kind: MAR}}", "MCAR, not MAR", 7),
    ("a: ~ normal(0, 1)", "missing: {a: {probability: invlogit(a), kind: MAR}}", "MNAR", 7),
    ("a: ~ normal(0, 1)", "missing: {b: {probability: 0.1, kind: MCAR}}", "no column `b`", 7),
    ("a: ~ normal(0, 1)", "missing: {a: {probability: 1.5, kind: MCAR}}", "outside 0 to 1", 7),
    ("a: ~ normal(0, 1)", "truth: {effects: [{do: {a: [0]}, on: a}]}", "two values", 7),
    ("a: ~ bernoulli(0.5)", "truth: {effects: [{do: {a: [0, 3]}, on: b}]}", "column `b`", 7),
    ("a: ~ normal(0, 1)", "scenarios: {x: {parameters: {b: 1}}}", "no parameter `b`", 7),
    ("a: ~ normal(0, 1)", "scenarios: {x: {do: {a: true}}}", "truth value", 7),
    ("a: {value: 1, hiden: true}", "", "unknown key `hiden`", 6),
    ("a: {value: 1, decimals: 2}", "", "no decimals", 6),
  ])
  func `a broken model is refused at its line`(
    columns: String, more: String, word: String, line: Int
  ) throws {
    let text = "simulate: 1\ntables:\n  t:\n    rows: 9\n    columns:\n      \(columns)\n\(more)"
    let error = #expect(throws: DataError.self) { try run(text) }
    #expect(error?.message.contains(word) == true, "\(String(describing: error))")
    #expect(error?.line == line, "\(String(describing: error))")
  }

  @Test func `threads change nothing in tables large enough to be shared out`() throws {
    let text = """
      simulate: 1
      tables:
        school: {rows: 50, columns: {quality: "~ normal(0, 1)"}}
        pupil:
          per: school
          rows: 1400
          columns:
            group: ~ categorical(a = 1, b = 2, c = 1)
            word: if(group == 'a', 'one', text(group))
            mark: ~ normal(school.quality + if(group == 'b', 1, 0), 2)
            twice: mark * 2
      """
    let model = try SimulatedModel(yaml: text, file: "m.yaml")
    let one = try model.run(seed: "1", threads: 1)
    for threads in [2, 8] {
      let many = try model.run(seed: "1", threads: threads)
      // How texts are pooled is no part of what is written; the cells are.
      for (first, second) in zip(one.data + one.truth, many.data + many.truth) {
        #expect(first.rowCount == second.rowCount && first.columnNames == second.columnNames)
        for name in first.columnNames {
          #expect(LifeModelTests.numbers(first, name) == LifeModelTests.numbers(second, name))
          #expect(Self.texts(first, name) == Self.texts(second, name))
        }
      }
    }
    #expect(one.data[1].rowCount == 70_000)
  }

  /// The texts of a column; none if it holds something else.
  static func texts(_ table: Table, _ name: String) -> [String] {
    guard case .texts(let codes, let pool)? = table.column(named: name)?.values else { return [] }
    let texts = pool.texts
    return codes.map { texts[Int($0)] }
  }
}
