// SPDX-License-Identifier: Apache-2.0
import Formulas
import Numerics
import Randomness
import Tables

extension LifeRun {
  /// Lets people found households of their own, or move to one that chance chooses.
  mutating func perform(_ move: LifeProgram.Move) throws(DataError) {
    let (table, link) = (move.table, model.links[move.link])
    let chosen = try truths(
      move.condition, state.data, state.keys[table], table: table,
      stream: ["", "move", "\(move.ordinal)"])
    let movers = chosen.indices.filter { chosen[$0] }
    note("moved", table, movers.count)
    guard !movers.isEmpty, let column = column(link.column, in: table),
      let id = self.column(model.populations[link.parent].idColumn, in: link.parent)
    else { return }
    let ids: Tables.Column
    switch move.goal {
    case .new:
      let family = stream(link.parent, ["", "founded", "\(move.ordinal)"])
      let keys = movers.map {
        family.bits(entity: state.keys[table][$0], period: periodNumber, draw: 0).0
      }
      let old = movers.map { state.data.parentRows[move.link][$0] }
      var columns = try make(
        new: move.columns, of: link.parent, from: table, movers.map { Int32($0) }, keys)
      // What is not set is as in the household they leave.
      for index in state.data.tables[link.parent].columns.indices where columns[index] == nil {
        if old.allSatisfy({ $0 >= 0 }) {
          columns[index] = state.data.tables[link.parent].columns[index].selecting(
            rows: old.map(Int.init))
        }
      }
      append(columns, keys, to: link.parent)
      ids = state.data.tables[link.parent].columns[id].ids(of: keys)
    case .random:
      // A ring of households: each mover's draw points to the next one, so that another household
      // changes the way of few.
      let ring = stream(link.parent, ["", "ring", "\(move.ordinal)"])
      let places = state.keys[link.parent].enumerated().map {
        (point: ring.bits(entity: $1, period: periodNumber, draw: 0).0, row: $0)
      }.sorted { $0 < $1 }
      guard !places.isEmpty else { return }
      let goal = stream(table, ["", "goal", "\(move.ordinal)"])
      let rows = movers.map { mover -> Int in
        let point = goal.bits(entity: state.keys[table][mover], period: periodNumber, draw: 0).0
        var (low, high) = (0, places.count)
        while low < high {
          let middle = (low + high) / 2
          if places[middle].point < point { low = middle + 1 } else { high = middle }
        }
        return places[low == places.count ? 0 : low].row
      }
      ids = state.data.tables[link.parent].columns[id].selecting(rows: rows)
    }
    state.data.tables[table].columns[column] =
      state.data.tables[table].columns[column].replacing(movers, by: ids)
    state.resolve(move.link, model)
  }

  /// Brings people of two kinds together, those alike first.
  ///
  /// Both kinds are put in the order of what should be alike, moved by chance as far as `spread` says,
  /// and matched in that order; of the more numerous kind, chance leaves some out.
  mutating func pair(_ pairing: LifeProgram.Pairing) {
    let declared = pairing.declared
    let table = declared.table
    let keys = state.keys[table]
    let firsts = pairing.first.truths(state.data)
    let seconds = pairing.second.truths(state.data)
    let numbers = pairing.by?.numbers(state.data)
    let choice = stream(table, ["", "pair", "\(pairing.ordinal)"])
    func ranked(_ rows: [Int], _ limit: Int) -> [Int] {
      let kept = rows.map { row in
        (draw: choice.bits(entity: keys[row], period: periodNumber, draw: 0).0, row: row)
      }.sorted { $0 < $1 }.prefix(limit)
      return kept.map { draw, row -> (Double, UInt64, Int) in
        var stream = choice.stream(entity: keys[row], period: periodNumber, draw: 1)
        let noise = declared.spread > 0 ? declared.spread * Draws.normal(using: &stream) : 0
        return ((numbers?[row] ?? 0) + noise, draw, row)
      }.sorted { $0 < $1 }.map(\.2)
    }
    let one = firsts.indices.filter { firsts[$0] == true }
    let two = seconds.indices.filter { seconds[$0] == true && firsts[$0] != true }
    let count = min(one.count, two.count)
    note("paired", table, count)
    guard count > 0, let id = column(model.populations[table].idColumn, in: table) else { return }
    let (left, right) = (ranked(one, count), ranked(two, count))
    let ids = state.data.tables[table].columns[id]
    let partners = state.data.tables[table].columns[pairing.column]
    state.data.tables[table].columns[pairing.column] = partners.replacing(
      left + right, by: ids.selecting(rows: right + left))
    if declared.home != .none, let link = declared.link,
      let column = column(model.links[link].column, in: table)
    {
      let homes = state.data.tables[table].columns[column]
      let (movers, hosts) = declared.home == .first ? (right, left) : (left, right)
      state.data.tables[table].columns[column] = homes.replacing(
        movers, by: homes.selecting(rows: hosts))
    }
    for (link, declared) in model.links.enumerated() where declared.child == table {
      state.resolve(link, model)
    }
  }
}
