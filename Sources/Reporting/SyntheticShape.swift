// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Tables

/// The shares of one synthetic column, for pages that may show nothing of the real one.
struct SyntheticShape {
  private static let binCount = 24
  private static let maximumLevels = 200

  private let column: Column
  private let variable: Variable?

  init(_ column: Column, variable: Variable?) {
    self.column = column
    self.variable = variable
  }

  /// The chart, or `nil` where there is nothing to draw.
  var chart: ColumnChart? {
    guard column.count > 0 else { return nil }
    let isLevels = variable?.kind.isCategorical ?? false
    switch column.values {
    case .numbers(let values):
      return isLevels ? levels(values.map { Figure.short($0) }) : histogram(values, Figure.short)
    case .wholeNumbers(let values):
      return isLevels
        ? levels(values.map { String($0) }) : histogram(values.map { Double($0) }, Figure.short)
    case .texts(let codes, let pool): return levels(codes.map { pool[Int($0)] })
    case .booleans(let values):
      var words = ("true", "false")
      if case .boolean(let yes, let no) = column.form { words = (yes, no) }
      return levels(values.map { $0 ? words.0 : words.1 })
    case .dates(let values): return histogram(values.map { Double($0) }, Self.date)
    case .times(let values): return histogram(values.map { Double($0) }, Self.time)
    case .dateTimes(let values):
      return histogram(values.map { Double($0) }) {
        Self.date(($0 / 86_400_000_000).rounded(.down))
      }
    }
  }

  private func histogram(_ values: [Double], _ label: (Double) -> String) -> ColumnChart? {
    let present = values.indices.filter { !column.missing.isMissing(at: $0) }.map { values[$0] }
    guard let least = present.min(), let most = present.max() else { return nil }
    let width = (most - least) / Double(Self.binCount)
    var counts = [Int](repeating: 0, count: width > 0 ? Self.binCount : 1)
    for value in present {
      let place = width > 0 ? Int((value - least) / width) : 0
      counts[min(max(place, 0), counts.count - 1)] += 1
    }
    var labels = counts.indices.map { label(least + Double($0) * width) }
    // The last bin is named by where it ends, so that the axis reads from end to end.
    labels[labels.count - 1] = label(most)
    return finished(labels, counts, isHistogram: true)
  }

  private func levels(_ names: [String]) -> ColumnChart? {
    var counts: [String: Int] = [:]
    for (row, name) in names.enumerated() where !column.missing.isMissing(at: row) {
      counts[name, default: 0] += 1
    }
    let sorted = counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    let kept = sorted.prefix(Self.maximumLevels)
    let rest = sorted.dropFirst(Self.maximumLevels).reduce(0) { $0 + $1.value }
    return finished(
      kept.map(\.key) + (rest > 0 ? ["other levels"] : []),
      kept.map(\.value) + (rest > 0 ? [rest] : []), isHistogram: false)
  }

  private func finished(_ labels: [String], _ counts: [Int], isHistogram: Bool) -> ColumnChart {
    let missing = column.missing.count
    let total = Double(column.count)
    let all = counts + (missing > 0 ? [missing] : [])
    return ColumnChart(
      labels: labels + (missing > 0 ? ["missing"] : []), real: [],
      synthetic: all.map { Double($0) / total }, isHistogram: isHistogram)
  }

  private static func date(_ days: Double) -> String {
    let date = CalendarDate(daysSince1970: Int(days))
    return "\(date.year)-\(two(date.month))-\(two(date.day))"
  }

  private static func time(_ microseconds: Double) -> String {
    let minutes = Int(microseconds / 60_000_000)
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}
