// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Contracts
import Evaluation
import Semblance
import Synthesis
import Tables

/// Says what would be done with a table and why, before anything runs.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what would be done with each column and why, before anything runs.",
    discussion: """
      With -o, writes the plan as JSON; change it and give it to `synthesize --plan`. With --write-contract,
      writes the contract in force as a file to change.
      """)

  @Argument(help: "The real table.")
  var input: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The plan file to write, as JSON (default: the plan in words on standard output).")
  var output: String?

  @Option(help: "A file to write the contract in force to, defaults written out.")
  var writeContract: String?

  @OptionGroup var promise: ContractOptions
  @OptionGroup var fitting: FittingOptions
  @OptionGroup var common: CommonOptions

  @Flag(help: "Overwrite existing files.")
  var force = false

  func run() throws {
    let progress = ProgressLine(isQuiet: common.quiet)
    let file = try promise.contractFile()
    let request = SynthesizeRequest(
      input: input, schema: fitting.schema, purpose: promise.purpose ?? .remoteWork,
      contract: file?.contract, plan: try promise.plan.map(PlanFile.read),
      seed: file?.contract.seed ?? "", fit: fitting.fitOptions(threads: common.threadCount))
    let result = try PlanVerb(request).run(progress: progress.handler)
    Terminal.clearProgress()
    if let writeContract {
      var contract = result.contract
      if contract.seed?.isEmpty == true { contract.seed = nil }
      contract.rows = file?.contract.rows
      try OutputFile.write(
        Array(ContractYAML.text(for: contract).utf8), to: writeContract, force: force)
    }
    let bytes = try PlanFile.bytes(of: result.plan)
    if let output, output != "-" { try OutputFile.write(bytes, to: output, force: force) }
    if common.json || output == "-" { return Terminal.output(bytes: bytes) }
    guard !common.quiet else { return }
    Notices.print(result.diagnostics)
    Self.print(result)
    if let output {
      Terminal.output("Wrote \(output). Change it, and give it with synthesize --plan.")
    }
  }

  private static func print(_ result: PlanVerb.Result) {
    let plan = result.plan
    Terminal.output(
      "Purpose \(result.contract.purpose.rawValue), method \(plan.method). ONS level: \(result.level.name)."
    )
    Terminal.output(
      "A level or value shown rests on \(plan.minimumLevelCount) rows, a conditional distribution on \(plan.minimumLeafCount)."
    )
    Terminal.output("Forecast: \(result.forecast.words).")
    for note in plan.notes { Terminal.output("Note: \(note).") }
    for (place, step) in plan.steps.enumerated() {
      Terminal.output("\(place + 1). \(step.variable): \(words(step.action))")
      if !step.predictors.isEmpty {
        Terminal.output("   from " + step.predictors.joined(separator: ", "))
      }
      for reason in step.reasons { Terminal.output("   because: \(reason)") }
    }
  }

  private static func words(_ action: PlanAction) -> String {
    switch action {
    case .learned: "learned"
    case .constant: "constant"
    case .regenerated: "made anew in its pattern"
    case .derived(let relation): "computed, \(relation.description)"
    case .replaced: "replaced by made-up values"
    }
  }
}
