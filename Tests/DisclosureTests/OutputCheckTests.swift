// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import Disclosure

@Suite struct `Checks of outputs` {
  /// Ages of 100 people, one of whom is 97; incomes that occur once each.
  private static let real = Table(columns: [
    Column(name: "age", values: .wholeNumbers((0..<99).map { 20 + Int64($0 % 5) } + [97])),
    Column(name: "income", values: .numbers((0..<100).map { 1234.5 + 10.25 * Double($0) })),
  ])

  private static func check(_ rows: [[String]], header: [String]) -> OutputCheck.Result {
    OutputCheck(real: real).result(of: [header] + rows, twin: [header] + rows)
  }

  @Test func `a row of few records is emptied, and the next smallest with it`() {
    let result = Self.check(
      [["a", "52", "30.5"], ["b", "9", "31.5"], ["c", "39", "29.5"]],
      header: ["group", "n", "mean"])
    #expect(
      result.cells == [
        ["group", "n", "mean"], ["a", "50", "30.5"], ["b", "", ""], ["c", "", ""],
      ])
    #expect(result.withheld.count == 2)
  }

  @Test func `counts are rounded to fives, however large a script calls them`() {
    let result = Self.check(
      [["a", "12", "1"], ["b", "13", "1"], ["c", "9223372036854775807", "1"]],
      header: ["group", "n", "mean"])
    #expect(result.cells.dropFirst().map { $0[1] } == ["10", "15", "9223372036854775805"])
  }

  @Test func `two rows of few records protect each other`() {
    let result = Self.check(
      [["a", "52", "30.5"], ["b", "9", "31.5"], ["c", "3", "29.5"]],
      header: ["group", "n", "mean"])
    #expect(result.cells[1] == ["a", "50", "30.5"])
    #expect(result.cells.dropFirst(2).allSatisfy { $0[1].isEmpty && $0[2].isEmpty })
  }

  @Test(
    arguments: [
      // The greatest age is one person's; an income is one person's, whether printed whole or cut.
      ("max", "97", ""), ("max", "24", "24"), ("best", "1234.5", ""), ("best", "1244.8", ""),
      ("best", "1244.9", "1240"),
      // Three figures of anything else.
      ("mean", "1731.4567", "1730"), ("r2", "0.00123456", "0.00123"),
      ("mean", "-12.3456", "-12.3"),
      // Of 60 records: 4 and 57 are counts that show few, 12 is not.
      ("smokers", "4", ""), ("smokers", "57", ""), ("smokers", "12", "12"), ("smokers", "0", "0"),
      // 0.05 of 60 are three records, as 0.98 leave one; 0.5 are thirty.
      ("share", "0.05", ""), ("share", "0.98", ""), ("share", "0.5", "0.5"),
      ("percent", "5", ""), ("p.value", "0.003", "0.003"),
    ])
  func `a cell that shows few records or a rare value stays`(
    name: String, cell: String, expected: String
  ) {
    let result = Self.check([["60", cell]], header: ["n", name])
    #expect(result.cells == [["n", name], ["60", expected]])
    #expect(result.withheld.isEmpty == (expected != "" || cell == ""))
  }

  @Test func `texts and headers that synthetic rows do not give stay`() {
    let check = OutputCheck(real: Self.real)
    let twin = [["group", "n"], ["a", "40"], ["b", "41"]]
    let result = check.result(
      of: [["group", "n"], ["Ann Smith", "50"], ["b", "41"]], twin: twin)
    #expect(result.cells == [["group", "n"], ["", "50"], ["b", "40"]])
    #expect(!result.withheld.joined().contains("Ann"))
    #expect(!check.result(of: [["Ann Smith", "n"], ["b", "41"]], twin: twin).isReleased)
  }

  @Test func `codes that name a row stay as they are, if synthetic rows give them`() {
    let twin = [
      ["sex", "region", "n", "mean"], ["1", "2", "40", "5.5"], ["2", "2", "30", "4.5"],
    ]
    let cells = [
      ["sex", "region", "n", "mean"], ["1", "2", "55", "5.25"], ["2", "97", "8", "4"],
    ]
    let result = OutputCheck(real: Self.real).result(of: cells, twin: twin)
    #expect(result.cells[1...] == [["1", "2", "", ""], ["2", "", "", ""]])
  }

  @Test func `a table without counts, or of too many rows, stays whole`() {
    #expect(!Self.check([["a", "3.5"]], header: ["group", "mean"]).isReleased)
    let rows = (0..<1001).map { _ in ["50", "1"] }
    #expect(!Self.check(rows, header: ["n", "x"]).isReleased)
  }

  @Test(
    arguments: [
      (0, "0"), (123_456, "123000"), (99_950, "100000"), (0.1, "0.1"), (2.0 / 3, "0.667"),
      (-1234.5, "-1230"), (1e-12, "1e-12"), (999.6, "1000"),
    ] as [(Double, String)])
  func `numbers keep three figures`(number: Double, text: String) {
    #expect(OutputCheck.rounded(number) == text)
  }
}
