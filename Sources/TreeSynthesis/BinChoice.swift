// SPDX-License-Identifier: Apache-2.0
import Learners

/// The distribution of one row's bin, drawn from a second time where the first draw could not be kept.
enum BinChoice {
  case leaf(LeafDraw, Int)
  case hierarchy(HierarchyDraw, [UnsafePointer<UInt8>], row: Int)
  case distribution(DistributionDraw, [UnsafePointer<UInt8>], row: Int)

  /// The bin that a uniform number picks among those within bounds; `nil` if there is none.
  func bin(uniform: Double, from first: Int, through last: Int) -> Int? {
    switch self {
    case .leaf(let tree, let leaf):
      tree.bin(leaf: leaf, uniform: uniform, from: first, through: last)
    case .hierarchy(let hierarchy, let columns, let row):
      hierarchy.bin(columns, row: row, uniform: uniform, from: first, through: last)
    case .distribution(let fitted, let columns, let row):
      fitted.bin(columns, row: row, uniform: uniform, from: first, through: last)
    }
  }
}
