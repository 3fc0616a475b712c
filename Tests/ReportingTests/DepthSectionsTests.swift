// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Testing

@testable import Reporting

struct DepthSectionsTests {
  private static let nasty = "<script>alert(1)</script>\"'&"
  private static let titles = [
    "How well a model tells the tables apart", "Tables of two and three variables",
    "Where the rows lie", "Outliers, both ways", "how often a guess is right (CAP)",
    "What keys give away", "<h3>Attacks</h3>", "<h3>Membership</h3>",
  ]
  private static let score = Score(0.25, reference: 0.5, limit: 0.6, lower: 0.2, upper: 0.3)

  private static func attack(
    _ verdict: AttackReport.Verdict, secret: String? = nil
  ) -> AttackReport.Attack {
    .init(
      secret: secret, attackCount: 9, training: score, control: score, guessing: score,
      risk: verdict == .notComputable ? Score(notComputable: nasty) : score, verdict: verdict)
  }

  private static func table(ratio: Double) -> TableUtility {
    TableUtility(
      cellCount: 4, voasWilliamson: 1, ratio: ratio, propensityError: 0, freemanTukey: 1,
      likelihoodRatio: 1, likelihoodFreedom: 3, jensenShannon: 0, jensenShannonExpected: 0,
      totalVariation: 0.1, hellinger: 0, weightedDifference: 1,
      worst: .init(levels: [nasty, "b"], z: -3.25))
  }

  private static func fidelity(isFull: Bool) -> FidelityReport {
    let chart = ColumnChart(labels: [], real: [], synthetic: [], isHistogram: false)
    return FidelityReport(
      realRowCount: 100, syntheticRowCount: 100, referenceKind: .holdout,
      columns: [nasty, "y"].map {
        ColumnFidelity(
          name: $0, measure: "tv", distance: score, missingness: score, chart: chart, summaries: [])
      },
      // Twelve tables, of which the two best must not be listed.
      pairs: isFull
        ? (0..<12).map {
          PairFidelity(
            first: 0, second: 1, measure: "contingency", error: score, realStrength: nil,
            syntheticStrength: nil, table: table(ratio: 71.5 + Double($0)))
        } : [],
      shapeError: score, trendError: score, missingPatterns: score, skipped: [],
      margins: isFull
        ? MarginFidelity(
          pairRatio: score, worstPairRatio: score, threeWay: score,
          worstTriples: [.init(columns: [nasty, "y", "z"], distance: score)]) : nil,
      distinguishability: isFull
        ? Distinguishability(
          logisticError: score, logisticRatio: Score(notComputable: nasty), specks: score,
          percentOver: score, rankArea: score, treeError: score, treeRatio: score,
          classifierArea: score,
          tellingColumns: [.init(name: nasty, gainShare: 0.5, areaLost: nil)]) : nil,
      geometry: isFull
        ? GeometryFidelity(
          sampleCount: 4321, meanDiscrepancy: score, discrepancyProbability: 0.375,
          precision: score, recall: score, density: score, coverage: score, alphaPrecision: score,
          betaRecall: score, authenticity: score) : nil,
      outliers: isFull
        ? OutlierFidelity(
          columns: [
            .init(
              name: nasty, realBelow: 0, syntheticBelow: 0, realAbove: 0, syntheticAbove: 0.1,
              ratio: nil, excessRatio: nil)
          ], rowShare: score, levelMix: score, jointTails: score,
          worstTails: [.init(columns: [nasty, "y"], real: 0.1, synthetic: 0.2)]) : nil)
  }

