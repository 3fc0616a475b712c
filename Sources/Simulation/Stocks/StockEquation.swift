// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// Tells an XMILE equation in the house's formula language.
///
/// Names are set in backticks as they are compared; `IF … THEN … ELSE` becomes `if(…)`; names of arrays
/// get the elements they stand for.
struct StockEquation {
  /// The dimensions and arrays of the model.
  let dimensions: [String: [String]]
  let arrays: [String: [String]]
  /// Which element stands for each dimension here.
  let elements: [String: String]
  /// The module the equation stands in, as `hares.`, and what is called there by its bare name.
  var module = ""
  var locals: Set<String> = []

  private enum Sign: Equatable {
    case name(String, isQuoted: Bool)
    case number(String)
    case sign(String)
  }

  /// The expression of an equation.
  ///
  /// - Throws: `DataError` if it cannot be read.
  func expression(_ text: String, of variable: String) throws(DataError) -> Expression {
    let signs = try lex(text, variable)
    let told = try tell(signs, variable)
    do {
      return try Expression(parsing: told)
    } catch {
      var error = error
      error = DataError(
        "the equation of `\(variable)` cannot be read: \(error.message)", remedy: error.remedy)
      throw error
    }
  }

  private func lex(_ text: String, _ variable: String) throws(DataError) -> [Sign] {
    let letters = Array(text)
    var signs: [Sign] = []
    var index = 0
    func isNamed(_ letter: Character) -> Bool {
      letter.isLetter || letter.isNumber || letter == "_" || letter == "$" || letter == "\\"
    }
    while index < letters.count {
      let letter = letters[index]
      if letter.isWhitespace {
        index += 1
      } else if letter == "{" {
        while index < letters.count, letters[index] != "}" { index += 1 }
        index += 1
      } else if letter == "\"" {
        var name = ""
        index += 1
        while index < letters.count, letters[index] != "\"" {
          name.append(letters[index])
          index += 1
        }
        index += 1
        signs.append(.name(name, isQuoted: true))
      } else if letter.isNumber || (letter == "." && index + 1 < letters.count) {
        var number = letter == "." ? "0" : ""
        while index < letters.count {
          let next = letters[index]
          let isExponentSign =
            (next == "+" || next == "-") && (number.last == "e" || number.last == "E")
          guard next.isNumber || next == "." || next == "e" || next == "E" || isExponentSign else {
            break
          }
          number.append(next)
          index += 1
        }
        if number.hasSuffix(".") { number += "0" }
        signs.append(.number(number))
      } else if letter.isLetter || letter == "_" || letter == "$" {
        var name = ""
        while index < letters.count {
          // A point leads from a module to what is in it.
          let leadsIn =
            letters[index] == "." && index + 1 < letters.count
            && (letters[index + 1].isLetter || letters[index + 1] == "_")
          guard leadsIn || isNamed(letters[index]) else { break }
          name.append(letters[index])
          index += 1
        }
        signs.append(.name(name, isQuoted: false))
      } else {
        let pair = index + 1 < letters.count ? String(letters[index...index + 1]) : ""
        let isPair = ["<>", "<=", ">="].contains(pair)
        guard isPair || "+-*/^()[],=<>:".contains(letter) else {
          throw DataError(
            "the equation of `\(variable)` holds a sign that means nothing there",
            remedy: "Put names with such signs into double quotes.")
        }
        signs.append(.sign(isPair ? pair : String(letter)))
        index += isPair ? 2 : 1
      }
    }
    return signs
  }

