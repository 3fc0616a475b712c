// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let nearest = Self(
    name: "nearest", summary: "nearest prototypes, each the mean of many rows",
    page: """
      nearest: nearest prototypes, each the mean of many rows

      What it learns   For each variable, in the order of `trees`, up to 400 prototypes in the
                       space of the variables before it, each predictor stretched by how much it
                       tells of the variable. A row is drawn from the three nearest prototypes,
                       the nearer the more often.
      What it holds    The mean of each prototype's rows, the plan's least number (20) or more,
                       and how often each bin of the variable occurs among them. Classic nearest
                       neighbours keep the real rows themselves and give out their values; these
                       do not.
      When it suits    Smooth dependence on a few scales; as the baseline that people know.
      What it costs    Time grows with rows × prototypes × predictors, in fitting and in drawing.
      Source           Fix and Hodges (1951), Discriminatory analysis, USAF School of Aviation
                       Medicine; Lloyd (1982), Least squares quantization in PCM, IEEE
                       Transactions on Information Theory 28; Bergsma (2013), A bias-correction
                       for Cramér's V, Journal of the Korean Statistical Society 42.
      """)
}
