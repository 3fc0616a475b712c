// SPDX-License-Identifier: Apache-2.0

/// How a statistical file declares, stores and shows a variable, beyond what the values mean.
///
/// It is kept so that a file can be written again as its program knew it.
public struct StoredForm: Hashable, Sendable, Codable {
  /// On which side of its cell a value is shown.
  public enum Alignment: String, Hashable, Sendable, Codable { case left, center, right }

  /// The storage type, in the words of Stata, the only program with more than two.
  public enum Storage: String, Hashable, Sendable, Codable {
    /// Text of a stated width in bytes.
    case text
    /// Text of any length, kept apart from the rows (Stata's `strL`).
    case longText = "long text"
    /// A whole number of one byte.
    case int8
    /// A whole number of two bytes.
    case int16
    /// A whole number of four bytes.
    case int32
    /// A number of about seven digits.
    case float
    /// A number of about sixteen digits.
    case double
  }

  /// The storage type.
  public var storage: Storage
  /// The width in bytes of a text, or of a number in SAS transport files; 0 where none is stated.
  public var width: Int
  /// The display format as the program spells it: `F8.2`, `%td`, `DATE9`; empty where none is stated.
  public var format: String
  /// The width of the column on screen, in characters; 0 where none is stated.
  public var displayWidth: Int
  /// The alignment, where one is stated.
  public var alignment: Alignment?
  /// Whether the file states the level of measurement; else the schema's is a guess.
  public var statesMeasure: Bool
  /// The name of the set of value labels, which several variables may share.
  public var labelSet: String?
  /// The codes that the file declares as missing, each a single value.
  public var missingValues: [String]
  /// The stretches of numbers that the file declares as missing.
  public var missingRanges: [MissingRange]

  /// Creates a form.
  public init(
    storage: Storage, width: Int = 0, format: String = "", displayWidth: Int = 0,
    alignment: Alignment? = nil, statesMeasure: Bool = false, labelSet: String? = nil,
    missingValues: [String] = [], missingRanges: [MissingRange] = []
  ) {
    self.storage = storage
    self.width = width
    self.format = format
    self.displayWidth = displayWidth
    self.alignment = alignment
    self.statesMeasure = statesMeasure
    self.labelSet = labelSet
    self.missingValues = missingValues
    self.missingRanges = missingRanges
  }
}