  private static func disclosure(isFull: Bool) -> DisclosureReport {
    let attribute = KeyDisclosure.Attribute(
      target: nasty, disclosiveInOriginal: 12.5, disclosiveInSynthetic: 1, determined: 1,
      determinedRightly: 7.5, determinedInBoth: 1, baseline: 1, originalAttribution: 1,
      syntheticAttribution: 1, attribution: 1, targetedAttribution: nil,
      expected: [.init(level: nasty, key: nasty, keyLevel: nasty, recordCount: 8642)])
    let keys = KeyDisclosure(
      keys: [nasty], targets: [nasty],
      sets: [
        .init(
          keys: [nasty], uniqueInOriginal: 31.5, uniqueInSynthetic: 1, originalUniquesPresent: 1,
          replicatedUniques: 23.5, inSynthetic: 1, realInSmallClasses: [],
          syntheticInSmallClasses: [], attributes: [attribute])
      ], note: nasty)
    return DisclosureReport(
      controlKind: .holdout, exactMatches: score, uniqueMatches: score, closerToTraining: score,
      nearMatches: score, valueIndications: score, extremeIndications: score,
      combinationIndications: score, findings: [], skipped: [],
      keyDisclosure: isFull ? keys : nil,
      attacks: isFull
        ? AttackReport(
          singlingOutByOne: attack(.inconclusive), singlingOutByThree: attack(.excess),
          linkability: attack(.notComputable), inference: [attack(.noExcess, secret: nasty)]) : nil,
      membership: isFull
        ? MembershipReport(attacks: [
          .init(
            name: nasty, isOnVulnerable: true, memberCount: 5, otherCount: 5, area: score,
            atOnePercent: score, atOneInThousand: Score(notComputable: nasty))
        ]) : nil)
  }

  private static func owner(isFull: Bool) -> String {
    DepthSections(audience: .owner).html(fidelity(isFull: isFull)).markup
      + DepthSections(audience: .owner).html(disclosure(isFull: isFull)).markup
  }

  @Test func `what was measured in full is shown, and what was not is not`() {
    let (full, first) = (Self.owner(isFull: true), Self.owner(isFull: false))
    for title in Self.titles {
      #expect(full.contains(title), "\(title)")
      #expect(!first.contains(title), "\(title)")
    }
    #expect(full.components(of: "It does not mean:") == 7)
    for figure in [
      "31.5\u{A0}%", "23.5\u{A0}%", "12.5\u{A0}%", "7.5\u{A0}%", "8642 records", "4321 rows",
      "37.5\u{A0}%",
      "20.0\u{A0}% to 30.0\u{A0}%",
    ] {
      #expect(full.contains(figure), "\(figure)")
    }
    #expect(full.contains(">82.50<"))
    #expect(full.contains(">73.50<"))
    #expect(!full.contains(">72.50<"))
  }

  @Test func `names, levels and reasons of the full depth never become markup`() {
    let page = Self.owner(isFull: true)
    #expect(!page.contains("<script"))
    #expect(page.contains("&lt;script&gt;"))
    #expect(!page.contains("\"'&\""))
  }

  @Test func `an attack that shows nothing is inconclusive, and its row never says safe`() {
    let rows = AttackSection(
      result: AttackReport(
        singlingOutByOne: Self.attack(.inconclusive),
        singlingOutByThree: Self.attack(.inconclusive),
        linkability: Self.attack(.inconclusive), inference: [])
    ).html.markup
    #expect(rows.components(of: "<td class=\"\">inconclusive</td>") == 3)
    #expect(!rows.lowercased().contains("safe"))
  }

  @Test func `the public page shows nothing of the full depth`() {
    let public1 = PublicFigures.of(Self.fidelity(isFull: true), charts: [:])
    let public2 = PublicFigures.of(Self.disclosure(isFull: true))
    #expect(
      public1.margins == nil && public1.distinguishability == nil && public1.geometry == nil
        && public1.outliers == nil)
    #expect(public1.pairs.allSatisfy { $0.table == nil })
    #expect(public2.keyDisclosure == nil && public2.attacks == nil && public2.membership == nil)
    let sections = DepthSections(audience: .everyone)
    #expect(sections.html(Self.fidelity(isFull: true)).markup.isEmpty)
    #expect(sections.html(Self.disclosure(isFull: true)).markup.isEmpty)
  }

  @Test func `public scores carry no unrounded interval and no note`() {
    let score = PublicRounding.score(
      Score(0.51234, lower: 0.41234, upper: 0.61234, note: "measured on 12347 rows"), places: 2)
    #expect(score.lower == 0.41)
    #expect(score.upper == 0.61)
    #expect(score.note == nil)
  }
}

extension String {
  /// How often a part occurs.
  fileprivate func components(of part: String) -> Int {
    var (count, rest) = (0, self[...])
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
