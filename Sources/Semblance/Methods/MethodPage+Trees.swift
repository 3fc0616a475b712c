// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let trees = Self(
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
      """)
}
