// SPDX-License-Identifier: Apache-2.0
import JointSynthesis

extension MethodCatalogue.Method {
  static let mixture = Self(
    name: JointSynthesizer.mixtureMethod,
    summary: "classes of rows: normals for scales, shares for levels, in each class",
    page: """
      mixture: classes of rows that nobody sees, each with normals and shares of levels

      What it learns   Classes of rows, from k-means on: in each, scales of twelve bins or more are
                       jointly normal (as normal scores), and the classes of all other variables'
                       bins independent. 1, 2, 4, 8, 16 or 32 classes, as long as that makes the
                       score (BIC) better. Missing cells are part of it: whether a scale is missing
                       is a level of each class, and what is missing is summed over.
      What it holds    For each class, of 20 rows or more, its share, means, covariances and shares
                       of levels; the bins of `trees` with their counts, by which margins are exact.
                       Learned from 50,000 rows at the most. No rows.
      When it suits    When rows fall into kinds. Fine dependence between levels, and of spikes, is
                       lost.
      What it costs    Time grows with rows × classes × (levels' columns + the square of scales).
      The plan         All variables of a group depend on each other; a plan that keeps two apart
                       which a third is tied to is refused. One variable may be balanced.
      Source           McLachlan and Peel (2000), Finite Mixture Models; Dempster, Laird and Rubin
                       (1977), JRSS B 39; Lazarsfeld and Henry (1968), Latent Structure Analysis;
                       Arthur and Vassilvitskii (2007), SODA, for the start.
      """)
}
