// SPDX-License-Identifier: Apache-2.0
import JointSynthesis

extension MethodCatalogue.Method {
  static let adversarialForest = Self(
    name: JointSynthesizer.adversarialForestMethod,
    summary: "adversarial random forest: leaves in which variables are independent",
    page: """
      arf: adversarial random forest

      What it learns   A forest of ten trees is grown to tell real rows from rows made of each
                       variable by itself; from then on from rows made of the last forest's
                       leaves, until it can no more. In each leaf variables are then as good as
                       independent. Of the rounds that one counts whose leaves give held-out rows
                       the greatest likelihood. A row draws a leaf by its rows, and then each
                       variable by its bins there.
      What it holds    For each leaf, of 20 rows or more, how many of them lie in each bin of each
                       variable; a leaf of fewer is joined to its neighbour. No rows. Margins are
                       those of the table. Trees grow on 50,000 rows at the most; all rows are
                       counted.
      When it suits    For a fast look at a table of many kinds of variables whose dependences are
                       not fine. `trees` are closer to the data at the same price.
      What it costs    Time grows with rows × rounds × the root of the number of variables.
      The plan         All variables of a group depend on each other; a plan that keeps two apart
                       which a third is tied to is refused. One variable may be balanced.
      Source           Watson, Blesch, Kapar and Wright (2023), Adversarial random forests for
                       density estimation and generative modeling, AISTATS (PMLR 206). Unlike it,
                       bins take the place of normal densities in leaves, and levels are put in
                       the order of another variable for each tree.
      """)
}
