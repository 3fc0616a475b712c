// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Foundation
import Schemas
import Testing

@testable import Reporting

struct PublicStatementTests {
  private static let note = "owners note about 7777 rows"
  private static let full = Score(
    0.123456789, reference: 0.112345678, limit: 0.134567891, lower: 0.101234567,
    upper: 0.145678912, note: note)
  private static let tiny = Score(0.000123, lower: 0.0000456, upper: 0.000789, note: note)

  private static func statement(realRowCount: Int) -> PublicStatement {
    let chart = ColumnChart(labels: [], real: [], synthetic: [], isHistogram: false)
    let fidelity = FidelityReport(
      realRowCount: realRowCount, syntheticRowCount: 50, referenceKind: .holdout,
      columns: [full, tiny].map {
        ColumnFidelity(
          name: "x", measure: "ks", distance: $0, missingness: $0, chart: chart, summaries: [])
      },
      pairs: [], shapeError: full, trendError: full, missingPatterns: full, skipped: [])
    let disclosure = DisclosureReport(
      controlKind: .holdout, exactMatches: tiny, uniqueMatches: full, closerToTraining: full,
      nearMatches: full, valueIndications: full, extremeIndications: full,
      combinationIndications: full, findings: [], skipped: [])
    return PublicStatement(
      ReportSubject(
        name: "t", dataFile: "t.csv", rowCount: 50,
        schema: Schema(variables: [Variable(name: "x", kind: .number, measure: .scale)]),
        software: "Semblance",
        making: nil), fidelity: fidelity, disclosure: disclosure)
  }

  /// The numbers of a JSON value, wherever they stand.
  private static func numbers(in value: Any) -> [Double] {
    switch value {
    case let number as NSNumber: [number.doubleValue]
    case let list as [Any]: list.flatMap(numbers)
    case let object as [String: Any]: object.values.flatMap(numbers)
    default: []
    }
  }

  @Test(arguments: [(400, 100.0), (20_000, 1000.0)])
  func `no figure of the public statement is finer than it may be, ends of intervals included`(
    rowCount: Int, scale: Double
  ) throws {
    let statement = Self.statement(realRowCount: rowCount)
    let columns = try #require(statement.fidelity?.columns)
    for score in columns.flatMap({ [$0.distance, $0.missingness] }) {
      for figure in [score.value, score.reference, score.limit, score.lower, score.upper] {
        guard let figure else { continue }
        #expect(figure != 0 && abs(figure * scale - (figure * scale).rounded()) < 1e-9)
      }
    }
    #expect(columns[0].distance.lower == (0.101234567 * scale).rounded() / scale)
    #expect(columns[0].distance.upper == (0.145678912 * scale).rounded() / scale)
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(statement))
    let numbers = Self.numbers(in: object)
    #expect(numbers.count > 40)
    for number in numbers {
      #expect(abs(number * 1000 - (number * 1000).rounded()) < 1e-9, "\(number)")
    }
  }

  @Test func `the owner's notes do not reach the public statement or its page`() throws {
    let statement = Self.statement(realRowCount: 400)
    let text = String(decoding: try JSONEncoder().encode(statement), as: UTF8.self)
    #expect(!text.contains("7777") && !text.contains("\"note\""))
    #expect(!statement.sentences.joined().contains("7777"))
  }
}