  private func tell(_ signs: [Sign], _ variable: String) throws(DataError) -> String {
    var text = ""
    // How many `IF`s wait for the end of each group of brackets.
    var waiting = [0]
    var index = 0
    var wantsOperand = true
    while index < signs.count {
      switch signs[index] {
      case .number(let number):
        text += number + " "
        wantsOperand = false
      case .name(let name, let isQuoted):
        let word = isQuoted ? "" : name.lowercased()
        wantsOperand = true
        switch word {
        case "if" where Self.isCall(signs, after: index):
          // As Vensim writes it: a function of three arguments.
          text += "if"
          index += 2
        case "if":
          text += "if(("
          waiting[waiting.count - 1] += 1
        case "then", "else": text += "),("
        case "and", "or", "not": text += " \(word) "
        case "mod": text += " % "
        default:
          wantsOperand = false
          // A function's name may be of several words.
          var words = [StockDeclarations.canonical(name)]
          var next = index + 1
          while !isQuoted, next < signs.count, case .name(let more, false) = signs[next],
            !["if", "then", "else", "and", "or", "not", "mod"].contains(more.lowercased())
          {
            words.append(StockDeclarations.canonical(more))
            next += 1
          }
          let whole = words.joined(separator: " ")
          if !isQuoted, next < signs.count, signs[next] == .sign("("),
            arrays[absolute(whole)] == nil
          {
            text += whole.split { $0 == " " || $0 == "." }.joined(separator: "_")
            index = next - 1
          } else {
            text += try variableText(absolute(words[0]), signs, &index, variable)
          }
        }
      case .sign(let sign):
        switch sign {
        case "(":
          waiting.append(0)
          text += "("
          wantsOperand = true
        case ")", ",":
          let closing = waiting[waiting.count - 1]
          text += String(repeating: "))", count: closing)
          waiting[waiting.count - 1] = 0
          if sign == ")" {
            guard waiting.count > 1 else {
              throw DataError(
                "the equation of `\(variable)` closes a bracket that is not open",
                remedy: "Take the `)` out.")
            }
            waiting.removeLast()
          }
          text += sign
          wantsOperand = sign == ","
        case "=": text += " == "
        case "<>": text += " != "
        case "+" where wantsOperand: break
        default:
          text += " \(sign) "
          wantsOperand = true
        }
        if sign == "=" || sign == "<>" { wantsOperand = true }
      }
      index += 1
    }
    return text + String(repeating: "))", count: waiting[0])
  }

  /// Whether `IF` goes on as `THEN ELSE(`.
  private static func isCall(_ signs: [Sign], after index: Int) -> Bool {
    guard index + 3 < signs.count, case .name(let then, false) = signs[index + 1],
      case .name(let otherwise, false) = signs[index + 2]
    else { return false }
    return then.lowercased() == "then" && otherwise.lowercased() == "else"
      && signs[index + 3] == .sign("(")
  }

  /// The name that a variable goes by in the whole model.
  func absolute(_ name: String) -> String {
    guard !module.isEmpty else { return name.hasPrefix(".") ? String(name.dropFirst()) : name }
    let head = name.split(separator: ".", maxSplits: 1).first.map(String.init) ?? name
    return locals.contains(name) || locals.contains(head) ? module + name : name
  }

  /// A variable with its subscripts made plain; `x[*]` becomes a list of all its elements.
  private func variableText(
    _ name: String, _ signs: [Sign], _ index: inout Int, _ variable: String
  ) throws(DataError) -> String {
    guard let own = arrays[name] else { return Self.quoted(name) }
    var given: [String] = []
    if index + 1 < signs.count, signs[index + 1] == .sign("[") {
      var next = index + 2
      var part = ""
      while next < signs.count, signs[next] != .sign("]") {
        switch signs[next] {
        case .name(let name, _): part += (part.isEmpty ? "" : " ") + name
        case .number(let number): part += number
        case .sign(","):
          given.append(part)
          part = ""
        case .sign(let sign): part += sign
        }
        next += 1
      }
      given.append(part)
      index = next
    } else {
      given = own
    }
    guard given.count == own.count else {
      throw DataError(
        "the equation of `\(variable)` gives `\(name)` another number of subscripts than it has",
        remedy: "Write one for each of its dimensions.")
    }
    var choices: [[String]] = []
    for (part, dimension) in zip(given, own) {
      let part = part == "*" ? "*" : StockDeclarations.canonical(part)
      if part == "*" {
        choices.append(dimensions[dimension] ?? [])
      } else if dimensions[dimension]?.contains(part) == true {
        choices.append([part])
      } else if let element = elements[part] {
        choices.append([element])
      } else {
        throw DataError(
          "the equation of `\(variable)` gives `\(name)` a subscript it does not have",
          remedy: Suggestion.remedy(for: part, among: dimensions[dimension] ?? []))
      }
    }
    return Self.products(choices).map { Self.quoted(Self.element(name, $0)) }
      .joined(separator: ", ")
  }

  /// The name of an element of an array.
  static func element(_ name: String, _ subscripts: [String]) -> String {
    subscripts.isEmpty ? name : "\(name)[\(subscripts.joined(separator: ","))]"
  }

  /// Every choice of one from each list, the last one changing fastest.
  static func products(_ lists: [[String]]) -> [[String]] {
    lists.reduce([[]]) { chosen, list in chosen.flatMap { head in list.map { head + [$0] } } }
  }

  private static func quoted(_ name: String) -> String {
    "`\(name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``"))`"
  }
}
