// SPDX-License-Identifier: Apache-2.0

/// Names of types, by which a document remembers what a file had.
extension ArrowType {
  private static let units: [(name: String, perSecond: Int)] = [
    ("s", 1), ("ms", 1000), ("us", 1_000_000), ("ns", 1_000_000_000),
  ]

  /// The type's name; empty for a type that any file has for such values.
  var name: String {
    func unit(_ perSecond: Int) -> String {
      Self.units.first { $0.perSecond == perSecond }?.name ?? ""
    }
    switch self {
    case .integer(64, true), .float(64), .truth, .text(false), .date(false), .null, .group, .other,
      .time(1_000_000), .timestamp(1_000_000, ""):
      return ""
    case .integer(let bits, let isSigned): return (isSigned ? "int" : "uint") + "\(bits)"
    case .float(let bits): return "float\(bits)"
    case .text: return "large_utf8"
    case .textView: return "utf8_view"
    case .decimal(let bits, let precision, let scale): return "decimal\(bits),\(precision),\(scale)"
    case .date: return "date64"
    case .time(let perSecond): return "time," + unit(perSecond)
    case .timestamp(let perSecond, let zone): return "timestamp,\(unit(perSecond)),\(zone)"
    case .duration(let perSecond): return "duration," + unit(perSecond)
    }
  }

  /// The type of a name; `nil` if it is none.
  init?(name: String) {
    let parts = name.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard let head = parts.first else { return nil }
    let perSecond = parts.count < 2 ? nil : Self.units.first { $0.name == parts[1] }?.perSecond
    switch (head, perSecond) {
    case ("large_utf8", _): self = .text(isLarge: true)
    case ("utf8_view", _): self = .textView
    case ("date64", _): self = .date(isMilliseconds: true)
    case ("time", let perSecond?): self = .time(perSecond: perSecond)
    case ("timestamp", let perSecond?):
      self = .timestamp(perSecond: perSecond, zone: parts.dropFirst(2).joined(separator: ","))
    case ("duration", let perSecond?): self = .duration(perSecond: perSecond)
    default:
      guard let kind = ["uint", "int", "float", "decimal"].first(where: { head.hasPrefix($0) }),
        let bits = Int(head.dropFirst(kind.count)), [8, 16, 32, 64, 128, 256].contains(bits)
      else { return nil }
      switch kind {
      case "uint", "int": self = .integer(bits: bits, isSigned: kind == "int")
      case "float": self = .float(bits: bits)
      default:
        guard parts.count == 3, let precision = Int(parts[1]), let scale = Int(parts[2]) else {
          return nil
        }
        self = .decimal(bits: bits, precision: precision, scale: scale)
      }
    }
  }
}
