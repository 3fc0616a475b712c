// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Fabrication

@Suite struct SpecificationPartTests {
  @Test(arguments: SpecificationPart.all)
  func `each part of a specification has an example that works`(part: SpecificationPart) throws {
    let dataset = try Specification(yaml: "fabricate: 1\n\(part.example)\n", file: "example")
      .tables(key: RandomKey(seed: "example"))
    #expect(dataset.tables.allSatisfy { $0.rowCount > 0 })
  }

  @Test func `every key has an example`() {
    let named = Set(SpecificationPart.all.map(\.name))
    let plain: Set = ["rows", "key", "columns", "notes"]
    #expect(named.subtracting(["tables"]) == Set(TableNode.commonKeys).subtracting(plain))
  }
}
