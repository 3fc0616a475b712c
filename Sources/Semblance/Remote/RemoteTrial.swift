// SPDX-License-Identifier: Apache-2.0
import Disclosure
import Evaluation
import Fidelity
import Formats
import Schemas
import Tables

/// What a request gives on one table, before and after it is checked.
struct RemoteTrial {
  /// A table that a script wrote.
  struct Output {
    var name: String
    var result: OutputCheck.Result
  }

  /// The models compared.
  var models: [RemoteModel]
  /// The tables that a script wrote, checked, in the order of their names.
  var outputs: [Output]
  /// Files that a script wrote and that are no tables to be checked.
  var others: [String]
  /// How the script ended; `nil` without one.
  var outcome: ScriptRun.Outcome?
  /// How it ended on the synthetic table.
  var twin: ScriptRun.Outcome?

  /// Runs a request.
  ///
  /// - Parameters:
  ///   - subject: The table in whose place the request asks, with the bytes of its file.
  ///   - synthetic: The synthetic table, with the bytes of its file.
  init(
    _ bundle: RemoteBundle, subject: (table: Table, bytes: [UInt8]),
    synthetic: (table: Table, bytes: [UInt8]), minimumCount: Int, timeLimit: Double
  ) throws {
    let requests = try bundle.analyses()
    models = []
    for request in requests {
      models.append(
        try RemoteModel(
          request, real: subject.table, synthetic: synthetic.table, schema: bundle.schema,
          minimumCount: minimumCount))
    }
    outputs = []
    others = []
    guard let script = try bundle.script(timeLimit: timeLimit) else { return }
    let further = try bundle.furtherFiles()
    let name = bundle.scriptDataName
    let twin = try script.outcome(on: [(name, synthetic.bytes)] + further)
    let own = try script.outcome(on: [(name, subject.bytes)] + further)
    self.twin = twin
    outcome = own
    let check = OutputCheck(real: subject.table, minimumCount: minimumCount)
    for (name, bytes) in own.files.sorted(by: { $0.key < $1.key }) {
      guard name.hasSuffix(".csv"), let known = twin.files[name],
        let cells = try? Self.cells(of: bytes, named: name),
        let twinCells = try? Self.cells(of: known, named: name)
      else {
        others.append(name)
        continue
      }
      outputs.append(Output(name: name, result: check.result(of: cells, twin: twinCells)))
    }
  }

  /// The header and rows of delimited text.
  static func cells(of bytes: [UInt8], named name: String) throws(DataError) -> [[String]] {
    var options = CSVReadOptions(delimiter: ",", hasHeader: true)
    let first = try CSVReader(options: options).read(bytes: bytes, name: name)
    // Read again as texts, so that each cell is what the script wrote.
    options.textColumns = Set(first.table.columnNames)
    let table = try CSVReader(options: options).read(bytes: bytes, name: name).table
    var columns: [[String]] = []
    for column in table.columns { columns.append(try FaultyTwin.texts(of: column)) }
    return [table.columnNames] + (0..<table.rowCount).map { row in columns.map { $0[row] } }
  }
}
