// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `The same row everywhere` {
  private static let real = RealFile.survey(rowCount: 400)

  @Test func `one, two and eight threads write the same bytes`() throws {
    let generator = try Self.real.generator()
    let one = try generator.csv(0..<5000, threads: 1)
    #expect(one.fileLines.count == 5001)
    #expect(try generator.csv(0..<5000, threads: 2) == one)
    #expect(try generator.csv(0..<5000, threads: 8) == one)
  }

  @Test(arguments: [0..<1, 0..<600, 599..<2200, 2047..<2050, 4000..<5000])
  func `a slice is that slice of a full run, also past the rows fitted`(slice: Range<Int>) throws {
    let generator = try Self.real.generator()
    let whole = try generator.csv(0..<5000).fileLines
    let part = try generator.csv(slice).fileLines
    #expect(part.first == whole.first)
    #expect(
      Array(part.dropFirst())
        == Array(whole.dropFirst()[(slice.lowerBound + 1)...].prefix(slice.count)))
  }

  @Test func `a generator that was saved and loaded writes the same bytes`() throws {
    let generator = try Self.real.generator()
    let bytes = try generator.encoded()
    let loaded = try Generator(decoding: bytes, name: "g.semblance")
    #expect(try loaded.csv(0..<3000) == generator.csv(0..<3000))
    #expect(try loaded.encoded() == bytes)
  }

  @Test func `threads and a second run of fitting change no byte of the generator`() throws {
    let bytes = try Self.real.generator(threads: 1).encoded()
    #expect(try Self.real.generator(threads: 2).encoded() == bytes)
    #expect(try Self.real.generator(threads: 1).encoded() == bytes)
  }

  @Test func `another seed writes other rows`() throws {
    let generator = try Self.real.generator()
    #expect(try generator.csv(0..<50, seed: "2") != generator.csv(0..<50, seed: "1"))
  }

  @Test func `a column more leaves the draws of the others as they were`() throws {
    // Without splits a column depends on its own uniforms only, so that its cells show them.
    var options = FitOptions()
    options.plan.minimumLeafCount = 1_000_000
    var wide = Self.real
    wide.header.insert("extra", at: 3)
    for row in wide.rows.indices { wide.rows[row].insert(row % 3 == 0 ? "a" : "b", at: 3) }
    let narrow = try Generator(fitting: Self.real.input(), options: options).table(0..<400)
    let wider = try Generator(fitting: wide.input(), options: options).table(0..<400)
    #expect(wider.columnCount == narrow.columnCount + 1)
    for column in narrow.columns { #expect(wider.column(named: column.name) == column) }
  }

  @Test func `no rows are a header`() throws {
    let generator = try Self.real.generator()
    #expect(try generator.csv(7..<7).fileLines.count == 1)
  }
}
