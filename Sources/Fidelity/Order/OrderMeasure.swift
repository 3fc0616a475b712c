// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Schemas
import Tables

/// Measures how values follow one another where a column says when.
///
/// Only a column with the role of time, or a single column of points in time, orders rows; a table of
/// births or visits by chance has no order, and then both correlations are near 0.
struct OrderMeasure {
  let alignment: TableAlignment
  let schema: Schema

  /// Measures; `nil` without a column that says when.
  func result() -> OrderFidelity? {
    let columns = alignment.columns
    let declared = columns.indices.filter {
      schema.variable(named: columns[$0].name)?.role == .time && columns[$0].isContinuous
    }
    let points = columns.indices.filter {
      columns[$0].kind == .date || columns[$0].kind == .dateTime
    }
    guard let time = declared.first ?? (points.count == 1 ? points.first : nil) else { return nil }
    let orders = columns[time].sides.map { side in
      side.values.indices.filter { side.codes[$0] != 0 }.sorted {
        side.values[$0] == side.values[$1] ? $0 < $1 : side.values[$0] < side.values[$1]
      }
    }
    let results = columns.indices.filter { $0 != time && columns[$0].isContinuous }.compactMap {
      index -> OrderFidelity.Column? in
      let column = columns[index]
      let figures = column.sides.indices.map { Self.correlation(column.sides[$0], orders[$0]) }
      guard let real = figures[0], let synthetic = figures[1] else { return nil }
      let counts = orders.prefix(2).map { Double($0.count) }
      // The standard error of a serial correlation of independent values is 1/√n.
      let error = (1 / counts[0] + 1 / counts[1]).squareRoot()
      let holdout = figures.count > 2 ? figures[2].map { ($0 - real).magnitude } : nil
      return OrderFidelity.Column(
        name: column.name, real: real, synthetic: synthetic,
        difference: Score(
          (real - synthetic).magnitude, reference: holdout ?? 0.797885 * error,
          limit: max(holdout ?? 0, 0.797885 * error) + 1.162 * error,
          note: holdout == nil ? "the reference is that of independent values" : nil))
    }
    return results.isEmpty ? nil : OrderFidelity(time: columns[time].name, columns: results)
  }

  /// The correlation of each present value with the one before it.
  static func correlation(_ side: AlignedColumn.Side, _ order: [Int]) -> Double? {
    let values = order.filter { side.codes[$0] != 0 }.map { side.values[$0] }
    guard values.count > 3, let moments = Moments(of: values),
      let deviation = moments.standardDeviation, deviation > 0
    else { return nil }
    var sum = 0.0
    for place in values.indices.dropFirst() {
      sum += (values[place] - moments.mean) * (values[place - 1] - moments.mean)
    }
    return sum / (Double(values.count - 1) * deviation * deviation)
  }
}
