// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Testing

@testable import Reporting

struct PopulationAndAuditTests {
  private static let nasty = "<script>alert(1)</script>\"'&"

  private static func keys(
    _ population: KeyDisclosure.Population?, reason: String? = nil
  ) -> KeyDisclosure {
    let sets = [(["age"], 2.5), (["age", nasty], 41.75)].map { keys, expected in
      KeyDisclosure.KeySet(
        keys: keys, uniqueInOriginal: 1, uniqueInSynthetic: 1, originalUniquesPresent: 1,
        replicatedUniques: 1, inSynthetic: 1, realInSmallClasses: [0, 0, 0],
        syntheticInSmallClasses: [0, 0, 0], attributes: [],
        populationRisk: population.map { _ in
          .init(
            expectedFound: expected, expectedFoundShare: 4.175, expectedFoundInSynthetic: 12.25,
            greatest: 25.5)
        })
    }
    return KeyDisclosure(
      keys: ["age", nasty], targets: [], sets: sets, note: nil, population: population,
      populationReason: reason)
  }

  @Test func `the records that could be found are listed, the set of most first`() throws {
    let page = PopulationRiskTable(
      result: Self.keys(.init(size: 38_000_000, weight: Self.nasty, note: "as said"))
    ).html.markup
    for words in ["41.75", "25.5\u{A0}%", "12.25", "38\u{202F}000\u{202F}000 people", "(as said)"] {
      #expect(page.contains(words), "\(words)")
    }
    let (most, least) = (
      try #require(page.firstRange(of: "41.75")), try #require(page.firstRange(of: ">2.500<"))
    )
    #expect(most.lowerBound < least.lowerBound)
    #expect(page.contains("It does not mean:"))
    #expect(!page.contains("<script"))
  }

  @Test func `without a population the page says why, and how to give one`() {
    let page = PopulationRiskTable(result: Self.keys(nil, reason: "only counts are known"))
      .html.markup
    #expect(page.contains("Not measured: only counts are known."))
    #expect(page.contains("--population"))
    #expect(!page.contains("<table"))
    #expect(PopulationRiskTable(result: Self.keys(nil)).html.markup.isEmpty)
  }

  private static func attack(_ bound: Score?) -> MembershipReport.Attack {
    let score = Score(0.5)
    return .init(
      name: "distance", isOnVulnerable: false, memberCount: 5, otherCount: 5, area: score,
      atOnePercent: score, atOneInThousand: score, epsilonAtLeast: bound)
  }

  @Test func `what attacks show at least is no guarantee, and 0 shows nothing`() {
    let page = MembershipSection(
      result: MembershipReport(attacks: [
        Self.attack(Score(1.234, note: "90 of 100 guesses right")), Self.attack(Score(0)),
        Self.attack(nil), Self.attack(Score(notComputable: Self.nasty)),
      ])
    ).html.markup
    #expect(page.contains(">1.23<br><span class=\"quiet\">90 of 100 guesses right</span>"))
    #expect(page.contains(">0.00</td>"))
    #expect(page.contains("never a guarantee"))
    #expect(page.contains("0 shows nothing"))
    #expect(!page.contains("<script"))
    let without = MembershipSection(result: MembershipReport(attacks: [Self.attack(nil)]))
    #expect(!without.html.markup.contains("ε"))
  }

  private static func findings(_ count: Int, columns: [String]) -> String {
    let score = Score(0.1)
    let report = DisclosureReport(
      controlKind: .halves, exactMatches: score, uniqueMatches: score, closerToTraining: score,
      nearMatches: score, valueIndications: score, extremeIndications: score,
      combinationIndications: score,
      findings: [
        .init(kind: "combination is rare", columns: columns, rows: [31_415], count: count)
      ],
      skipped: [])
    return DisclosureSection(report: report, audience: .owner, rowCount: 5000).html.markup
  }

  @Test func `what half of all rows show is said of the columns, and not row by row`() {
    let most = Self.findings(4463, columns: ["age", "region"])
    #expect(most.contains("no row stands out") && !most.contains("31415"))
    #expect(Self.findings(200, columns: ["age", "region"]).contains("31415"))
    // Copies are listed, however many there are.
    #expect(Self.findings(5000, columns: []).contains("31415"))
  }
}
