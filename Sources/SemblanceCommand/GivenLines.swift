// SPDX-License-Identifier: Apache-2.0
import Semblance

/// How well rows under conditions are founded, as lines and as JSON.
enum GivenLines {
  static func lines(_ efforts: GivenRows.Efforts) -> [String] {
    var lines: [String] = []
    if let lowest = efforts.lowest, let median = efforts.median {
      lines.append(
        "\(efforts.weightedRowCount) rows were chosen among weighted candidates: effective sample size "
          + "\(rounded(median)) in the median, \(rounded(lowest)) at least"
          + (efforts.lowRowCount > 0
            ? ", below \(rounded(GivenRows.Efforts.low)) in \(efforts.lowRowCount)." : "."))
    }
    if efforts.unseenRowCount > 0 {
      lines.append(
        "\(efforts.unseenRowCount) rows are given values that the generator never makes together; they "
          + "were filled in as nearly as its counts allow.")
    }
    if efforts.gapRowCount > 0 {
      lines.append(
        "\(efforts.gapRowCount) rows keep an empty cell: what is given leaves no value for it."
      )
    }
    return lines
  }

  static func lines(_ model: ConditionedModel) -> [String] {
    guard let effort = model.effort else { return [] }
    return [
      "About 1 in \(rounded(1 / model.rate)) of the generator's rows satisfies the condition; "
        + "\(rounded(effort.candidatesPerRow)) weighted candidates a row, each worth "
        + "\(rounded(100 * effort.effectiveShare)) % of one."
    ]
  }

  static func object(_ efforts: GivenRows.Efforts) -> JSONObject {
    var entries: [(String, JSONObject.Value)] = [
      ("exactRows", .number(Double(efforts.exactRowCount))),
      ("weightedRows", .number(Double(efforts.weightedRowCount))),
    ]
    if let lowest = efforts.lowest { entries.append(("lowest", .number(lowest))) }
    if let median = efforts.median { entries.append(("median", .number(median))) }
    entries.append(("lowRows", .number(Double(efforts.lowRowCount))))
    entries.append(("unseenRows", .number(Double(efforts.unseenRowCount))))
    entries.append(("gapRows", .number(Double(efforts.gapRowCount))))
    return JSONObject(entries)
  }

  static func object(_ effort: ConditionedModel.Effort) -> JSONObject {
    JSONObject([
      ("share", .number(effort.effectiveShare)),
      ("candidatesPerRow", .number(effort.candidatesPerRow)),
    ])
  }

  /// Whole numbers from ten on, one decimal below.
  static func rounded(_ value: Double) -> String {
    value >= 10
      ? String(Int(min(value, 1e15).rounded())) : String((value * 10).rounded() / 10)
  }
}
