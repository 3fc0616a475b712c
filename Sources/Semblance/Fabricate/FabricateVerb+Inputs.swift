// SPDX-License-Identifier: Apache-2.0
import Fabrication
import Formats
import Studies
import Tables

extension FabricateVerb {
  /// Reads what a specification names, from beside it.
  static func inputs(beside file: String) -> SpecificationInputs {
    var inputs = SpecificationInputs()
    inputs.published = { (name: String) throws(DataError) in
      let location = TableLocation(argument: path(name, beside: file))
      return try FormatCatalogue.standard.reader(for: location).read(
        location, options: ReadingOptions(), progress: .silent
      ).table
    }
    inputs.rows = { (name: String) throws(DataError) in try rows(name, beside: file) }
    inputs.text = { (name: String) throws(DataError) in
      let bytes = try FileBytes.read(path(name, beside: file))
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw DataError("the text is not UTF-8", file: name, remedy: "Save it as UTF-8.")
      }
      return text
    }
    return inputs
  }

  private static func path(_ name: String, beside file: String) -> String {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return name.hasPrefix("/") || folder.isEmpty ? name : folder.joined(separator: "/") + "/" + name
  }

  /// The cells of a table as they are written in it.
  private static func rows(_ name: String, beside file: String) throws(DataError) -> TypedRows {
    let location = TableLocation(argument: path(name, beside: file))
    let reader = try FormatCatalogue.standard.reader(for: location)
    let first = try reader.read(location, options: ReadingOptions(), progress: .silent).table
    // What looks like a number keeps its leading zeros.
    var options = ReadingOptions()
    options.textColumns = Set(first.columnNames)
    let table = try reader.read(location, options: options, progress: .silent).table
    var columns: [[String]] = []
    for column in table.columns { columns.append(try FaultyTwin.texts(of: column)) }
    return TypedRows(
      names: table.columnNames,
      rows: (0..<table.rowCount).map { row in columns.map { $0[row] } })
  }
}
