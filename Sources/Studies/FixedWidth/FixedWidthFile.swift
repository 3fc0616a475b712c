// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
public import Tables

/// Reads and writes text of fixed width with a dictionary of Stata (`.dct`) or SPSS (`.sps`).
///
/// The dictionary is the file that is named; the data stand in it, or in a file that it names and that
/// lies beside it.
public struct FixedWidthFile: TableReading, TableWriting {
  /// Whose dictionary it is.
  enum Program: Hashable, Sendable { case stata, spss }

  /// The format.
  public let format: TableFormat
  private let program: Program

  /// With a dictionary of Stata: `infile dictionary` or `infix dictionary`.
  public static let stata = FixedWidthFile(
    format: TableFormat(
      name: "dct", title: "text of fixed width with a Stata dictionary", extensions: ["dct"],
      keeps: [.types, .labels, .unicode],
      remarks: [
        "The data stand below the dictionary, or in the file that it names.",
        "Records of one line; dates are text.",
      ]), program: .stata)

  /// With a syntax file of SPSS: `DATA LIST` with columns.
  public static let spss = FixedWidthFile(
    format: TableFormat(
      name: "sps", title: "text of fixed width with an SPSS syntax file", extensions: ["sps"],
      keeps: [.types, .labels, .valueLabels, .missingKinds, .missingRanges, .fileLabel, .unicode],
      remarks: [
        "DATA LIST, VARIABLE LABELS, VALUE LABELS and MISSING VALUES are understood.",
        "The data stand between BEGIN DATA and END DATA, or in the file that is named.",
      ]), program: .spss)

  private init(format: TableFormat, program: Program) {
    self.format = format
    self.program = program
  }

  /// A dictionary is text like any other.
  public func recognizes(_ head: [UInt8]) -> Bool? { nil }

  /// Reads the dictionary that is named, and the data it speaks of.
  ///
  /// - Throws: `DataError` with the line that is not understood.
  public func read(
    _ location: TableLocation, options: ReadingOptions = ReadingOptions(),
    progress: ProgressHandler = .silent
  ) throws(DataError) -> StudyDocument {
    let bytes = try FileBytes.read(location.path)
    let layout =
      switch program {
      case .stata: try StataDictionary.layout(bytes, file: location.path)
      case .spss: try SPSSDictionary.layout(bytes, file: location.path)
      }
    let data: ArraySlice<UInt8>
    var file = location.path
    if let start = layout.dataStart {
      // What stands behind the closing sign on its line is none.
      let line = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      data = bytes[(program == .stata ? line : start)...]
    } else {
      file = try Self.path(of: layout.dataFile ?? "", beside: location.path)
      data = try PackedBytes.read(file)[...]
    }
    let cells = FixedCells(layout, isEnded: program == .spss && layout.dataStart != nil)
    let texts = Set(layout.fields.filter(\.isText).map(\.name)).union(options.textColumns)
    let document = try CSVReader(
      options: CSVReadOptions(
        delimiter: ",", quote: "\"", hasHeader: true, decimalMark: ".", textColumns: texts,
        threads: options.threads)
    ).read(bytes: try cells.delimited(data, file: file), name: file, progress: progress)
    var schema = SchemaInference().infer(document.table)
    for (field, place) in zip(layout.fields, schema.variables.indices) {
      if !field.label.isEmpty { schema.variables[place].label = ["en": field.label] }
      if !field.valueLabels.isEmpty { schema.variables[place].valueLabels = field.valueLabels }
      let codes = field.missingCodes + cells.codes(in: document.table.columns[place], of: field)
      if !codes.isEmpty {
        schema.variables[place].missingCodes = codes.map { MissingReason(code: $0) }
        schema.variables[place].reasons.append("the dictionary states missing codes")
      }
    }
    return StudyDocument(
      table: schema.markingMissing(in: document.table), schema: schema,
      file: FileFacts(
        format: format.name, pathExtension: format.extensions[0],
        encoding: document.dialect.encoding.rawValue),
      diagnostics: document.diagnostics)
  }

  /// Writes a dictionary with the data in it.
  ///
  /// - Returns: What had to be changed or left out.
  /// - Throws: `DataError` if the file cannot be written.
  public func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic] {
    var writing = FixedWidthWriting(document, program: program)
    try FileBytes.write(writing.bytes(), to: path)
    return writing.diagnostics
  }

  /// The data file beside the dictionary, by the name that stands there or the dictionary's own.
  ///
  /// Only the name counts, because a path of another machine leads nowhere.
  private static func path(
    of name: String, beside dictionary: String
  ) throws(DataError) -> String {
    let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name
    let folder = dictionary.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let stem = dictionary.lastIndex(of: ".").map { String(dictionary[..<$0]) } ?? dictionary
    let named = (folder + [Substring(last)]).joined(separator: "/")
    let others = ["dat", "raw", "txt", "DAT", "RAW", "TXT"].map { "\(stem).\($0)" }
    for path in [named] + others where (try? FileBytes.size(path)) != nil { return path }
    throw DataError(
      "the data file \(last) is not there", file: dictionary,
      remedy: "Put it beside the dictionary, under this name.")
  }
}
