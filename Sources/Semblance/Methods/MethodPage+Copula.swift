// SPDX-License-Identifier: Apache-2.0
import JointSynthesis

extension MethodCatalogue.Method {
  static let copula = Self(
    name: JointSynthesizer.copulaMethod,
    summary: "a Gaussian copula: correlated normals behind exact margins",
    page: """
      copula: a Gaussian copula, correlated normals behind exact margins

      What it learns   The margin of each variable, bin by bin, missing reasons included; and for
                       each pair one correlation of the normals behind them: of normal scores
                       where bins are many, tetrachoric or polychoric where they are few. Levels
                       without an order are put in the order that says most of the other
                       variables. Whether a cell is missing has a normal of its own. Where
                       correlations do not fit together, the nearest that do are taken.
      What it holds    The bins of `trees` with their counts, and one number a pair, which rests
                       on as many rows as a leaf must or is 0. No rows.
      When it suits    When relationships may be shown as one number each and no more: the least
                       that a generator can hold of a table with its correlations. What is not
                       monotone, and what three variables do together, is lost.
      What it costs    Time grows with rows × the square of columns; Adult (32,561 × 15) takes a
                       fraction of a second.
      The plan         Predictors say only which variables may depend on each other: pairs that
                       the plan does not tie have correlation 0. One variable may be balanced.
      Source           Nelsen (2006), An Introduction to Copulas; Olsson (1979), Psychometrika 44;
                       Higham (2002), IMA Journal of Numerical Analysis 22; Gifi (1990), Nonlinear
                       Multivariate Analysis, for the order of levels.
      """)
}
