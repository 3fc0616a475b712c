// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Fabrication

@Suite struct MakerCatalogueTests {
  @Test(arguments: [
    ("value", "[0-9]+"), ("by", "[A-Z][a-z]+ [A-Z][a-z]+"), ("pattern", "[A-Z]{2}[0-9]{3}"),
    ("sequence", "100"), ("point", #"51\.[0-9]{1,6}"#),
    ("json", #"\{"name":"[A-Z][a-z]+","tags":\[1,2\]\}"#), ("array", #"\[[1-6],[1-6],[1-6]\]"#),
    ("markov", "the (cat|dog) sat( down)?"),
  ]) func `each way to make a column has an example that works`(name: String, form: String) throws {
    let maker = try #require(MakerCatalogue.all.first { $0.name == name })
    let example = try maker.example()
    #expect(example.wholeMatch(of: try Regex(form)) != nil, "\(example)")
    #expect(try maker.example() == example)
  }

  @Test func `the catalogue is complete`() {
    #expect(Set(MakerCatalogue.all.map(\.name)) == Set(ColumnReader.makers))
  }
}
