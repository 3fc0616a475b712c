// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let forest = Self(
    name: "forest", summary: "a random forest for each variable, one tree drawn for each row",
    page: """
      forest: a random forest for each variable, one tree drawn for each row

      What it learns   For each variable, in the order of `trees`, fifty trees that learn from 63
                       % of the rows each and split on the best of a few predictors drawn at
                       random. Each synthetic row is drawn from a leaf of one tree, which is
                       itself drawn; that is a draw from the mean of all.
      What it holds    Counts of bins in leaves of the plan's least number of rows (20) or more,
                       of different rows, in fifty trees; the edges of bins and the values or
                       levels of `trees`. No rows. The leaves of fifty trees overlap, so they say
                       more of a small group together than one tree does.
      When it suits    Many predictors of which each tells a little; smoother than one tree.
      What it costs    Fitting takes some ten times that of `trees`, and generators of large
                       tables some megabytes.
      Source           Breiman (2001), Random forests, Machine Learning 45; Malley et al. (2012),
                       Probability machines, Methods of Information in Medicine 51; Caiola and
                       Reiter (2010), Random forests for generating partially synthetic,
                       categorical data, Transactions on Data Privacy 3.
      """)
}
