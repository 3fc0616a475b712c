// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Fabrication

@Suite struct CoveringArrayTests {
  /// Combinations that no row has, counted from the rows alone.
  static func missing(_ rows: [[Int]], _ levels: [Int], _ strength: Int) -> Int {
    var count = 0
    func visit(_ chosen: [Int], from: Int) {
      if chosen.count == strength {
        let seen = Set(rows.map { row in chosen.map { row[$0] } })
        count += chosen.reduce(1) { $0 * levels[$1] } - seen.count
        return
      }
      for factor in from..<levels.count { visit(chosen + [factor], from: factor + 1) }
    }
    visit([], from: 0)
    return count
  }

  /// 28 rows by the product of two orthogonal arrays of 16 rows, less the 4 that hold one level.
  ///
  /// The best that is published is 28 as well, for 18 to 24 factors: Colbourn, "Covering array tables",
  /// table t = 2, v = 4, as of November 2024 (entry k = 24, N = 28, "PCAx2PCA"; the entry below is
  /// k = 17, N = 27).
  @Test func `pairs of twenty factors of four levels take 28 rows, as many as the best published`()
    throws
  {
    let levels = [Int](repeating: 4, count: 20)
    let array = try #require(CoveringArray(levels: levels, strength: 2))
    let published = 28
    #expect(array.rows.count * 10 <= published * 11 && array.rows.count == 28)
    #expect(Self.missing(array.rows, levels, 2) == 0)
    #expect(array.missingCount == 0)
  }

  @Test(arguments: [
    ([2, 2, 2], 2, 4), ([3, 3, 3, 3], 2, 9), ([4, 4, 4, 4, 4], 2, 16), ([2, 3, 4, 5], 2, 22),
    ([7, 2], 2, 14), ([1, 3, 2], 2, 6), ([2, 2, 2, 2], 3, 8), ([3, 3, 3, 3], 3, 36),
    ([2, 3, 2, 4, 2], 3, 32), ([5], 1, 5), ([2, 2, 2, 2], 4, 16), ([6, 6, 6, 6], 2, 49),
  ]) func `every combination occurs, in few rows`(levels: [Int], strength: Int, most: Int) throws {
    let array = try #require(CoveringArray(levels: levels, strength: strength))
    #expect(Self.missing(array.rows, levels, strength) == 0)
    #expect(array.rows.count <= most, "\(array.rows.count)")
    #expect(array.rows.allSatisfy { row in zip(row, levels).allSatisfy { $0 >= 0 && $0 < $1 } })
  }

  @Test func `an array with a row taken out lacks something, and says so`() throws {
    let levels = [3, 3, 3, 3]
    let array = try #require(CoveringArray(levels: levels, strength: 2))
    #expect(Self.missing(Array(array.rows.dropLast()), levels, 2) > 0)
  }

  @Test(arguments: [2, 3, 4, 5, 7, 8, 9, 16, 25, 27]) func `a field has inverses and distributes`(
    size: Int
  ) throws {
    let field = try #require(FiniteField(size))
    for a in 1..<size { #expect(Set((0..<size).map { field.product(a, $0) }).count == size) }
    for a in 0..<min(size, 9) {
      for b in 0..<min(size, 9) {
        for c in 0..<min(size, 9) {
          #expect(
            field.product(a, field.sum(b, c)) == field.sum(field.product(a, b), field.product(a, c))
          )
        }
      }
    }
  }

  @Test(arguments: [6, 10, 12, 15]) func `there is no field of other sizes`(size: Int) {
    #expect(FiniteField(size) == nil)
  }

  @Test func `a specification covers the pairs of its columns`() throws {
    let text = """
      columns:
        a: ~ categorical(x = 1, y = 99)
        b: ~ categorical(p = 1, q = 1, r = 1)
        c: a == 'x' and b == 'q'
        d: ~ bernoulli(0.01)
      cover: {columns: [a, b, d], strength: 2}
      """
    let specification = try Specification(yaml: text, file: "s")
    let table = try specification.sample(
      rows: 0..<specification.rowCount, key: RandomKey(seed: "c"))
    let a = try SeveralTablesTests.texts(table, "a").compactMap { $0 }
    let b = try SeveralTablesTests.texts(table, "b").compactMap { $0 }
    guard case .booleans(let c)? = table.column(named: "c")?.values,
      case .booleans(let d)? = table.column(named: "d")?.values
    else { return #expect(Bool(false)) }
    #expect(Set(zip(a, b).map { $0 + $1 }).count == 6)
    #expect(Set(zip(b, d).map { "\($0)\($1)" }).count == 6)
    #expect(Set(zip(a, d).map { "\($0)\($1)" }).count == 4)
    #expect(c == zip(a, b).map { $0 == "x" && $1 == "q" })
    #expect(table.rowCount == 6)
  }
}
