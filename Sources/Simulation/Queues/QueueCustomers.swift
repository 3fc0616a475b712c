// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

/// What the customers of a kind are and ask for, made a block at a time.
///
/// Nothing of it hangs on what happens, so that columns can be made ahead.
struct QueueCustomers: Sendable {
  private static let blockSize = 1024
  let kind: QueueModel.Kind
  private let key: RandomKey
  private var blocks: [Block] = []
  private var arrivals: [Double] = []
  private var spent = 0.0

  private struct Block: Sendable {
    var data: FormulaData
    var values: [Demand: [Double]] = [:]
  }

  /// What is asked of which step, the how-manieth time.
  struct Demand: Hashable, Sendable {
    var name: String
    var visit: UInt32
  }

  init(_ kind: QueueModel.Kind, _ key: RandomKey) {
    self.kind = kind
    self.key = key
  }

  /// When a customer arrives, or infinity if no more do.
  mutating func arrival(of customer: Int) throws(DataError) -> Double {
    while arrivals.count <= customer {
      let number = arrivals.count
      if let every = kind.every {
        let gap = try value(every, "every", customer: number)
        guard gap >= 0 else {
          throw DataError(
            "the time between arrivals of `\(kind.name)` is below 0",
            remedy: "Draw it from a distribution above 0, as `~ exponential(mean = 4)`.")
        }
        arrivals.append((arrivals.last ?? 0) + gap)
      } else {
        var stream = key.stream(table: kind.name, "arrival").stream(entity: UInt64(number))
        spent += Draws.exponential(rate: 1, using: &stream)
        arrivals.append(time(ofExpected: spent))
      }
    }
    return arrivals[customer]
  }

  /// When so many arrivals are expected: the integral of the rate, turned round.
  private func time(ofExpected count: Double) -> Double {
    let rates = kind.rates
    func area(_ end: Double) -> [(from: Double, to: Double, rate: Double)] {
      rates.indices.map { index in
        (
          rates[index].time, index + 1 < rates.count ? rates[index + 1].time : end,
          rates[index].rate
        )
      }
    }
    let end = kind.cycle ?? .infinity
    let parts = area(end)
    var start = 0.0
    var rest = count
    if kind.cycle != nil {
      let whole = parts.reduce(0) { $0 + ($1.to - $1.from) * $1.rate }
      guard whole > 0 else { return .infinity }
      let rounds = (count / whole).rounded(.down)
      start = rounds * end
      rest -= rounds * whole
    }
    for part in parts {
      let size = part.rate == 0 ? 0 : (part.to - part.from) * part.rate
      if rest < size { return start + part.from + rest / part.rate }
      rest -= size
    }
    return .infinity
  }

  /// A value that a step asks of a customer.
  mutating func value(
    _ maker: QueueModel.Maker, _ name: String, customer: Int, visit: Int = 0
  ) throws(DataError) -> Double {
    let index = customer / Self.blockSize
    while blocks.count <= index { blocks.append(Block(data: try attributes(of: blocks.count))) }
    let demand = Demand(name: name, visit: UInt32(visit))
    if let list = blocks[index].values[demand] { return list[customer % Self.blockSize] }
    let list = try numbers(maker, name, blocks[index].data, block: index, visit: UInt32(visit))
    blocks[index].values[demand] = list
    return list[customer % Self.blockSize]
  }

  private func column(
    _ maker: QueueModel.Maker, _ name: String, _ data: FormulaData, block: Int, visit: UInt32
  ) throws(DataError) -> Column {
    switch maker {
    case .value(let formula): formula.column(named: name, data)
    case .draw(let draw):
      try draw.column(
        named: name, data, key: key.stream(table: kind.name, name),
        firstEntity: block * Self.blockSize, period: visit)
    }
  }

  private func numbers(
    _ maker: QueueModel.Maker, _ name: String, _ data: FormulaData, block: Int, visit: UInt32
  ) throws(DataError) -> [Double] {
    let column = try column(maker, name, data, block: block, visit: visit)
    guard column.missing.isEmpty else {
      throw DataError(
        "`\(name)` of `\(kind.name)` is missing for a customer",
        remedy: "Give every customer a value, as with `first_present(x, 0)`.")
    }
    switch column.values {
    case .numbers(let list): return list
    case .wholeNumbers(let list): return list.map { Double($0) }
    case .booleans(let list): return list.map { $0 ? 1 : 0 }
    default: return Array(repeating: 0, count: column.count)
    }
  }

  private func attributes(of block: Int) throws(DataError) -> FormulaData {
    var data = FormulaData(tables: [.init(columns: [], count: Self.blockSize)])
    for attribute in kind.attributes {
      data.tables[0].columns.append(
        try column(attribute.maker, attribute.name, data, block: block, visit: 0))
    }
    return data
  }

  /// The attributes of the first customers, column by column.
  mutating func columns(count: Int) throws(DataError) -> [Column] {
    guard count > 0 else { return [] }
    while blocks.count * Self.blockSize < count {
      blocks.append(Block(data: try attributes(of: blocks.count)))
    }
    return kind.attributes.indices.map { index in
      Column.joined(blocks.map { $0.data.tables[0].columns[index] })
        .selecting(rows: Array(0..<count))
    }
  }
}
