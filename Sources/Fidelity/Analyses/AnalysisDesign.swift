// SPDX-License-Identifier: Apache-2.0
import Formulas
import Learners
import Tables

/// The columns of a model, the same in each table.
///
/// Levels have a column each but for the first, unless what remains of a term without them is no term
/// of the model; then they have all, as in R.
struct AnalysisDesign {
  /// The names of the columns.
  let names: [String]
  private let terms: [[Part]]
  private let hasIntercept: Bool

  private struct Part {
    var factor: AnalysisFactor
    var hasAllLevels: Bool
  }

  /// Reads the terms; a model without a constant of its own is given none.
  init(
    _ formula: ModelFormula, _ tables: AnalysisTables, hasConstant: Bool
  ) throws(DataError) {
    hasIntercept = hasConstant && formula.hasIntercept
    // A model with thresholds or a baseline has a constant, though no column for it.
    var isConstantCovered = !hasConstant || formula.hasIntercept
    let sets = formula.terms.map { Set($0.factors) }
    var terms: [[Part]] = []
    var names = hasIntercept ? ["(Intercept)"] : []
    for (place, term) in formula.terms.enumerated() {
      var parts: [Part] = []
      for factor in term.factors {
        let read = try AnalysisFactor(factor, tables)
        let rest = sets[place].subtracting([factor])
        let isMarginal = rest.isEmpty ? isConstantCovered : sets.contains(rest)
        if rest.isEmpty, read.isCategorical { isConstantCovered = true }
        parts.append(Part(factor: read, hasAllLevels: !isMarginal))
      }
      terms.append(parts)
      var combined = [""]
      for part in parts {
        // The first factor varies fastest, as in R.
        let own = part.factor.names(hasAllLevels: part.hasAllLevels)
        combined = own.flatMap { name in combined.map { $0.isEmpty ? name : "\($0):\(name)" } }
      }
      names += combined
    }
    self.terms = terms
    self.names = names
  }

  /// Adds a row to a design; false if a cell is missing.
  func append(_ table: Int, _ row: Int, to design: inout SparseDesign) -> Bool {
    var entries: [(column: Int, value: Double)] = hasIntercept ? [(0, 1)] : []
    var first = entries.count
    for parts in terms {
      var products: [(column: Int, value: Double)] = [(0, 1)]
      var width = 1
      for part in parts {
        guard
          let own = part.factor.entries(table, row, hasAllLevels: part.hasAllLevels)
        else { return false }
        products = own.flatMap { entry in
          products.map { ($0.column + width * entry.column, $0.value * entry.value) }
        }
        width *= part.factor.width(hasAllLevels: part.hasAllLevels)
      }
      entries += products.map { (first + $0.column, $0.value) }
      first += width
    }
    for entry in entries where entry.value != 0 {
      design.append(column: entry.column, value: entry.value)
    }
    return true
  }
}
