// SPDX-License-Identifier: Apache-2.0

/// A value of a JSON document.
indirect enum JSONNode: Decodable, Hashable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONNode])
  case object([String: JSONNode])

  init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      self = .null
    } else if let value = try? single.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? single.decode(Double.self) {
      self = .number(value)
    } else if let value = try? single.decode(String.self) {
      self = .text(value)
    } else if let value = try? single.decode([JSONNode].self) {
      self = .list(value)
    } else {
      self = .object(try single.decode([String: JSONNode].self))
    }
  }

  /// A member of an object, or `nil`.
  subscript(name: String) -> JSONNode? {
    if case .object(let members) = self { return members[name] }
    return nil
  }

  /// The elements of a list; a single value is a list of one.
  var elements: [JSONNode] {
    switch self {
    case .list(let values): values
    case .null: []
    default: [self]
    }
  }

  /// The text, or `nil`.
  var string: String? {
    if case .text(let value) = self { return value }
    return nil
  }

  /// The number, or `nil`.
  var double: Double? {
    if case .number(let value) = self { return value }
    return nil
  }

  /// A code as it stands in a file: a text, or a number written out.
  var code: String? {
    switch self {
    case .text(let value): value
    case .number(let value):
      value == value.rounded() && value.magnitude < 9e15 ? String(Int64(value)) : String(value)
    case .flag(let value): value ? "true" : "false"
    default: nil
    }
  }
}
