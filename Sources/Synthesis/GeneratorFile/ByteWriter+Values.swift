// SPDX-License-Identifier: Apache-2.0
public import Tables

extension ByteWriter {
  /// Writes the values of a column.
  public mutating func write(_ values: ColumnValues) {
    switch values {
    case .numbers(let list):
      write(byte: 0)
      write(count: list.count)
      for entry in list { write(entry) }
    case .wholeNumbers(let list): write(list, kind: 1)
    case .texts(let codes, let pool):
      write(byte: 2)
      write(count: codes.count)
      for code in codes { write(pool[Int(code)]) }
    case .dates(let list): write(list.map(Int64.init), kind: 3)
    case .times(let list): write(list, kind: 4)
    case .dateTimes(let list): write(list, kind: 5)
    case .booleans(let list): write(list.map { $0 ? 1 : 0 }, kind: 6)
    }
  }

  private mutating func write(_ list: [Int64], kind: UInt8) {
    write(byte: kind)
    write(count: list.count)
    for entry in list { write(entry) }
  }

  /// Writes missing reasons.
  public mutating func write(_ reasons: [MissingReason]) {
    write(count: reasons.count)
    for reason in reasons {
      write(reason.code)
      write(byte: reason.label == nil ? 0 : 1)
      if let label = reason.label { write(label) }
    }
  }

  /// Writes how the bins of a variable stand for its values.
  public mutating func write(_ layout: VariableLayout) {
    write(layout.missingReasons)
    switch layout.content {
    case .scale(let scale):
      write(byte: 0)
      write(scale.storage.rawValue)
      write(scale.gridScale)
      write(count: scale.cells.count)
      for cell in scale.cells {
        write(cell.lower)
        write(cell.upper)
        write(cell.smoothWeight)
        write(cell.step)
        write(count: cell.spikes.count)
        for spike in cell.spikes {
          write(spike.value)
          write(spike.weight)
        }
      }
    case .levels(let levels):
      write(byte: 1)
      write(levels.levels)
      write(weights: levels.weights)
      write(levels.rareWeight)
      write(counts: levels.groupStarts)
    }
  }
}
