// SPDX-License-Identifier: Apache-2.0
import Randomness

extension FaultKind {
  /// All kinds.
  public static let all: [FaultKind] = numbers + dates + texts + anything

  private static let numbers: [FaultKind] = [
    FaultKind(
      name: "boundary", assumption: "numbers fit the usual storage",
      handling: "refuse, or read into a wider type without wrapping round", cells: [.number]
    ) { _, stream in
      choose(
        [
          "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
          "4294967296", "65536", "-0", "9007199254740993",
        ], &stream)
    },
    FaultKind(
      name: "off-by-one", assumption: "a number is the one that was meant",
      handling: "cannot be seen in one cell; totals and rules between columns may show it",
      cells: [.number]
    ) { text, stream in
      guard let number = Int64(text) else { return nil }
      return String(number &+ (Draws.bernoulli(0.5, using: &stream) ? 1 : -1))
    },
    FaultKind(
      name: "extreme-magnitude", assumption: "numbers are of a sensible size",
      handling: "refuse by range, and never overflow a sum", cells: [.number]
    ) { _, stream in choose(["1e308", "-1e308", "1e-320", "1e400", "999999999999"], &stream) },
    FaultKind(
      name: "unit-error", assumption: "all numbers of a column are in one unit",
      handling: "refuse by range, or flag for review", cells: [.number]
    ) { text, stream in
      guard let number = Double(text), number != 0 else { return nil }
      return String(number * choose([1000, 0.001, 100, 0.01, 2.2046, 12], &stream))
    },
    FaultKind(
      name: "sign-flipped", assumption: "the sign is right", handling: "refuse by range",
      cells: [.number]
    ) { text, _ in
      guard let number = Double(text), number != 0 else { return nil }
      return text.hasPrefix("-") ? String(text.dropFirst()) : "-" + text
    },
    FaultKind(
      name: "decimal-comma", assumption: "the decimal mark is a point",
      handling: "refuse, or read by the declared mark only", cells: [.number]
    ) { text, _ in
      guard let point = text.firstIndex(of: ".") else { return nil }
      return text[..<point] + "," + text[text.index(after: point)...]
    },
    FaultKind(
      name: "thousands-separator", assumption: "digits stand side by side",
      handling: "refuse, or read by the declared mark only", cells: [.number]
    ) { text, _ in
      let digits = text.prefix { $0.isNumber }
      guard digits.count > 3 else { return nil }
      let cut = digits.index(digits.endIndex, offsetBy: -3)
      return digits[..<cut] + "," + text[cut...]
    },
    FaultKind(
      name: "leading-zeros", assumption: "a number has no zeros in front",
      handling: "read the same number, and keep codes as text", cells: [.number]
    ) { text, _ in text.first?.isNumber == true ? "00" + text : nil },
    FaultKind(
      name: "wrong-type", assumption: "a column of numbers holds numbers",
      handling: "refuse with row and column", cells: [.number]
    ) { text, stream in
      choose(["twelve", "n/a", "#REF!", "1O", "l5", "ten %", "NaN", "inf", "true"], &stream)
    },
  ]

  private static let dates: [FaultKind] = [
    FaultKind(
      name: "day-month-swapped", assumption: "the order is year, month, day",
      handling: "cannot be seen where the day is 12 or less; refuse otherwise", cells: [.date]
    ) { text, _ in
      let parts = text.split(separator: "-")
      guard parts.count == 3, parts[1] != parts[2] else { return nil }
      return "\(parts[0])-\(parts[2])-\(parts[1])"
    },
    FaultKind(
      name: "no-such-day", assumption: "every written date exists",
      handling: "refuse; never carry over to the next month", cells: [.date]
    ) { text, stream in
      choose(
        [
          text.prefix(4) + "-02-30", "2023-02-29", "1900-02-29", "2100-02-29", "2025-04-31",
          "2025-00-10", "2025-13-01", "0000-00-00",
        ], &stream)
    },
    FaultKind(
      name: "leap-day", assumption: "every year has 365 days",
      handling: "accept: the date exists", cells: [.date]
    ) { _, stream in choose(["2024-02-29", "2000-02-29", "2020-02-29"], &stream) },
    FaultKind(
      name: "clock-change", assumption: "every local time exists once",
      handling: "say which of the two is meant, or refuse", cells: [.date]
    ) { _, stream in
      choose(
        ["2025-03-30T01:30:00", "2025-10-26T01:30:00", "2016-12-31T23:59:60"], &stream)
    },
    FaultKind(
      name: "other-date-format", assumption: "all dates are written alike",
      handling: "refuse, or read by the declared pattern only", cells: [.date]
    ) { text, stream in
      let parts = text.split(separator: "-")
      guard parts.count == 3 else { return nil }
      return choose(
        [
          "\(parts[2])/\(parts[1])/\(parts[0])", "\(parts[1])/\(parts[2])/\(parts[0].suffix(2))",
          "\(parts[0])\(parts[1])\(parts[2])", "45292",
        ], &stream)
    },
  ]

