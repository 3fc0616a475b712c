// SPDX-License-Identifier: Apache-2.0
import Evaluation
import FoundationEssentials
import Testing

@testable import Reporting

struct PairSectionTests {
  static let nasty = "</script><script>document.title='owned'</script><img src=x onerror=1>"

  static func tables(_ names: [String]) -> PairTables {
    PairTables(
      columns: names.map {
        .init(name: $0, groups: [.level($0), .interval(above: 1.5, upTo: nil), .missing])
      },
      pairs: [
        .init(
          first: 0, second: 1, real: [1, 2, 3, 4, 5, 6, 7, 8, 9],
          synthetic: [9, 8, 7, 6, 5, 4, 3, 2, 1])
      ], omittedCount: 2)
  }

  private struct Data: Decodable {
    struct Column: Decodable {
      var n: String
      var g: [String]
    }
    var n: [Int]
    var c: [Column]
  }

  @Test func `no name can end the element that holds the data, and all names come back`() throws {
    let names = [Self.nasty, "a\"\\\u{2028}\u{1F600}é"]
    let html = PairSection(tables: Self.tables(names), rowCounts: (45, 45)).html.markup
    let start = try #require(html.firstRange(of: "id=\"pair-data\">"))
    let rest = html[start.upperBound...]
    let end = try #require(rest.firstRange(of: "<"))
    #expect(rest[end.lowerBound...].hasPrefix("</script>"))
    let data = try JSONDecoder().decode(
      Data.self, from: FoundationEssentials.Data(rest[..<end.lowerBound].utf8))
    #expect(data.c.map(\.n) == names)
    #expect(data.c[0].g == [Self.nasty, "above 1.500", "missing"])
    #expect(data.n == [45, 45])
  }

  @Test func `the public page has no joint table`() {
    let names = ["x", "y"]
    let page = ReportPage(
      forEveryone: ReportPageTests.subject(names), synthetic: ReportPageTests.table(names),
      fidelity: ReportPageTests.fidelity(names), disclosure: nil)
    #expect(!page.html.contains("id=\"pair-data\""))
    #expect(!page.html.contains("real: [1"))
  }
}
