// SPDX-License-Identifier: Apache-2.0

/// Everything measured about what a synthetic table indicates of real records.
///
/// Row numbers point into the synthetic table, counted from 1. The report belongs to the owner.
public struct DisclosureReport: Hashable, Sendable, Codable {
  /// How the control was made: a holdout file, or twins fitted on halves.
  public var controlKind: ReferenceKind
  /// Synthetic rows that equal a real row in every compared column, as a share.
  public var exactMatches: Score
  /// Synthetic rows that equal a real row which occurs once, as a share.
  public var uniqueMatches: Score
  /// The share of synthetic rows that lie closer to a training row than to a control row; 0.5 is best.
  public var closerToTraining: Score
  /// Synthetic rows that lie strangely near a real outlier, as a share of the outliers.
  public var nearMatches: Score
  /// Synthetic values that equal a rare real value outside the middle 98 %, as a share of cells.
  public var valueIndications: Score
  /// Columns whose synthetic extremes reproduce the real ones, as a share of continuous columns.
  public var extremeIndications: Score
  /// Combinations of up to three keys that are rare in the real table and occur in the synthetic one.
  public var combinationIndications: Score
  /// The rows an owner should look at, by finding.
  public var findings: [Finding]
  /// What was not measured, and why.
  public var skipped: [FidelityReport.Skipped]
  /// What someone who knows the keys could find; `nil` unless the depth is full.
  public var keyDisclosure: KeyDisclosure?
  /// What attacks achieve; `nil` unless the depth is full and there is a trial.
  public var attacks: AttackReport?
  /// How well members are told apart; `nil` unless the depth is full and there is a trial.
  public var membership: MembershipReport?
  /// Synthetic rows nearer to a real row than any other real row is; `nil` unless the depth is full.
  public var nearerThanNeighbours: Score?
  /// Synthetic rows with a value outside the fences of the real ones, beside the real share; `nil` if that was
  /// not counted.
  public var outlyingRows: Score?
  /// The ways in which rows turned out to be copies; `nil` if that was not judged.
  public var copyAlarms: [CopyAlarm]?
  /// Groups of which one record makes the total, and whose total came back; `nil` unless the depth is full.
  public var groupOwnership: Score?
  /// What was done about the rows that indicate real records; `nil` if they were only listed.
  public var remedy: RemedyReport?

  /// One kind of indication with the synthetic rows in which it was seen.
  public struct Finding: Hashable, Sendable, Codable {
    /// What was found, as a clause: "row equals a real row".
    public var kind: String
    /// The columns concerned; empty for whole rows.
    public var columns: [String]
    /// The synthetic rows, counted from 1, at most a thousand.
    public var rows: [Int]
    /// How many rows there are in all.
    public var count: Int
    /// Creates a finding.
    public init(kind: String, columns: [String], rows: [Int], count: Int) {
      self.kind = kind
      self.columns = columns
      self.rows = rows
      self.count = count
    }
  }

  /// Creates a report.
  public init(
    controlKind: ReferenceKind, exactMatches: Score, uniqueMatches: Score,
    closerToTraining: Score, nearMatches: Score, valueIndications: Score,
    extremeIndications: Score, combinationIndications: Score, findings: [Finding],
    skipped: [FidelityReport.Skipped], keyDisclosure: KeyDisclosure? = nil,
    attacks: AttackReport? = nil, membership: MembershipReport? = nil
  ) {
    self.controlKind = controlKind
    self.exactMatches = exactMatches
    self.uniqueMatches = uniqueMatches
    self.closerToTraining = closerToTraining
    self.nearMatches = nearMatches
    self.valueIndications = valueIndications
    self.extremeIndications = extremeIndications
    self.combinationIndications = combinationIndications
    self.findings = findings
    self.skipped = skipped
    self.keyDisclosure = keyDisclosure
    self.attacks = attacks
    self.membership = membership
  }
}
