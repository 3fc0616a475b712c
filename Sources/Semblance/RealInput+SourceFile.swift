// SPDX-License-Identifier: Apache-2.0
import Formats
import Releases
import Studies
import Tables

extension RealInput {
  /// The file that was read, as the owner's manifest names it; a table of a server has no file, so it
  /// is what it would be as plain text.
  func sourceFile() throws(DataError) -> ReleaseFile {
    let location = TableLocation(argument: path)
    guard location.scheme != nil else {
      let name = location.path.split(separator: "/").last.map(String.init) ?? location.path
      return try ReleaseFile(path: name, at: location.path)
    }
    return ReleaseFile(path: baseName, content: try CSVWriter().bytes(of: table))
  }
}
