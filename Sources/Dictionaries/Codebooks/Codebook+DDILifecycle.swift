// SPDX-License-Identifier: Apache-2.0
import Markup
import Schemas
import Tables

extension Codebook {
  /// Reads the variables of a DDI-Lifecycle document of version 3.1 to 3.3, whole or in fragments.
  ///
  /// ## Source
  /// DDI Alliance, DDI-Lifecycle 3.3: `Variable`, `CodeList`, `Category`.
  ///
  /// - Returns: `nil` if the document is XML of another kind.
  /// - Throws: `DataError` if it is damaged, or declares a document type.
  init?(ddiLifecycle bytes: [UInt8], file: String) throws(DataError) {
    var scanner = XMLScanner(bytes, file: file)
    guard try scanner.next() == .start,
      scanner.isNamed("FragmentInstance") || scanner.isNamed("DDIInstance")
    else { return nil }
    self.init(format: "DDI-Lifecycle", file: file)
    var reading = LifecycleReading()
    while true {
      let piece = try scanner.next()
      if piece == .finish { break }
      guard piece == .start else { continue }
      if scanner.isNamed("Variable") {
        try reading.readVariable(&scanner)
      } else if scanner.isNamed("CodeList") || scanner.isNamed("CodeScheme") {
        try reading.readCodes(&scanner)
      } else if scanner.isNamed("Category") {
        try reading.readCategory(&scanner)
      } else if title.isEmpty, scanner.isNamed("Title") {
        title = try LifecycleReading.text(of: "String", &scanner) ?? ""
      }
    }
    entries = reading.entries
  }
}

/// What a walk through a DDI-Lifecycle document gathers, before references are followed.
private struct LifecycleReading {
  private var variables: [(entry: Codebook.Entry, codes: String?)] = []
  private var lists: [String: [(code: String, category: String)]] = [:]
  private var categories: [String: (label: String, isMissing: Bool)] = [:]

  /// The variables with the meaning of their codes.
  var entries: [Codebook.Entry] {
    variables.map { variable in
      var entry = variable.entry
      for (code, place) in variable.codes.flatMap({ lists[$0] }) ?? [] {
        let category = categories[place]
        let label = category?.label ?? ""
        if !label.isEmpty { entry.valueLabels.append((code: code, label: label)) }
        let known = entry.missingCodes.firstIndex { $0.code == code }
        if let known {
          if !label.isEmpty { entry.missingCodes[known].label = label }
        } else if category?.isMissing == true {
          entry.missingCodes.append(MissingReason(code: code, label: label.isEmpty ? nil : label))
        }
      }
      return entry
    }
  }

  mutating func readVariable(_ scanner: inout XMLScanner) throws(DataError) {
    var entry = Codebook.Entry(name: "")
    if try scanner.attribute("isWeight") == "true" { entry.role = .weight }
    var codes: String?
    try Self.forEachElement(&scanner) { scanner throws(DataError) in
      if scanner.isNamed("VariableName") {
        entry.name = try Self.text(of: "String", &scanner) ?? entry.name
      } else if scanner.isNamed("Label") {
        let label = try Self.text(of: "Content", &scanner)
        if entry.label.isEmpty { entry.label = label ?? "" }
      } else if scanner.isNamed("CodeListReference") || scanner.isNamed("CodeSchemeReference") {
        codes = try Self.reference(&scanner)
      } else if scanner.isNamed("LowDouble") || scanner.isNamed("Low") {
        entry.minimum = Double(try scanner.elementText())
      } else if scanner.isNamed("HighDouble") || scanner.isNamed("High") {
        entry.maximum = Double(try scanner.elementText())
      } else if scanner.isRepresentation {
        if scanner.isNamed("TextRepresentation") { entry.isText = true }
        if scanner.isNamed("DateTimeRepresentation") { entry.storedKind = .date }
        if let text = try scanner.attribute("decimalPositions"), let decimals = Int(text),
          (0...15).contains(decimals)
        {
          entry.decimals = decimals
          entry.storedKind = decimals == 0 ? .wholeNumber : .number
        }
        switch try scanner.attribute("classificationLevel") {
        case "Nominal"?: entry.measure = .nominal
        case "Ordinal"?: entry.measure = .ordinal
        case "Interval"?, "Ratio"?, "Continuous"?: entry.measure = .scale
        default: break
        }
        for code in (try scanner.attribute("missingValue") ?? "").split(separator: " ") {
          entry.missingCodes.append(MissingReason(code: String(code)))
        }
      }
    }
    if !entry.name.isEmpty { variables.append((entry, codes)) }
  }

  mutating func readCodes(_ scanner: inout XMLScanner) throws(DataError) {
    var identifier: String?
    var list: [(code: String, category: String)] = []
    var category = ""
    try Self.forEachElement(&scanner) { scanner throws(DataError) in
      if scanner.isNamed("ID"), identifier == nil {
        identifier = try scanner.elementText()
      } else if scanner.isNamed("CategoryReference") {
        category = try Self.reference(&scanner) ?? ""
      } else if scanner.isNamed("Value") {
        list.append((try scanner.elementText(), category))
      }
    }
    if let identifier { lists[identifier] = list }
  }

  mutating func readCategory(_ scanner: inout XMLScanner) throws(DataError) {
    var identifier: String?
    var label = ""
    let marks = [try scanner.attribute("isMissing"), try scanner.attribute("missing")]
    let isMissing = marks.contains("true")
    try Self.forEachElement(&scanner) { scanner throws(DataError) in
      if scanner.isNamed("ID"), identifier == nil {
        identifier = try scanner.elementText()
      } else if scanner.isNamed("Label"), label.isEmpty {
        label = try Self.text(of: "Content", &scanner) ?? ""
      }
    }
    if let identifier { categories[identifier] = (label, isMissing) }
  }

  // MARK: Elements

  /// Calls a body at the start of each element inside the present one, at any depth.
  private static func forEachElement(
    _ scanner: inout XMLScanner, _ body: (inout XMLScanner) throws(DataError) -> Void
  ) throws(DataError) {
    let level = scanner.depth
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < level) { return }
      if piece == .start { try body(&scanner) }
    }
  }

  /// The text of the first element of a name inside the present one.
  static func text(of name: StaticString, _ scanner: inout XMLScanner) throws(DataError) -> String?
  {
    var text: String?
    try forEachElement(&scanner) { scanner throws(DataError) in
      guard scanner.isNamed(name), text == nil else { return }
      text = try scanner.elementText()
    }
    return text
  }

  /// The identifier that a reference points to: stated, or the fourth part of its URN.
  private static func reference(_ scanner: inout XMLScanner) throws(DataError) -> String? {
    var identifier: String?
    try forEachElement(&scanner) { scanner throws(DataError) in
      if scanner.isNamed("ID") {
        identifier = try scanner.elementText()
      } else if scanner.isNamed("URN") {
        let parts = try scanner.elementText().split(separator: ":")
        if identifier == nil, parts.count >= 4 { identifier = String(parts[3]) }
      }
    }
    return identifier
  }
}

extension XMLScanner {
  /// Whether the present element says how values are represented.
  fileprivate var isRepresentation: Bool {
    isNamed("NumericRepresentation") || isNamed("TextRepresentation")
      || isNamed("CodeRepresentation") || isNamed("DateTimeRepresentation")
  }
}
