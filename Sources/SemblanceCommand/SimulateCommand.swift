// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evaluation
import Semblance

/// Runs a model.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract:
      "Run a model, of states, tables by formulas or lives; the truth is written beside the data.",
    discussion: """
      The model is a YAML file:

        simulate: 1
        seed: 2026
        start: {S: 990, I: 10, R: 0}
        parameters: {beta: 0.3, gamma: 0.1}
        transitions:
          - {from: S, to: I, rate: beta * I / N}
          - {from: I, to: R, rate: gamma}
        run: {as: exact, until: 100, replications: 20}
        record: {every: 1}

      `as` is exact, sde, ode (Runge-Kutta), stiff (an implicit method, for rates that lie far apart), euler,
      or individuals on a network. Or it makes tables whose columns follow from one another:

        simulate: 1
        tables:
          pupil:
            rows: 1000
            columns:
              ability: {value: "~ normal(0, 1)", hidden: true}
              tutored: ~ bernoulli(invlogit(-1 + 0.8 * ability))
              score: ~ normal(50 + if(tutored, 1.5, 0) + 4 * ability, 3)
        missing:
          score: {probability: 0.1, kind: MCAR}
        truth:
          effects: [{do: {tutored: [false, true]}, on: score}]

      Or people, of a file or of `tables`, live period by period under dated rules:

        simulate: 1
        population: {person: {file: people.csv, key: id}, household: {file: homes.csv, key: hh}, link: person.hh}
        lookups: {mortality: mortality.csv}
        parameters: {pension_age: {2026: 66, 2028: 67}, rates: {brackets: [[0, 0], [12570, 0.2]]}}
        periods: {from: 2027, to: 2036}
        each_period:
          - person.age: age + 1
          - remove: {person: "~ bernoulli(table(mortality, age, sex))"}
          - person.tax: scale(rates, income)
        scenarios: {as_it_is: {}, later: {parameters: {pension_age: 70}}}
        report: {compare: person.tax, by: [decile], measures: [mean, gini, winners_losers]}

      Or customers wait, or agents act on a grid, a plane or a network (`space: {network: "small_world(8, 0.1)"}`):

        resources: {nurse: {shifts: {0: 1, 8: 2}, cycle: 24}}
        arrivals: {patient: {rate: {0: 1, 8: 5}, cycle: 24, set: {urgent: "~ bernoulli(0.1)"}}}
        path: {patient: [{seize: nurse, priority: urgent}, {hold: "~ exponential(mean = 0.4)"}, {release: nurse}]}
        until: 672

        space: {grid: [40, 40], one_per_cell: true}
        agents: {home: {rows: 1300, columns: {group: "~ categorical(a = 1, b = 1)"}}}
        parameters: {wanted: {sweep: [2, 3, 4]}}
        each_step:
          home: [{when: "count(neighbours(1), group == mine.group) < wanted", do: move(random_empty)}]
        steps: 20

      On a plane agents are anywhere, look within a distance and move by steps, headings or towards others:

        space: {plane: [100, 100], wrap: true}
        agents: {bird: {rows: 200, columns: {vx: "~ normal(0, 1)", vy: "~ normal(0, 1)"}}}
        each_step:
          bird:
            - set: {vx: "0.9 * vx + 0.1 * mean(within(5), vx)", vy: "0.9 * vy + 0.1 * mean(within(5), vy)"}
            - do: move(by(vx, vy))
        steps: 100

      `{sweep: [...]}` in any model makes a scenario of each combination. `instruments` measure what any
      model gives, and the truth stays beside:

        instruments: {populations: {every: 7}, populations.I: {noise: 3, below: 5, dropout: 0.05, round: 1}}

      Of a queue, `record: {from: 100, visits: false, customers: false, events: false}` counts the summary from
      a moment on and leaves tables out.

      An XMILE file of stocks and flows (Stella, Vensim and others write it) is run as it is, with its modules
      and macros; macros that were lost on the way from Vensim come from the `.mdl` of the same name beside it.

      Scenarios run on the same draws, and OUTPUT.truth compares each with the first, row by row:

        scenarios: {as_it_is: {}, stronger: {parameters: {effect: 3}}, nobody: {do: {tutored: false}}}

      Two folders are written: OUTPUT with the data to hand out, and OUTPUT.truth with the model,
      and, for tables, the complete data, the true effects and the graph.

      With --contract OUTPUT is a release: each clause is checked on the tables, which are marked as it says,
      and records for catalogues, codebooks and a citation are written. Columns are named, or TABLE.COLUMN;
      rules hold in each row of a table; an analysis must give what the complete data give, and the true
      effect where the model knows it. What needs a real table is not computable, and says so. The exit
      status is 1 if a clause is broken.
      """)

  @Argument(help: "The model, in YAML or XMILE.")
  var model: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The folder to write; neither it nor OUTPUT.truth may exist.")
  var output: String

  @Option(help: "The seed, any text; it takes the place of the model's own (default there: 0).")
  var seed: String?

  @Option(help: "The contract: what is promised of the tables (YAML); its clauses are checked.")
  var contract: String?

  @Option(
    help:
      "A dictionary as `describe` writes it: labels, levels and ranges of the columns, named as TABLE.COLUMN where several tables have one."
  )
  var schema: String?

  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    guard schema == nil || contract != nil else {
      throw ValidationError("--schema is for a --contract, which checks the tables against it.")
    }
  }

  func run() throws {
    let verb = try SimulateVerb(
      path: model, seed: seed, contract: contract.map(ContractFile.init(path:)),
      dictionary: schema.map(DictionaryFile.init(path:)))
    let result = try verb.run(into: output, threads: common.threadCount)
    if common.json {
      var summary = JSONObject([
        ("output", .text(output)), ("rows", .number(Double(result.rows))),
        ("seed", .text(verb.seed)),
      ])
      if let report = result.contract { ClauseLines.add(report, to: &summary) }
      Terminal.output(summary.text)
    } else if !common.quiet {
      Terminal.output("Simulated \(result.rows) rows into \(output) (seed: \(verb.seed)).")
      if let report = result.contract { ClauseLines.print(report) }
      if !result.notes.isEmpty { Terminal.output(result.notes) }
    }
    if result.contract?.broken.isEmpty == false { throw ExitCode(1) }
  }
}
