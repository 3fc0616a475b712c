// SPDX-License-Identifier: Apache-2.0

/// A number format of a workbook, such as `dd/mm/yyyy` or `0.00`: what a number under it stands for.
///
/// ## Source
/// ECMA-376 part 1, 18.8.30 and 18.8.31: built-in formats and format codes.
struct DisplayCode: Hashable {
  /// What a number stands for.
  enum Meaning: Hashable { case number, date, time, dateTime }

  /// What a number stands for.
  private(set) var meaning = Meaning.number
  /// The digits after the decimal mark that are always shown; 0 where none is.
  private(set) var decimals = 0
  /// The pattern of dates in the house's own letters; `nil` where the code has parts they lack.
  private(set) var pattern: String?

  private init() {}

  /// Reads a code.
  init(_ code: String) {
    // The general format has a name, whose letters mean nothing.
    let parts = code.lowercased() == "general" ? [] : Self.parts(code)
    let hasDate = parts.contains { $0.kind == .year || $0.kind == .month || $0.kind == .day }
    let hasTime = parts.contains { $0.kind == .hour || $0.kind == .minute || $0.kind == .second }
    // Elapsed time, [h]:mm, counts on beyond a day, so it stays a number.
    let isElapsed = parts.contains { $0.kind == .elapsed }
    if (hasDate || hasTime) && !isElapsed {
      meaning = hasDate ? (hasTime ? .dateTime : .date) : .time
      pattern = Self.pattern(parts, meaning)
    } else if !isElapsed {
      let digits = code.prefix { $0 != ";" }
      if let point = digits.firstIndex(of: "."), !digits.contains("E") {
        decimals = digits[digits.index(after: point)...].prefix { $0 == "0" }.count
      }
    }
  }

  /// A format that programs know by number alone.
  init(builtIn number: Int) {
    self.init(Self.builtIn[number] ?? "")
  }

  /// The code under which values of a pattern are shown.
  static func code(of pattern: String) -> String {
    var code = ""
    var index = pattern.startIndex
    while index < pattern.endIndex {
      let letter = pattern[index]
      let run = pattern[index...].prefix { $0 == letter }
      switch letter {
      case "y", "d", "s": code += run
      case "M", "H", "h", "m": code += run.lowercased()
      case "S": code += String(repeating: "0", count: min(3, run.count))
      case "a", "A": code += "AM/PM"
      case ".": code += pattern[run.endIndex...].hasPrefix("S") ? "." : "\\."
      case "-", "/", ":", " ", ",": code += run
      default: code += run.map { "\\\($0)" }.joined()
      }
      index = run.endIndex
    }
    return code
  }

  // MARK: Parts

  private struct Part {
    enum Kind {
      case year, month, day, weekday, hour, minute, second, fraction, half, elapsed, literal
    }
    var kind: Kind
    var text: String
  }

  /// The parts of the first section of a code.
  private static func parts(_ code: String) -> [Part] {
    var parts: [Part] = []
    let letters = Array(code)
    var index = 0
    while index < letters.count, letters[index] != ";" {
      let letter = Character(letters[index].lowercased())
      var end = index + 1
      switch letter {
      case "\"":
        while end < letters.count, letters[end] != "\"" { end += 1 }
        parts.append(Part(kind: .literal, text: String(letters[(index + 1)..<end])))
        end += 1
      case "\\", "_", "*":
        // After an underscore stands the width of a space, after a star what fills the cell.
        if letter == "\\", end < letters.count {
          parts.append(Part(kind: .literal, text: String(letters[end])))
        }
        end += 1
      case "[":
        while end < letters.count, letters[end] != "]" { end += 1 }
        let inner = String(letters[(index + 1)..<min(end, letters.count)]).lowercased()
        if let first = inner.first, "hms".contains(first), inner.allSatisfy({ $0 == first }) {
          parts.append(Part(kind: .elapsed, text: inner))
        }
        end += 1
      case "a" where String(letters[index...].prefix(5)).lowercased() == "am/pm":
        parts.append(Part(kind: .half, text: "A"))
        end = index + 5
      case "y", "m", "d", "h", "s":
        while end < letters.count, letters[end].lowercased() == String(letter) { end += 1 }
        let text = String(repeating: String(letter), count: end - index)
        let kinds: [Character: Part.Kind] = ["y": .year, "m": .month, "h": .hour, "s": .second]
        parts.append(Part(kind: kinds[letter] ?? (text.count > 2 ? .weekday : .day), text: text))
      case "0" where parts.last?.text == "." && parts.dropLast().last?.kind == .second:
        while end < letters.count, letters[end] == "0" { end += 1 }
        parts.append(
          Part(kind: .fraction, text: String(repeating: "S", count: end - index)))
      case "0", "#", "?", "@", "e", "g", "%":
        // Signs of numbers make no date.
        parts.append(Part(kind: .literal, text: "\u{FFFD}"))
      default: parts.append(Part(kind: .literal, text: String(letters[index])))
      }
      index = end
    }
    return withMinutes(parts)
  }

  /// An m after an hour or before a second is a minute.
  private static func withMinutes(_ parts: [Part]) -> [Part] {
    var parts = parts
    let clock = parts.indices.filter { parts[$0].kind != .literal }
    for (place, index) in clock.enumerated() where parts[index].kind == .month {
      let before = place > 0 ? parts[clock[place - 1]].kind : .literal
      let after = place + 1 < clock.count ? parts[clock[place + 1]].kind : .literal
      if before == .hour || before == .elapsed || after == .second { parts[index].kind = .minute }
    }
    return parts
  }

  private static func pattern(_ parts: [Part], _ meaning: Meaning) -> String? {
    var pattern = ""
    let isHalved = parts.contains { $0.kind == .half }
    for part in parts {
      switch part.kind {
      case .year: pattern += part.text.count > 2 ? "yyyy" : "yy"
      case .month where part.text.count <= 4: pattern += part.text.uppercased()
      case .day: pattern += part.text
      case .hour: pattern += isHalved ? part.text : part.text.uppercased()
      case .minute: pattern += "mm"
      case .second: pattern += "ss"
      case .fraction where part.text.count == 3: pattern += part.text
      case .half: pattern += "A"
      case .literal
      where part.text.allSatisfy({ !$0.isLetter || $0 == "T" })
        && !part.text.contains("\u{FFFD}"):
        pattern += part.text
      default: return nil
      }
    }
    // A pattern must give a value back whole, or the column would lose what it does not show.
    let isWhole =
      switch meaning {
      case .number: false
      case .date: pattern.contains("yyyy") && pattern.contains("M") && pattern.contains("d")
      case .time: pattern.contains("ss") && !isHalved
      case .dateTime:
        pattern.contains("yyyy") && pattern.contains("M") && pattern.contains("d")
          && pattern.contains("ss") && !isHalved
      }
    return isWhole ? pattern : nil
  }

  /// The formats that need no code, as far as they say what a number is.
  private static let builtIn: [Int: String] = [
    2: "0.00", 4: "#,##0.00", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 27: "yyyy/m/d", 30: "m/d/yy", 31: "yyyy/m/d", 32: "h:mm",
    33: "h:mm:ss", 36: "yyyy/m/d", 39: "#,##0.00", 40: "#,##0.00", 44: "#,##0.00", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 50: "yyyy/m/d", 57: "yyyy/m/d",
  ]
}
