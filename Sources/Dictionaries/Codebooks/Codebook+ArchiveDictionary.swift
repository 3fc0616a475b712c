// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

extension Codebook {
  /// The heading of a data dictionary of the UK Data Archive.
  static let archiveHeading = "UK Data Archive Data Dictionary"

  /// Reads a data dictionary as the UK Data Archive deposits it beside tab-separated files.
  ///
  /// - Parameters:
  ///   - text: The document's plain text.
  /// - Throws: `DataError` if it lists no variables.
  init(archiveDictionary text: String, file: String) throws(DataError) {
    self.init(format: "UK Data Archive data dictionary", file: file)
    var entry: Entry?
    for line in text.split(separator: "\n") {
      if line.contains("Pos. ="), let name = Self.value(after: "Variable =", in: line) {
        if let entry { entries.append(entry) }
        var fresh = Entry(name: name)
        fresh.label = Self.value(after: "Variable label =", in: line) ?? ""
        entry = fresh
      } else if let name = Self.value(after: "File Name =", in: line), entries.isEmpty {
        title = name
      } else if let measure = Self.value(after: "measurement level is", in: line) {
        entry?.measure = Measure(rawValue: measure.lowercased().filter { $0.isLetter })
        if line.contains("string") || line.contains("text") { entry?.isText = true }
      } else if let codes = Self.value(after: "SPSS user missing values =", in: line) {
        entry?.missingCodes = Self.codes(in: codes).map { MissingReason(code: $0) }
      } else if let code = Self.value(after: "Value =", in: line),
        let label = Self.value(after: "Label =", in: line)
      {
        entry?.valueLabels.append((Self.code(code), label))
      }
    }
    if let entry { entries.append(entry) }
    guard !entries.isEmpty else {
      throw DataError(
        "the data dictionary lists no variables", file: file,
        remedy: "Give the document that lists \"Pos. = 1 Variable = …\".")
    }
    for index in entries.indices {
      let labels = Dictionary(
        entries[index].valueLabels.map { ($0.code, $0.label) },
        uniquingKeysWith: { first, _ in first })
      for place in entries[index].missingCodes.indices {
        entries[index].missingCodes[place].label = labels[entries[index].missingCodes[place].code]
      }
    }
  }

  /// What follows a key, up to the next tab.
  private static func value(after key: String, in line: Substring) -> String? {
    guard let range = line.firstRange(of: key) else { return nil }
    let rest = line[range.upperBound...].drop { $0 == " " || $0 == "\t" }
    let value = rest.prefix { $0 != "\t" }
    return String(value.reversed().drop { $0 == " " }.reversed())
  }

  /// The codes of `998 and 999` or `5, 8 and 9`.
  private static func codes(in text: String) -> [String] {
    text.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
      .filter { Double($0) != nil }.map(code)
  }

  /// A whole number without its zero decimals: `1.0` is written `1` in the data.
  private static func code(_ text: String) -> String {
    text.hasSuffix(".0") && Int(text.dropLast(2)) != nil ? String(text.dropLast(2)) : text
  }
}
