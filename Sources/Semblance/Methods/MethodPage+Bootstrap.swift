// SPDX-License-Identifier: Apache-2.0
import JointSynthesis

extension MethodCatalogue.Method {
  static let bootstrap = Self(
    name: JointSynthesizer.bootstrapMethod,
    summary: "REAL ROWS drawn with replacement: the other end of the scale; holds real rows",
    page: """
      bootstrap: real rows drawn with replacement, by their bins

      CAUTION          Each synthetic row is a REAL ROW, but for levels that few rows have and for
                       places within bins. The generator holds real rows too. This protects nobody:
                       release neither where a row could tell of a person.
      What it learns   Nothing.
      What it holds    The bins of 100,000 real rows at the most: the smallest group is one row.
      When it suits    To see what a measure says of rows that are as faithful, and as risky, as can be;
                       for resampling that never leaves the house. Variables that must be independent
                       are drawn from rows of their own; one variable may be balanced.
      What it costs    Next to nothing.
      Source           Efron (1979), Bootstrap methods, Annals of Statistics 7.
      """)
}
