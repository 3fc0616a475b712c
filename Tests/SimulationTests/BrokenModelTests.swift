// SPDX-License-Identifier: Apache-2.0
import Schemas
import Simulation
import Tables
import Testing

/// A hundred models with one thing wrong: each error says what, where and what to write instead.
struct BrokenModelTests {
  struct Base {
    var text: String
    /// What is written in place of what, and a word that the error must hold.
    var faults: [(old: String, new: String, word: String)]
  }

  static let bases: [Base] = [
    Base(
      text: """
        simulate: 1
        seed: 7
        start: {S: 990, I: 10, R: 0}
        parameters: {beta: 0.3, gamma: 0.1}
        transitions:
          - {name: infection, from: S, to: I, rate: beta * I / N}
          - {name: recovery, from: I, to: R, rate: gamma}
        run: {as: exact, until: 10, replications: 2}
        record: {every: 1}
        """,
      faults: [
        ("beta * I", "bета * I", "name"), ("beta * I", "beta * J", "J"),
        ("from: S", "from: T", "T"), ("to: R", "to: Q", "Q"),
        ("rate: gamma", "rates: gamma", "rates"),
        ("rate: gamma", "rate: gamma +", "breaks off"),
        ("rate: gamma", "rate: \"~ normal(0, 1)\"", "drawn"),
        ("rate: gamma", "rate: sin(gamma)", "sin"), ("rate: gamma", "rate: \"exp(gamma\"", "exp"),
        ("rate: gamma", "rate: -1", "negative"), ("rate: gamma", "rate: gamma > 1", "condition"),
        ("as: exact", "as: exactly", "exact"), ("until: 10", "until: never", "until"),
        ("until: 10", "until: -3", "until"),
        ("replications: 2", "replications: 2.5", "replications"),
        ("every: 1", "evry: 1", "every"), ("every: 1", "every: 0", "every"),
        ("S: 990", "S: many", "S"), ("S: 990", "S: -5", "S"), ("R: 0", "S: 0", "once"),
        ("beta: 0.3", "beta: high", "beta"), ("beta: 0.3", "N: 0.3", "N"),
        ("start:", "begin:", "begin"), ("simulate: 1", "simulate: 2", "simulate"),
        ("name: recovery", "name: infection", "infection"),
        ("as: exact", "as: individuals", "meets"),
        ("as: exact", "as: exact, on: {network: \"ring(4)\"}", "network"),
        ("as: exact", "as: individuals, on: {network: \"ring(5)\"}", "even"),
        ("as: exact", "as: individuals, on: {network: \"star(4)\"}", "network"),
        ("gamma: 0.1", "gamma: {sweep: 3}", "sweep"),
        (
          "record: {every: 1}", "record: {every: 1}\ninstruments: {populations.I: {noise: loud}}",
          "noise"
        ),
        ("record: {every: 1}", "record: {every: 1}\ninstruments: {populations.I: {hum: 1}}", "hum"),
        (
          "record: {every: 1}", "record: {every: 1}\ninstruments: {population.I: {noise: 1}}",
          "population"
        ),
        ("record: {every: 1}", "record: {every: 1}\ninstruments: {populations.J: {noise: 1}}", "J"),
        ("record: {every: 1}", "record: {every: 1", "YAML"),
      ]),
    Base(
      text: """
        simulate: 1
        tables:
          school: {rows: 4, columns: {quality: "~ normal(0, 0.6)"}}
          pupil:
            per: school
            rows: 5
            columns:
              able: {value: "~ normal(0, 1)", hidden: true}
              tutored: ~ bernoulli(invlogit(able))
              score: ~ normal(50 + if(tutored, 2, 0) + school.quality, 3)
        missing:
          pupil.score: {probability: 0.1, kind: MCAR}
        truth:
          effects: [{do: {pupil.tutored: [false, true]}, on: pupil.score}]
        """,
      faults: [
        ("invlogit(able)", "invlogit(abel)", "able"), ("invlogit(able)", "able + 5", "probability"),
        ("~ bernoulli(", "~ bernouli(", "bernoulli"),
        ("normal(50", "normal(sd = -3, mean = 50", "argument"),
        ("per: school", "per: scool", "school"), ("rows: 5", "rows: lots", "lots"),
        ("rows: 5", "rows: -5", "rows"), ("rows: 4", "row: 4", "row"),
        ("hidden: true", "hidden: maybe", "hidden"),
        ("value: \"~ normal(0, 1)\"", "value: \"score + 1\"", "itself"),
        ("kind: MCAR", "kind: MAR", "MAR"), ("kind: MCAR", "kind: random", "random"),
        ("probability: 0.1", "probability: 1.1", "probability"),
        ("pupil.score: {prob", "pupil.mark: {prob", "mark"),
        ("on: pupil.score", "on: pupil.mark", "mark"),
        ("[false, true]", "[false]", "two"), ("columns: {quality", "colums: {quality", "columns"),
        ("school.quality, 3", "school.size, 3", "size"), ("normal(0, 0.6)", "normal(0, -1)", "sd"),
        ("if(tutored, 2, 0)", "tutored", "truth"), ("if(tutored, 2, 0)", "if(tutored, 2)", "if"),
        ("truth:", "truht:", "truth"), ("tables:", "tabels:", "tabels"),
      ]),
    Base(
      text: """
        simulate: 1
        parameters: {age: {2026: 66, 2030: 67}, rates: {brackets: [[0, 0.1], [100, 0.2]]}}
        tables:
          home: {rows: 5, columns: {size: "~ integer(1, 5)"}}
          person: {per: home, rows: 2, columns: {old: "~ integer(0, 90)"}}
        periods: {from: 2027, to: 2030}
        each_period:
          - person.old: old + 1
          - person.pension: if(old >= age, 100, 0)
          - person.tax: scale(rates, pension)
          - remove: {person: "~ bernoulli(0.01)"}
          - new: {person: births, of: "old in 18..40", when: "~ bernoulli(0.1)", set: {old: 0}}
          - move: {person: "~ bernoulli(0.1)", to: new}
          - home.net: sum(person.pension)
        scenarios: {now: {}, late: {parameters: {age: 70}}}
        report: {compare: home.net, by: [decile], measures: [mean, gini]}
        """,
      faults: [
        ("old + 1", "odl + 1", "old"), ("person.old: old", "persn.old: old", "persn"),
        ("from: 2027", "from: 2020", "age"), ("from: 2027", "from: soon", "from"),
        ("to: 2030}", "to: 2026}", "periods"), ("[100, 0.2]", "[-1, 0.2]", "thresholds"),
        ("[100, 0.2]", "[100]", "bracket"),
        ("scale(rates, pension)", "scale(rate, pension)", "rates"),
        ("scale(rates, pension)", "scale(rates)", "scale"),
        ("scale(rates, pension)", "late + 1", "late"),
        ("if(old >= age, 100, 0)", "tax + 1", "further down"),
        ("remove: {person: \"~ bernoulli(0.01)\"}", "remove: {person: old}", "truth"),
        ("remove: {person", "remove: {people", "people"),
        ("when: \"~ bernoulli(0.1)\"", "when: \"old / 2\"", "when"),
        ("set: {old: 0}", "set: {person_id: 0}", "person_id"), ("to: new", "to: mars", "new"),
        ("sum(person.pension)", "person.pension", "many"), ("{age: 70}", "{aeg: 70}", "age"),
        ("compare: home.net", "compare: home.gross", "gross"), ("[decile]", "[region]", "region"),
        ("[mean, gini]", "[meen]", "mean"), ("2026: 66", "20x6: 66", "day"),
        ("- home.net", "- home.home_id", "home_id"),
        ("person.tax: scale(rates, pension)", "person.tax: \"'a'\"\n  - person.tax: 1", "tax"),
        ("each_period:", "each_year:", "each_year"),
      ]),
    Base(
      text: """
        simulate: 1
        resources: {nurse: {servers: 2}}
        arrivals: {patient: {every: "~ exponential(mean = 4)", set: {urgent: "~ bernoulli(0.1)"}}}
        path:
          patient:
            - {seize: nurse, priority: urgent}
            - {hold: "~ gamma(mean = 6, dispersion = 0.4)"}
            - {release: nurse}
            - {branch: {0.2: back(3), 0.8: leave}}
        until: 480
        """,
      faults: [
        ("seize: nurse", "seize: doctor", "doctor"),
        ("priority: urgent", "priority: urgnt", "urgent"),
        ("servers: 2", "servers: two", "servers"), ("servers: 2", "server: 2", "servers"),
        ("mean = 4", "mean = -4", "mean"), ("hold:", "wait:", "wait"),
        ("0.8: leave", "0.7: leave", "1"),
        ("back(3)", "back(9)", "back"), ("until: 480", "until: 0", "until"),
        ("until: 480", "until: 480\nrecord: {from: 900}", "from"),
        ("until: 480", "until: 480\nrecord: {visit: false}", "visits"),
        ("every:", "each:", "each"),
        ("  patient:\n", "  guest:\n", "guest"),
        ("\"~ gamma(mean = 6, dispersion = 0.4)\"", "0 - 3", "less than 0"),
      ]),
    Base(
      text: """
        simulate: 1
        space: {grid: [10, 10], one_per_cell: true}
        agents: {home: {rows: 50, place: random_empty, columns: {group: "~ categorical(a = 1, b = 1)"}}}
        parameters: {wanted: 3}
        each_step:
          home: [{when: "count(neighbours(1), group == mine.group) < wanted", do: move(random_empty)}]
        steps: 3
        record: {model: {a: "share(home, group == 'a')"}}
        """,
      faults: [
        ("grid: [10, 10]", "grid: 10", "grid"),
        ("grid: [10, 10], one_per_cell: true", "network: \"star(4)\"", "network"),
        ("grid: [10, 10]", "grid: [10, 10], network: \"ring(4)\"", "side by side"),
        ("rows: 50", "rows: 500", "cells"),
        ("place: random_empty", "place: everywhere", "everywhere"),
        ("do: move(random_empty)", "do: fly", "fly"),
        ("mine.group", "my.group", "my"), ("< wanted", "< wnted", "wanted"),
        ("== 'a'", "== 'c'", "c"),
        ("  home: [{when", "  house: [{when", "house"), ("steps: 3", "steps: 0", "steps"),
        ("neighbours(1)", "neighbours(99)", "50"), ("do: move", "set: {size: 1}, do: move", "size"),
        ("share(home", "share(homes", "home"),
        ("neighbours(1)", "within(1)", "plane"), ("grid: [10, 10]", "plane: [10, 10]", "cells"),
        ("count(neighbours(1), group == mine.group)", "mean(neighbours(1))", "mean"),
      ]),
    Base(
      text: """
        simulate: 1
        space: {plane: [20, 10], wrap: true}
        agents:
          wolf: {rows: 3, columns: {turn: "~ uniform(0, 360)"}}
          sheep: {rows: 20, place: random, columns: {age: "0"}}
        parameters: {sight: 4}
        each_step:
          wolf:
            - {do: "move(heading(turn), 1)"}
            - {meet: sheep, within: 2, do: "move(towards(them), 1)", them: die}
          sheep: [{when: "count(within(sight, wolf)) > 0", do: "move(by(0 - mean(within(sight, wolf), dx), 1))"}]
        steps: 3
        record: {model: {flock: "count(sheep)"}}
        """,
      faults: [
        ("plane: [20, 10]", "plane: [20]", "width"), ("plane: [20, 10]", "plane: [0, 10]", "area"),
        ("wrap: true", "one_per_cell: true", "cells"), ("wrap: true", "warp: true", "wrap"),
        ("place: random", "place: every_cell", "place"),
        ("within(sight, wolf)) > 0", "within(wolf)) > 0", "far"),
        ("within(sight, wolf)) > 0", "within(-3)) > 0", "distance"),
        ("within(sight, wolf)) > 0", "neighbours(1)) > 0", "cells"),
        ("within(sight, wolf)) > 0", "within(2, dog)) > 0", "dog"),
        ("sight: 4", "sight: -4", "distance"), ("within: 2, ", "", "within"),
        ("within: 2", "within: 0", "distance"), ("towards(them)", "towards(sheep)", "towards"),
        ("heading(turn), 1", "heading(turn)", "heading"),
        ("heading(turn)", "heading(trun)", "turn"),
        ("move(heading(turn), 1)", "move(neighbour)", "by"),
        ("move(heading(turn), 1)", "move(towards(them), 1)", "met"),
        ("wolf), dx)", "wolf), dz)", "dx"),
        ("flock: \"count(sheep)", "flock: \"mean(within(2), age)", "no neighbours"),
        ("turn: \"~", "dx: \"~", "name"),
      ]),
  ]

