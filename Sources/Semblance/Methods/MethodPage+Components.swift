// SPDX-License-Identifier: Apache-2.0
import JointSynthesis

extension MethodCatalogue.Method {
  static let components = Self(
    name: JointSynthesizer.componentMethod,
    summary: "principal components of scales and levels, behind exact margins",
    page: """
      pca: principal components of scales and levels (factor analysis of mixed data)

      What it learns   A few numbers that nobody sees, each row's scores on components: the leading
                       eigenvectors of the correlations of normal scores (scales) and indicators
                       over the root of their shares (levels and missing reasons), as in factor
                       analysis of mixed data. How many, at most 50, is chosen by the score (BIC) of
                       probabilistic principal components. A row's scores are drawn, then what they
                       leave of each variable, then the bins, whose margins are those of the table.
      What it holds    For each scale and level one loading a component; the bins of `trees` with
                       their counts. No rows.
      When it suits    When variables are many and move together, as answers to a questionnaire or
                       sensors do. What is not linear in scores is lost, and strong ties of levels
                       are weakened, since a probability cannot follow a line below 0.
      What it costs    Time grows with rows × the square of columns; learned from 50,000 rows at
                       the most.
      The plan         All variables of a group depend on each other; a plan that keeps two apart
                       which a third is tied to is refused. One variable may be balanced.
      Source           Tipping and Bishop (1999), JRSS B 61; Pagès (2004), Revue de statistique
                       appliquée 52; Schwarz (1978), Annals of Statistics 6.
      """)
}
