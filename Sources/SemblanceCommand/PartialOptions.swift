// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Semblance

/// What is replaced where the rest of a table stays real.
struct PartialOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Make a PARTIALLY synthetic table: only these columns are generated, given all others of their row; all others stay REAL, row by row, but identifiers, which are made anew. May be given more than once.",
      valueName: "column,…"))
  var replace: [String] = []

  @Option(
    help: ArgumentHelp(
      "Generate only in the rows that satisfy a condition, such as \"age > 90\": the columns of --replace, or whole rows without it. Everything else stays REAL.",
      valueName: "condition"))
  var replaceWhere: String?

  /// What was asked for; `nil` where all is generated.
  var request: ReplacementRequest? {
    guard !replace.isEmpty || replaceWhere != nil else { return nil }
    return ReplacementRequest(variables: replace, condition: replaceWhere)
  }
}
