// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Tables
import Yams

/// One place of a contract's file, read with errors that say where it is.
struct ContractNode {
  let node: Node
  let file: String
  /// What it is, for messages: "`within` of \"income\"".
  let name: String

  var place: ClausePlace { ClausePlace(line: node.mark?.line, column: node.mark?.column) }

  /// Where the text of a scalar begins, after its quote if it has one.
  var textPlace: ClausePlace {
    var place = place
    if let style = node.scalar?.style, style == .doubleQuoted || style == .singleQuoted {
      place.column = place.column.map { $0 + 1 }
    }
    return place
  }

  /// The text of a scalar; empty for anything else.
  var text: String { node.scalar?.string ?? "" }

  var isNothing: Bool {
    node.scalar.map { ["", "null", "~", "Null", "NULL"].contains($0.string) } ?? false
  }

  func problem(_ message: String, remedy: String) -> DataError {
    DataError(message, file: file, line: place.line, position: place.column, remedy: remedy)
  }

  func child(_ node: Node, _ name: String) -> ContractNode {
    ContractNode(node: node, file: file, name: name)
  }

  // MARK: Shapes

  /// The entries of a mapping with any keys.
  func entries(remedy: String) throws(DataError) -> [(key: ContractNode, value: ContractNode)] {
    guard let mapping = node.mapping else { throw problem("\(name) is no mapping", remedy: remedy) }
    return mapping.map { key, value in
      (child(key, "the key"), child(value, "`\(key.scalar?.string ?? "")`"))
    }
  }

  /// The entries of a mapping whose keys are known.
  func entries(
    among known: [String]
  ) throws(DataError) -> [(key: String, value: ContractNode, place: ContractNode)] {
    let list = try entries(remedy: "Write keys such as `\(known[0]):`, each with a value.")
    var result: [(key: String, value: ContractNode, place: ContractNode)] = []
    for (key, value) in list {
      guard known.contains(key.text) else {
        throw key.problem(
          "\(name) has no key \"\(key.text)\"", remedy: NearMiss.remedy(for: key.text, among: known)
        )
      }
      result.append((key.text, value, key))
    }
    return result
  }

  /// The entries of a list; one value alone counts as a list of one.
  func list() throws(DataError) -> [ContractNode] {
    if let sequence = node.sequence { return sequence.map { child($0, "an entry of \(name)") } }
    if isNothing { return [] }
    guard node.scalar != nil else {
      throw problem("\(name) is no list", remedy: "Write entries as [first, second].")
    }
    return [self]
  }

  // MARK: Values

  func choice<Value: RawRepresentable<String>>(_ all: [Value]) throws(DataError) -> Value {
    guard let value = all.first(where: { $0.rawValue == text }) else {
      throw problem(
        "\(name) cannot be \"\(text)\"",
        remedy: NearMiss.remedy(for: text, among: all.map(\.rawValue)))
    }
    return value
  }

  func flag() throws(DataError) -> Bool {
    switch text.lowercased() {
    case "yes", "true", "on": return true
    case "no", "false", "off": return false
    default: throw problem("\(name) is neither yes nor no", remedy: "Write `yes` or `no`.")
    }
  }

  /// A number, or a per cent as its share, within limits.
  func number(_ range: ClosedRange<Double>, _ unit: String) throws(DataError) -> Double {
    let value = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
    guard let value, value.isFinite, range.contains(value) else {
      throw problem("\(name) is not \(unit)", remedy: "Give \(unit), such as 0.05 or 5%.")
    }
    return value
  }

  func whole(_ range: ClosedRange<Int>) throws(DataError) -> Int {
    guard let value = Int(text), range.contains(value) else {
      throw problem(
        "\(name) is not a whole number from \(range.lowerBound) to \(range.upperBound)",
        remedy: "Give a whole number in that range.")
    }
    return value
  }

  /// A text that says something.
  func words() throws(DataError) -> String {
    guard node.scalar != nil, !text.isEmpty else {
      throw problem("\(name) says nothing", remedy: "Write a name or a text there.")
    }
    return text
  }
}
