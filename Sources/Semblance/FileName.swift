// SPDX-License-Identifier: Apache-2.0
import Studies

/// The parts of a file's name.
struct FileName {
  /// The name without folders and extensions, with the table's name where one of several is meant.
  let base: String
  /// The extension, `csv` if there is none; that of packing stays with it: `csv.gz`.
  let pathExtension: String

  init(_ path: String) {
    let location = TableLocation(argument: path)
    var file = location.path.split(separator: "/").last.map(String.init) ?? ""
    let table = location.table.map { String($0.map { $0 == "/" ? "_" : $0 }) }
    if location.scheme != nil {
      // The database names the output: its table's name follows, unless a query stands there.
      file = String(file.prefix { $0 != "?" }.map { $0 == "." ? "_" : $0 })
      let isQuery = location.table?.contains(where: \.isWhitespace) == true
      base = [file, isQuery ? "query" : table].compactMap { $0 }.joined(separator: ".")
      pathExtension = "csv"
      return
    }
    var stem = Substring(file)
    var endings: [Substring] = []
    while let point = stem.lastIndex(of: "."), point != stem.startIndex {
      let ending = stem[stem.index(after: point)...]
      // One ending of any kind, and that of a packing after it.
      let isPacking = FormatCatalogue.packings.contains(ending.lowercased())
      guard endings.isEmpty || (endings.count == 1 && isPacked(endings[0])) else { break }
      endings.insert(ending, at: 0)
      stem = stem[..<point]
      if !isPacking { break }
    }
    let name = stem.isEmpty || stem == "-" ? "table" : String(stem)
    base = table.map { "\(name).\($0)" } ?? name
    pathExtension = endings.isEmpty ? "csv" : endings.joined(separator: ".")
  }
}

private func isPacked(_ ending: Substring) -> Bool {
  FormatCatalogue.packings.contains(ending.lowercased())
}