  @Test func `each of a hundred broken models says what is wrong, where, and what to write`() {
    var count = 0
    for base in Self.bases {
      for (old, new, word) in base.faults {
        let text = base.text.replacing(old, new)
        #expect(text != base.text, "\(old) is not in the model")
        count += 1
        do {
          _ = try SimulatedModel(yaml: text, file: "model.yaml").run(seed: "1", threads: 1)
          Issue.record("\(new): no error")
        } catch let error {
          #expect(!error.remedy.isEmpty, "\(new)")
          #expect("\(error)".contains(word), "\(new): \(error)")
          #expect(
            error.line != nil || ["negative", "population", "J", "less than 0"].contains(word),
            "\(new): \(error)")
        }
      }
      #expect(throws: Never.self) {
        try SimulatedModel(yaml: base.text, file: "model.yaml").run(seed: "1", threads: 1)
      }
    }
    #expect(count >= 100)
  }

  @Test func `a model reads no file outside its folder, and none it does not name`() {
    let files = ModelFiles { _ in (Table(columns: []), Schema(variables: [])) }
    for name in ["../people.csv", "/etc/passwd", "a/../../b.csv", "postgresql://host/db#t"] {
      let text = """
        simulate: 1
        population: {person: "\(name)"}
        periods: {from: 1, to: 2}
        each_period: [{person.age: 1}]
        """
      #expect(throws: DataError.self) {
        try SimulatedModel(yaml: text, file: "model.yaml", files: files)
      }
    }
  }
}
