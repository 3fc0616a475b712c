// SPDX-License-Identifier: Apache-2.0
import Tables
import Yams

extension ContractNode {
  /// Reads the text of a file, which must hold a mapping.
  ///
  /// - Parameter name: What the file is, for messages: "the contract".
  /// - Throws: `DataError` with line and position where the text is no YAML, or is empty.
  init(yaml text: String, file: String, name: String) throws(DataError) {
    let node: Node?
    func malformed(_ problem: String, _ line: Int?, _ column: Int?) -> DataError {
      DataError(
        "\(name) is not well-formed YAML: \(problem)", file: file, line: line, position: column,
        remedy: "Mend the line; two spaces indent, a colon and a space follow a key.")
    }
    do {
      node = try Yams.compose(yaml: text)
    } catch let YamlError.parser(_, problem, mark, _) {
      throw malformed(problem, mark.line, mark.column)
    } catch let YamlError.scanner(_, problem, mark, _) {
      throw malformed(problem, mark.line, mark.column)
    } catch let YamlError.duplicatedKeysInMapping(duplicates, context) {
      let names = duplicates.sorted().joined(separator: ", ")
      throw malformed("a key stands twice: \(names)", context.mark.line, context.mark.column)
    } catch {
      throw malformed("it cannot be read", nil, nil)
    }
    guard let node, node.mapping != nil else {
      let key = name.split(separator: " ").last.map(String.init) ?? "contract"
      throw DataError(
        "\(name) is empty", file: file, line: 1,
        remedy: "Start with `\(key): 1`"
          + (key == "contract" ? "; `semblance plan` writes a whole one." : "."))
    }
    self.init(node: node, file: file, name: name)
  }
}
