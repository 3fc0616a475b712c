// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import Releases
import Synthesis
import Tables

/// Everything that one run made, before it is written.
struct MadeTable {
  /// The real table, with the roles that the contract states.
  var input: RealInput
  /// The real rows the generator was fitted on.
  var fittedRowCount: Int
  /// The plan.
  var plan: Plan
  /// The generator.
  var generator: Generator
  /// What drew the rows: the generator's model, under the condition if there is one.
  var model: any Model
  /// The methods of variables that were found within a time, so that they are not found again.
  var chosen: ChosenMethods?
  /// The replication of the seed's draw that was kept.
  var replication: Int
  /// What was done to rows after they were sampled.
  var amendments: [ReleaseManifest.Amendment]
  /// The rows that were sampled, before any was left out.
  var drawnRowCount: Int
  /// The synthetic rows, marked.
  var table: Table
  /// The rows at the end of the table that no real row is like.
  var extrapolated: [ReleaseManifest.Extrapolation] = []
  /// The files that such rows come from.
  var extrapolatedFiles: [ReleaseContents.NamedBytes] = []
  /// How well rows that were given in part are founded.
  var given: GivenRows.Efforts?
  /// What hangs on what in the rows; `nil` where that was not looked at.
  var structure: DependenceStructure?
  /// What was given up to keep a budget.
  var economy = Economy()
  /// How a large file was looked at; `nil` if it was read whole.
  var sample: SampledFile?
  /// What code is developed with, for that purpose.
  var codeDevelopment: CodeDevelopment?
  /// What was measured, if anything.
  var measures: Measures?
  /// The joint tables for the owner's page; `nil` where nothing was measured.
  var pairTables: PairTables?
  /// The contract in force, written out.
  var contract: Contract
  /// How it was kept.
  var report: ContractReport
}
