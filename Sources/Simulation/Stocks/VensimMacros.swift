// SPDX-License-Identifier: Apache-2.0

/// Reads the macros of a Vensim text model, which programs that turn it into XMILE leave out.
///
/// ```
/// :MACRO: LATE(input, time)
/// LATE = INTEG((input - LATE) / time, input)
///   ~ unit
///   ~ note
///   |
/// :END OF MACRO:
/// ```
struct VensimMacros {
  private(set) var macros: [StockMacro] = []

  /// Reads what can be read; lines that are no equation of a macro are passed over.
  init(_ bytes: [UInt8]) {
    guard bytes.count <= 10_000_000, let text = String(validating: bytes, as: UTF8.self) else {
      return
    }
    for piece in Self.pieces(of: text, between: ":MACRO:", and: ":END OF MACRO:") {
      guard let open = piece.firstIndex(of: "("),
        let close = piece[open...].firstIndex(of: ")")
      else { continue }
      var macro = StockMacro(name: StockDeclarations.canonical(String(piece[..<open])))
      // What comes after a colon are further results, which XMILE has none of.
      let inputs = piece[piece.index(after: open)..<close].split(separator: ":")[...].first ?? ""
      macro.parameters = inputs.split(separator: ",").map {
        (StockDeclarations.canonical(String($0)), nil)
      }
      for entry in piece[piece.index(after: close)...].split(separator: "|") {
        let equation = entry.split(separator: "~", omittingEmptySubsequences: false)[0]
        guard let sign = equation.firstIndex(of: "=") else { continue }
        macro.add(
          String(equation[..<sign]), String(equation[equation.index(after: sign)...]))
      }
      macros.append(macro)
    }
  }

  private static func pieces(
    of text: String, between start: String, and end: String
  ) -> [Substring] {
    var pieces: [Substring] = []
    var rest = text[...]
    while let first = rest.firstRange(of: start) {
      rest = rest[first.upperBound...]
      guard let last = rest.firstRange(of: end) else { break }
      pieces.append(rest[..<last.lowerBound])
      rest = rest[last.upperBound...]
    }
    return pieces
  }
}

extension StockMacro {
  /// Adds an equation as Vensim writes it: the one of the macro's own name is what a call gives.
  fileprivate mutating func add(_ left: String, _ right: String) {
    var name = StockDeclarations.canonical(left)
    let text = right.split { $0.isNewline || $0 == "\\" }.joined(separator: " ")
    if name == self.name {
      // It may be a stock, which needs a name that is not the macro's.
      name += " result"
      equation = "\"\(name)\""
    }
    let own = Self.renamed(text, self.name, to: "\(self.name) result")
    guard let (rate, first) = Self.integral(own) else {
      return variables.append(
        .init(name: name, kind: .aux, equations: [.init(text: own)]))
    }
    variables.append(.init(name: "\(name) rate", kind: .flow, equations: [.init(text: rate)]))
    variables.append(
      .init(
        name: name, kind: .stock, equations: [.init(text: first)], inflows: ["\(name) rate"]))
  }

  /// The text with a name written in quotes under another one, where it is no call.
  private static func renamed(_ text: String, _ name: String, to other: String) -> String {
    let words = name.split(separator: " ")
    var result = ""
    var rest = text[...]
    scan: while !rest.isEmpty {
      if rest.first?.isLetter == true {
        var place = rest
        for (index, word) in words.enumerated() {
          let found = place.prefix { $0.isLetter || $0.isNumber }
          guard found.lowercased() == word else { break }
          place = place.dropFirst(found.count)
          if index == words.count - 1 {
            guard place.first(where: { !$0.isWhitespace }) != "(" else { break }
            result += "\"\(other)\""
            rest = place
            continue scan
          }
          place = place.drop { $0.isWhitespace || $0 == "_" }
        }
        let word = rest.prefix { $0.isLetter || $0.isNumber }
        result += word
        rest = rest.dropFirst(word.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  /// The rate and the start of `INTEG(rate, start)`; nil if the text is something else.
  private static func integral(_ text: String) -> (rate: String, start: String)? {
    let trimmed = text.drop { $0.isWhitespace }
    guard trimmed.prefix(5).lowercased() == "integ" else { return nil }
    let call = trimmed.dropFirst(5).drop { $0.isWhitespace }
    guard call.first == "(" else { return nil }
    var (depth, comma, end) = (0, String.Index?.none, String.Index?.none)
    for place in call.indices {
      switch call[place] {
      case "(": depth += 1
      case ")":
        depth -= 1
        if depth == 0, end == nil { end = place }
      case "," where depth == 1: comma = place
      default: break
      }
    }
    guard let comma, let end, comma < end,
      call[call.index(after: end)...].allSatisfy(\.isWhitespace)
    else { return nil }
    return (
      String(call[call.index(after: call.startIndex)..<comma]),
      String(call[call.index(after: comma)..<end])
    )
  }
}
