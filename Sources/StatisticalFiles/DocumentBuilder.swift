// SPDX-License-Identifier: Apache-2.0
import Schemas
import Studies
import Tables

/// Makes a document of what ReadStat told.
struct DocumentBuilder {
  /// The language under which labels are kept where a file does not say which it is.
  static let language = "en"

  let session: ReadSession
  let threads: Int
  let kind: StatisticalFormat
  let file: String

  func document() throws(DataError) -> StudyDocument {
    let rowCount = session.stores.first?.count ?? 0
    guard session.stores.allSatisfy({ $0.count == rowCount }) else {
      throw DataError(
        "the file ends in the middle of a row", file: file,
        remedy: "Get the file again from where it came from.")
    }
    let cells = SharedCells(
      variables: session.variables, stores: session.stores,
      labels: session.variables.map { labels(of: $0) })
    let kind = kind
    let built = ChunkedWork(count: session.variables.count, threads: threads, chunkSize: 1).map {
      $0.map { place -> (Column, [Diagnostic]) in
        var builder = ColumnBuilder(
          cells.variables[place], cells.stores[place], labels: cells.labels[place], kind: kind)
        return (builder.column(), builder.diagnostics)
      }
    }
    let columns = built.map(\.0)
    let diagnostics = built.flatMap(\.1)
    let table = Table(columns: columns, rowCount: rowCount)
    var schema = SchemaInference().infer(table, threads: threads)
    for (place, variable) in session.variables.enumerated() {
      apply(variable, columns[place], to: &schema.variables[place])
    }
    return StudyDocument(
      table: table, schema: schema,
      file: FileFacts(
        format: kind.rawValue, version: session.version,
        pathExtension: kind.description.extensions[0], label: session.fileLabel,
        notes: session.notes, weight: session.weight, tableName: session.tableName,
        encoding: session.encoding, isCompressed: session.isCompressed),
      diagnostics: diagnostics)
  }

  /// What was read; nobody changes it any more.
  private struct SharedCells: @unchecked Sendable {
    let variables: [DeclaredVariable]
    let stores: [CellStore]
    let labels: [[ReadSession.Label]]
  }

  private func labels(of variable: DeclaredVariable) -> [ReadSession.Label] {
    variable.stored.labelSet.flatMap { session.labelSets[$0] } ?? []
  }

  /// What the file declares takes the place of what was guessed from the values.
  private func apply(_ declared: DeclaredVariable, _ column: Column, to variable: inout Variable) {
    let labels = labels(of: declared)
    if !declared.label.isEmpty { variable.label = [Self.language: declared.label] }
    variable.valueLabels = labels.map {
      ValueLabel(code: $0.code, label: [Self.language: $0.text])
    }
    variable.stored = declared.stored
    // ReadStat adds a byte to the width of Stata's texts, and gives none to its long ones.
    if declared.isText, kind == .dta {
      let width = declared.stored.width
      variable.stored?.storage = width == 0 ? .longText : .text
      variable.stored?.width = max(0, width - 1)
    }
    // ReadStat rounds the width of SPSS's texts up to eight bytes; the format has the true one.
    let format = declared.stored.format
    if declared.isText, kind.calendar == .spss, format.hasPrefix("A"),
      let width = Int(format.dropFirst()), width < 255
    {
      variable.stored?.width = width
    }
    let declaredCodes = column.missing.reasons.filter { $0.code != "" && $0.code != "." }
    let known = Set(declaredCodes.map(\.code))
    variable.missingCodes =
      declaredCodes + variable.missingCodes.filter { !known.contains($0.code) }
    if session.weight == declared.name {
      variable.role = .weight
      variable.reasons.append("the file states that it is the weight")
    }
    applyKind(declared, column, labels, to: &variable)
  }

  private func applyKind(
    _ declared: DeclaredVariable, _ column: Column, _ labels: [ReadSession.Label],
    to variable: inout Variable
  ) {
    if let measure = declared.measure { variable.measure = measure }
    guard variable.role != .identifier, variable.role != .weight else { return }
    guard variable.kind == .wholeNumber || variable.kind.isCategorical, variable.kind != .boolean
    else { return }
    if isLabelled(column, labels) {
      variable.kind = declared.measure == .nominal ? .category : .orderedCategory
      if declared.measure == nil { variable.measure = .ordinal }
      variable.reasons = ["every value has a label"]
      if case .texts = column.values {
        variable.kind = declared.measure == .ordinal ? .orderedCategory : .category
        if declared.measure == nil { variable.measure = .nominal }
      }
    } else if declared.measure == .nominal {
      variable.kind = .category
      variable.reasons.append("the file states names without an order")
    } else if declared.measure == .ordinal {
      variable.kind = .orderedCategory
      variable.reasons.append("the file states ordered levels")
    }
  }

  /// Whether each present value has a label, and there are two or more.
  private func isLabelled(_ column: Column, _ labels: [ReadSession.Label]) -> Bool {
    let codes = Set(labels.map(\.code))
    guard codes.count >= 2 else { return false }
    let present = (0..<column.count).filter { !column.missing.isMissing(at: $0) }
    guard !present.isEmpty else { return false }
    switch column.values {
    case .wholeNumbers(let values):
      let numbers = Set(codes.compactMap { Int64($0) })
      return present.allSatisfy { numbers.contains(values[$0]) }
    case .texts(let list, let pool):
      var isKnown = [Bool](repeating: false, count: pool.count)
      for index in pool.indices { isKnown[index] = codes.contains(pool[index]) }
      return present.allSatisfy { isKnown[Int(list[$0])] }
    default: return false
    }
  }
}
