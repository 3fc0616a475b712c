// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let survival = Self(
    name: "survival",
    summary: "durations by proportional hazards, all else as `regression`",
    page: """
      survival: durations by proportional hazards, all else as `regression`

      What it learns   For each variable on a scale Cox's model of grouped times: a baseline hazard
                       over the variable's bins, which predictors multiply. For all others what
                       `regression` learns. Name it for the steps of a plan that are durations, and
                       another method for the rest. A duration that ends by an event or by the end
                       of watching is learned as it stands, and the event given the duration (visit
                       the duration first): hazards of the two add up to that of the end.
      What it holds    Coefficients (at most 300 a variable) and the thresholds of the baseline,
                       which rest on all rows that have a value. No rows.
      When it suits    Times to events, waiting times, lengths of stay, where few rows are to tell
                       much. `trees` and `boosting` follow hazards that cross, given enough rows.
      What it costs    About what `regression` costs, and more where a scale has many values.
      Source           Cox (1972), Regression models and life-tables, JRSS B 34; Prentice and
                       Gloeckler (1978), Regression analysis of grouped survival data, Biometrics
                       34; McCullagh (1980), JRSS B 42, for its fit.
      """)
}
