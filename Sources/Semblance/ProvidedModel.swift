// SPDX-License-Identifier: Apache-2.0
import Contracts
import Dictionaries
import Fabrication
import Randomness
import Schemas
import Synthesis
import Tables

/// A model whose replaced variables take their values from providers.
struct ProvidedModel: Model {
  let base: any Model
  private let providers: [String: Provider]

  var schema: Schema { base.schema }
  var plan: Plan { base.plan }
  var fittedRowCount: Int { base.fittedRowCount }

  /// The model itself where its plan names no provider.
  static func wrapping(_ base: any Model) -> any Model {
    var providers: [String: Provider] = [:]
    for step in base.plan.steps where step.action == .replaced {
      if let provider = step.provider.flatMap(Provider.named) {
        providers[step.variable] = provider
      }
    }
    return providers.isEmpty ? base : ProvidedModel(base: base, providers: providers)
  }

  func sample(rows: Range<Int>, key: RandomKey, threads: Int) -> Table {
    providing(base.sample(rows: rows, key: key, threads: threads), rows: rows, key: key)
  }

  /// Rows of the model below, with the columns of providers.
  func providing(_ table: Table, rows: Range<Int>, key: RandomKey) -> Table {
    let columns = table.columns.map { column -> Column in
      guard let provider = providers[column.name] else { return column }
      return provider.column(
        named: column.name, rows: rows,
        stream: key.stream(path: ["provider", provider.name, column.name]))
    }
    return Table(name: table.name, columns: columns, rowCount: table.rowCount)
  }

  func inventory() -> [ModelHolding] { base.inventory() }

  func explanation(of variable: String) -> [String] { base.explanation(of: variable) }
}

extension Contract {
  /// Checks that the providers of a contract exist, and that their columns hold texts.
  ///
  /// - Throws: `DataError` with the line of the clause.
  func refuseUnknownProviders(for table: Table) throws(DataError) {
    for clause in variables {
      guard let name = clause.provider else { continue }
      guard Provider.named(name) != nil else {
        throw DataError(
          "there is no provider \"\(name)\"", file: file, line: clause.place.line,
          position: clause.place.column,
          remedy: NearMiss.remedy(for: name, among: Provider.all.map(\.name)))
      }
      if let column = table.column(named: clause.name), case .texts = column.values { continue }
      throw DataError(
        "the provider \"\(name)\" makes texts, and \"\(clause.name)\" holds none", file: file,
        line: clause.place.line, position: clause.place.column,
        remedy: "Take `by` out; values of the column's own kind are made up then.")
    }
  }
}
