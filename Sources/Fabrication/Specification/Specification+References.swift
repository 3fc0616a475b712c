// SPDX-License-Identifier: Apache-2.0
import Formulas

extension Specification.Maker {
  /// The columns that are named.
  var references: Set<ColumnReference> {
    switch self {
    case .value(let formula): formula.references
    case .draw(let draw): draw.references
    case .point(let points, _): points.references
    case .structure(let structure): structure.references
    case .markov, .provider, .pattern, .permuted, .sequence, .numberWithin, .published: []
    }
  }

  /// Whether values belong to their rows and are not drawn again.
  var isFixed: Bool {
    switch self {
    case .permuted, .sequence, .numberWithin, .published: true
    case .value, .draw, .provider, .pattern, .markov: false
    case .structure(let structure): structure.parts.allSatisfy(\.maker.isFixed)
    case .point(let points, _): points.isFixed
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
  func mates(of place: Int) -> [Int] {
    if case .point(let points, _) = columns[place].maker {
      return columns.indices.filter { other in
        if case .point(let others, _) = columns[other].maker {
          others.name == points.name
        } else {
          false
        }
      }
    }
    return correlated.first { $0.columns.contains(place) }?.columns ?? []
  }
}
