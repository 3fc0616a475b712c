// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import Foundation
import Formats
import Randomness
import Releases
import Schemas
import Tables
import Testing

@testable import Semblance

/// Some rows and columns of a real data set that lies beside the repository, as a file of its own.
private enum Source: String, CaseIterable {
  case sd2011
  case bcs = "uk-bcs2007-teaching"
  case adult
  case fitzpatrick = "fitzpatrick17k"

  static let folder: String? = {
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return ["/\(package)/../shared", "/\(package)/../../shared"].map { $0 + "/data" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }()

  private var file: String {
    switch self {
    case .sd2011: "SD2011.csv"
    case .bcs: "bcs_2007_8_teaching_data.tab"
    case .adult: "adult.data"
    case .fitzpatrick: "fitzpatrick17k.csv.gz"
    }
  }

  /// The columns that the contracts are about, and some besides; empty for all.
  private var columns: Set<String> {
    switch self {
    case .sd2011:
      ["sex", "age", "edu", "income", "marital", "smoke", "ls", "height", "weight", "sport"]
    case .bcs:
      [
        "rowlabel", "sex", "age", "ethgrp2", "work", "tenure1", "walkdark", "bcsvictim", "tcindwt",
      ]
    case .adult, .fitzpatrick: []
    }
  }

  /// The name of a copy in a folder: some hundred rows, evenly from the whole.
  func copy(in place: String) throws -> String {
    let path = "\(try #require(Self.folder))/\(rawValue)/\(file)"
    if self == .adult {
      let header =
        "age,workclass,fnlwgt,education,education-num,marital-status,occupation,relationship,race,"
        + "sex,capital-gain,capital-loss,hours-per-week,native-country,income"
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      let kept = stride(from: 0, to: lines.count, by: 90).map {
        lines[$0].replacingOccurrences(of: ", ", with: ",")
      }
      let copy = "\(place)/adult.csv"
      try ([header] + kept).joined(separator: "\n").appending("\n")
        .write(to: URL(fileURLWithPath: copy), atomically: true, encoding: .utf8)
      return copy
    }
    let whole = try RealInput(path: path)
    let step = max(1, whole.table.rowCount / (self == .bcs ? 700 : 400))
    let rows = whole.table.selecting(
      rows: Array(stride(from: 0, to: whole.table.rowCount, by: step)))
    let table = Table(
      columns: rows.columns.filter { columns.isEmpty || columns.contains($0.name) })
    let copy = "\(place)/\(rawValue).\(self == .bcs ? "tab" : "csv")"
    try CSVWriter(dialect: whole.dialect).write(table, to: copy)
    return copy
  }
}

@Suite(.enabled(if: Source.folder != nil, "../shared/data is absent"))
struct `Ten contracts on four data sets` {
  private static func file(_ name: String) throws -> ContractFile {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try ContractFile(path: here.path + "/Fixtures/contracts/\(name).yaml")
  }

  private static func run(
    _ name: String, on source: Source, isEvaluated: Bool
  ) throws -> (result: SynthesizeResult, names: [String]) {
    let place = try Place()
    let file = try file(name)
    let result = try SynthesizeVerb(
      SynthesizeRequest(
        input: try source.copy(in: place.path), output: "\(place.path)/out.release",
        contract: file.contract, contractText: file.text, seed: "ten-contracts",
        isEvaluated: isEvaluated)
    ).run()
    return (result, try FileManager.default.contentsOfDirectory(atPath: result.paths.release))
  }

  @Test(
    arguments: [
      (
        "sd2011-analysis", .sd2011, ["age: mean", "between sex", "between height", "analysis"], true
      ),
      ("sd2011-rules", .sd2011, ["rule"], false),
      ("sd2011-presentation", .sd2011, ["marking", "outliers", "income: nothing beyond"], false),
      ("bcs-documented", .bcs, ["documentation", "disclosure"], false),
      (
        "bcs-broken-on-purpose", .bcs,
        ["between bcsvictim, ethgrp2", "between age, tenure1", "between sex"],
        false
      ),
      ("bcs-preview", .bcs, ["volume"], false),
      ("adult-balance", .adult, ["balance"], false),
      ("adult-replaced", .adult, ["occupation: replaced", "workclass: replaced"], false),
      ("adult-code", .adult, ["volume"], false),
      ("fitzpatrick-balance", .fitzpatrick, ["balance"], true),
    ] as [(String, Source, [String], Bool)])
  fileprivate func `each clause kind and purpose is kept, end to end`(
    name: String, source: Source, clauses: [String], isEvaluated: Bool
  ) throws {
    let (result, names) = try Self.run(name, on: source, isEvaluated: isEvaluated)
    #expect(result.contract.broken.isEmpty, "\(result.contract.broken)")
    for clause in clauses {
      let found = result.contract.clauses.filter { $0.clause.hasPrefix(clause) }
      #expect(!found.isEmpty, "\(clause)")
      #expect(found.allSatisfy { $0.outcome == .kept }, "\(clause)")
    }
    #expect(names.contains("contract.json") && names.contains("checklist.md"))
  }

  @Test(
    arguments: [
      ("refused-kept-and-not", .sd2011, [3, 4]), ("refused-balance", .fitzpatrick, [4, 5]),
    ] as [(String, Source, [Int])])
  fileprivate func `what contradicts itself is refused with both clauses named`(
    name: String, source: Source, lines: [Int]
  ) throws {
    let error = try #require(throws: DataError.self) {
      try Self.run(name, on: source, isEvaluated: false)
    }
    #expect(error.message.hasPrefix("two clauses contradict each other"))
    for line in lines { #expect(error.message.contains("(line \(line))")) }
  }

  @Test(arguments: [
    ("broken-limit", "weight: mean"), ("broken-rule", "rule"), ("broken-analysis", "analysis"),
  ])
  func `what cannot be kept comes out broken`(name: String, clause: String) throws {
    let (result, _) = try Self.run(name, on: .sd2011, isEvaluated: false)
    #expect(result.contract.broken.count == 1)
    #expect(result.contract.broken.first?.clause.hasPrefix(clause) == true)
    #expect(result.contract.repairs.count == 3)
  }
}
