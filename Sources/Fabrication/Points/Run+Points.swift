// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

extension Run {
  /// One axis of the points of some rows; a point around a missing one is missing.
  func points(
    _ points: Points, axis: Int, named name: String, _ table: Int, _ batch: RowBatch,
    _ data: FormulaData
  ) throws(DataError) -> Column {
    let key = key.stream(table: specification.tables[table].name, path: ["point", points.name])
    var places = [(Double, Double)?](repeating: nil, count: batch.count)
    switch points.law {
    case .box(let box):
      for place in 0..<batch.count {
        let (u, v) = key.uniforms(entity: batch.entity(place), draw: 0)
        places[place] = points.point(in: box, u, v)
      }
    case .around(let centres):
      let known = centres.map {
        ($0.first.numbers(data), $0.second.numbers(data), $0.spread.numbers(data))
      }
      guard let weights = try? CumulativeWeights(weights: centres.map(\.weight)) else { break }
      for place in 0..<batch.count {
        let entity = batch.entity(place)
        let chosen = weights.index(at: key.uniforms(entity: entity, draw: 0).0)
        var stream = key.stream(entity: entity, draw: 1)
        let (x, y) = (Draws.normal(using: &stream), Draws.normal(using: &stream))
        guard let first = known[chosen].0[place], let second = known[chosen].1[place],
          let spread = known[chosen].2[place]
        else { continue }
        try Self.check(first, points, batch.row(place))
        places[place] = points.point(first, second, east: spread * x, north: spread * y)
      }
    case .walk(let walk):
      let firsts = walk.first.numbers(data)
      let seconds = walk.second.numbers(data)
      let numbers = walk.parent.map { self.numbers(within: $0, of: table) }
      let owners = walk.parent.map {
        self.data.parentRows[specification.tables[table].firstLink + $0]
      }
      for place in 0..<batch.count {
        guard let first = firsts[place], let second = seconds[place] else { continue }
        try Self.check(first, points, batch.row(place))
        let row = batch.row(place)
        let path = RandomWalk(key: key, entity: UInt64(bitPattern: Int64(owners?[row] ?? 0)))
        let (x, y) = path.place(after: numbers?[row] ?? row)
        let point = points.point(first, second, east: walk.step * x, north: walk.step * y)
        places[place] = walk.box.map { points.reflected(point, in: $0) } ?? point
      }
    }
    var missing = MissingCells.none
    if places.contains(where: { $0 == nil }) {
      missing = MissingCells(
        reasons: [MissingReason(code: "")], codes: places.map { $0 == nil ? 1 : 0 })
    }
    return Column(
      name: name, values: .numbers(places.map { (axis == 0 ? $0?.0 : $0?.1) ?? 0 }),
      missing: missing, form: .number(NumberForm(decimals: 17)))
  }

  private static func check(
    _ latitude: Double, _ points: Points, _ row: Int
  ) throws(DataError) {
    guard points.isGeographic, !(-90...90 ~= latitude) else { return }
    throw DataError(
      "the latitude of `\(points.name)` is beyond a pole in row \(row + 1)",
      remedy: "Give latitudes from -90 to 90; the longitude is the other axis.")
  }
}
