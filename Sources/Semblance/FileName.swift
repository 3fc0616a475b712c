// SPDX-License-Identifier: Apache-2.0

/// The parts of a file's name.
struct FileName {
  /// The name without folders and without its extension.
  let base: String
  /// The extension, `csv` if there is none.
  let pathExtension: String

  init(_ path: String) {
    let file = path.split(separator: "/").last.map(String.init) ?? ""
    guard let point = file.lastIndex(of: "."), point != file.startIndex else {
      base = file.isEmpty ? "table" : file
      pathExtension = "csv"
      return
    }
    base = String(file[..<point])
    pathExtension = String(file[file.index(after: point)...])
  }
}
