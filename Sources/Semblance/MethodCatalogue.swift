// SPDX-License-Identifier: Apache-2.0
import JointSynthesis
import TreeSynthesis

/// The methods there are.
public enum MethodCatalogue {
  /// A method in words.
  public struct Method: Hashable, Sendable {
    /// The name, for `--method`.
    public let name: String
    /// What it does, on one line.
    public let summary: String
    /// The page on it.
    public let page: String
  }

  /// The name of the one that chooses among the others.
  public static let automatic = TreeSynthesizer.automaticMethod

  /// All methods, the default first.
  public static let all = [
    Method(
      name: "trees", summary: "sequential trees on binned columns; the default",
      page: """
        trees: sequential trees on binned columns

        What it learns   For each variable, visited from few values to many, a tree of the variables
                         before it. Leaves hold the whole distribution of the variable's bins:
                         spread, modes, missing reasons and all.
        What it holds    Counts of bins in leaves of 20 rows or more, the edges of bins, and values
                         or levels that 10 rows or more share (5 in tables below 1,000 rows). No
                         rows, no rare value, no true minimum or maximum.
        When it suits    Tables of mixed columns, from fifty rows to millions; the first choice.
        What it costs    Time grows with rows × columns × predictors; Adult (32,561 × 15) takes a
                         fraction of a second.
        Source           Reiter (2005), Using CART to generate partially synthetic public use
                         microdata, Journal of Official Statistics 21(3). Entropy splits on bins,
                         the price of a split and the drawing inside bins are our own.
        """),
    Method(
      name: "boosting", summary: "gradient boosting on a hierarchy of each variable's bins",
      page: """
        boosting: gradient boosting on a hierarchy of each variable's bins

        What it learns   For each variable, in the order of `trees`, its bins cut in two again and
                         again; at each cut, boosted trees of the variables before it tell which way
                         a row goes. Each cut has five ensembles that learn from four fifths of the
                         rows each, and twice the trees that lower the loss of the fifth they have
                         not seen. Afterwards each cut is shifted so that margins do not drift.
        What it holds    Cuts of bins, and trees whose leaves of 40 rows or more hold one number
                         each; the edges of bins and the values or levels of `trees`. No counts in
                         leaves, no rows.
        When it suits    When synthetic rows must not lie closer to real rows than strangers do, at
                         the fidelity of `trees`; from about a thousand rows.
        What it costs    Time grows with rows × columns × predictors × bits of a variable's
                         information; Adult (32,561 × 15) takes about ten seconds of processor time.
        Source           Friedman (2001), Greedy function approximation, Annals of Statistics 29;
                         Beygelzimer et al. (2009), Conditional probability tree estimation, UAI.
                         The cross-fitted stop and the shifts are our own.
        """),
    Method(
      name: "auto", summary: "trees or boosting for each variable, as held-out rows say",
      page: """
        auto: trees or boosting for each variable, as held-out rows say

        What it learns   Of up to 8,000 rows, drawn the same way each time, both methods learn each
                         variable from four fifths and foretell the last fifth. Boosting is taken where
                         its score is better by more than a standard error; else the tree. Then all rows
                         are fitted. `semblance plan` and the manifest say what was tried, its scores and
                         its size; the plan can be changed.
        What it holds    What the chosen method holds of each variable, and nothing of the trial but its
                         scores, rounded.
        When it suits    When there is time, and no reason to prefer a method. `--budget` implies it,
                         unless there is no time for it or a method is named. A table below 500 rows is
                         learned by trees.
        What it costs    Boosting's time where that is chosen, and a fifth to a half of it for the trial.
        Source           Brier (1950) and Epstein (1969) for the scores, which are proper: Gneiting and
                         Raftery (2007), Journal of the American Statistical Association 102.
        """),
    Method(
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
        """),
    Method(
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
        """),
  ]
}
