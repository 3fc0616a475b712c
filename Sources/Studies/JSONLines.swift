// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads lines that hold one object each, some bytes at a time.
struct JSONLines {
  private let file: String
  /// The columns, in the order in which their members first came up.
  private(set) var names: [String] = []
  private var places: [String: Int] = [:]
  private var line = 0

  /// Creates a reader; members that are known already have the first columns.
  init(file: String, names: [String] = []) {
    self.file = file
    self.names = names
    for (place, name) in names.enumerated() { places[name] = place }
  }

  /// Reads whole lines and gives the members of each object, by the number of their column.
  ///
  /// - Throws: `DataError` with the line that is no object.
  mutating func read(
    _ bytes: [UInt8],
    _ body: (Range<Int>, [(column: Int, cell: JSONCell)]) throws(DataError) -> Void
  ) throws(DataError) {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      line += 1
      defer { start = end + 1 }
      if bytes[start..<end].allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      var scanner = JSONScanner(bytes, start..<end)
      let members: [(name: String, cell: JSONCell)]
      do throws(JSONScanner.Damage) {
        members = try scanner.object()
      } catch {
        throw DataError(
          "the line is no JSON object", file: file, line: line,
          position: error.place - start + 1, remedy: "Write one object in braces a line.")
      }
      var cells: [(column: Int, cell: JSONCell)] = []
      cells.reserveCapacity(members.count)
      for (name, cell) in members { cells.append((place(of: name), cell)) }
      try body(start..<end, cells)
    }
  }

  private mutating func place(of name: String) -> Int {
    if let known = places[name] { return known }
    places[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
