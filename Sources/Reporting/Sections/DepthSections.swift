// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What the full depth adds to a report; only what was measured is shown, and only to the owner.
struct DepthSections {
  let audience: Audience

  func html(_ report: FidelityReport) -> HTML {
    guard audience == .owner else { return .empty }
    return """
      \(report.analyses.map { AnalysisSection(results: $0).html } ?? .empty)\
      \(report.margins.map { MarginSection(report: report, margins: $0).html } ?? .empty)\
      \(report.distinguishability.map { DistinguishabilitySection(result: $0).html } ?? .empty)\
      \(report.geometry.map { GeometrySection(result: $0).html } ?? .empty)\
      \(report.outliers.map { OutlierSection(result: $0).html } ?? .empty)\
      \(FurtherFidelitySections(report: report).html)
      """
  }

  func html(_ report: DisclosureReport) -> HTML {
    guard audience == .owner else { return .empty }
    return """
      \(report.keyDisclosure.map { KeySection(result: $0).html } ?? .empty)\
      \(report.attacks.map { AttackSection(result: $0).html } ?? .empty)\
      \(report.membership.map { MembershipSection(result: $0).html } ?? .empty)
      """
  }
}
