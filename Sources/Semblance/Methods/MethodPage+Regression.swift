// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let regression = Self(
    name: "regression", summary: "a regression for each variable, by its kind",
    page: """
      regression: a regression for each variable, by its kind

      What it learns   For each variable, in the order of `trees`, a regression on the variables
                       before it: logistic for two levels, multinomial for more, ordered for
                       levels with an order; on a scale a linear regression of normal scores,
                       whose spread is drawn and brought back through the variable's bins (scores
                       are the same after a logarithm or a root, so none has to be named); counts
                       by Poisson's law or the negative binomial, where that foretells better.
                       Missing reasons, and values that a fifth of the rows share, are classes of
                       their own. No interactions.
      What it holds    Coefficients (at most 300 a class), spread and thresholds, which rest on
                       all rows that have a value; levels of too few rows share a coefficient. The
                       edges of bins and the values or levels of `trees`. No rows, no counts of
                       small groups.
      When it suits    When few numbers are to tell all that was learned; small tables; analyses
                       that are linear. It misses interactions, and curves other than those of
                       normal scores.
      What it costs    Seconds for Adult; variables of many levels take most of it.
      Source           McCullagh and Nelder (1989), Generalized linear models; McCullagh (1980),
                       Regression models for ordinal data, JRSS B 42; Böhning (1992), Multinomial
                       logistic regression algorithm, AISM 44; Raghunathan et al. (2001), A
                       multivariate technique for multiply imputing missing values using a
                       sequence of regression models, Survey Methodology 27.
      """)
}
