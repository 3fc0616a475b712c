// SPDX-License-Identifier: Apache-2.0

/// What is done to the real values of a variable before anything is learned from them.
public enum PlanTransform: Hashable, Sendable, Codable {
  /// Values above a quantile, a share in 0...1, become that quantile.
  case topCode(quantile: Double)
  /// Values below a quantile, a share in 0...1, become that quantile.
  case bottomCode(quantile: Double)
  /// Values above a limit, in the unit of the variable, become the limit.
  case topCodeAt(Double)
  /// Values below a limit, in the unit of the variable, become the limit.
  case bottomCodeAt(Double)
  /// Values become the nearest multiple of a number, in the unit of the variable.
  case round(to: Double)
  /// Levels held by fewer rows than this become the level "other".
  case group(minimum: Int)
  /// Dates are moved by up to so many days, by the same number for all dates of a row.
  case shiftDates(days: Int)

  /// The transform in words.
  public var description: String {
    switch self {
    case .topCode(let quantile): "values above the quantile \(quantile) become that quantile"
    case .bottomCode(let quantile): "values below the quantile \(quantile) become that quantile"
    case .topCodeAt(let limit): "values above \(limit) become \(limit)"
    case .bottomCodeAt(let limit): "values below \(limit) become \(limit)"
    case .round(let step): "values are rounded to multiples of \(step)"
    case .group(let minimum): "levels of fewer than \(minimum) rows become \"other\""
    case .shiftDates(let days): "dates are moved by up to \(days) days, all dates of a row alike"
    }
  }
}
