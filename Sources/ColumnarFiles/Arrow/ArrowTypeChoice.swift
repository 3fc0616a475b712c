// SPDX-License-Identifier: Apache-2.0
import Schemas
import Studies
import Tables

/// Chooses the type in which a column is written: the one its own file had, if all values fit into it.
struct ArrowTypeChoice {
  /// The name of columns whose texts were codes into a dictionary.
  static let dictionary = "dictionary"

  let type: ArrowType
  /// The levels that come first in the dictionary; `nil` if texts are written as they are.
  let levels: [String]?
  /// Whether the order of the levels means something.
  let isOrdered: Bool

  init(_ column: Column, in document: StudyDocument) {
    let stated = document.file.columnTypes?[column.name] ?? ""
    let variable = document.variable(of: column)
    type = Self.type(
      column, stated: ArrowType(name: stated), isFloat: variable.stored?.storage == .float)
    guard case .texts = column.values else {
      levels = nil
      isOrdered = false
      return
    }
    let missing = Set((column.missing.reasons + variable.missingCodes).map(\.code))
    isOrdered = variable.kind == .orderedCategory && !variable.valueLabels.isEmpty
    levels =
      isOrdered
      ? variable.valueLabels.map(\.code).filter { !missing.contains($0) }
      : (stated == Self.dictionary ? [] : nil)
  }

  private static func type(_ column: Column, stated: ArrowType?, isFloat: Bool) -> ArrowType {
    switch column.values {
    case .booleans: return .truth
    case .texts: return .text(isLarge: stated == .text(isLarge: true))
    case .dates: return .date(isMilliseconds: stated == .date(isMilliseconds: true))
    case .wholeNumbers(let list): return wholeNumbers(list, column, stated)
    case .numbers(let list): return numbers(list, column, stated, isFloat)
    case .times(let list):
      guard case .time(let perSecond)? = stated, fits(list, perSecond) else {
        return .time(perSecond: 1_000_000)
      }
      return .time(perSecond: perSecond)
    case .dateTimes(let list):
      guard case .timestamp(let perSecond, let zone)? = stated, fits(list, perSecond) else {
        return .timestamp(perSecond: 1_000_000, zone: "")
      }
      return .timestamp(perSecond: perSecond, zone: zone)
    }
  }

  private static func wholeNumbers(
    _ list: [Int64], _ column: Column, _ stated: ArrowType?
  ) -> ArrowType {
    switch stated {
    case .integer(let bits, let isSigned)? where !list.isEmpty:
      let least = isSigned ? Int64.min >> Int64(64 - bits) : 0
      let greatest = isSigned ? ~least : (bits == 64 ? .max : Int64(1) << Int64(bits) - 1)
      let codes = StandingCodes(column, isWhole: true).numbers
      let isFitting =
        list.allSatisfy { $0 >= least && $0 <= greatest }
        && codes.allSatisfy { $0 >= Double(least) && $0 <= Double(greatest) }
      return isFitting
        ? .integer(bits: bits, isSigned: isSigned) : .integer(bits: 64, isSigned: true)
    case .duration(let perSecond)?: return .duration(perSecond: perSecond)
    case .decimal(let bits, let precision, 0)?:
      return decimal(list.map(Double.init), column, bits, precision, 0)
        ?? .integer(bits: 64, isSigned: true)
    default: return .integer(bits: 64, isSigned: true)
    }
  }

  private static func numbers(
    _ list: [Double], _ column: Column, _ stated: ArrowType?, _ isFloat: Bool
  ) -> ArrowType {
    if case .decimal(let bits, let precision, let scale)? = stated,
      let type = decimal(list, column, bits, precision, scale)
    {
      return type
    }
    let codes = StandingCodes(column, isWhole: false).numbers
    let areFloats = !list.isEmpty && (list + codes).allSatisfy { Double(Float($0)) == $0 }
    let isStated = isFloat || stated == .float(bits: 32) || stated == .float(bits: 16)
    return .float(bits: isStated && areFloats ? 32 : 64)
  }

  /// A type of decimals, if no value is cut by it.
  private static func decimal(
    _ list: [Double], _ column: Column, _ bits: Int, _ precision: Int, _ scale: Int
  ) -> ArrowType? {
    guard [64, 128].contains(bits), (0...15).contains(scale), (1...38).contains(precision),
      !list.isEmpty
    else { return nil }
    let power = (0..<scale).reduce(1.0) { power, _ in power * 10 }
    let limit = min(9e15, (0..<min(precision, 16)).reduce(1.0) { power, _ in power * 10 })
    let codes = StandingCodes(column, isWhole: false).numbers
    let isFitting = (list + codes).allSatisfy { number in
      let scaled = (number * power).rounded()
      return scaled.magnitude < limit && scaled / power == number
    }
    return isFitting ? .decimal(bits: bits, precision: precision, scale: scale) : nil
  }

  /// Whether microseconds can be told in parts of a second.
  private static func fits(_ list: [Int64], _ perSecond: Int) -> Bool {
    guard !list.isEmpty else { return false }
    if perSecond > 1_000_000 {
      return list.allSatisfy { !$0.multipliedReportingOverflow(by: 1000).overflow }
    }
    return list.allSatisfy { $0 % Int64(1_000_000 / perSecond) == 0 }
  }
}
