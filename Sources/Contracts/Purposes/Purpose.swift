// SPDX-License-Identifier: Apache-2.0

/// What a synthetic table is for; each purpose has a default contract.
public enum Purpose: String, Hashable, Sendable, Codable, CaseIterable {
  /// A first look: a few rows that show structure and formats.
  case preview
  /// Enough that an idea, its plots and maps work.
  case proofOfConcept = "proof-of-concept"
  /// Rare cases made plentiful.
  case availability
  /// Shown to others: representative of what is shown, and marked.
  case presentation
  /// Rows to exercise code with.
  case codeDevelopment = "code-development"
  /// Analyses written without access to the real table.
  case remoteWork = "remote-work"

  /// What it is for, on one line.
  public var summary: String {
    switch self {
    case .preview: "a few rows that show structure and formats; no relationship is learned"
    case .proofOfConcept: "up to 1,000 rows, enough that an idea, its plots and maps work"
    case .availability: "rare cases made plentiful by `balance`; relationships kept"
    case .presentation: "representative of what is shown, with a marking column in every row"
    case .codeDevelopment:
      "rows to run code on; values are plausible one by one, relationships are not"
    case .remoteWork: "as large and faithful as the protection allows; the default"
    }
  }

  /// The most rows made where neither the contract nor the command says how many.
  public var maximumRowCount: Int? {
    switch self {
    case .preview: 50
    case .proofOfConcept, .codeDevelopment: 1000
    case .availability, .presentation, .remoteWork: nil
    }
  }

  /// Whether relationships between variables may be learned at all.
  public var learnsRelationships: Bool { self != .preview && self != .codeDevelopment }

  /// The column that marks each row, unless the contract says otherwise.
  public var markingColumn: String? { self == .presentation ? "synthetic" : nil }

  /// The fewest rows behind a level or value, unless the contract says otherwise.
  public var minimumCount: Int? { self == .preview || self == .presentation ? 20 : nil }

  /// The largest distance of a variable's distribution that the default contract promises.
  ///
  /// The limit is never less than one and a half times what fresh real rows get.
  public var distributionLimit: Double {
    switch self {
    case .availability, .presentation, .remoteWork: 0.1
    case .proofOfConcept: 0.15
    case .preview, .codeDevelopment: 0.25
    }
  }

  /// The largest mean error of pairs that the default contract promises; `nil` promises nothing.
  public var pairLimit: Double? {
    switch self {
    case .presentation, .remoteWork: 0.1
    case .proofOfConcept: 0.15
    case .availability, .preview, .codeDevelopment: nil
    }
  }

  /// What is done with outliers, unless the contract says otherwise.
  public var outliers: OutlierPolicy { self == .preview ? .suppress : .blur }
}
