// SPDX-License-Identifier: Apache-2.0

/// Names of columns made fit to be told apart: none empty, none twice, none with spaces around it.
package struct DistinctNames {
  /// The names.
  package private(set) var names: [String] = []
  /// How many names had to be changed.
  package private(set) var changedCount = 0

  /// Makes names distinct; an empty one is called by its place, the second of a kind gets a number.
  package init(_ given: [String]) {
    var taken: Set<String> = []
    var copies: [String: Int] = [:]
    for (column, spelled) in given.enumerated() {
      let trimmed = Self.trimmed(spelled)
      let name = trimmed.isEmpty ? "V\(column + 1)" : trimmed
      var candidate = name
      while !taken.insert(candidate).inserted {
        copies[name, default: 1] += 1
        candidate = "\(name)_\(copies[name] ?? 1)"
      }
      if candidate != trimmed { changedCount += 1 }
      names.append(candidate)
    }
  }

  private static func trimmed(_ name: String) -> String {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    let bytes = Array(name.utf8)
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
