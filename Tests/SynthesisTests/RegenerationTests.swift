// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Synthesis

@Suite struct `Texts and identifiers made anew` {
  private static let count = 1500

  private static func made(
    _ texts: [String], rows: Range<Int> = 0..<2500, minimumCount: Int = 10
  ) -> [String] {
    var pool = TextPool()
    for text in texts { pool.append(text) }
    let column = Column(
      name: "x", values: .texts(codes: texts.indices.map { UInt32($0) }, pool: pool))
    return made(column, rows: rows, minimumCount: minimumCount)
  }

  private static func made(_ column: Column, rows: Range<Int>, minimumCount: Int) -> [String] {
    let regeneration = Regeneration(fitting: column, minimumCount: minimumCount)
    let made = regeneration.column(
      rows: rows, key: RandomKey(seed: "1"), table: "", form: column.form)
    switch made.values {
    case .texts(let codes, let pool): return codes.map { pool[Int($0)] }
    case .wholeNumbers(let values): return values.map(String.init)
    default: return []
    }
  }

  private static func bits(_ row: Int) -> UInt64 {
    RandomKey(seed: "real").stream("texts").bits(entity: UInt64(row), draw: 0).0
  }

  private static func hexadecimal(_ row: Int, _ digits: Int) -> String {
    let text = String(bits(row), radix: 16) + String(bits(row + 1_000_000), radix: 16)
    return String((text + "0000000000000000").prefix(digits))
  }

