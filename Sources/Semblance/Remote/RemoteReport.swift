// SPDX-License-Identifier: Apache-2.0
import Disclosure
import Formats
import Tables

/// What a run of a request says of itself, as files.
struct RemoteReport {
  let trial: RemoteTrial
  /// Whether the request ran on the real table.
  let isReal: Bool
  let minimumCount: Int
  /// The SHA-256 of the script; `nil` without one.
  let scriptHash: String?

  /// The models as a table: one row a coefficient.
  ///
  /// On synthetic rows alone there is nothing to overlap with, so that column is left out.
  func models() throws(DataError) -> [UInt8] {
    var rows: [[String]] = []
    for model in trial.models {
      for entry in model.coefficients {
        var row = [model.text, entry.name, Self.text(entry.synthetic), Self.text(entry.error)]
        if isReal { row.append(Self.text(entry.overlap)) }
        rows.append(row)
      }
    }
    let header =
      ["analysis", "coefficient", "synthetic", "standard error"] + (isReal ? ["overlap"] : [])
    return try Self.bytes([header] + rows)
  }

  /// The name of the models' table.
  var modelsName: String { isReal ? "overlap.csv" : "coefficients.csv" }

  /// The tables that may leave.
  func outputs() throws(DataError) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for output in trial.outputs where output.result.isReleased {
      files.append(("table-\(output.name)", try Self.bytes(output.result.cells)))
    }
    return files
  }

  /// The page of checks: what came out, what was withheld, and why.
  var page: String {
    var lines = [
      isReal ? "# What came back" : "# What would come back", "",
      isReal
        ? "The request ran on the real table. Nothing here is a real record, and no coefficient is the real one; decide yourself whether it may leave."
        : "The request ran on **synthetic** rows. What follows is what would be withheld if they were the real ones.",
      "",
      "Rules: at least \(minimumCount) records behind each row, count and share; counts in fives, other numbers to three figures.",
      "",
    ]
    if !trial.models.isEmpty { lines += ["## Models", ""] }
    for model in trial.models {
      var words = "- `\(Self.plain(model.text))`: "
      if isReal, let overlap = model.overlap {
        words += "mean overlap \(Self.text(overlap)) over \(model.coefficients.count) coefficients"
      } else {
        words += "\(model.coefficients.count) coefficients"
      }
      lines.append(words)
      for (reason, count) in Self.counted(model.withheld) {
        lines.append("  - withheld: \(reason)" + (count > 1 ? " (\(count) times)" : ""))
      }
    }
    if !trial.models.isEmpty { lines.append("") }
    if let outcome = trial.outcome {
      lines += ["## Script", ""]
      if let scriptHash { lines.append("- SHA-256 of the script: \(scriptHash)") }
      // What it complains of could quote a record.
      lines.append("- on \(isReal ? "real" : "synthetic") rows: \(Self.ending(outcome))")
      if isReal, let twin = trial.twin {
        lines.append("- on synthetic rows: \(Self.ending(twin))")
      }
      for output in trial.outputs {
        let name = Self.plain(output.name)
        lines.append("- `\(name)`: \(output.result.isReleased ? "checked" : "withheld")")
        for reason in output.result.withheld { lines.append("  - withheld: \(Self.plain(reason))") }
      }
      let others = trial.others.count
      if others > 0 {
        lines.append(
          "- \(others) further file(s) stay with the owner: no CSV table that the script also writes on synthetic rows"
        )
      }
      lines.append("")
    }
    lines += [
      "## What no check here sees", "",
      "- Whether `n` is right, and what a number means: a script may call anything n.",
      "- What can be found by taking one returned table from another, of this request or an earlier one.",
      "- Sums in which one record dominates.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Words

  private static func ending(_ outcome: ScriptRun.Outcome) -> String {
    if outcome.isTooLong { return "stopped: it took too long" }
    if let signal = outcome.signal { return "ended by signal \(signal)" }
    return "exit status \(outcome.status ?? 0)"
  }

  private static func counted(_ words: [String]) -> [(String, Int)] {
    Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
  }

  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || "`<>".unicodeScalars.contains($0) ? "_" : $0 }
      ))
  }

  private static func text(_ number: Double?) -> String {
    guard let number else { return "" }
    let scaled = (number * 1e6).rounded() / 1e6
    return number.magnitude >= 1e-3 ? "\(scaled)" : "\(number)"
  }

  private static func bytes(_ cells: [[String]]) throws(DataError) -> [UInt8] {
    let header = cells.first ?? []
    let rows = cells.dropFirst()
    let columns = header.indices.map { place in
      let texts = rows.map { $0[place] }
      return Column(
        name: header[place],
        values: .texts(codes: texts.indices.map { UInt32($0) }, pool: TextPool(texts)))
    }
    return try CSVWriter().bytes(of: Table(columns: columns, rowCount: rows.count))
  }
}
