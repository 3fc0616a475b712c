// SPDX-License-Identifier: Apache-2.0
import Formats
import Randomness
import Schemas
import Semblance
import Synthesis
import Tables

/// A made-up file that stands for a real one, as text.
struct RealFile {
  var header: [String]
  var rows: [[String]]

  var text: String {
    ([header] + rows).map { row in
      row.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",")
    }.joined(separator: "\n") + "\n"
  }

  func input() throws -> RealInput {
    let document = try CSVReader().read(bytes: Array(text.utf8), name: "real.csv")
    let schema = SchemaInference().infer(document.table)
    return RealInput(
      path: "real.csv", table: schema.markingMissing(in: document.table), schema: schema,
      dialect: document.dialect, diagnostics: document.diagnostics)
  }

  func generator(threads: Int = 1) throws -> Generator {
    try Generator(fitting: try input(), options: FitOptions(threads: threads))
  }

  /// A survey of people: every kind of column at once.
  static func survey(rowCount: Int, seed: String = "survey") -> RealFile {
    let regions = ["North", "East", "South", "West"]
    let key = RandomKey(seed: seed)
    let rows = (0..<rowCount).map { row -> [String] in
      var draws = key.stream("rows").stream(entity: UInt64(row))
      let age = 18 + Draws.integer(below: 60, using: &draws)
      let region = Draws.integer(below: 4, using: &draws)
      let isWorking = Draws.uniform(using: &draws) < (age < 65 ? 0.8 : 0.1)
      let income =
        (Draws.normal(mean: 2000 + 10 * Double(age), standardDeviation: 400, using: &draws) * 100)
        .rounded() / 100
      let start = Draws.integer(below: 300, using: &draws)
      let length = Draws.integer(below: 90, using: &draws)
      let isRefused = Draws.uniform(using: &draws) < 0.07
      return [
        String(1000 + row), String(age), "R\(region)", regions[region],
        isWorking ? "yes" : "no", isWorking ? (isRefused ? "-9" : "\(income)") : "",
        date(start), date(start + length), "person\(row)x@example.org",
        String(Draws.integer(below: 5, using: &draws)),
      ]
    }
    return RealFile(
      header: [
        "id", "age", "region_code", "region", "working", "income", "start", "end", "email", "score",
      ], rows: rows)
  }

  static func date(_ day: Int) -> String {
    let date = CalendarDate(daysSince1970: 18_262 + day)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date.year)-\(two(date.month))-\(two(date.day))"
  }
}

extension Generator {
  /// The file of some rows of a run.
  func csv(_ rows: Range<Int>, seed: String = "1", threads: Int = 1) throws -> String {
    let table = model.sample(rows: rows, key: RandomKey(seed: seed), threads: threads)
    return String(decoding: try CSVWriter(dialect: dialect).bytes(of: table), as: UTF8.self)
  }

  /// The rows of a run as a table.
  func table(_ rows: Range<Int>, seed: String = "1") -> Table {
    model.sample(rows: rows, key: RandomKey(seed: seed), threads: 1)
  }
}

extension String {
  /// The lines, without the last line's end.
  var fileLines: [Substring] { split(separator: "\n", omittingEmptySubsequences: false).dropLast() }
}
