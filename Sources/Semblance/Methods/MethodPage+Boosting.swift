// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let boosting = Self(
    name: "boosting", summary: "gradient boosting on a hierarchy of each variable's bins",
    page: """
      boosting: gradient boosting on a hierarchy of each variable's bins

      What it learns   For each variable, in the order of `trees`, its bins cut in two again and
                       again; at each cut, boosted trees of the variables before it tell which way
                       a row goes. Each cut has five ensembles that learn from four fifths of the
                       rows each, and twice the trees that lower the loss of the fifth they have
                       not seen; trees have 6 leaves, or 31 where that foretells unseen rows better.
                       A variable of few values gets ten ensembles and smaller steps. The only such
                       variable among numbers is visited last, and told from all of them.
                       Afterwards each cut is shifted so that margins do not drift.
      What it holds    Cuts of bins, and trees whose leaves of 40 rows or more hold one number
                       each; the edges of bins and the values or levels of `trees`. No counts in
                       leaves, no rows.
      When it suits    When synthetic rows must not lie closer to real rows than strangers do, at
                       the fidelity of `trees`; from about a thousand rows.
      What it costs    Time grows with rows × columns × predictors × bits of a variable's
                       information; Adult (32,561 × 15) takes about thirty seconds of processor time.
      Source           Friedman (2001), Greedy function approximation, Annals of Statistics 29;
                       Beygelzimer et al. (2009), Conditional probability tree estimation, UAI.
                       The cross-fitted stop and the shifts are our own.
      """)
}
