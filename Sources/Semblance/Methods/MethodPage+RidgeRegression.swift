// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let ridgeRegression = Self(
    name: "ridge-regression",
    summary: "`regression` with coefficients drawn towards 0 as held-out rows say",
    page: """
      ridge-regression: `regression` with coefficients drawn towards 0 as held-out rows say

      What it learns   What `regression` learns; the squares of coefficients cost something, and
                       how much is chosen for each variable among four penalties by the fifth of
                       the rows that was not learned from.
      What it holds    What `regression` holds.
      When it suits    Few rows, or many predictors for them.
      What it costs    Some five times as much as `regression`.
      Source           Hoerl and Kennard (1970), Ridge regression, Technometrics 12; le Cessie and
                       van Houwelingen (1992), Ridge estimators in logistic regression, Applied
                       Statistics 41.
      """)
}
