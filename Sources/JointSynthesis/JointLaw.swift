// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness

/// What ties the drawn variables to each other.
enum JointLaw: Hashable, Sendable {
  case copula(GaussianCopula)
  case network(BayesianNetwork)
  case classes(LatentClasses)
  case components(ComponentLaw)
  case rows(StoredRows)
  case leaves(LeafLaw)
  case neural(NeuralLaw)

  /// A place to draw chunks of rows in.
  ///
  /// - Parameters:
  ///   - bins: The bins of a chunk, `stride` rows a variable.
  func chunk(
    _ variables: [JointVariable], key: RandomKey, table: String, bins: UnsafeMutablePointer<UInt8>,
    stride: Int
  ) -> any JointChunk {
    switch self {
    case .copula(let copula):
      CopulaChunk(copula, variables, key: key, table: table, bins: bins, stride: stride)
    case .network(let network): NetworkChunk(network, bins: bins, stride: stride)
    case .classes(let law):
      ClassesChunk(law, variables, key: key, table: table, bins: bins, stride: stride)
    case .components(let law):
      ComponentChunk(law, variables, key: key, table: table, bins: bins, stride: stride)
    case .rows(let stored):
      RowsChunk(stored, variables, key: key, table: table, bins: bins, stride: stride)
    case .leaves(let law):
      LeafChunk(law, variables, key: key, table: table, bins: bins, stride: stride)
    case .neural(let law):
      NeuralChunk(
        law, tables: law.groups.map { NetworkTables($0.network, layer: $0.layer) }, key: key,
        table: table, bins: bins, stride: stride)
    }
  }
}

/// Draws the bins of a chunk of rows, variable by variable in their order.
protocol JointChunk: AnyObject {
  /// Begins with rows of the run.
  func begin(firstRow: Int, count: Int)

  /// Draws a variable whose predecessors are finished, and writes the bin of each row in its stretch.
  ///
  /// - Parameter uniforms: One number in 0..<1 a row.
  func fill(_ place: Int, uniforms: UnsafePointer<Double>)

  /// Draws the bin of one row again, among those within bounds, given all that was drawn before; `nil` if
  /// there is none.
  func redraw(_ place: Int, offset: Int, uniform: Double, from first: Int, through last: Int)
    -> Int?

  // MARK: Conditions

  /// Writes the chances that a cell is missing, reason by reason, and after them that it is present, where
  /// the law decides this apart from the value; returns whether it does.
  func missingChances(
    _ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>
  ) -> Bool

  /// Settles for which reason a cell is missing, or, by the number of reasons, that it is present.
  func hold(_ place: Int, offset: Int, missingFor reason: Int, uniform: Double)

  /// Writes the chance of each bin given all that is settled; where missing is decided apart, of present
  /// values.
  func chances(_ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>)

  /// Settles the bin of a cell, and what stands behind it.
  ///
  /// - Parameter uniform: A number in 0..<1 that picks the place in the bin.
  func hold(_ place: Int, offset: Int, bin: Int, uniform: Double)
}

extension JointChunk {
  func missingChances(
    _ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>
  ) -> Bool { false }

  func hold(_ place: Int, offset: Int, missingFor reason: Int, uniform: Double) {}

  func hold(_ place: Int, offset: Int, bin: Int, uniform: Double) {}
}
