// SPDX-License-Identifier: Apache-2.0

/// The shape of a text: runs of digits, letters or hexadecimal digits between signs that stay.
public struct TextTemplate: Hashable, Sendable, Codable {
  /// A stretch of the text.
  public enum Part: Hashable, Sendable, Codable {
    /// Some digits.
    case digits(Int)
    /// Some capital letters.
    case capitals(Int)
    /// Some small letters.
    case smalls(Int)
    /// Some hexadecimal digits in small letters.
    case hexadecimal(Int)
    /// Text that stays as it is: signs, and letters that nearly all originals share.
    case literal(String)
  }

  /// The stretches in order.
  public var parts: [Part]
  /// The rows with this shape.
  public var weight: Double

  /// Creates a template.
  public init(parts: [Part], weight: Double) {
    self.parts = parts
    self.weight = weight
  }

  /// The shape as a picture: `AA 99999`.
  public var description: String {
    parts.map { part in
      switch part {
      case .digits(let count): String(repeating: "9", count: count)
      case .capitals(let count): String(repeating: "A", count: count)
      case .smalls(let count): String(repeating: "a", count: count)
      case .hexadecimal(let count): "\(count) hexadecimal digits"
      case .literal(let text): text
      }
    }.joined()
  }

  /// A text of one of some shapes, each picked by its weight.
  static func text(
    from templates: [TextTemplate], using generator: inout some RandomNumberGenerator
  ) -> String {
    let total = templates.reduce(0) { $0 + $1.weight }
    var rest = Double(generator.next() >> 11) * 0x1p-53 * total
    var chosen = templates.first
    for template in templates {
      chosen = template
      if rest < template.weight { break }
      rest -= template.weight
    }
    var text = ""
    for part in chosen?.parts ?? [] {
      switch part {
      case .digits(let count): append(count, of: "0123456789", to: &text, &generator)
      case .capitals(let count):
        append(count, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", to: &text, &generator)
      case .smalls(let count):
        append(count, of: "abcdefghijklmnopqrstuvwxyz", to: &text, &generator)
      case .hexadecimal(let count): append(count, of: "0123456789abcdef", to: &text, &generator)
      case .literal(let literal): text += literal
      }
    }
    return text
  }

  private static func append(
    _ count: Int, of alphabet: String, to text: inout String,
    _ generator: inout some RandomNumberGenerator
  ) {
    let signs = Array(alphabet)
    for _ in 0..<count {
      // The bias of a remainder of 2⁶⁴ by at most 26 is below 10⁻¹⁷.
      text.append(signs[Int(generator.next() % UInt64(signs.count))])
    }
  }
}
