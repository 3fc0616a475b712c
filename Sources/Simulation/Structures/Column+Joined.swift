// SPDX-License-Identifier: Apache-2.0
import Tables

extension Column {
  /// The rows of columns of one name and type, one column after the other.
  static func joined(_ parts: [Column]) -> Column {
    guard var result = parts.first, parts.count > 1 else {
      return parts.first ?? Column(name: "", values: .numbers([]))
    }
    result.values = ColumnValues.joined(parts.map(\.values))
    guard parts.contains(where: { !$0.missing.isEmpty }) else {
      result.missing = .none
      return result
    }
    var reasons: [MissingReason] = []
    var codes: [UInt8] = []
    for part in parts {
      let renumbered = part.missing.reasons.map { reason -> UInt8 in
        if let known = reasons.firstIndex(of: reason) { return UInt8(known + 1) }
        if reasons.count < 255 { reasons.append(reason) }
        return UInt8(reasons.count)
      }
      codes +=
        part.missing.codes.isEmpty
        ? Array(repeating: 0, count: part.count)
        : part.missing.codes.map { $0 == 0 ? 0 : renumbered[Int($0) - 1] }
    }
    result.missing = MissingCells(reasons: reasons, codes: codes)
    return result
  }
}

extension ColumnValues {
  fileprivate static func joined(_ parts: [ColumnValues]) -> ColumnValues {
    func all<Value>(_ list: (ColumnValues) -> [Value]) -> [Value] {
      var values: [Value] = []
      values.reserveCapacity(parts.reduce(0) { $0 + $1.count })
      for part in parts { values.append(contentsOf: list(part)) }
      return values
    }
    return switch parts[0] {
    case .numbers: .numbers(all { if case .numbers(let list) = $0 { list } else { [] } })
    case .wholeNumbers:
      .wholeNumbers(all { if case .wholeNumbers(let list) = $0 { list } else { [] } })
    case .dates: .dates(all { if case .dates(let list) = $0 { list } else { [] } })
    case .times: .times(all { if case .times(let list) = $0 { list } else { [] } })
    case .dateTimes: .dateTimes(all { if case .dateTimes(let list) = $0 { list } else { [] } })
    case .booleans: .booleans(all { if case .booleans(let list) = $0 { list } else { [] } })
    case .texts: joinedTexts(parts)
    }
  }

  private static func joinedTexts(_ parts: [ColumnValues]) -> ColumnValues {
    var pool = TextPool()
    var places: [String: UInt32] = [:]
    var codes: [UInt32] = []
    for part in parts {
      guard case .texts(let own, let texts) = part else { continue }
      let renumbered = texts.texts.map { text -> UInt32 in
        if let known = places[text] { return known }
        let place = UInt32(places.count)
        places[text] = place
        pool.append(text)
        return place
      }
      codes += own.map { Int($0) < renumbered.count ? renumbered[Int($0)] : 0 }
    }
    return .texts(codes: codes, pool: pool)
  }
}
