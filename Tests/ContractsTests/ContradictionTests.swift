// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables
import Testing

@testable import Contracts

@Suite struct `Contracts that contradict themselves` {
  private static let schema = Schema(
    variables: ["a", "b", "c", "ab"].map { Variable(name: $0, kind: .number, measure: .scale) })

  @Test(arguments: [
    ("relationships:\n  - {between: [a, b, c]}\n  - {between: [b, a], kept: no}", 3, 4),
    ("variables:\n  b: {unfaithful: replaced}\nrelationships:\n  - {between: [a, b]}", 5, 3),
    ("variables:\n  b: {unfaithful: replaced}\nanalyses:\n  - {model: a ~ b}", 5, 3),
    ("relationships:\n  - {between: [a, b], kept: no}\nanalyses:\n  - {model: a ~ c + b}", 5, 3),
    ("relationships:\n  - {between: [a, b], kept: no}\nrules:\n  - \"a >= b\"", 5, 3),
    ("variables:\n  a: {faithful: [distribution]}\nbalance:\n  a: {\"1\": 50%}", 3, 5),
    ("variables:\n  a: {unfaithful: replaced}\nbalance:\n  a: {\"1\": 50%}", 5, 3),
  ])
  func `both clauses are named with their lines`(body: String, first: Int, second: Int) throws {
    let contract = try Contract(yaml: "contract: 1\n" + body + "\n", file: "c.yaml")
    let error = try #require(throws: DataError.self) { try contract.checked(for: Self.schema) }
    #expect(error.message.hasPrefix("two clauses contradict each other"))
    #expect(error.message.contains("(line \(first))"))
    #expect(error.message.contains("(line \(second))"))
  }

  @Test func `what only looks like a contradiction is accepted`() throws {
    // The rule names a and ab, and "b" only within a text and within a longer name.
    let body = """
      contract: 1
      relationships:
        - {between: [a, b], kept: no}
        - {between: [a, c]}
        - {between: [b, c]}
      rules:
        - "a >= ab or c == 'b'"
      """
    _ = try Contract(yaml: body, file: "c.yaml").checked(for: Self.schema)
  }
}
