// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads regular expressions.
struct PatternParser {
  let source: FormulaSource
  private(set) var index = 0
  private var depth = 0

  init(_ source: FormulaSource) { self.source = source }

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    index + ahead < source.scalars.count ? source.scalars[index + ahead] : nil
  }

  private mutating func takes(_ sign: Unicode.Scalar) -> Bool {
    guard peek() == sign else { return false }
    index += 1
    return true
  }

  private func error(_ message: String, _ offset: Int, _ remedy: String) -> DataError {
    source.error(message, at: offset, remedy: remedy)
  }

  mutating func whole() throws(DataError) -> TextPattern.Node {
    guard source.scalars.count <= FormulaLimits.length else {
      throw error("the pattern is too long", 0, "Write a shorter one.")
    }
    let node = try alternatives()
    guard peek() == nil else {
      throw error("`)` closes nothing", index, "Take it out, or write `\\)` for the sign itself.")
    }
    return node
  }

  private mutating func alternatives() throws(DataError) -> TextPattern.Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 100 else {
      throw error("the pattern is nested too deeply", index, "Use fewer groups.")
    }
    var branches = [try sequence()]
    while takes("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(DataError) -> TextPattern.Node {
    var nodes: [TextPattern.Node] = []
    while let sign = peek(), sign != "|", sign != ")" {
      if sign == "^" || sign == "$" {
        // A pattern describes the whole text, so anchors at its ends say nothing new.
        let isAtEnd = sign == "^" ? nodes.isEmpty : isEndOfBranch(index + 1)
        guard isAtEnd, depth == 1 || sign == "$" || nodes.isEmpty else {
          throw error(
            "`\(sign)` stands inside the pattern", index, "Write `\\\(sign)` for the sign itself.")
        }
        index += 1
        continue
      }
      nodes.append(try quantified(try atom()))
    }
    switch nodes.count {
    case 0: return .empty
    case 1: return nodes[0]
    default: return .sequence(nodes)
    }
  }

  private func isEndOfBranch(_ place: Int) -> Bool {
    place >= source.scalars.count || source.scalars[place] == "|" || source.scalars[place] == ")"
  }

  private mutating func atom() throws(DataError) -> TextPattern.Node {
    let start = index
    guard let sign = peek() else { return .empty }
    index += 1
    switch sign {
    case "(": return try group(start)
    case "[": return try set(start)
    case ".": return .set(ScalarSet.lineEndings.inverted, isBroad: true)
    case "\\": return try escape(start)
    case "*", "+", "?":
      throw error(
        "`\(sign)` repeats nothing", start, "Put something before it, or write `\\\(sign)`.")
    case "{":
      throw error("`{` repeats nothing", start, "Put something before it, or write `\\{`.")
    default: return .set(ScalarSet(sign), isBroad: false)
    }
  }

  private mutating func group(_ start: Int) throws(DataError) -> TextPattern.Node {
    if takes("?") {
      if takes(":") {
        // A group that is not captured is a group.
      } else if takes("<") || (peek() == "P" && peek(1) == "<") {
        if peek() == "P" { index += 2 }
        if peek() == "=" || peek() == "!" {
          throw error(
            "the pattern looks behind", start, "Describe the whole text without looking around.")
        }
        while let sign = peek(), sign != ">" {
          guard Lexer.continuesName(sign) else { break }
          index += 1
        }
        guard takes(">") else {
          throw error("the group's name is not closed", start, "Close it with `>`.")
        }
      } else if peek() == "=" || peek() == "!" {
        throw error(
          "the pattern looks ahead", start, "Describe the whole text without looking around.")
      } else {
        throw error(
          "a group of an unknown kind", start, "Write `(…)` or `(?:…)`; flags are not known.")
      }
    }
    let inner = try alternatives()
    guard takes(")") else { throw error("the group is not closed", start, "Close it with `)`.") }
    return inner
  }

  private mutating func quantified(
    _ node: TextPattern.Node
  ) throws(DataError) -> TextPattern.Node {
    let start = index
    var least = 0
    var most: Int?
    if takes("*") {
    } else if takes("+") {
      least = 1
    } else if takes("?") {
      most = 1
    } else if peek() == "{" {
      index += 1
      (least, most) = try bounds(start)
    } else {
      return node
    }
    if peek() == "+" {
      throw error("a possessive quantifier", index, "Take the second sign away.")
    }
    // A lazy quantifier describes the same texts.
    _ = takes("?")
    if peek() == "*" || peek() == "+" || peek() == "?" {
      throw error("two quantifiers follow each other", index, "Put the first into a group.")
    }
    return .repeated(node, least: least, most: most)
  }

  private mutating func bounds(_ start: Int) throws(DataError) -> (Int, Int?) {
    func failure() -> DataError {
      error(
        "the number of repetitions is not clear", start, "Write {3}, {2,} or {2,5}, up to 1000.")
    }
    let least = number()
    var most = least
    if takes(",") {
      most = number()
      if most == nil, peek() != "}" { throw failure() }
    }
    guard let least, takes("}"), least <= 1000, (most ?? 0) <= 1000, least <= most ?? least else {
      throw failure()
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let start = index
    while let sign = peek(), Lexer.isDigit(sign), index - start < 6 { index += 1 }
    return Int(source.text(start..<index))
  }
}

