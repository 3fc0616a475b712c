// SPDX-License-Identifier: Apache-2.0
import JointSynthesis

extension MethodCatalogue.Method {
  static let adasyn = Self(
    name: JointSynthesizer.adasynMethod,
    summary: "smote, with more rows where the levels of a balanced variable mix; holds real rows",
    page: """
      adasyn: rows between near real rows, more of them where levels mix

      CAUTION          As `smote`: each synthetic row lies on a line between two real rows, and the
                       generator holds real rows. Release neither where a row could tell of a person.
      What it learns   As `smote`; but within each level that balancing makes more common, rows weigh
                       by the share of other levels among their five nearest, so that hard cases are
                       drawn more often; other levels are drawn evenly. Without a balanced variable it
                       does as `smote` does.
      What it holds    What `smote` holds, and the weights: the smallest group is one row.
      When it suits    To balance a rare level for a classifier that never leaves the house.
      What it costs    Up to twice the time of `smote`.
      Source           He, Bai, Garcia and Li (2008), ADASYN, IJCNN, 1322–1328.
      """)
}
