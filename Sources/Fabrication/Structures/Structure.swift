// SPDX-License-Identifier: Apache-2.0
import Formulas

/// A value of JSON that is made of other makers' values.
indirect enum Structure: Sendable {
  /// Named fields, in order.
  case object([Specification.Column])
  /// So many entries, each made in a way of its own.
  case tuple([Specification.Column])
  /// As many entries as the length says, all made in one way.
  case array(Length, Specification.Column)

  /// How many entries an array has.
  enum Length: Sendable {
    case fixed(Int)
    case maker(Specification.Maker)
  }

  /// The most entries of an array; a longer length is cut.
  static let maximumLength = 1000

  /// The makers of the parts.
  var parts: [Specification.Column] {
    switch self {
    case .object(let fields), .tuple(let fields): fields
    case .array(_, let entry): [entry]
    }
  }

  /// The columns that are named.
  var references: Set<ColumnReference> {
    var all = parts.reduce(into: Set<ColumnReference>()) { $0.formUnion($1.references) }
    if case .array(.maker(let length), _) = self { all.formUnion(length.references) }
    return all
  }
}
