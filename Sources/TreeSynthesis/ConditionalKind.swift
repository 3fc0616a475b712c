// SPDX-License-Identifier: Apache-2.0

/// The kinds of ``Conditional``, by which sections of generator files are named.
enum ConditionalKind: String, CaseIterable {
  case tree = "variable"
  case hierarchy = "boosted"
  case distribution = "conditional"

  /// The section of a variable.
  func section(of variable: String) -> String { "\(rawValue):\(variable)" }
}

extension Conditional {
  var kind: ConditionalKind {
    switch self {
    case .tree: .tree
    case .hierarchy: .hierarchy
    case .distribution: .distribution
    }
  }
}
