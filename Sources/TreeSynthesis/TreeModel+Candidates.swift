// SPDX-License-Identifier: Apache-2.0
import Learners
package import Randomness
import Schemas
package import Synthesis

extension TreeModel: ConditionableModel {
  package var drawnVariables: [DrawnVariable] {
    variables.map {
      DrawnVariable(
        name: $0.name, layout: $0.layout, margin: $0.margin, isLimited: $0.isLimited,
        missingRoute: $0.missingRoute)
    }
  }

  package var refusal: String? { nil }

  package var hasLatents: Bool { false }

  package func needed(for places: Set<Int>) -> Set<Int> {
    var needed = places
    var open = Array(places)
    while let place = open.popLast() {
      for source in variables[place].sources where needed.insert(source).inserted {
        open.append(source)
      }
    }
    return needed
  }

  package func candidateDrawing(_ key: RandomKey) -> any CandidateDrawing {
    TreeCandidates(self, key: key)
  }
}

/// Draws candidates and finishes rows of one run of a model.
struct TreeCandidates: CandidateDrawing {
  private let draws: [VariableDraw]
  /// The draws of candidates, by a run of their own.
  private var candidateDraws: [VariableDraw] = []
  private let conditioned: [ConditionedDraw]
  private let table: String
  private let variables: [FittedVariable]
  /// What is worked out beforehand for variables whose condition all rows share.
  private var shared: [Int: SharedDraw] = [:]
  /// Whether all variables that candidates draw are among these, whose numbers are not spread over neighbours.
  private(set) var drawsPieces = false

  init(_ model: TreeModel, key: RandomKey) {
    table = model.schema.table
    variables = model.variables
    draws = model.variables.map { VariableDraw($0, key: key, table: model.schema.table) }
    conditioned = model.variables.map { ConditionedDraw($0.layout, margin: $0.margin) }
  }

  func prepared(for conditions: RowConditions, places: [Int]) -> any CandidateDrawing {
    var prepared = self
    prepared.shared = [:]
    for place in places {
      // What has no condition is drawn the same way, which costs less.
      let condition =
        conditions.common(place: place)
        ?? CellCondition(
          shares: [Double](repeating: 1, count: max(1, variables[place].layout.binCount)))
      prepared.shared[place] = SharedDraw(variables[place], conditioned[place], condition)
    }
    prepared.drawsPieces = places.allSatisfy { prepared.shared[$0] != nil }
    return prepared
  }

  func keyed(by key: RandomKey) -> any CandidateDrawing {
    var keyed = self
    keyed.candidateDraws = draws.map { $0.rekeyed(key, table: table) }
    return keyed
  }

  func draw(_ chunk: CandidateChunk) {
    for place in chunk.places {
      if let shared = shared[place] {
        shared.fill(chunk, place: place, candidateDraws[place])
      } else {
        candidateDraws[place].fill(chunk, place: place, conditioned[place])
      }
    }
  }

  func finish(
    _ range: Range<Int>, firstRow: Int, drawn places: Set<Int>, bins: UnsafeMutablePointer<UInt8>,
    stride: Int, into outputs: [DrawnColumn]
  ) {
    for (place, draw) in draws.enumerated() where !places.contains(place) {
      draw.fill(
        range, firstRow: firstRow, bins: bins, place: place, stride: stride, into: outputs)
    }
  }
}

extension FittedVariable {
  /// The variables that its draw asks, by their place in the visit order.
  var sources: Set<Int> {
    var asked = conditional.asked
    for tree in groupTrees { asked.formUnion(tree.predictors.filter { $0 >= 0 }.map { Int($0) }) }
    var sources = Set(asked.map { predictors[$0] })
    sources.formUnion(lowerLimits)
    sources.formUnion(upperLimits)
    if let missingRoute { sources.insert(missingRoute.source) }
    return sources
  }

  /// The weight of each bin in the table; of missing reasons where a tree says it.
  var margin: [Double] {
    let missingCount = layout.missingReasons.count
    var margin = [Double](repeating: 0, count: max(1, layout.binCount))
    if case .tree(let tree) = conditional {
      for leaf in 0..<tree.leafCount {
        var before = 0.0
        for entry in Int(tree.leafStarts[leaf])..<Int(tree.leafStarts[leaf + 1]) {
          margin[Int(tree.bins[entry])] += tree.cumulativeWeights[entry] - before
          before = tree.cumulativeWeights[entry]
        }
      }
      return margin
    }
    var before = 0.0
    for (bin, sum) in presentWeights.enumerated() where missingCount + bin < margin.count {
      margin[missingCount + bin] = sum - before
      before = sum
    }
    return margin
  }
}
