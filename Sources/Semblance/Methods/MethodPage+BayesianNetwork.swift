// SPDX-License-Identifier: Apache-2.0
import JointSynthesis

extension MethodCatalogue.Method {
  static let bayesianNetwork = Self(
    name: JointSynthesizer.networkMethod,
    summary: "a Bayesian network: tables of counts given up to three parents",
    page: """
      bayesian-network: tables of counts given up to three parents

      What it learns   Who depends on whom: from the tree of Chow and Liu on, edges are added,
                       removed or turned round as long as that makes the score (BIC) better. Then,
                       for each variable, the counts of its bins in each combination of its
                       parents' classes (ten at the most, six in tables below 5,000 rows).
                       Combinations of few rows give up their weakest parent; each leans on the
                       next coarser with the weight of one row.
      What it holds    Counts of bins in combinations of 20 rows or more, and the bins of `trees`.
                       No rows.
      When it suits    When the structure itself is to be seen and edited: the plan has it, as the
                       predictors of each variable.
      What it costs    Structure is sought with 50,000 rows at the most; time grows with rows ×
                       the square of columns.
      The plan         Pairs that must be independent have no common ancestor. Edges that a
                       contract asks for stay as long as there is room for a parent; the plan says
                       where there was none. One variable may be balanced.
      Source           Chow and Liu (1968), IEEE Transactions on Information Theory 14; Heckerman,
                       Geiger and Chickering (1995), Machine Learning 20; Schwarz (1978), Annals of
                       Statistics 6; Zhang et al. (2017), PrivBayes, ACM TODS 42, for networks that
                       make synthetic rows.
      """)
}
