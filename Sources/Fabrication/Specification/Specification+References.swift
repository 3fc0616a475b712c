// SPDX-License-Identifier: Apache-2.0
import Formulas

extension Specification.Maker {
  /// The columns that are named.
  var references: Set<ColumnReference> {
    switch self {
    case .value(let formula): formula.references
    case .draw(let draw): draw.references
    case .provider, .pattern, .permuted, .sequence, .numberWithin, .published: []
    }
  }

  /// Whether values belong to their rows and are not drawn again.
  var isFixed: Bool {
    switch self {
    case .permuted, .sequence, .numberWithin, .published: true
    case .value, .draw, .provider, .pattern: false
    }
  }
}

extension Specification.Column {
  /// The columns that are named, by scenarios too.
  var references: Set<ColumnReference> {
    scenarios.values.reduce(maker.references) { $0.union($1.references) }
  }
}

extension Specification.TableSpecification {
  /// The columns that are drawn together with one.
  func mates(of place: Int) -> [Int] { [] }
}
