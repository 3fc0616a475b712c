// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let nested = Self(
    name: "nested",
    summary: "each variable drawn within groups of one other: few, plain statistics",
    page: """
      nested: each variable drawn within groups of one other

      What it learns   For each variable, in the order of `trees`, which of those before it tells most of
                       it (Cramér's V), and the variable's own distribution in each group of that one:
                       its levels, or stretches of its scale, as far as groups differ and have enough
                       rows. Towns stay within their regions, and codes within their chapters.
      What it holds    Counts of bins a group, each of at least --minimum-leaf rows; the edges of bins
                       and the values or levels of `trees`.
      When it suits    For a variable that is a finer division of another (in a plan, variable by
                       variable), and where a disclosure review must be able to read all that is held:
                       tables of two variables. What depends on two others at once is lost.
      What it costs    Next to nothing.
      Source           Nowok, Raab and Dibben (2016), synthpop, Journal of Statistical Software 74(11),
                       whose `nested` draws rows of a group; this draws from its counts. Bergsma (2013)
                       for Cramér's V without its bias.
      """)
}
