// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
package import Randomness
import Schemas
package import Synthesis

extension JointModel: ConditionableModel {
  package var drawnVariables: [DrawnVariable] {
    variables.enumerated().map {
      DrawnVariable(
        name: $1.name, layout: $1.layout, margin: margin($0), isLimited: $1.isLimited,
        missingRoute: $1.missingRoute)
    }
  }

  /// The weight of each bin in the table.
  private func margin(_ place: Int) -> [Double] {
    switch law {
    case .copula(let copula): return copula.margins[place].missing + copula.margins[place].present
    case .classes(let law): return law.parts[place].weights
    case .components(let law): return law.parts[place].weights
    case .network(let network):
      var margin = [Double](repeating: 0, count: 256)
      margin.withUnsafeMutableBufferPointer { room in
        guard let base = room.baseAddress else { return }
        network.nodes[place].chances(row: 0, into: base)
      }
      return Array(margin.prefix(max(1, variables[place].layout.binCount)))
    case .leaves(let law):
      return Array(law.margin(of: place).prefix(max(1, variables[place].layout.binCount)))
    case .neural(let law):
      // What the network starts from, before it knows anything of a row.
      let own = law.places[place]
      return law.groups[own.group].network.columns[own.column].outerStart.map {
        ElementaryFunctions.exp(Double(max($0, -60)))
      }
    case .rows: return [Double](repeating: 1, count: max(1, variables[place].layout.binCount))
    }
  }

  package var refusal: String? {
    guard case .rows = law else { return nil }
    return "the method \"\(plan.method)\" draws stored rows again and can give no chances"
  }

  package var hasLatents: Bool {
    if case .network = law { return false }
    return true
  }

  package func needed(for places: Set<Int>) -> Set<Int> {
    guard case .network(let network) = law else { return Set(variables.indices) }
    var needed = places
    var open = Array(places)
    while let place = open.popLast() {
      for source in network.nodes[place].parents + variables[place].sources
      where needed.insert(source).inserted {
        open.append(source)
      }
    }
    return needed
  }

  package func candidateDrawing(_ key: RandomKey) -> any CandidateDrawing {
    JointCandidates(self, key: key)
  }
}

/// Draws candidates and finishes rows of one run of a model.
struct JointCandidates: CandidateDrawing {
  private let model: JointModel
  private let key: RandomKey
  /// The run of the candidates' own draws.
  private var candidateKey: RandomKey
  private let conditioned: [ConditionedDraw]

  init(_ model: JointModel, key: RandomKey) {
    self.model = model
    self.key = key
    candidateKey = key
    conditioned = model.drawnVariables.map { ConditionedDraw($0.layout, margin: $0.margin) }
  }

  func keyed(by key: RandomKey) -> any CandidateDrawing {
    var keyed = self
    keyed.candidateKey = key
    return keyed
  }

  func draw(_ chunk: CandidateChunk) {
    let key = candidateKey
    let table = model.schema.table
    let joint = model.law.chunk(
      model.variables, key: key, table: table, bins: chunk.bins, stride: chunk.stride)
    joint.begin(firstRow: chunk.first, count: chunk.count)
    for place in chunk.places {
      JointVariableDraw(model.variables[place], key: key, table: table)
        .fill(chunk, joint, place: place, conditioned[place])
    }
  }

  func finish(
    _ range: Range<Int>, firstRow: Int, drawn places: Set<Int>, bins: UnsafeMutablePointer<UInt8>,
    stride: Int, into outputs: [DrawnColumn]
  ) {
    let table = model.schema.table
    let joint = model.law.chunk(
      model.variables, key: key, table: table, bins: bins, stride: stride)
    joint.begin(firstRow: firstRow + range.lowerBound, count: range.count)
    for place in model.variables.indices where !places.contains(place) {
      JointVariableDraw(model.variables[place], key: key, table: table).fill(
        range, firstRow: firstRow, joint, place: place, bins: bins, stride: stride, into: outputs)
    }
  }
}
