// SPDX-License-Identifier: Apache-2.0
import Learners

/// Numbers that a table tells, each with its standard error; `nil` where one is not determined.
struct CoefficientEstimates {
  let values: [Double?]
  let errors: [Double?]

  init(values: [Double?], errors: [Double?]) {
    self.values = values
    self.errors = errors
  }

  /// The coefficients of a regression.
  init(_ fit: RegressionFit) {
    values = fit.coefficients.indices.map { fit.isKept[$0] ? fit.coefficients[$0] : nil }
    errors = fit.coefficients.indices.map { fit.standardError($0) }
  }
}
