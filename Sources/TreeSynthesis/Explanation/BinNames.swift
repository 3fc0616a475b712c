// SPDX-License-Identifier: Apache-2.0
import Synthesis
import Tables

/// The bins of a variable in words; they show nothing but levels and edges that the model holds.
struct BinNames {
  private let names: [String]
  /// The number of missing reasons before the bins of present values.
  let missingCount: Int
  private let isScale: Bool

  init(_ layout: VariableLayout) {
    missingCount = layout.missingReasons.count
    isScale = layout.isScale
    var names = layout.missingReasons.map { $0.code.isEmpty ? "missing" : "missing (\($0.code))" }
    let plain = layout.levelNames
    switch layout.content {
    case .scale(let scale):
      for (cell, name) in zip(scale.cells, plain) {
        let low = min(cell.lower, cell.spikes.first?.value ?? cell.lower)
        let high = max(cell.upper, cell.spikes.last?.value ?? cell.upper)
        names.append(name ?? "\(Self.number(low)) to \(Self.number(high))")
      }
    case .levels(let levels):
      let other = levels.groupStarts.isEmpty ? "rare levels" : "a group of levels"
      for name in plain {
        names.append(name.map { $0.isEmpty ? "empty" : $0 } ?? other)
      }
    }
    self.names = names
  }

  /// The number of bins.
  var count: Int { names.count }

  /// The name of a bin.
  subscript(bin: Int) -> String { bin < names.count ? names[bin] : "none" }

  /// The name of a stretch of neighbouring bins.
  func stretch(_ bins: ClosedRange<Int>) -> String {
    bins.count == 1 ? self[bins.lowerBound] : "\(self[bins.lowerBound]) … \(self[bins.upperBound])"
  }

  /// The name of some bins: stretches of neighbours, and at most so many of them.
  func list(_ bins: [Int], most: Int = 6) -> String {
    var stretches: [ClosedRange<Int>] = []
    for bin in bins.sorted() {
      if isScale, let last = stretches.last, last.upperBound == bin - 1,
        last.lowerBound >= missingCount
      {
        stretches[stretches.count - 1] = last.lowerBound...bin
      } else {
        stretches.append(bin...bin)
      }
    }
    let words = stretches.prefix(most).map(stretch)
    let rest = stretches.count - words.count
    return words.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// A number to four figures.
  static func number(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value == 0 ? 0 : value)" }
    if value.magnitude >= 1e15 || value.magnitude < 1e-4 { return "\(value)" }
    var scale = 1.0
    while value.magnitude * scale < 1000 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
