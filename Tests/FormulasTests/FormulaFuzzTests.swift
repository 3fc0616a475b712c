// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Tables
import Testing

@testable import Formulas

/// Formulas that nobody would write, from a fixed seed.
///
/// Each ends in values or in an error with its place, soon. `FORMULAS=1000000` for as many.
@Suite struct FormulaFuzzTests {
  static let count =
    ProcessInfo.processInfo.environment["FORMULAS"].flatMap { Int($0) } ?? 1000

  static let words: [String] =
    ["age", "income", "sex", "marital", "name", "born", "works", "health", "parent", "child", "x"]
    + ["and", "or", "not", "in", "true", "false", "missing", "null"]
    + [
      "0", "1", "2", "3.5", "-1", "1e308", "1e-320", "9223372036854775807", "99999999999999999999",
      "2027-04-01", "0000-00-00", "9999-12-31", "''", "'single'", "'(a|b)*c'", "'a{1,1000}'", "\"",
      "'", "`age`", "`", "é", "\u{202E}", "👩‍👩‍👧", "\u{0}",
    ]
    + [
      "+", "-", "*", "/", "%", "^", "==", "!=", "<", "<=", ">", ">=", "=", "~", "(", ")", "[", "]",
      ",", ".", "..", ":", ";", "#", "{", "}", "&&", "||", "!",
    ]
    + FormulaFunction.all.map(\.name) + DistributionFamily.names
    + ["open", "read", "file", "system", "exec", "import", "eval", "/etc/passwd", "$(id)"]

  /// Words in any order, or nearly a formula: calls with arguments, nested.
  static func text(_ stream: inout RandomStream) -> String {
    func pick(_ bound: Int) -> Int { Draws.integer(below: bound, using: &stream) }
    func expression(_ depth: Int) -> String {
      if depth == 0 || pick(4) == 0 { return words[pick(43)] }
      switch pick(7) {
      case 0, 1:
        let functions = FormulaFunction.all
        let name = functions[pick(functions.count)].name
        let arguments = (0..<pick(4)).map { _ in expression(depth - 1) }
        return name + "(" + arguments.joined(separator: ", ") + ")"
      case 2: return "(" + expression(depth - 1) + ")"
      case 3: return "if(\(expression(depth - 1)) > 1, \(expression(depth - 1)), missing)"
      case 4: return expression(depth - 1) + " in [" + expression(0) + ", " + expression(0) + "]"
      default:
        let signs = ["+", "-", "*", "/", "%", "^", "==", "<", "and", "or"]
        return expression(depth - 1) + " " + signs[pick(signs.count)] + " " + expression(depth - 1)
      }
    }
    switch pick(5) {
    case 0:
      return (0..<pick(40)).map { _ in words[pick(words.count)] }
        .joined(separator: pick(2) == 0 ? " " : "")
    case 1:
      let names = DistributionFamily.names
      let arguments = (0..<pick(5)).map { _ in expression(2) }
      return "~ " + names[pick(names.count)] + "(" + arguments.joined(separator: ", ") + ")"
    case 2:
      var text = Array(expression(4).unicodeScalars)
      for _ in 0...pick(3) where !text.isEmpty {
        let scalar = Unicode.Scalar(UInt32(pick(0xD800))) ?? "?"
        if pick(2) == 0 {
          text[pick(text.count)] = scalar
        } else {
          text.remove(at: pick(text.count))
        }
      }
      var mutated = String.UnicodeScalarView()
      mutated.append(contentsOf: text)
      return String(mutated)
    default: return expression(5)
    }
  }

  /// Whether a text was a formula; it is evaluated if so.
  static func run(_ text: String) throws -> Bool {
    do {
      switch try Formula(parsing: text) {
      case .value(let expression):
        let column = try CompiledFormula(expression, in: Example.scope)
          .column(named: "x", FormulaData(Example.table))
        #expect(column.count == 4, "\(text)")
        if case .numbers(let list) = column.values {
          let isFinite = list.allSatisfy(\.isFinite)
          #expect(isFinite, "\(text)")
        }
      case .draw(let call):
        let draw = try CompiledDraw(call, in: Example.scope)
        let column = try draw.column(
          named: "x", FormulaData(Example.table), key: RandomKey(seed: "fuzz").stream(text))
        #expect(column.count == 4, "\(text)")
      }
      return true
    } catch {
      #expect(!error.message.isEmpty && !error.remedy.isEmpty && error.position != nil, "\(text)")
      return false
    }
  }

  /// What this thread has worked: other tests and programs do not make a formula slower.
  private static var work: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  @Test func `no text crashes, hangs or gives a number that is none`() throws {
    var accepted = 0
    var longest = Duration.zero
    var slowest = ""
    for number in 0..<Self.count {
      var stream = RandomKey(seed: "formulas").stream("fuzz").stream(entity: UInt64(number))
      let text = Self.text(&stream)
      let start = Self.work
      if try Self.run(text) { accepted += 1 }
      let time = Self.work - start
      if time > longest { (longest, slowest) = (time, text) }
    }
    // Enough texts are formulas for evaluation to be tried too.
    #expect(accepted * 20 > Self.count, "\(accepted)")
    #expect(longest < .seconds(10), "\(slowest)")
    if Self.count > 1000 {
      print("\(Self.count) texts, \(accepted) formulas, longest \(longest): \(slowest)")
    }
  }

  @Test(arguments: [
    String(repeating: "(", count: 30_000), String(repeating: "-", count: 15_000) + "1",
    String(repeating: "not ", count: 4000) + "works", "1" + String(repeating: "+1", count: 9000),
    "age in [" + String(repeating: "1,", count: 9_990) + "1]",
    "1" + String(repeating: "^2", count: 199), String(repeating: "if(works,", count: 2000),
    String(repeating: "'", count: 20_000), "matches(name, '((a{1,99}){1,99}){1,99}')",
    "matches(name, '" + String(repeating: "(a|", count: 3000) + "')",
    "matches(name, '(a*)*(a*)*(a*)*b')", "pad(name, 9000000000000000000, 'x')",
    "pad(name, 1000000000, 'x')", "replace(name, '', 'aaaaaaaaaa')", "contains(name, '')",
    "~ poisson(1e300)", "~ binomial(1e15, 0.5)", "~ zipf(0.0001, 1000000)",
    "~ truncated(normal(0, 1), 90, 91)",
    "~ student_t(1e-320)", "~ beta(mean = 1e-200, precision = 1e-200)",
    "add_months(born, 9223372036854775807)",
  ]) func `what is huge or deep ends soon`(text: String) throws {
    let start = Self.work
    _ = try Self.run(text)
    #expect(Self.work - start < .seconds(20))
  }

  /// A formula has no function that reads a file, a clock or the machine, and its target imports no library
  /// that could.
  @Test func `nothing of the machine can be reached`() throws {
    for function in FormulaFunction.all {
      for word in ["file", "read", "open", "url", "env", "exec", "system", "shell", "now", "time"] {
        #expect(!function.name.lowercased().contains(word), "\(function.name)")
      }
    }
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let folder = "/\(root)/Sources/Formulas"
    let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap {
      $0 as? String
    }.filter { $0.hasSuffix(".swift") }
    #expect(files.count > 40)
    let allowed: Set<String> = ["Numerics", "Randomness", "Schemas", "Tables"]
    for file in files {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      for line in text.split(separator: "\n") where line.contains("import ") {
        let words = line.split(separator: " ")
        guard words.first == "import" || words.dropFirst().first == "import" else { continue }
        #expect(allowed.contains(String(words.last ?? "")), "\(file): \(line)")
      }
    }
  }
}
