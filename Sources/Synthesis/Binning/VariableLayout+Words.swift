// SPDX-License-Identifier: Apache-2.0

extension VariableLayout {
  /// What the layout holds, in words.
  package var words: String {
    var words: String
    switch content {
    case .scale(let scale):
      let spikes = scale.cells.reduce(0) { $0 + $1.spikes.count }
      words = "\(scale.cells.count) cells, \(spikes) common values"
    case .levels(let levels):
      words = "\(levels.count) levels"
      if levels.rareWeight > 0 { words += ", rare ones left out" }
    }
    if !missingReasons.isEmpty {
      words += ", how often and where it is missing for \(missingReasons.count) reason(s)"
    }
    return words
  }

  /// The least weight behind a cell, a common value or a level; `nil` where there is none.
  package var leastSupport: Double? {
    let weights =
      switch content {
      case .scale(let scale):
        scale.cells.flatMap { [$0.smoothWeight] + $0.spikes.map(\.weight) }
      case .levels(let levels): levels.weights
      }
    return weights.filter { $0 > 0 }.min()
  }
}
