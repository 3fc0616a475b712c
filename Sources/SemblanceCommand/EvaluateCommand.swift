// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import Evaluation
import Releases
import Semblance
import Tables

/// Measures any synthetic file against the real one.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure fidelity and risk of any synthetic file, whoever made it.",
    discussion: """
      Writes report.html, fidelity.json and disclosure.json. They hold figures of the real data and
      stay with its owner. Without --holdout, figures that need rows the generator never saw are not
      computable.
      """)

  @Option(help: "The real table.")
  var real: String

  @Option(help: "The synthetic table.")
  var synthetic: String

  @Option(help: "Further real rows that the generator never saw.")
  var holdout: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The folder to write (default: NAME.evaluation, after the synthetic file).")
  var output: String?

  @Option(help: "A dictionary as `describe` writes it; what it says takes the place of guesses.")
  var schema: String?

  @Option(
    help:
      "The fewest rows that must share a value for it not to be rare (default: 10; 5 below 1,000 rows)."
  )
  var minimumCount: Int?

  @Option(
    help: ArgumentHelp(
      "How many people the population has from which the real rows come. With it, or with a variable of the role weight, the report says how many real records could be found in the population by their keys.",
      valueName: "people"))
  var population: Double?

  @Option(
    name: .customLong("analysis"),
    help: ArgumentHelp(
      "An analysis to fit to both tables: linear, logistic, poisson, ordered or cox, a colon and a formula, as \"logistic: income ~ age + sex\". May be given several times.",
      valueName: "model: formula"))
  var analyses: [String] = []

  @Option(
    name: .customLong("copy"),
    help: ArgumentHelp(
      "A further synthetic table of the same source, which analyses combine with the first. May be given several times.",
      valueName: "file"))
  var copies: [String] = []

  @Option(
    help: ArgumentHelp(
      "How the tables of an analysis were made, by which standard errors are combined: simple (all cells, by fitted parameters), proper (by parameters drawn anew for each table) or partial (synthesize --replace).",
      valueName: "synthesis"))
  var combineAs: CombiningRule = .simple

  @Option(
    help: ArgumentHelp(
      "The column of survey weights, by which analyses weigh rows; means and shares of the population are compared too.",
      valueName: "column"))
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "The column of the strata that the sample was drawn in; standard errors of analyses are then those of such samples.",
      valueName: "column"))
  var strata: String?

  @Option(
    help: ArgumentHelp(
      "The column of the clusters that rows were drawn with, such as households or schools; likewise.",
      valueName: "column"))
  var clusters: String?

  @Flag(help: "Make only the first measures, without models, attacks and three-way tables.")
  var quick = false

  @OptionGroup var common: CommonOptions

  @Flag(help: "Replace an existing folder.")
  var force = false

  mutating func validate() throws {
    if let minimumCount, !(1...1_000_000).contains(minimumCount) {
      throw ValidationError("--minimum-count takes a number of 1 or more.")
    }
    if let population, !(population >= 1 && population.isFinite) {
      throw ValidationError("--population takes a number of people of 1 or more.")
    }
    if population != nil, quick {
      throw ValidationError("--population is for the full depth, which --quick leaves out.")
    }
    let isAnalysed = !analyses.isEmpty || weights != nil || strata != nil || clusters != nil
    if combineAs != .simple, !isAnalysed {
      throw ValidationError("--combine-as is for analyses: give an --analysis too.")
    }
    if !copies.isEmpty, !isAnalysed {
      throw ValidationError("--copy is for analyses: give an --analysis too.")
    }
  }

  func run() throws {
    let progress = ProgressLine(isQuiet: common.quiet)
    var request = EvaluateRequest(
      real: real, synthetic: synthetic, holdout: holdout, output: output, schema: schema,
      minimumCount: minimumCount, analyses: analyses, copies: copies, isQuick: quick,
      threads: common.threadCount,
      replacesExisting: force)
    request.populationSize = population
    request.combining = combineAs
    (request.weights, request.strata, request.clusters) = (weights, strata, clusters)
    let result = try EvaluateVerb(request).run(progress: progress.handler)
    Terminal.clearProgress()
    if common.json {
      var summary = JSONObject([
        ("folder", .text(result.folder)), ("report", .text("\(result.folder)/report.html")),
        ("rows", .number(Double(result.rowCount))),
      ])
      Headlines.add(result.measures, to: &summary)
      return Terminal.output(summary.text)
    }
    guard !common.quiet else { return }
    Notices.print(result.diagnostics)
    Headlines.print(result.measures)
    Terminal.output("Report: \(result.folder)/report.html")
  }
}

extension CombiningRule: ExpressibleByArgument {}
