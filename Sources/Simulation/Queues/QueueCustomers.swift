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
  private var blocks: [FormulaData] = []
  /// What each demand is, customer by customer, when it comes up first.
  private var values: [[Double]]
  /// What it is when it comes up again, by demand, time and block.
  private var later: [Later: [Double]] = [:]
  private var arrivals: [Double] = []
  private var spent = 0.0
  private let arrivalKey: StreamKey

  private struct Later: Hashable, Sendable {
    var slot: Int
    var visit: Int
    var block: Int
  }

  /// What is asked for.
  enum Demand {
    case every
    case hold(Int)
    case patience(Int)
    case priority(Int)

    /// The name of its stream.
    var name: String {
      switch self {
      case .every: "every"
      case .hold(let step): "hold \(step)"
      case .patience(let step): "patience \(step)"
      case .priority(let step): "priority \(step)"
      }
    }

    /// Its place among all demands; a step either holds or has a priority and patience.
    @inline(__always)
    var slot: Int {
      switch self {
      case .every: 0
      case .hold(let step), .patience(let step): 2 * step + 1
      case .priority(let step): 2 * step + 2
      }
    }
  }

  init(_ kind: QueueModel.Kind, _ key: RandomKey) {
    self.kind = kind
    self.key = key
    values = Array(repeating: [], count: 2 * kind.path.count + 1)
    arrivalKey = key.stream(table: kind.name, "arrival")
  }

  /// When a customer arrives, or infinity if no more do.
  mutating func arrival(of customer: Int) throws(DataError) -> Double {
    while arrivals.count <= customer {
      let number = arrivals.count
      if let every = kind.every {
        let gap = try value(every, .every, customer: number)
        guard gap >= 0 else {
          throw DataError(
            "the time between arrivals of `\(kind.name)` is below 0",
            remedy: "Draw it from a distribution above 0, as `~ exponential(mean = 4)`.")
        }
        arrivals.append((arrivals.last ?? 0) + gap)
      } else {
        var stream = arrivalKey.stream(entity: UInt64(number))
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
  @inline(__always)
  mutating func value(
    _ maker: QueueModel.Maker, _ demand: Demand, customer: Int, visit: Int = 0
  ) throws(DataError) -> Double {
    let slot = demand.slot
    if visit == 0, customer < values[slot].count { return values[slot][customer] }
    return try made(maker, demand, customer: customer, visit: visit)
  }

  private mutating func made(
    _ maker: QueueModel.Maker, _ demand: Demand, customer: Int, visit: Int
  ) throws(DataError) -> Double {
    let index = customer / Self.blockSize
    while blocks.count <= index { blocks.append(try attributes(of: blocks.count)) }
    if visit == 0 {
      let slot = demand.slot
      while values[slot].count <= customer {
        let block = values[slot].count / Self.blockSize
        values[slot] += try numbers(maker, demand.name, blocks[block], block: block, visit: 0)
      }
      return values[slot][customer]
    }
    let place = Later(slot: demand.slot, visit: visit, block: index)
    if let list = later[place] { return list[customer % Self.blockSize] }
    let list = try numbers(
      maker, demand.name, blocks[index], block: index, visit: UInt32(visit))
    later[place] = list
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
      blocks.append(try attributes(of: blocks.count))
    }
    return kind.attributes.indices.map { index in
      Column.joined(blocks.map { $0.tables[0].columns[index] })
        .selecting(rows: Array(0..<count))
    }
  }
}
