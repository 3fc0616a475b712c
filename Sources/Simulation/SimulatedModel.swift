// SPDX-License-Identifier: Apache-2.0
public import Tables
import Yams

/// A model that is read from a file, of whichever kind it is.
public enum SimulatedModel: Sendable {
  /// Counts in states, and transitions between them.
  case populations(PopulationModel)
  /// Tables made by formulas and draws.
  case structure(StructuralModel)

  /// Reads a model: `tables` make it structural, `transitions` a population.
  ///
  /// - Throws: `DataError` with file, line, column and what to write instead.
  public init(yaml text: String, file: String) throws(DataError) {
    let root = try ModelNodes(file: file).root(of: text)
    if root["tables"] != nil {
      guard root["simulate"]?.string == "1" else {
        throw DataError(
          "the file does not say `simulate: 1`", file: file, line: 1, position: 1,
          remedy: "Write `simulate: 1` on its first line.")
      }
      self = .structure(try StructuralModel(yaml: text, file: file))
    } else {
      self = .populations(try PopulationModel(yaml: text, file: file))
    }
  }

  /// The seed the file names, if it does.
  public var seed: String? {
    switch self {
    case .populations(let model): model.seed
    case .structure(let model): model.seed
    }
  }
}
