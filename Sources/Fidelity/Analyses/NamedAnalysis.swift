// SPDX-License-Identifier: Apache-2.0
public import Formulas
public import Tables

/// An analysis that users will make, named by its model and its formula.
public struct NamedAnalysis: Hashable, Sendable {
  /// What is fitted.
  public enum Model: String, Hashable, Sendable, CaseIterable {
    /// Least squares.
    case linear
    /// Logistic regression of two levels; the last one counts as one.
    case logistic
    /// Poisson regression of counts, with the logarithmic link.
    case poisson
    /// Proportional odds of ordered levels.
    case ordered
    /// Cox's proportional hazards, with `Surv(time, event)` as the response.
    case cox

    /// Whether rows may be weighted.
    var takesWeights: Bool { self != .ordered && self != .cox }
  }

  /// What is fitted.
  public var model: Model
  /// What explains what.
  public var formula: ModelFormula

  /// Creates an analysis.
  public init(_ model: Model, _ formula: ModelFormula) {
    self.model = model
    self.formula = formula
  }

  /// Reads an analysis, as `logistic: income ~ age + sex`.
  ///
  /// - Throws: `DataError` with a suggestion.
  public init(parsing text: String) throws(DataError) {
    let parts = text.split(separator: ":", maxSplits: 1)
    let name = (parts.first.map(String.init) ?? "").trimmingSpaces
    guard parts.count == 2, let model = Model(rawValue: name) else {
      throw DataError(
        "the analysis does not begin with a model",
        remedy:
          "Write one of \(Model.allCases.map(\.rawValue).joined(separator: ", ")) and a colon "
          + "before the formula, as \"linear: income ~ age + sex\".")
    }
    self.init(model, try ModelFormula(parsing: String(parts[1]).trimmingSpaces))
  }

  /// The columns it uses, the response's first.
  var columns: [String] { formula.columns }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var rest = Substring(self)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
