// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization
import Tables

/// What came of a column of a file.
struct ColumnarResult: Sendable {
  /// The column; `nil` if its values have no place in a table.
  var column: Column?
  var diagnostics: [Diagnostic] = []
  /// The levels of a set that the file puts into an order.
  var orderedLevels: [String] = []
  /// What the file says the column means.
  var label = ""
  /// The type that the column has in the file; empty for the usual one.
  var typeName = ""

  /// A column whose values have no place in a table.
  static func passedOver(_ name: String) -> ColumnarResult {
    ColumnarResult(diagnostics: [
      Diagnostic(
        .warning, "values of this type have no place in a table; the column was passed over",
        column: name)
    ])
  }

  /// Reads columns side by side.
  ///
  /// - Throws: What the body throws for the first column that cannot be read.
  static func sideBySide(
    _ count: Int, threads: Int, progress: ProgressHandler,
    _ body: @Sendable (Int) throws(DataError) -> ColumnarResult
  ) throws(DataError) -> [ColumnarResult] {
    let slots = Mutex<[Result<ColumnarResult, DataError>?]>(Array(repeating: nil, count: count))
    let next = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = Result { () throws(DataError) in try body(index) }
        slots.withLock { $0[index] = result }
        progress.report("reading columns", done.add(1, ordering: .relaxed).newValue, of: count)
      }
    }
    var results: [ColumnarResult] = []
    for slot in slots.withLock({ $0 }) {
      if let slot { results.append(try slot.get()) }
    }
    return results
  }
}
