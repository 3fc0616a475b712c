// SPDX-License-Identifier: Apache-2.0
import Tables

/// Makes names that a format allows, each once.
struct ExportNames {
  private let kind: StatisticalFormat
  private let limits: ExportLimits
  private var used: Set<String> = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ kind: StatisticalFormat, limits: ExportLimits) {
    self.kind = kind
    self.limits = limits
  }

  mutating func name(for original: String) -> String {
    var base = legal(original)
    // A name of which nothing is left gets the number of its variable.
    if !base.contains(where: { $0 != "_" }), base != original {
      base = (kind == .por ? "VAR" : "var") + String(used.count + 1)
    }
    var name = base
    var number = 1
    while !used.insert(key(name)).inserted || isReserved(name) {
      number += 1
      let ending = "_\(number)"
      name =
        ExportLimits.cut(
          base, bytes: limits.nameBytes - ending.utf8.count,
          characters: limits.nameCharacters - ending.count) + ending
    }
    if name != original {
      diagnostics.append(
        Diagnostic(
          .warning, "is named \"\(name)\" in the file: \(kind.rawValue) does not allow its name",
          column: original))
    }
    return name
  }

  /// SPSS and SAS take small and large letters as the same.
  private func key(_ name: String) -> String { kind == .dta ? name : name.uppercased() }

  private func legal(_ original: String) -> String {
    var name = ""
    for scalar in (kind == .por ? original.uppercased() : original).unicodeScalars {
      name.unicodeScalars.append(isAllowed(scalar) ? scalar : "_")
    }
    if let first = name.unicodeScalars.first, !mayStart(first) {
      name = (kind == .por ? "V" : "v") + name
    }
    if name.isEmpty { name = kind == .por ? "V" : "v" }
    name = ExportLimits.cut(name, bytes: limits.nameBytes, characters: limits.nameCharacters)
    while kind.calendar == .spss, name.last == "." { name.removeLast() }
    return name.isEmpty ? "V" : name
  }

  private func isAllowed(_ scalar: UnicodeScalar) -> Bool {
    switch scalar {
    case "A"..."Z", "a"..."z", "0"..."9", "_": return true
    case "@", "#", "$", ".": return kind.calendar == .spss
    default:
      guard limits.isUnicode, kind != .xpt, scalar.value >= 0x80 else { return false }
      let properties = scalar.properties
      return properties.isAlphabetic || properties.numericType != nil
        || properties.generalCategory == .nonspacingMark
        || properties.generalCategory == .spacingMark
    }
  }

  private func mayStart(_ scalar: UnicodeScalar) -> Bool {
    switch scalar {
    case "A"..."Z", "a"..."z": true
    case "_": kind == .dta || kind == .xpt
    case "@": kind.calendar == .spss
    case "0"..."9", "#", "$", ".": false
    default: true
    }
  }

  private func isReserved(_ name: String) -> Bool {
    switch kind {
    case .sav, .zsav, .por: Self.spssWords.contains(name.uppercased())
    case .dta:
      Self.stataWords.contains(name)
        || (name.hasPrefix("str") && name.count > 3 && name.dropFirst(3).allSatisfy(\.isNumber))
    default: false
    }
  }

  private static let spssWords: Set<String> = [
    "ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH",
  ]
  private static let stataWords: Set<String> = [
    "_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n",
    "_N", "_pi", "_pred", "_rc", "_skip", "strL", "using", "with", "_r", "_se",
  ]
}
