// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
public import Studies
public import Tables

/// Reads the files of SPSS, Stata and SAS with ReadStat, dictionary and all.
///
/// Cells that the file declares as missing are missing, each for its own reason: the code of a missing
/// number (`-9`), the letter of a kind (`.a`), or a point for the program's own missing value.
///
/// ## Source
/// E. Miller, ReadStat 1.1 (MIT), the library that R's haven and Python's pyreadstat use.
public struct StatisticalFileReader: TableReading {
  /// The kind of file.
  public let kind: StatisticalFormat
  /// The format.
  public var format: TableFormat { kind.description }

  /// Creates a reader.
  public init(_ kind: StatisticalFormat) { self.kind = kind }

  /// Whether the first bytes are those of the format.
  public func recognizes(_ head: [UInt8]) -> Bool? {
    switch kind {
    case .sav: head.starts(with: "$FL2".utf8)
    case .zsav: head.starts(with: "$FL3".utf8)
    case .por: nil
    case .dta:
      head.starts(with: "<stata_dta>".utf8)
        || (head.count > 3 && (104...115).contains(head[0]) && (head[1] == 1 || head[1] == 2)
          && head[2] == 1 && head[3] == 0)
    case .xpt: head.starts(with: "HEADER RECORD*******LIB".utf8)
    case .sas7bdat:
      head.count > 31
        && head[12..<32].elementsEqual([
          0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 0x08, 0x00, 0x09, 0xC7, 0x31,
          0x8C, 0x18, 0x1F, 0x10, 0x11,
        ])
    }
  }

  /// Reads a file.
  ///
  /// - Throws: `DataError` if the file cannot be opened, is damaged, or is of another format.
  public func read(
    _ location: TableLocation, options: ReadingOptions = ReadingOptions(),
    progress: ProgressHandler = .silent
  ) throws(DataError) -> StudyDocument {
    try read(location, options: options, progress: progress, readsRows: true)
  }

  /// Reads a file's dictionary alone: the document has no rows, and no value was looked at.
  ///
  /// - Throws: `DataError` if the file cannot be opened, is damaged, or is of another format.
  public func header(_ location: TableLocation) throws(DataError) -> StudyDocument {
    try read(location, options: ReadingOptions(), progress: .silent, readsRows: false)
  }

  private func read(
    _ location: TableLocation, options: ReadingOptions, progress: ProgressHandler, readsRows: Bool
  ) throws(DataError) -> StudyDocument {
    let path = location.path
    let byteCount = try FileBytes.size(path)
    guard byteCount > 0 else {
      throw DataError("the file is empty", file: path, remedy: "Give a file with rows.")
    }
    let session = ReadSession(
      file: path, isStata: kind == .dta, byteCount: byteCount,
      maximumCellCount: options.maximumCellCount,
      progress: progress)
    try ReadStatParser(session: session, file: path, readsRows: readsRows).run(kind, path: path)
    if kind == .sav || kind == .zsav {
      let head = try FileBytes.head(path, count: min(byteCount, 1 << 24))
      if let alignments = SystemFileScan(head)?.alignments,
        alignments.count == session.variables.count
      {
        for (index, alignment) in alignments.enumerated() {
          session.variables[index].stored.alignment = alignment
        }
      }
    }
    if let catalogue = options.cataloguePath ?? Self.catalogue(beside: path, kind) {
      try readCatalogue(catalogue, into: session)
    }
    return try DocumentBuilder(
      session: session, threads: options.threads, kind: kind, file: path
    ).document()
  }

  /// The catalogue of the same name that lies beside a SAS file.
  private static func catalogue(beside path: String, _ kind: StatisticalFormat) -> String? {
    guard kind == .sas7bdat, path.lowercased().hasSuffix(".sas7bdat") else { return nil }
    let candidate = path.dropLast("sas7bdat".count) + "sas7bcat"
    return (try? FileBytes.size(String(candidate))) == nil ? nil : String(candidate)
  }

  private func readCatalogue(_ path: String, into session: ReadSession) throws(DataError) {
    let catalogue = ReadSession(
      file: path, byteCount: try FileBytes.size(path), maximumCellCount: 1, progress: .silent)
    try ReadStatParser(session: catalogue, file: path).runCatalogue(path: path)
    session.labelSets.merge(catalogue.labelSets) { _, new in new }
    // SAS ties a variable to a set by the name of its format.
    for index in session.variables.indices {
      let name = Self.formatName(session.variables[index].stored.format)
      if session.labelSets[name] != nil { session.variables[index].stored.labelSet = name }
    }
  }

  private static func formatName(_ format: String) -> String {
    var name = format.uppercased()
    if let point = name.firstIndex(of: ".") { name = String(name[..<point]) }
    return name
  }
}
