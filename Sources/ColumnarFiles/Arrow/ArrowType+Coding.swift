// SPDX-License-Identifier: Apache-2.0
import Tables

extension ArrowType {
  private static let perSecond = [1, 1000, 1_000_000, 1_000_000_000]

  /// Reads a type by its number in the schema and the table that describes it.
  ///
  /// - Throws: `DataError` if they do not fit.
  init(_ number: Int, _ table: FlatTable, file: String) throws(DataError) {
    func perSecond(default unit: Int) throws(DataError) -> Int {
      let unit = try table.number(0, as: Int16.self, default: unit)
      guard Self.perSecond.indices.contains(unit) else { throw ColumnarDamage.error(file) }
      return Self.perSecond[unit]
    }
    switch number {
    case 1: self = .null
    case 2:
      let bits = try table.number(0, as: Int32.self)
      guard [8, 16, 32, 64].contains(bits) else { throw ColumnarDamage.error(file) }
      self = .integer(bits: bits, isSigned: try table.flag(1))
    case 3:
      let precision = try table.number(0, as: Int16.self)
      guard (0...2).contains(precision) else { throw ColumnarDamage.error(file) }
      self = .float(bits: 16 << precision)
    case 4: self = .other(bufferCount: 3)
    case 5: self = .text(isLarge: false)
    case 6: self = .truth
    case 7:
      let bits = try table.number(2, as: Int32.self, default: 128)
      guard [32, 64, 128, 256].contains(bits) else { throw ColumnarDamage.error(file) }
      let precision = try table.number(0, as: Int32.self)
      self = .decimal(bits: bits, precision: precision, scale: try table.number(1, as: Int32.self))
    case 8: self = .date(isMilliseconds: try table.number(0, as: Int16.self, default: 1) == 1)
    case 9: self = .time(perSecond: try perSecond(default: 1))
    case 10: self = .timestamp(perSecond: try perSecond(default: 0), zone: try table.text(1) ?? "")
    case 13: self = .group
    case 14:
      // A union has no record of what is null; a dense one has places beside its types.
      self = .other(bufferCount: try table.number(0, as: Int16.self) == 0 ? 1 : 2)
    case 16: self = .other(bufferCount: 1)
    case 18: self = .duration(perSecond: try perSecond(default: 1))
    case 19: self = .other(bufferCount: 3)
    case 20: self = .text(isLarge: true)
    case 22: self = .other(bufferCount: 0)
    case 23: self = .other(bufferCount: nil)
    case 24: self = .textView
    case 25, 26: self = .other(bufferCount: 3)
    case 11, 12, 15, 17, 21: self = .other(bufferCount: 2)
    default:
      throw ColumnarDamage.unsupported("a type of column that is newer than this program", file)
    }
  }

  /// The type's number in the schema, and the table that describes it.
  var coded: (number: UInt8, table: FlatValue) {
    func unit(_ perSecond: Int) -> FlatValue {
      .short(Self.perSecond.firstIndex(of: perSecond) ?? 2)
    }
    switch self {
    case .truth: return (6, .table([]))
    case .integer(let bits, let isSigned): return (2, .table([.int(bits), .flag(isSigned)]))
    case .float(let bits): return (3, .table([.short(bits == 16 ? 0 : bits == 32 ? 1 : 2)]))
    case .text(let isLarge): return (isLarge ? 20 : 5, .table([]))
    case .textView: return (24, .table([]))
    case .decimal(let bits, let precision, let scale):
      return (7, .table([.int(precision), .int(scale), .int(bits)]))
    case .date(let isMilliseconds): return (8, .table([.short(isMilliseconds ? 1 : 0)]))
    case .time(let perSecond):
      return (9, .table([unit(perSecond), .int(perSecond <= 1000 ? 32 : 64)]))
    case .timestamp(let perSecond, let zone):
      return (10, .table([unit(perSecond), zone.isEmpty ? nil : .text(zone)]))
    case .duration(let perSecond): return (18, .table([unit(perSecond)]))
    case .null, .group, .other: return (1, .table([]))
    }
  }
}
