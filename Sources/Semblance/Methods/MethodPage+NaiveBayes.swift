// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let naiveBayes = Self(
    name: "naive-bayes", summary: "naive Bayes: predictors independent given the variable",
    page: """
      naive-bayes: naive Bayes: predictors independent given the variable

      What it learns   For each variable, in the order of `trees`, how often each group of bins of
                       each predictor occurs in each group of its own bins; predictors count as
                       independent given it. Scales are cut into about 10 groups as predictors and
                       24 as targets.
      What it holds    Shares of pairs of groups that the plan's least number of rows (20) or more
                       have; rarer pairs are given what is left of their group, as all rows are.
                       The edges of bins and the values or levels of `trees`. No rows.
      When it suits    As a plain baseline, and where tables of pairs are all that may be held.
                       Predictors that say the same thing are counted twice, so that conditionals
                       come out too sharp.
      What it costs    Little more than reading the table.
      Source           Maron (1961), Automatic indexing, Journal of the ACM 8; Hand and Yu (2001),
                       Idiot's Bayes: not so stupid after all?, International Statistical Review
                       69.
      """)
}
