// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Fabrication

/// Each provider's form and reserved range, on 2,000 values with a fixed seed.
@Suite struct ProviderTests {
  static func values(_ name: String) throws -> [String] {
    let provider = try #require(Provider.named(name))
    let key = RandomKey(seed: "providers").stream(name)
    return (0..<2000).map { provider.text(of: key.stream(entity: UInt64($0))) }
  }

  @Test func `telephone numbers stay in the ranges kept for drama`() throws {
    for value in try Self.values("uk.phone") {
      #expect(
        value.wholeMatch(
          of: /07700 900\d{3}|020 7946 0\d{3}|0121 496 0\d{3}|0161 496 0\d{3}|01632 960\d{3}/)
          != nil,
        "\(value)")
    }
  }

  @Test func `NHS numbers begin with 999 and their digits weighted 10 to 1 give a multiple of 11`()
    throws
  {
    for value in try Self.values("uk.nhs_number") {
      let digits = value.compactMap(\.wholeNumberValue)
      #expect(digits.count == 10 && value.hasPrefix("999"))
      #expect(
        zip(digits, stride(from: 10, through: 1, by: -1)).reduce(0) { $0 + $1.0 * $1.1 } % 11 == 0)
    }
  }

  @Test(arguments: [
    ("uk.postcode", #"XX[1-9][0-9]? [0-9][ABD-HJLNP-UW-Z]{2}"#), ("uk.nino", "QQ[0-9]{6}[A-D]"),
    ("uk.sort_code", "[0-9]{2}-[0-9]{2}-[0-9]{2}"), ("uk.uprn", "[0-9]{12}"),
    ("id.uuid", "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
    ("person.email", "[a-z.]+[0-9]{2}@example\\.(org|com|net)"),
    ("text.sentence", "[A-Z][a-z]*( [a-z]+){4,11}\\."), ("person.name", "[A-Z][a-z]+ [A-Z][a-z]+"),
  ]) func `values have the form`(name: String, pattern: String) throws {
    let expression = try Regex(pattern)
    for value in try Self.values(name) {
      #expect(value.wholeMatch(of: expression) != nil, "\(name): \(value)")
    }
  }

  @Test func `every provider says why its values are safe or that they may coincide`() {
    for provider in Provider.all {
      #expect(!provider.example.isEmpty && !provider.safety.isEmpty && !provider.summary.isEmpty)
    }
    #expect(Set(Provider.all.map(\.name)).count == Provider.all.count)
  }
}
