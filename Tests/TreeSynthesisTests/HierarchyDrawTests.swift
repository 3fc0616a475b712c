// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import TreeSynthesis

@Suite struct `Drawing from boosted hierarchies` {
  /// Two-sided normal bound for α = 10⁻⁶.
  private static let z = 4.892

  /// A category, and two scales that depend on it and on each other; the second is never below the
  /// first.
  private static func table(_ count: Int) -> Table {
    var groups: [UInt32] = []
    var first: [Int64] = []
    var second: [Int64] = []
    var codes: [UInt8] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("boosted").stream(entity: UInt64(row))
      let group = Draws.uniform(using: &draws) < 0.3 ? 1 : 0
      let x = Draws.normal(mean: group == 1 ? 60 : 40, standardDeviation: 8, using: &draws)
      groups.append(UInt32(group))
      first.append(Int64(x.rounded()))
      second.append(Int64(x.rounded()) + Int64(Draws.integer(below: 20, using: &draws)))
      codes.append(Draws.uniform(using: &draws) < (group == 1 ? 0.2 : 0.05) ? 1 : 0)
    }
    return Table(columns: [
      Column(name: "g", values: .texts(codes: groups, pool: TextPool(["x", "y"]))),
      Column(
        name: "a", values: .wholeNumbers(first),
        missing: MissingCells(reasons: [MissingReason(code: "refused")], codes: codes)),
      Column(name: "b", values: .wholeNumbers(second)),
    ])
  }

  private static func model(_ table: Table, threads: Int = 1) throws -> TreeModel {
    let schema = SchemaInference().infer(table)
    let binned = try BinnedTable(table, schema: schema, binner: Binner(minimumWeight: 10))
    let plan = Planner(options: PlanOptions(minimumLeafCount: 40)).plan(
      table, schema: schema, binned: binned, method: TreeSynthesizer.boostingMethod)
    return try TreeSynthesizer(threads: threads).fit(
      table, binned: binned, schema: schema, plan: plan)
  }

  private static let fitted = Result { try model(table(1000)) }

  @Test func `margins, and missing cells given a predictor, match what made the data`() throws {
    let model = try Self.fitted.get()
    let count = 2000
    let table = model.sample(rows: 0..<count, key: RandomKey(seed: "7"), threads: 2)
    guard case .texts(let codes, let pool) = table.columns[0].values else {
      Issue.record("the category is text")
      return
    }
    let isY = codes.map { pool[Int($0)] == "y" }
    // The rows fitted vary, and so do, less, the rows drawn.
    let error = (0.3 * 0.7 * (1.0 / 1000 + 1.0 / 2000)).squareRoot()
    #expect(abs(Double(isY.count { $0 }) / Double(count) - 0.3) < Self.z * error)
    for (level, truth) in [(true, 0.2), (false, 0.05)] {
      let rows = isY.indices.filter { isY[$0] == level }
      let found = Double(rows.count { table.columns[1].missing.isMissing(at: $0) })
      let n = Double(rows.count)
      let error = (truth * (1 - truth) * 3 / n).squareRoot()
      #expect(abs(found / n - truth) < Self.z * error, "\(found / n)")
      let values = table.columns[2].values.scaleValues
      let mean = rows.reduce(0) { $0 + values[$1] } / n
      // Mean 9.5 above the first scale; deviation √(64 + 33.25).
      let aim = (level ? 60.0 : 40) + 9.5
      #expect(abs(mean - aim) < Self.z * (97.25 * 3 / n).squareRoot() + 0.5, "\(mean)")
    }
  }

  @Test func `a limit by another variable holds in every row`() throws {
    let model = try Self.fitted.get()
    #expect(model.variables.contains { $0.isLimited })
    let table = model.sample(rows: 0..<1000, key: RandomKey(seed: "8"), threads: 2)
    let first = table.columns[1].values.scaleValues
    let second = table.columns[2].values.scaleValues
    let missing = table.columns[1].missing
    #expect((0..<1000).allSatisfy { missing.isMissing(at: $0) || second[$0] >= first[$0] })
  }

  @Test func `threads and slices change no row, nor does saving`() throws {
    let model = try Self.fitted.get()
    let whole = model.sample(rows: 0..<1000, key: RandomKey(seed: "9"), threads: 1)
    #expect(model.sample(rows: 0..<1000, key: RandomKey(seed: "9"), threads: 3) == whole)
    let slice = model.sample(rows: 599..<900, key: RandomKey(seed: "9"), threads: 2)
    #expect(slice == whole.selecting(rows: Array(599..<900)))
    let loaded = try TreeModel(try model.file(), name: "g.semblance")
    #expect(loaded.sample(rows: 0..<1000, key: RandomKey(seed: "9"), threads: 2) == whole)
    #expect(try loaded.file() == model.file())
    #expect(try Self.model(Self.table(1000), threads: 2).file() == model.file())
  }

  @Test func `uniform numbers pick bins in order, as often as their shares say`() throws {
    let model = try Self.fitted.get()
    let variable = try #require(model.variables.last)
    guard case .hierarchy(let fitted) = variable.conditional else {
      Issue.record("a boosted variable has a hierarchy")
      return
    }
    let draw = HierarchyDraw(fitted)
    let count = 4000
    // All rows have the same predictors, so that the uniform number alone decides.
    let zeros = [UInt8](repeating: 1, count: count)
    let uniforms = (0..<count).map { (Double($0) + 0.5) / Double(count) }
    var bins = [UInt8](repeating: 0, count: count)
    zeros.withUnsafeBufferPointer { zeros in
      guard let base = zeros.baseAddress else { return }
      let columns = variable.predictors.map { _ in base }
      bins.withUnsafeMutableBufferPointer { bins in
        guard let bins = bins.baseAddress else { return }
        draw.bins(columns, count: count, uniforms: uniforms, into: bins)
      }
      #expect(zip(bins, bins.dropFirst()).allSatisfy(<=))
      // Within bounds, shares are those of the whole, blown up: the same rank gives the same bin.
      let low = Int(bins[1000])
      let high = Int(bins[2999])
      let inside = bins.filter { Int($0) >= low && Int($0) <= high }
      for place in stride(from: 0, to: inside.count, by: 37) {
        let uniform = (Double(place) + 0.5) / Double(inside.count)
        let found = draw.bin(columns, row: 0, uniform: uniform, from: low, through: high)
        #expect(abs((found ?? -9) - Int(inside[place])) <= 1)
      }
      #expect(draw.bin(columns, row: 0, uniform: 0.5, from: 254, through: 255) == nil)
    }
  }

  @Test func `damaged bytes of a variable throw or can be drawn from, and never trap`() throws {
    let model = try Self.fitted.get()
    let file = try model.file()
    let place = try #require(file.sections.firstIndex { $0.name == "boosted:b" })
    let bytes = file.sections[place].bytes
    var refused = 0
    for index in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
      for change in [UInt8(1), 0x80, 0xFF] {
        var damaged = file
        damaged.sections[place].bytes[index] ^= change
        if let read = try? TreeModel(damaged, name: "g.semblance") {
          _ = read.sample(rows: 0..<20, key: RandomKey(seed: "1"), threads: 1)
        } else {
          refused += 1
        }
      }
    }
    #expect(refused > 0)
    for count in [0, 1, bytes.count / 2, bytes.count - 1] {
      var short = file
      short.sections[place].bytes = Array(bytes[..<count])
      #expect(throws: DataError.self) { try TreeModel(short, name: "g.semblance") }
    }
    // With its checksum the file as a whole shows any damage.
    var whole = file.encoded()
    whole[whole.count / 2] ^= 4
    #expect(throws: DataError.self) { try GeneratorFile(decoding: whole, name: "g.semblance") }
  }
}
