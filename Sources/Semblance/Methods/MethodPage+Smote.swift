// SPDX-License-Identifier: Apache-2.0
import JointSynthesis

extension MethodCatalogue.Method {
  static let smote = Self(
    name: JointSynthesizer.smoteMethod,
    summary:
      "rows between near real rows (SMOTE, SMOTE-NC, SMOTE-N): the baseline; holds real rows",
    page: """
      smote: rows between near real rows, the baseline that people know

      CAUTION          Each synthetic row lies on a line between two real rows, to the width of a bin:
                       whoever knows one of them, or sees some rows of one line, learns of the other.
                       The generator holds real rows too. Release neither where a row could tell of a
                       person; `semblance evaluate` shows how close rows come.
      What it learns   Which five rows are nearest to each row. A synthetic row starts at a real one,
                       chooses one of its five and goes a share of the way, the same for all scales
                       (SMOTE); of levels it has the most frequent among the five (SMOTE-NC). Scales
                       count by their deviations, and levels that differ count as one deviation. A
                       missing cell is far from a present one by as much; whether a cell is missing is
                       the row's own. Where one variable is balanced, rows are near only within its
                       level, which is SMOTE as published; if all others are levels too, they are near
                       by what they say of it (SMOTE-N, value difference metric).
      What it holds    The bins of 20,000 real rows at the most, and which are near each other: the
                       smallest group is one row. Levels that few rows have, and extremes, are not in
                       the bins.
      When it suits    To balance a rare level for a classifier that never leaves the house, and as the
                       baseline that other methods must beat. Rows shrink towards each other, and rare
                       levels are outvoted: margins and spreads are not those of the table.
      What it costs    Time grows with the square of rows: seconds for 20,000.
      Source           Chawla, Bowyer, Hall and Kegelmeyer (2002), JAIR 16; Stanfill and Waltz (1986),
                       CACM 29, for the metric of levels.
      """)
}
