// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Schemas
import Tables

/// A histogram of values on a scale, on round edges with open ends.
///
/// The edges are round numbers between the real table's 1 % and 99 % points, so that the labels
/// show no real value.
struct ScaleChart {
  let chart: ColumnChart

  init(_ column: AlignedColumn, ascending: [[Double]]) {
    let edges = Self.edges(ascending[0])
    var labels = Self.labels(edges, kind: column.kind)
    let rows = column.sides.prefix(2).map { Double($0.codes.count) }
    var bars = ascending.prefix(2).enumerated().map { side, values in
      Self.counts(values, edges: edges).map { rows[side] > 0 ? Double($0) / rows[side] : 0 }
    }
    let missing = column.sides.prefix(2).map { $0.codes.count - $0.presentCount }
    if missing.contains(where: { $0 > 0 }) {
      labels.append("missing")
      for side in bars.indices {
        bars[side].append(rows[side] > 0 ? Double(missing[side]) / rows[side] : 0)
      }
    }
    chart = ColumnChart(labels: labels, real: bars[0], synthetic: bars[1], isHistogram: true)
  }

  /// Round edges, at most about 20; none if nothing is present.
  private static func edges(_ real: [Double]) -> [Double] {
    guard let low = Quantiles.quantile(0.01, ofSorted: real),
      let high = Quantiles.quantile(0.99, ofSorted: real)
    else { return [] }
    let span = high - low
    guard span > 0, span.isFinite else { return [] }
    let rough = span / 18
    var magnitude = 1.0
    while magnitude > rough { magnitude /= 10 }
    while magnitude * 10 <= rough { magnitude *= 10 }
    let step = [1.0, 2, 5, 10].map { $0 * magnitude }.first { $0 >= rough } ?? magnitude * 10
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard last >= first, last - first < 100 else { return [] }
    return stride(from: first, through: last, by: 1).map { edge in
      // Dividing by a power of ten keeps 0.3 from becoming 0.30000000000000004.
      step < 1 ? edge / (1 / step).rounded() : edge * step
    }
  }

  /// How many values lie below the first edge, between two edges, from the last edge on.
  private static func counts(_ ascending: [Double], edges: [Double]) -> [Int] {
    guard !edges.isEmpty else { return [ascending.count] }
    var counts = [Int](repeating: 0, count: edges.count + 1)
    var bin = 0
    for value in ascending {
      while bin < edges.count, value >= edges[bin] { bin += 1 }
      counts[bin] += 1
    }
    return counts
  }

  private static func labels(_ edges: [Double], kind: VariableKind) -> [String] {
    guard let first = edges.first, let last = edges.last else { return ["all values"] }
    let texts = edges.map { text($0, kind: kind) }
    return ["below \(text(first, kind: kind))"]
      + zip(texts, texts.dropFirst()).map { "\($0) to below \($1)" }
      + ["\(text(last, kind: kind)) and above"]
  }

  private static func text(_ value: Double, kind: VariableKind) -> String {
    switch kind {
    case .date where value.magnitude < 1e8: day(Int(value.rounded(.down)))
    case .dateTime where value.magnitude < 1e19:
      day(Int((value / 86_400_000_000).rounded(.down))) + " " + clock(value)
    case .time: clock(value)
    default:
      value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : "\(value)"
    }
  }

  private static func day(_ days: Int) -> String {
    let date = CalendarDate(daysSince1970: days)
    return "\(date.year)-\(digits(date.month))-\(digits(date.day))"
  }

  private static func clock(_ microseconds: Double) -> String {
    let day = 86_400_000_000.0
    let rest = microseconds - (microseconds / day).rounded(.down) * day
    let minutes = Int(rest / 60_000_000)
    return "\(digits(minutes / 60)):\(digits(minutes % 60))"
  }

  private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
