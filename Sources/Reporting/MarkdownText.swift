// SPDX-License-Identifier: Apache-2.0

/// A page's markup as Markdown, so that both say the same and neither can drift from the other.
///
/// It reads the small set of elements that reports are made of, written by ``HTML``. Pictures are left to
/// the page; the sentence beside each says what it shows. Every text is escaped for Markdown as it was for
/// markup.
struct MarkdownText {
  private var output = ""
  private var line = ""
  /// The cell texts of the row being read, and the rows of the table.
  private var row: [String] = []
  private var rows: [[String]] = []
  private var alignments: [Bool] = []
  private var isInTable = false
  /// What stands before the line: a heading's signs, a list's dash.
  private var prefix = ""
  /// Elements of which nothing is written, and how deep they are nested.
  private var skipDepth = 0

  private static let skipped: Set<String> = ["head", "style", "script", "svg", "nav", "button"]
  private static let blocks: Set<String> = [
    "p", "div", "figure", "figcaption", "h1", "h2", "h3", "h4", "li", "summary", "header", "main",
    "footer", "ul", "ol", "details", "dl",
  ]

  /// Turns markup into Markdown.
  init(markup: String) {
    // Bytes, since a combining mark after a bracket would hide it among characters.
    var rest = Array(markup.utf8)[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: ">"))
    {
      add(text: String(decoding: rest[..<open], as: UTF8.self))
      read(tag: String(decoding: rest[(open + 1)..<close], as: UTF8.self))
      rest = rest[(close + 1)...]
    }
    add(text: String(decoding: rest, as: UTF8.self))
    flush()
  }

  /// The Markdown, with one line end at its end.
  var text: String { output.trimmingBlankEnd + "\n" }

  // MARK: Reading

  private mutating func read(tag: String) {
    let isEnd = tag.hasPrefix("/")
    let body = isEnd ? tag.dropFirst() : tag[...]
    let name = String(body.prefix { $0.isLetter || $0.isNumber }).lowercased()
    if Self.skipped.contains(name) {
      if !tag.hasSuffix("/") { skipDepth += isEnd ? -1 : 1 }
      return
    }
    guard skipDepth == 0 else { return }
    switch name {
    case "h1", "h2", "h3", "h4":
      flush()
      prefix = isEnd ? "" : String(repeating: "#", count: Int(name.dropFirst()) ?? 1) + " "
    case "li":
      flush()
      prefix = isEnd ? "" : "- "
    case "dt":
      if !isEnd {
        flush()
        prefix = "- "
      }
      toggle("**", isEnd: isEnd)
      if isEnd { line += ": " }
    case "dd":
      if isEnd {
        flush()
        prefix = ""
      }
    case "strong", "summary", "b":
      if name == "summary", !isEnd { flush() }
      toggle("**", isEnd: isEnd)
      if name == "summary", isEnd { flush() }
      if name == "b", isEnd { line += " " }
    case "em": toggle("*", isEnd: isEnd)
    case "br": line += isInTable ? "; " : " "
    case "table":
      flush()
      isInTable = !isEnd
      if isEnd { writeTable() } else { rows = [] }
    case "tr":
      if isEnd { rows.append(row) } else { row = [] }
    case "th", "td":
      if isEnd {
        row.append(line.singleLine)
        line = ""
      } else {
        line = ""
        if rows.isEmpty {
          if row.isEmpty { alignments = [] }
          alignments.append(body.contains("class=\"n"))
        }
      }
    case "span" where isEnd: line += " "
    case let name where Self.blocks.contains(name):
      if isInTable { line += " " } else { flush() }
    default: break
    }
  }

  private mutating func toggle(_ sign: String, isEnd: Bool) {
    if isEnd {
      // A mark must follow a sign that is no space.
      while line.last == " " { line.removeLast() }
      if line.hasSuffix(sign) { line.removeLast(sign.count) } else { line += sign }
    } else {
      line += sign
    }
  }

  private mutating func add(text: String) {
    guard skipDepth == 0, !text.isEmpty else { return }
    line += Self.escaped(Self.unescaped(text))
  }

  // MARK: Writing

  private mutating func flush() {
    guard !isInTable else { return }
    let text = line.singleLine
    line = ""
    guard !text.isEmpty else { return }
    let isItem = prefix == "- "
    if !(isItem && output.hasSuffix("\n") && lastIsItem) { output += output.isEmpty ? "" : "\n" }
    lastIsItem = isItem
    output += prefix + (prefix.isEmpty ? text.withoutLeadingSign : text) + "\n"
    if prefix.hasPrefix("#") { prefix = "" }
  }

  private var lastIsItem = false

  private mutating func writeTable() {
    guard let head = rows.first else { return }
    lastIsItem = false
    output += (output.isEmpty ? "" : "\n") + "| " + head.joined(separator: " | ") + " |\n|"
    for place in head.indices {
      output += alignments.indices.contains(place) && alignments[place] ? " ---: |" : " --- |"
    }
    output += "\n"
    for row in rows.dropFirst() { output += "| " + row.joined(separator: " | ") + " |\n" }
    rows = []
  }

  // MARK: Signs

  private static func unescaped(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      let entities: [(String, String)] = [
        ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
      ]
      if let (entity, sign) = entities.first(where: { rest.hasPrefix($0.0) }) {
        result += sign
        rest = rest.dropFirst(entity.count)
      } else {
        result.append("&")
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  /// A text in which no sign means anything in Markdown, nor in the markup that Markdown lets through.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for sign in text.unicodeScalars {
      switch sign {
      case "\\", "`", "*", "_", "[", "]", "|", "~", "$": result += "\\" + String(sign)
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\r", "\n", "\t": result += " "
      default: result.unicodeScalars.append(sign)
      }
    }
    return result
  }
}

extension String {
  /// The text with each run of spaces as one, and none at the ends.
  fileprivate var singleLine: String {
    var result = ""
    for sign in self {
      let isSpace = sign == " " || sign == "\n" || sign == "\t"
      if isSpace, result.isEmpty || result.last == " " { continue }
      result.append(isSpace ? " " : sign)
    }
    while result.last == " " { result.removeLast() }
    return result
  }

  /// The text with a sign at its start escaped that would make it a heading, a list or a rule.
  fileprivate var withoutLeadingSign: String {
    guard let first else { return self }
    if "#-+=".contains(first) { return "\\" + self }
    let digits = prefix { $0.isNumber }
    let rest = dropFirst(digits.count)
    if !digits.isEmpty, let sign = rest.first, ".)".contains(sign) {
      return digits + "\\" + rest
    }
    return self
  }

  fileprivate var trimmingBlankEnd: String {
    var text = self
    while text.last == "\n" { text.removeLast() }
    return text
  }
}
