// SPDX-License-Identifier: Apache-2.0
import Numerics
package import Randomness

/// A model that can draw a variable under a condition and say how likely the condition was.
package protocol ConditionableModel: Model {
  /// What follows from drawn variables or is made anew.
  var frame: ModelFrame { get }

  /// The drawn variables, in the order in which they are drawn.
  var drawnVariables: [DrawnVariable] { get }

  /// Why the model can give no chances; `nil` if it can.
  var refusal: String? { get }

  /// Whether a row has more to it than its bins, such as normals behind them.
  var hasLatents: Bool { get }

  /// The variables that must be drawn to know how likely a condition on some is, those included.
  ///
  /// The rest can be drawn afterwards, given these.
  func needed(for places: Set<Int>) -> Set<Int>

  /// What draws the rows of a run.
  func candidateDrawing(_ key: RandomKey) -> any CandidateDrawing
}

/// A variable that is drawn.
package struct DrawnVariable: Sendable {
  /// Its name.
  package var name: String
  /// What its bins stand for.
  package var layout: VariableLayout
  /// The weight of each bin in the table, as far as the model knows it.
  package var margin: [Double]
  /// Whether other variables set limits to its values.
  package var isLimited: Bool
  /// Which variable decides whether it is missing, if one does.
  package var missingRoute: MissingRoute?

  /// Creates a description.
  package init(
    name: String, layout: VariableLayout, margin: [Double], isLimited: Bool,
    missingRoute: MissingRoute?
  ) {
    self.name = name
    self.layout = layout
    self.margin = margin
    self.isLimited = isLimited
    self.missingRoute = missingRoute
  }
}

/// Draws candidates and finishes rows of one run.
package protocol CandidateDrawing: Sendable {
  /// The same, with what can be worked out beforehand for conditions that all rows share.
  func prepared(for conditions: RowConditions, places: [Int]) -> any CandidateDrawing

  /// The same, drawing candidates by a run of their own.
  func keyed(by key: RandomKey) -> any CandidateDrawing

  /// Whether candidates may be drawn together whose numbers lie apart.
  var drawsPieces: Bool { get }

  /// Draws candidates under conditions: their bins, values and weights.
  func draw(_ chunk: CandidateChunk)

  /// Draws the variables of rows that are left, given those that are drawn.
  ///
  /// - Parameters:
  ///   - range: The places of the rows in the output.
  ///   - firstRow: The number of the run's row at place 0.
  ///   - places: The variables that are drawn already.
  ///   - bins: Their bins, `stride` rows a variable.
  func finish(
    _ range: Range<Int>, firstRow: Int, drawn places: Set<Int>, bins: UnsafeMutablePointer<UInt8>,
    stride: Int, into outputs: [DrawnColumn])
}

/// Candidates that are drawn together.
package struct CandidateChunk {
  /// The variables to draw, ascending.
  package let places: [Int]
  /// The numbers of the candidates in their run: one piece, or several where drawing permits it.
  package let pieces: [Range<Int>]
  /// How many candidates there are.
  package let count: Int
  /// Which conditions each candidate is under.
  package let rowOfCandidate: [Int32]
  /// The conditions.
  package let conditions: RowConditions
  /// Room for bins, `stride` candidates a variable.
  package let bins: UnsafeMutablePointer<UInt8>
  /// The length of a stretch.
  package let stride: Int
  /// Room for values.
  package let outputs: [DrawnColumn]
  /// The logarithm of the weight of each candidate, to which its variables add as they are drawn.
  package let weights: UnsafeMutablePointer<Double>
  /// The same with chances that are never quite nothing; see ``ConditionedDraw``.
  package let backedWeights: UnsafeMutablePointer<Double>
  /// The variable at which the weight of each candidate became 0, or −1.
  package let ends: UnsafeMutablePointer<Int32>

  /// The number of the first candidate in its run.
  package var first: Int { pieces.first?.lowerBound ?? 0 }

  /// Draws uniform numbers of a stream for each candidate.
  package func fillUniforms(
    _ stream: StreamKey, draw: UInt32, firsts: UnsafeMutablePointer<Double>,
    seconds: UnsafeMutablePointer<Double>
  ) {
    var offset = 0
    for piece in pieces {
      stream.fillUniforms(
        entities: UInt64(piece.lowerBound), count: piece.count, draw: draw,
        firsts: firsts + offset, seconds: seconds + offset)
      offset += piece.count
    }
  }

  /// Notes what a condition on a variable said of a candidate.
  @inline(__always)
  package func note(_ outcome: ConditionedDraw.Outcome, at offset: Int, place: Int) {
    weights[offset] +=
      outcome.weight > 0 ? ElementaryFunctions.log(outcome.weight) : -.infinity
    if outcome.backedWeight > 0 {
      backedWeights[offset] += ElementaryFunctions.log(outcome.backedWeight)
    } else {
      if ends[offset] < 0 { ends[offset] = Int32(place) }
      backedWeights[offset] = -.infinity
    }
  }

  /// Notes the logarithm of what a condition on a variable said of a candidate.
  @inline(__always)
  package func note(logarithm: Double, at offset: Int, place: Int) {
    weights[offset] += logarithm
    backedWeights[offset] += logarithm
    if logarithm == -.infinity, ends[offset] < 0 { ends[offset] = Int32(place) }
  }

  /// The condition of a candidate on a variable.
  @inline(__always)
  package func condition(_ offset: Int, _ place: Int) -> CellCondition? {
    conditions.condition(row: Int(rowOfCandidate[offset]), place: place)
  }
}

extension CandidateDrawing {
  /// One piece at a time, where nothing else is said.
  package var drawsPieces: Bool { false }

  /// The same, where nothing is worked out beforehand.
  package func prepared(for conditions: RowConditions, places: [Int]) -> any CandidateDrawing {
    self
  }
}
