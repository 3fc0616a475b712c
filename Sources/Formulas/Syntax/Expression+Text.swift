// SPDX-License-Identifier: Apache-2.0
import Tables

extension Expression: CustomStringConvertible {
  /// The expression with every operation in brackets, which shows how it was read.
  public var description: String {
    switch kind {
    case .literal(let literal): literal.description
    case .name(let path): Self.text(of: path)
    case .lag(let path, let periods): "\(Self.text(of: path))[\(periods)]"
    case .negative(let operand): "(-\(operand))"
    case .not(let operand): "(not \(operand))"
    case .binary(let sign, let left, let right): "(\(left) \(sign.rawValue) \(right))"
    case .isIn(let value, let list):
      "(\(value) in [\(list.map(\.description).joined(separator: ", "))])"
    case .isBetween(let value, let low, let high): "(\(value) in \(low)..\(high))"
    case .list(let list): "[\(list.map(\.description).joined(separator: ", "))]"
    case .call(let name, let arguments):
      "\(name)("
        + arguments.map { ($0.label.map { "\($0) = " } ?? "") + $0.value.description }
        .joined(separator: ", ") + ")"
    }
  }

  private static func text(of path: [String]) -> String {
    path.map { name in
      let isPlain =
        name.unicodeScalars.first.map(Lexer.startsName) == true
        && name.unicodeScalars.allSatisfy(Lexer.continuesName)
        && !ExpressionParser.words.contains(name)
      return isPlain
        ? name
        : "`\(name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``"))`"
    }.joined(separator: ".")
  }

  /// All expressions below and including this one, each before its parts.
  public var parts: [Expression] {
    switch kind {
    case .literal, .name, .lag: [self]
    case .negative(let operand), .not(let operand): [self] + operand.parts
    case .binary(_, let left, let right): [self] + left.parts + right.parts
    case .isIn(let value, let list): [self] + value.parts + list.flatMap(\.parts)
    case .isBetween(let value, let low, let high):
      [self] + value.parts + low.parts + high.parts
    case .list(let list): [self] + list.flatMap(\.parts)
    case .call(_, let arguments): [self] + arguments.flatMap(\.value.parts)
    }
  }

  /// The names and paths used, in order of appearance, each once.
  public var names: [[String]] {
    var seen: Set<[String]> = []
    return parts.compactMap { part in
      switch part.kind {
      case .name(let path), .lag(let path, _): seen.insert(path).inserted ? path : nil
      default: nil
      }
    }
  }
}

extension Expression.Literal: CustomStringConvertible {
  /// The value as a formula writes it.
  public var description: String {
    switch self {
    case .number(let value): "\(value)"
    case .whole(let value): "\(value)"
    case .date(let days):
      {
        let date = CalendarDate(daysSince1970: days)
        let month = (date.month < 10 ? "0" : "") + String(date.month)
        return "\(date.year)-\(month)-\(date.day < 10 ? "0" : "")\(date.day)"
      }()
    case .text(let text):
      "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        + "'"
    case .boolean(let value): value ? "true" : "false"
    case .missing: "missing"
    }
  }
}
