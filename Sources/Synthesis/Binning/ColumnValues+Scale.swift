// SPDX-License-Identifier: Apache-2.0
public import Tables

extension ColumnValues {
  /// Whether the values lie on a scale: all but texts and truth values.
  public var isScale: Bool {
    switch self {
    case .numbers, .wholeNumbers, .dates, .times, .dateTimes: true
    case .texts, .booleans: false
    }
  }

  /// The values as numbers on their scale: days for dates, microseconds for times.
  ///
  /// Texts have none.
  public var scaleValues: [Double] {
    switch self {
    case .numbers(let values): values
    case .wholeNumbers(let values): values.map(Double.init)
    case .dates(let values): values.map(Double.init)
    case .times(let values): values.map(Double.init)
    case .dateTimes(let values): values.map(Double.init)
    case .texts, .booleans: []
    }
  }
}

extension Column {
  /// Units of the grid on which the values are written in one: ten to the power of the decimals, 1 for
  /// whole numbers, days and microseconds, 0 for numbers with more than twelve decimals.
  public var gridScale: Double {
    switch values {
    case .numbers:
      guard let decimals = form.number?.decimals, decimals <= 12 else { return 0 }
      return (0..<max(decimals, 0)).reduce(1.0) { power, _ in power * 10 }
    case .wholeNumbers, .dates, .times, .dateTimes: return 1
    case .texts, .booleans: return 0
    }
  }
}
