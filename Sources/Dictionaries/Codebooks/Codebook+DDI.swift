// SPDX-License-Identifier: Apache-2.0
import Markup
import Schemas
import Tables

extension Codebook {
  /// Reads the variables of a DDI-Codebook document, of version 1 or 2; its statistics are of another
  /// table and are left aside.
  ///
  /// ## Source
  /// DDI Alliance, DDI-Codebook 2.5: `var`, `labl`, `valrng`, `invalrng`, `catgry`, `varFormat`.
  ///
  /// - Returns: `nil` if the document is XML of another kind.
  /// - Throws: `DataError` if it is damaged, or declares a document type.
  init?(ddi bytes: [UInt8], file: String) throws(DataError) {
    var scanner = XMLScanner(bytes, file: file)
    guard try scanner.next() == .start, scanner.isNamed("codeBook") else { return nil }
    self.init(format: "DDI-Codebook", file: file)
    let language = try scanner.attribute("lang")
    while true {
      switch try scanner.next() {
      case .finish: return
      case .start:
        if scanner.isNamed("var") {
          if let entry = try Self.variable(&scanner, language: language) { entries.append(entry) }
        } else if scanner.isNamed("titl"), title.isEmpty {
          title = try scanner.elementText().trimmed
        }
      case .end, .text: break
      }
    }
  }

  private static func variable(
    _ scanner: inout XMLScanner, language: String?
  ) throws(DataError) -> Entry? {
    let name = try scanner.attribute("name") ?? ""
    var entry = Entry(name: name)
    if let language { entry.language = String(language.prefix { $0 != "-" }) }
    switch try scanner.attribute("nature") {
    case "nominal": entry.measure = .nominal
    case "ordinal": entry.measure = .ordinal
    case "interval", "ratio": entry.measure = .scale
    default: if try scanner.attribute("intrvl") == "contin" { entry.measure = .scale }
    }
    if try scanner.attribute("wgt") != nil { entry.role = .weight }
    if let text = try scanner.attribute("dcml"), let decimals = Int(text),
      (0...15).contains(decimals)
    {
      entry.decimals = decimals
      entry.storedKind = decimals == 0 ? .wholeNumber : .number
    }
    let level = scanner.depth
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < level) { break }
      guard piece == .start else { continue }
      if scanner.isNamed("labl") {
        let text = try scanner.elementText().trimmed
        if entry.label.isEmpty { entry.label = text }
      } else if scanner.isNamed("catgry") {
        try readCategory(&scanner, into: &entry)
      } else if scanner.isNamed("valrng") {
        try readRange(&scanner, into: &entry)
      } else if scanner.isNamed("invalrng") {
        try readMissing(&scanner, into: &entry)
      } else if scanner.isNamed("varFormat") {
        entry.isText = try scanner.attribute("type") == "character"
        try scanner.skipElement()
      } else {
        try scanner.skipElement()
      }
    }
    return name.isEmpty ? nil : entry
  }

  private static func readCategory(
    _ scanner: inout XMLScanner, into entry: inout Entry
  ) throws(DataError) {
    let mark = try scanner.attribute("missing")?.lowercased()
    let isMissing = mark == "y" || mark == "yes" || mark == "true"
    var code = ""
    var label = ""
    let level = scanner.depth
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < level) { break }
      guard piece == .start else { continue }
      if scanner.isNamed("catValu") {
        code = try scanner.elementText().trimmed
      } else if scanner.isNamed("labl") {
        let text = try scanner.elementText().trimmed
        if label.isEmpty { label = text }
      } else {
        try scanner.skipElement()
      }
    }
    guard !code.isEmpty else { return }
    if !label.isEmpty { entry.valueLabels.append((code: code, label: label)) }
    if !isMissing, !code.isEmpty { entry.levels.append(code) }
    if isMissing, !entry.missingCodes.contains(where: { $0.code == code }) {
      entry.missingCodes.append(MissingReason(code: code, label: label.isEmpty ? nil : label))
    } else if isMissing,
      let place = entry.missingCodes.firstIndex(where: { $0.code == code }), !label.isEmpty
    {
      entry.missingCodes[place].label = label
    }
  }

  private static func readRange(
    _ scanner: inout XMLScanner, into entry: inout Entry
  ) throws(DataError) {
    let level = scanner.depth
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < level) { return }
      guard piece == .start, scanner.isNamed("range") else { continue }
      entry.minimum = try scanner.attribute("min").flatMap { Double($0) } ?? entry.minimum
      entry.maximum = try scanner.attribute("max").flatMap { Double($0) } ?? entry.maximum
    }
  }

  private static func readMissing(
    _ scanner: inout XMLScanner, into entry: inout Entry
  ) throws(DataError) {
    let level = scanner.depth
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < level) { return }
      guard piece == .start, scanner.isNamed("item"), let code = try scanner.attribute("VALUE"),
        !code.isEmpty, !entry.missingCodes.contains(where: { $0.code == code })
      else { continue }
      entry.missingCodes.append(MissingReason(code: code))
    }
  }
}

extension String {
  /// The text without white space around it.
  fileprivate var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
