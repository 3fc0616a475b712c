// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Where the bins of a scale lie, so that a value between two of them has a bin.
struct BinPlaces: Hashable, Sendable {
  /// The mean of each bin of present values, ascending.
  let centres: [Double]
  /// Where one bin ends and the next begins.
  private let edges: [Double]

  /// The places of a scale's bins; `nil` for levels.
  init?(_ layout: VariableLayout) {
    guard case .scale(let scale) = layout.content, !scale.cells.isEmpty else { return nil }
    centres = scale.cells.map { cell in
      let smooth = cell.smoothWeight * (cell.lower / 2 + cell.upper / 2)
      return cell.spikes.reduce(smooth) { $0 + $1.value * $1.weight } / cell.weight
    }
    let lower = scale.cells.map { cell in
      cell.smoothWeight > 0 ? cell.lower : cell.spikes.first?.value ?? cell.lower
    }
    let upper = scale.cells.map { cell in
      cell.smoothWeight > 0 ? cell.upper : cell.spikes.last?.value ?? cell.upper
    }
    edges = (0..<max(0, scale.cells.count - 1)).map { upper[$0] / 2 + lower[$0 + 1] / 2 }
  }

  /// The bin of a share of the way from one bin to another.
  func between(_ first: Int, _ second: Int, share: Double) -> Int {
    guard first != second else { return first }
    let value = centres[first] + share * (centres[second] - centres[first])
    var (low, high) = (min(first, second), max(first, second))
    while low < high {
      let middle = (low + high) >> 1
      if edges[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
