// SPDX-License-Identifier: Apache-2.0
import Markup
import Packing
import Tables

/// The parts of a workbook beside its cells: its sheets, texts and formats.
///
/// Links that point outside the file are never followed.
///
/// ## Source
/// ECMA-376 part 1 (SpreadsheetML), 12.3 and 18.
struct WorkbookParts {
  /// A sheet.
  struct Sheet {
    var name: String
    var part: String
  }

  private let archive: ZipArchive
  private let file: String
  private(set) var sheets: [Sheet] = []
  /// Whether dates count from 1904, as old Macintosh files do.
  private(set) var countsFrom1904 = false
  private var textPart: String?
  private var stylePart: String?

  init(_ bytes: [UInt8], file: String) throws(DataError) {
    self.file = file
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw DataError(
        "the file is an old .xls workbook or is encrypted", file: file,
        remedy: "Save it as .xlsx without a password, and try again.")
    }
    archive = try ZipArchive(bytes, file: file)
    let root = try relations(of: "")
    guard let workbook = root.first(where: { $0.kind.hasSuffix("/officeDocument") })?.part,
      let bytes = try archive.member(workbook)
    else {
      throw DataError(
        "the archive is no Excel workbook", file: file,
        remedy: "Give a workbook in the format .xlsx, or unpack the archive and give a table.")
    }
    let relations = try relations(of: workbook)
    let parts = Dictionary(
      relations.map { ($0.id, $0.part) }, uniquingKeysWith: { first, _ in first })
    textPart = relations.first { $0.kind.hasSuffix("/sharedStrings") }?.part
    stylePart = relations.first { $0.kind.hasSuffix("/styles") }?.part
    var scanner = XMLScanner(bytes, file: file)
    while true {
      let piece = try scanner.next()
      if piece == .finish { break }
      guard piece == .start else { continue }
      if scanner.isNamed("workbookPr") {
        let flag = try scanner.attribute("date1904")
        countsFrom1904 = flag == "1" || flag == "true"
      } else if scanner.isNamed("sheet"), let name = try scanner.attribute("name"),
        let id = try scanner.attribute("id"), let part = parts[id]
      {
        // Charts and macro sheets hold no cells.
        if relations.contains(where: { $0.id == id && $0.kind.hasSuffix("/worksheet") }) {
          sheets.append(Sheet(name: name, part: part))
        }
      }
    }
  }

  // MARK: Cells

  /// The cells of a sheet.
  func grid(
    of sheet: Sheet, texts: [String], codes: [DisplayCode], cellLimit: Int
  ) throws(DataError) -> SheetGrid {
    guard let bytes = try archive.member(sheet.part) else { throw damage() }
    return try SheetScan.grid(
      bytes, file: file, texts: texts, codes: codes, cellLimit: cellLimit)
  }

  /// Whether a sheet has any row.
  func hasRows(_ sheet: Sheet) throws(DataError) -> Bool {
    guard let bytes = try archive.member(sheet.part) else { throw damage() }
    var scanner = XMLScanner(bytes, file: file)
    while true {
      switch try scanner.next() {
      case .start where scanner.isNamed("c"): return true
      case .finish: return false
      default: break
      }
    }
  }

  /// The texts that cells share.
  func texts() throws(DataError) -> [String] {
    guard let textPart, let bytes = try archive.member(textPart) else { return [] }
    var texts: [String] = []
    var scanner = XMLScanner(bytes, file: file)
    var scratch: [UInt8] = []
    var isText = false
    while true {
      switch try scanner.next() {
      case .finish: return texts
      case .start:
        // Readings of Japanese words stand beside the text and are no part of it.
        if scanner.isNamed("rPh") {
          try scanner.skipElement()
        } else {
          isText = scanner.isNamed("t")
        }
      case .text where isText: try scanner.appendText(to: &scratch)
      case .end:
        isText = false
        if scanner.isNamed("si") {
          texts.append(CellText.decoded(String(decoding: scratch, as: UTF8.self)))
          scratch.removeAll(keepingCapacity: true)
        }
      case .text: break
      }
    }
  }

  /// The formats of cells, by the numbers that cells give.
  func codes() throws(DataError) -> [DisplayCode] {
    guard let stylePart, let bytes = try archive.member(stylePart) else { return [] }
    var own: [Int: DisplayCode] = [:]
    var codes: [DisplayCode] = []
    var isCellList = false
    var scanner = XMLScanner(bytes, file: file)
    while true {
      switch try scanner.next() {
      case .finish: return codes
      case .start:
        if scanner.isNamed("numFmt"),
          let id = try scanner.attribute("numFmtId").flatMap({ Int($0) })
        {
          own[id] = DisplayCode(try scanner.attribute("formatCode") ?? "")
        } else if scanner.isNamed("cellXfs") {
          isCellList = true
        } else if isCellList, scanner.isNamed("xf") {
          let id = try scanner.attribute("numFmtId").flatMap { Int($0) } ?? 0
          codes.append(own[id] ?? DisplayCode(builtIn: id))
        }
      case .end: if scanner.isNamed("cellXfs") { isCellList = false }
      case .text: break
      }
    }
  }

  /// The title of the file, empty if it has none.
  func title() throws(DataError) -> String {
    guard let bytes = try archive.member("docProps/core.xml") else { return "" }
    var scanner = XMLScanner(bytes, file: file)
    while true {
      switch try scanner.next() {
      case .finish: return ""
      case .start where scanner.isNamed("title"): return try scanner.elementText()
      default: break
      }
    }
  }

  // MARK: Relations

  private struct Relation {
    var id: String
    var kind: String
    var part: String
  }

  /// What a part points to inside the file.
  private func relations(of part: String) throws(DataError) -> [Relation] {
    let folder = part.split(separator: "/").dropLast()
    let name = part.split(separator: "/").last ?? ""
    let path = (folder + ["_rels", "\(name).rels"]).joined(separator: "/")
    guard let bytes = try archive.member(path) else { return [] }
    var relations: [Relation] = []
    var scanner = XMLScanner(bytes, file: file)
    while true {
      let piece = try scanner.next()
      if piece == .finish { return relations }
      guard piece == .start, scanner.isNamed("Relationship"),
        try scanner.attribute("TargetMode") != "External",
        let id = try scanner.attribute("Id"), let target = try scanner.attribute("Target")
      else { continue }
      var steps = target.hasPrefix("/") ? [] : Array(folder)
      for step in target.split(separator: "/") {
        if step == ".." { _ = steps.popLast() } else if step != "." { steps.append(step) }
      }
      relations.append(
        Relation(
          id: id, kind: try scanner.attribute("Type") ?? "",
          part: steps.joined(separator: "/")))
    }
  }

  private func damage() -> DataError {
    DataError(
      "the workbook lacks a part that it names", file: file,
      remedy: "Get the file again from where it came from.")
  }
}
