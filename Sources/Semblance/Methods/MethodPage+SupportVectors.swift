// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let supportVectors = Self(
    name: "svm", summary: "linear support vector machines, with calibrated probabilities",
    page: """
      svm: linear support vector machines, with calibrated probabilities

      What it learns   For each variable, in the order of `trees`, one linear support vector
                       machine for each level against all others, whose sides of the margin are
                       turned into probabilities by rows it has not learned from; on a scale
                       support vector regression of normal scores, with the spread of what it
                       misses.
      What it holds    Coefficients and a calibration for each level, which rest on all rows; no
                       support vectors, which would be real rows. The edges of bins and the values
                       or levels of `trees`.
      When it suits    As the baseline that people know; `regression` gives probabilities of its
                       own and foretells them better.
      What it costs    Seconds for Adult; time grows with rows × predictors × levels.
      Source           Hsieh et al. (2008), A dual coordinate descent method for large-scale
                       linear SVM, ICML; Ho and Lin (2012), Large-scale linear support vector
                       regression, JMLR 13; Platt (1999) and Lin, Lin and Weng (2007), A note on
                       Platt's probabilistic outputs, Machine Learning 68.
      """)
}
