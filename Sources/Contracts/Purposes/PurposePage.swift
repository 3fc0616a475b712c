// SPDX-License-Identifier: Apache-2.0

/// The page on a purpose.
public enum PurposePage {
  /// The page: what it is for, what its default contract promises, and what it cannot carry.
  public static func text(of purpose: Purpose) -> String {
    var lines = ["\(purpose.rawValue): \(purpose.summary)", ""]
    lines.append("What it is for     " + use(of: purpose))
    let rows =
      purpose.maximumRowCount.map { "at most \($0), fewer if the real table has fewer" }
      ?? "as many as the real table"
    lines.append("Rows               \(rows); --rows or `rows` of a contract say otherwise.")
    lines.append(
      "What it promises   For each learned variable: structure, missingness within 0.05 and distribution "
        + "within \(purpose.distributionLimit)")
    lines.append(
      "                   (Kolmogorov–Smirnov or total variation), or one and a half times what fresh real"
    )
    lines.append("                   rows get where that is more.")
    lines.append(
      "Relationships      "
        + (purpose.learnsRelationships
          ? "learned"
            + (purpose.pairLimit.map { "; the mean error of all pairs is at most \($0)." }
              ?? ", without a limit.")
          : "not learned, but exact ones (sums, codes and their labels, order) hold in every row."))
    lines.append("Outliers           \(purpose.outliers.rawValue).")
    lines.append(
      "Marking            "
        + (purpose.markingColumn.map {
          "a column \"\($0)\" that is 1 in every row, and the file’s name."
        }
          ?? "the file’s name; no column, so that the structure stays."))
    if let count = purpose.minimumCount {
      lines.append(
        "Protection         every level or value shown rests on \(count) real rows or more.")
    }
    lines.append("What it cannot do  " + limits(of: purpose))
    return lines.joined(separator: "\n")
  }

  private static func use(of purpose: Purpose) -> String {
    switch purpose {
    case .preview:
      "To see, before asking for access, which columns a table has and how they look. A large delimited "
        + "file is looked at through 128 ranges of bytes, not read whole; preview.md says what was not seen."
    case .proofOfConcept: "To try whether an idea, its plots and its maps work at all."
    case .availability:
      "To have enough of the cases that the real table has few of: give `balance`."
    case .presentation:
      "To show a table, a tool or a figure to people who must not see the real rows."
    case .codeDevelopment:
      "To write and test code that will run on the real table. Beside the data come few rows in which all "
        + "occurs (covering) and rows that break assumptions on purpose, each listed (faulty); "
        + "--run SCRIPT runs a script on both and says what broke."
    case .remoteWork:
      "To write an analysis that the owner later runs on the real table: `semblance remote` packs a bundle, "
        + "tries the analysis, and returns what may leave."
    }
  }

  private static func limits(of purpose: Purpose) -> String {
    switch purpose {
    case .preview: "No relationship, no total and no rare case can be read from it."
    case .proofOfConcept: "Effects, tests and rankings found in it are no findings."
    case .availability:
      "Shares of what was balanced are set, not observed. Cases that the real table lacks appear only where "
        + "`extrapolated` of a contract brings them in, by a rule or from a file, marked in a column. More rows "
        + "of a rare class seldom help a model: `evaluate` with real rows that nobody learned from "
        + "(--holdout) says whether these do, beside SMOTE-NC and doing nothing."
    case .presentation: "What is not shown and not in its contract was not checked."
    case .codeDevelopment:
      "No effect can be read from it."
    case .remoteWork: "Confirm every finding on the real data before it is published."
    }
  }
}