  private static let texts: [FaultKind] = [
    FaultKind(
      name: "quotes-and-separators", assumption: "a text has no signs of the file's format",
      handling: "read the whole text as one cell", cells: [.text]
    ) { text, stream in
      text
        + choose(
          [",\"", "\"quoted\"", "; drop", "\ttab", "\nsecond line", "\r\nline", "'"], &stream)
    },
    FaultKind(
      name: "bidirectional-override",
      assumption: "text is shown in the order in which it is stored",
      handling: "keep, and show it escaped", cells: [.text]
    ) { text, _ in "\u{202E}" + text + "\u{202C}" },
    FaultKind(
      name: "combining-marks", assumption: "a letter is one code point",
      handling: "compare after normalization", cells: [.text]
    ) { text, _ in
      guard let letter = text.first(where: { $0.isLetter && $0.isASCII }),
        let place = text.firstIndex(of: letter)
      else { return nil }
      return text[...place] + "\u{0301}" + text[text.index(after: place)...]
    },
    FaultKind(
      name: "astral-characters", assumption: "a character takes at most three bytes",
      handling: "keep it whole", cells: [.text]
    ) { text, stream in
      text + choose(["\u{1F9EA}", "\u{20000}", "\u{1F469}\u{200D}\u{1F52C}"], &stream)
    },
    FaultKind(
      name: "look-alike-letters", assumption: "what looks the same is the same",
      handling: "flag mixed scripts", cells: [.text]
    ) { text, _ in
      let alike: [Character: Character] = [
        "a": "\u{0430}", "e": "\u{0435}", "o": "\u{043E}", "p": "\u{0440}", "c": "\u{0441}",
        "A": "\u{0391}", "B": "\u{0392}", "E": "\u{0395}",
      ]
      guard text.contains(where: { alike[$0] != nil }) else { return nil }
      return String(text.map { alike[$0] ?? $0 })
    },
    FaultKind(
      name: "invisible-characters", assumption: "what cannot be seen is not there",
      handling: "trim, or flag", cells: [.text]
    ) { text, stream in
      choose(
        ["\u{FEFF}" + text, text + "\u{00A0}", text + "\u{200B}", "  " + text, text + " "], &stream)
    },
    FaultKind(
      name: "encoding-damage", assumption: "the file's encoding is the one that is declared",
      handling: "refuse, or flag the sequences that only damage writes", cells: [.text]
    ) { text, stream in text + choose(["Ã©", "â€™", "\u{FFFD}", "Ã¼"], &stream) },
    FaultKind(
      name: "other-case", assumption: "a level is written in one way",
      handling: "refuse unknown levels, or compare without case where declared", cells: [.text]
    ) { text, _ in
      let other = text == text.uppercased() ? text.lowercased() : text.uppercased()
      return other == text ? nil : other
    },
    FaultKind(
      name: "formula", assumption: "a text is only a text",
      handling: "never evaluate it; escape it for spreadsheets", cells: [.text]
    ) { _, stream in choose(["=1+1", "@SUM(A1:A9)", "+447700900123", "-2+3"], &stream) },
    FaultKind(
      name: "too-long", assumption: "a text fits its column",
      handling: "refuse; never cut in silence", cells: [.text]
    ) { text, _ in
      String(repeating: text.isEmpty ? "x" : text, count: 1 + 300 / max(1, text.count))
    },
  ]

  private static let anything: [FaultKind] = [
    FaultKind(
      name: "undocumented-missing", assumption: "missing is written as the dictionary says",
      handling: "refuse, or ask what the code means", cells: [.number, .date, .text]
    ) { text, stream in choose(["NULL", "N/A", "-99", ".", "?", "9999"], &stream) },
    FaultKind(
      name: "empty", assumption: "a required cell is filled",
      handling: "refuse with row and column",
      cells: [.number, .date, .text]
    ) { text, _ in text.isEmpty ? nil : "" },
  ]
}
