// SPDX-License-Identifier: Apache-2.0
import Tables

/// Finds out what one column is from rows that come block by block.
///
/// As ``ColumnTyper`` does, the likeliest candidate is tried and then the next; a candidate that did not
/// see the first blocks is tried on all of them in a further walk through the file.
struct ColumnSurvey: Sendable {
  /// What was found out.
  struct Decision: Sendable {
    var candidate: CellCandidate
    var evidence: CellEvidence
    var form: WrittenForm
    var diagnostics: [Diagnostic]

    /// The cells of some rows as such values.
    func column(_ cells: FieldText, _ number: Int, name: String) throws(DataError) -> Column {
      var collector = candidate.collector(cells, number, after: evidence)
      guard collector.consume(0..<cells.rowCount) else {
        throw DataError(
          "the file changed while it was read", column: name,
          remedy: "Wait until it is written, and try again.")
      }
      let (values, missing) = collector.content()
      return Column(name: name, values: values, missing: missing, form: form)
    }
  }

  let number: Int
  let name: String
  private var candidates: [CellCandidate]
  private var candidate: CellCandidate
  private var evidence = CellEvidence()
  private var blockCount = 0
  private var mustRestart = false
  /// What the column is, once all rows agree.
  private(set) var decision: Decision?

  init(_ number: Int, name: String, candidates likelierLast: [CellCandidate]) {
    self.number = number
    self.name = name
    candidates = likelierLast
    candidate = candidates.popLast() ?? .text
  }

  /// Reads the rows of the next block, some at a time so that they stay in the cache.
  static func consume(_ surveys: inout [ColumnSurvey], _ cells: FieldText, blockRows: Int) {
    var collectors = surveys.map { $0.candidate.surveyor(cells, $0.number, after: $0.evidence) }
    for start in stride(from: 0, to: cells.rowCount, by: blockRows) {
      let end = min(start + blockRows, cells.rowCount)
      for place in surveys.indices {
        var rows = start..<end
        while !collectors[place].consume(rows) {
          surveys[place].tryNext()
          collectors[place] = surveys[place].candidate.surveyor(
            cells, surveys[place].number, after: CellEvidence())
          rows = 0..<end
        }
      }
    }
    for place in surveys.indices {
      surveys[place].evidence = collectors[place].evidence
      surveys[place].blockCount += 1
    }
  }

  private mutating func tryNext() {
    candidate = candidates.popLast() ?? .text
    evidence = CellEvidence()
    if blockCount > 0 { mustRestart = true }
  }

  /// Ends a walk through the file; without a decision then, a further one is needed.
  mutating func endWalk() {
    if !mustRestart {
      if let (form, diagnostics) = candidate.conclusion(evidence, name: name) {
        decision = Decision(
          candidate: candidate, evidence: evidence, form: form, diagnostics: diagnostics)
        return
      }
      candidate = candidates.popLast() ?? .text
    }
    evidence = CellEvidence()
    blockCount = 0
    mustRestart = false
  }
}
