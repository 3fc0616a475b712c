// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Fabrication

@Suite struct UniquenessTests {
  @Test(arguments: [1, 2, 3, 10, 63, 64, 65, 1000, 4097])
  func `a permutation meets each place once`(
    count: Int
  ) {
    let order = Permutation(count: count, key: RandomKey(seed: "p").stream("x"))
    let places = (0..<count).map { order.place(of: $0) }
    #expect(places.sorted() == Array(0..<count))
    #expect(count < 10 || places != Array(0..<count))
  }

  @Test func `a unique pattern uses up its language, with no text twice`() throws {
    let text = "rows: 1110\ncolumns:\n  x: {pattern: \"[0-9]{1,3}\", unique: true}"
    let specification = try Specification(yaml: text, file: "s")
    let table = try specification.sample(rows: 0..<1110, key: RandomKey(seed: "u"))
    guard case .texts(_, let pool)? = table.columns.first?.values else {
      return #expect(Bool(false))
    }
    #expect(Set(pool.texts).count == 1110)
    #expect(pool.texts.allSatisfy { $0.wholeMatch(of: /[0-9]{1,3}/) != nil })
    #expect(throws: DataError.self) {
      try specification.sample(rows: 1100..<1111, key: RandomKey(seed: "u"))
    }
  }

  @Test func `slices of a unique column fit together`() throws {
    let text = "columns:\n  x: {pattern: \"[A-Z]{4}\", unique: true}"
    let specification = try Specification(yaml: text, file: "s")
    func texts(_ rows: Range<Int>) throws -> [String] {
      guard
        case .texts(_, let pool)? = try specification.sample(
          rows: rows, key: RandomKey(seed: "u")
        ).columns.first?.values
      else { return [] }
      return pool.texts
    }
    #expect(try texts(0..<40) == texts(0..<15) + texts(15..<40))
  }
}