extension PatternParser {
  /// What follows a backslash outside a class.
  private mutating func escape(_ start: Int) throws(DataError) -> TextPattern.Node {
    guard index < source.scalars.count else {
      throw source.error(
        "the pattern ends in a backslash", at: start, remedy: "Write `\\\\` for the sign itself.")
    }
    let sign = source.scalars[index]
    if sign == "A" || sign == "Z" || sign == "z" {
      throw source.error(
        "`\\\(sign)` is not needed", at: start, remedy: "A pattern always describes the whole text."
      )
    }
    if Lexer.isDigit(sign), sign != "0" {
      throw source.error(
        "the pattern refers back to a group", at: start,
        remedy: "Write the group's pattern again: texts with back-references are not regular.")
    }
    if sign == "k" || sign == "b" || sign == "B" || sign == "G" {
      throw source.error(
        sign == "k" ? "the pattern refers back to a group" : "the pattern looks around",
        at: start, remedy: "Describe the whole text by what stands in it.")
    }
    let (set, isBroad) = try escapedSet(start)
    return .set(set, isBroad: isBroad)
  }

  private mutating func escapedSet(_ start: Int) throws(DataError) -> (ScalarSet, Bool) {
    let sign = source.scalars[index]
    index += 1
    switch sign {
    case "d": return (.digits, false)
    case "w": return (.wordSigns, false)
    case "s": return (.spaces, false)
    case "D": return (ScalarSet.digits.inverted, true)
    case "W": return (ScalarSet.wordSigns.inverted, true)
    case "S": return (ScalarSet.spaces.inverted, true)
    case "n": return (ScalarSet("\n"), false)
    case "r": return (ScalarSet("\r"), false)
    case "t": return (ScalarSet("\t"), false)
    case "f": return (ScalarSet("\u{0C}"), false)
    case "v": return (ScalarSet("\u{0B}"), false)
    case "0": return (ScalarSet("\0"), false)
    case "x": return (ScalarSet(try hexadecimal(2, start)), false)
    case "u": return (ScalarSet(try hexadecimal(4, start)), false)
    default:
      guard !Lexer.startsName(sign) || sign == "_" else {
        throw source.error(
          "`\\\(sign)` means nothing here", at: start, remedy: "Leave the backslash out.")
      }
      return (ScalarSet(sign), false)
    }
  }

  private mutating func hexadecimal(_ digits: Int, _ start: Int) throws(DataError) -> Unicode.Scalar
  {
    let end = min(index + digits, source.scalars.count)
    guard end - index == digits, let value = UInt32(source.text(index..<end), radix: 16),
      let scalar = Unicode.Scalar(value)
    else {
      throw source.error(
        "the character's number is not clear", at: start,
        remedy: "Write \(digits) hexadecimal digits.")
    }
    index = end
    return scalar
  }

  /// A class whose bracket was taken.
  private mutating func set(_ start: Int) throws(DataError) -> TextPattern.Node {
    var isInverted = false
    var result = ScalarSet([])
    var isFirst = true
    if index < source.scalars.count, source.scalars[index] == "^" {
      isInverted = true
      index += 1
    }
    while true {
      guard index < source.scalars.count else {
        throw source.error("the class is not closed", at: start, remedy: "Close it with `]`.")
      }
      let place = index
      if source.scalars[index] == "]", !isFirst {
        index += 1
        break
      }
      if source.scalars[index] == "[", index + 1 < source.scalars.count,
        source.scalars[index + 1] == ":"
      {
        throw source.error(
          "a class by name", at: place, remedy: "Write `a-z`, `0-9`, `\\d`, `\\w` or `\\s`.")
      }
      isFirst = false
      let low = try member(place)
      if index + 1 < source.scalars.count, source.scalars[index] == "-",
        source.scalars[index + 1] != "]"
      {
        index += 1
        let high = try member(index)
        guard low.count == 1, high.count == 1, let from = low.ranges.first?.lowerBound,
          let to = high.ranges.first?.lowerBound, from <= to
        else {
          throw source.error(
            "the range runs backwards", at: place, remedy: "Write the lower end first, as `a-z`.")
        }
        result = result.union(ScalarSet([from...to]))
      } else {
        result = result.union(low)
      }
    }
    return .set(isInverted ? result.inverted : result, isBroad: isInverted)
  }

  private mutating func member(_ place: Int) throws(DataError) -> ScalarSet {
    guard index < source.scalars.count else {
      throw source.error("the class is not closed", at: place, remedy: "Close it with `]`.")
    }
    if source.scalars[index] == "\\" {
      index += 1
      guard index < source.scalars.count else {
        throw source.error("the class is not closed", at: place, remedy: "Close it with `]`.")
      }
      if source.scalars[index] == "b" {
        index += 1
        return ScalarSet("\u{8}")
      }
      return try escapedSet(place).0
    }
    let scalar = source.scalars[index]
    index += 1
    return ScalarSet(scalar)
  }
}