  /// Kinds of distinct texts, each with a pattern that made-up ones must follow.
  static let kinds: [String: (real: @Sendable (Int) -> String, pattern: String)] = [
    "a UUID": (
      { row in
        let text = Array(hexadecimal(row, 32))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(text[$0]) }
          .joined(separator: "-")
      }, "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
    ),
    "an MD5": ({ hexadecimal($0, 32) }, "^[0-9a-f]{32}$"),
    "a padded number": (
      { row in
        let digits = String(row * 37)
        return String(repeating: "0", count: 8 - digits.count) + digits
      }, "^[0-9]{8}$"
    ),
    "a code with letters": ({ "AB-\(10_000 + $0 * 3)/X" }, "^[A-Z]{2}-[1-9][0-9]{4}/[A-Z]$"),
    "an e-mail": (
      { "\(["anna", "bert", "carl", "dora"][$0 % 4]).q\(bits($0) % 100_000_000)@example.org" },
      "^[a-z]+\\.[a-z]+[0-9]{1,8}@example\\.org$"
    ),
    "a URL": (
      { "https://www.example.org/pages/item\($0 * 7 + 1000).html" },
      "^https://www\\.example\\.org/pages/item[0-9]{4,6}\\.html$"
    ),
    "a telephone number": (
      { "+44 7\(100 + Int(bits($0) % 900)) \(100_000 + Int(bits($0 + 9999) % 900_000))" },
      "^\\+44 7[0-9]{3} [1-9][0-9]{5}$"
    ),
    "a name": (
      { row in
        "\(["Mr", "Mrs", "Dr"][row % 3]) \(word(row)) \(word(row + 5000))"
      }, "^(Mr|Mrs|Dr) [A-Z][a-z]+ [A-Z][a-z]+$"
    ),
  ]

  private static func word(_ row: Int) -> String {
    var rest = bits(row)
    var text = String(UnicodeScalar(UInt8(65 + rest % 26)))
    for _ in 0..<(4 + Int(rest >> 60 & 3)) {
      rest /= 26
      text.append(Character(UnicodeScalar(UInt8(97 + rest % 26))))
    }
    return text
  }

  @Test(arguments: kinds.keys.sorted())
  func `follows the pattern, repeats no row and copies none`(kind: String) throws {
    let (text, pattern) = try #require(Self.kinds[kind])
    let real = (0..<Self.count).map(text)
    try #require(Set(real).count == real.count, "real texts are distinct")
    let made = Self.made(real)
    let regex = try Regex(pattern)
    let strange = made.first { $0.firstMatch(of: regex) == nil }
    #expect(strange == nil)
    #expect(Set(made).count == made.count, "texts repeat")
    // A padded number, a page or a short code may coincide with one that exists.
    let copies = Set(made).intersection(real).count
    #expect(copies <= made.count / 4)
    if kind == "a UUID" || kind == "an MD5" || kind == "a name" || kind == "a telephone number" {
      #expect(copies == 0)
    }
  }

  @Test func `a slice of made-up texts is that slice of all`() throws {
    let (text, _) = try #require(Self.kinds["a name"])
    let real = (0..<Self.count).map(text)
    let all = Self.made(real, rows: 0..<3000)
    #expect(Self.made(real, rows: 2500..<2600) == Array(all[2500..<2600]))
  }

  @Test func `words that few rows share never come out`() {
    let real = (0..<400).map { row in
      row < 9 ? "Secretword report \(row)" : "\(Self.word(row)) report \(row)"
    }
    let made = Self.made(real, rows: 0..<5000)
    #expect(!made.contains { $0.contains("Secretword") })
    #expect(made.contains { $0.contains("report") })
  }

  @Test func `shapes that few rows share are not kept`() {
    let real = (0..<400).map { $0 < 9 ? "#!\($0)~" : "K\($0 + 100)" }
    #expect(!Self.made(real).contains { $0.contains("~") })
  }

  @Test func `free text becomes made-up words, about as many`() {
    let real = (0..<300).map { row in
      (0..<(5 + row % 20)).map { Self.word(row * 40 + $0) + ($0 % 4 == 0 ? "," : "") }
        .joined(separator: " ")
    }
    let made = Self.made(real, rows: 0..<300)
    let words = Set(real.flatMap { $0.split(separator: " ") })
    #expect(!made.contains { $0.split(separator: " ").contains { words.contains($0) } })
    let counts = made.map { $0.split(separator: " ").count }
    #expect((counts.min() ?? 0) >= 4 && (counts.max() ?? 0) <= 26)
  }

  @Test func `whole numbers in equal steps count on, others are distinct and of like length`() {
    let steps = Column(name: "x", values: .wholeNumbers((0..<100).map { 2503 + Int64($0) * 5 }))
    #expect(
      Self.made(steps, rows: 0..<3, minimumCount: 10) == ["1000", "1005", "1010"])
    let numbers = Column(
      name: "x",
      values: .wholeNumbers((0..<2000).map { 10_000_000 + Int64(Self.bits($0) % 89_999_999) }))
    let made = Self.made(numbers, rows: 0..<10_000, minimumCount: 10)
    #expect(Set(made).count == 10_000)
    #expect(!made.contains { $0.utf8.count != 8 })
  }

  /// Three of four records of 4,000, in file order or not.
  @Test(arguments: [true, false])
  func `numbers of records fill the range of the originals, and none is held`(isAscending: Bool) {
    var real = (1...4000).filter { Self.bits($0) % 4 > 0 }.map { Int64($0) }
    if !isAscending { real.sort { Self.bits(Int($0)) < Self.bits(Int($1)) } }
    let column = Column(name: "id", values: .wholeNumbers(real))
    let made = Self.made(column, rows: 0..<real.count, minimumCount: 10).compactMap { Int($0) }
    #expect(Set(made).count == real.count)
    #expect(made.min() ?? 0 >= 1 && made.max() ?? 0 <= 4000 && made != made.sorted())
    // A uniform sample of so many of the range: the mean is 2,000 with a standard error below 21.
    #expect(abs(Double(made.reduce(0, +)) / Double(made.count) - 2000) < 84)
    // More rows than the range go on beyond it.
    let more = Self.made(column, rows: 0..<9000, minimumCount: 10)
    #expect(Set(more).count == 9000 && Array(more.prefix(made.count)) == made.map(String.init))
    let regeneration = Regeneration(fitting: column, minimumCount: 10)
    #expect(regeneration.pattern == .numbering(start: 1, range: 4000, storage: .wholeNumbers))
    // Numbers that leave most of their range out are codes.
    let codes = Column(name: "id", values: .wholeNumbers(real.map { $0 * 5 + Int64($0 % 3) }))
    guard case .digits = Regeneration(fitting: codes, minimumCount: 10).pattern else {
      Issue.record("numbers that lie apart are codes")
      return
    }
  }

  @Test func `missing cells keep their share and reasons`() {
    let codes = (0..<2000).map { UInt8($0 % 10 == 0 ? 1 : ($0 % 10 == 1 ? 2 : 0)) }
    let column = Column(
      name: "x", values: .wholeNumbers((0..<2000).map { 500 + Int64($0 * $0) }),
      missing: MissingCells(
        reasons: [MissingReason(code: ""), MissingReason(code: "refused")], codes: codes))
    let made = Regeneration(fitting: column, minimumCount: 10).column(
      rows: 0..<10_000, key: RandomKey(seed: "1"), table: "", form: .number(NumberForm()))
    for code in [UInt8(1), 2] {
      let share = Double(made.missing.codes.count { $0 == code }) / 10_000
      // 4.9 standard errors: α of about 10⁻⁶.
      #expect(abs(share - 0.1) < 4.9 * (0.1 * 0.9 / 10_000).squareRoot())
    }
  }

  @Test(arguments: [[1], [2], [10], [26, 10], [9, 10, 10], [16, 5, 1]])
  func `codes of a small space are all used before one is used again`(sizes: [Int]) {
    let alphabets = sizes.map { size in (0..<size).map { UInt8(33 + $0) } }
    let space = sizes.reduce(1, *)
    var generator = RandomKey(seed: "1").stream("x").stream(entity: 0)
    let texts = (0..<UInt64(space)).map { row in
      DistinctCode(row: row, offset: 12_345)
        .text([(fixed: "", alphabets: alphabets)], using: &generator)
    }
    #expect(Set(texts).count == space)
  }
}
