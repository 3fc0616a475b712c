// SPDX-License-Identifier: Apache-2.0

/// One stretch of a text: a run of digits or letters, or signs that stay.
public struct TextSlot: Hashable, Sendable, Codable {
  /// What a stretch consists of.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// Signs that all texts of the shape share.
    case sign
    /// Digits.
    case digits
    /// Capital letters.
    case capitals
    /// A word with a capital first letter.
    case name
    /// A word in small letters.
    case word
    /// Hexadecimal digits in small letters.
    case hexadecimal
    /// Hexadecimal digits in capital letters.
    case capitalHexadecimal
    /// Capital letters and digits mixed.
    case capitalCode
    /// Small letters and digits mixed.
    case smallCode
  }

  /// A text that many rows have in this place, and how many.
  public struct Common: Hashable, Sendable, Codable {
    /// The text.
    public var text: String
    /// The rows.
    public var weight: Double
  }

  /// What it consists of.
  public var kind: Kind
  /// The texts that stay as they are, each shared by the plan's minimum of rows or more.
  public var common: [Common]
  /// The rows whose text is made anew.
  public var otherWeight: Double
  /// What all texts that are made anew start with; empty if too few rows share it.
  public var prefix: String
  /// The fewest signs after the prefix of a text that is made anew.
  public var shortest: Int
  /// The most signs after the prefix.
  public var longest: Int
  /// Whether numbers may start with zero.
  public var startsWithZero: Bool

  /// The stretch as a picture.
  public var description: String {
    if otherWeight == 0, common.count == 1, let only = common.first { return only.text }
    let count = max(1, min(longest, 12))
    return prefix + picture(count)
  }

  private func picture(_ count: Int) -> String {
    switch kind {
    case .sign: return common.first?.text ?? ""
    case .digits: return String(repeating: "9", count: count)
    case .capitals: return String(repeating: "A", count: count)
    case .name: return "Aaaa"
    case .word: return "aaaa"
    case .hexadecimal, .capitalHexadecimal: return "<\(longest) hexadecimal digits>"
    case .capitalCode, .smallCode: return "<\(longest) letters and digits>"
    }
  }

  /// The signs that each place of a text of some length may hold.
  func alphabets(length: Int) -> [[UInt8]] {
    (0..<length).map { place in
      switch kind {
      case .sign: []
      case .digits:
        place == 0 && !startsWithZero && length > 1 ? Self.positiveDigits : Self.digits
      case .capitals: Self.capitals
      case .hexadecimal: Self.digits + Array("abcdef".utf8)
      case .capitalHexadecimal: Self.digits + Array("ABCDEF".utf8)
      case .capitalCode: Self.digits + Self.capitals
      case .smallCode: Self.digits + Self.smalls
      case .name:
        place == 0 && prefix.isEmpty
          ? Self.consonants.map { $0 - 32 } : (place % 2 == 0 ? Self.consonants : Self.vowels)
      case .word: place % 2 == 0 ? Self.consonants : Self.vowels
      }
    }
  }

  private static let digits = Array("0123456789".utf8)
  private static let positiveDigits = Array("123456789".utf8)
  private static let capitals = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
  private static let smalls = Array("abcdefghijklmnopqrstuvwxyz".utf8)
  private static let consonants = Array("bdfghklmnprstvwz".utf8)
  private static let vowels = Array("aeiou".utf8)
}
