// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// Rewrites an XMILE expression into one of numbers, with variables of its own for what has a memory.
struct StockExpander {
  private let compiler: StockCompiler
  private let owner: String
  /// The variables that functions with a memory need.
  private(set) var made: [StockCompiler.Part] = []
  /// The module that the equation stands in, as `hares.`.
  var module = ""
  /// The macros that are being written out, one within the other.
  private var macros: [String] = []
  private var macroCount = 0

  init(_ compiler: StockCompiler, owner: String) {
    self.compiler = compiler
    self.owner = owner
  }

  // MARK: Making expressions

  private static func parsed(_ text: String) -> Expression {
    // Only texts written below come here, each of which can be read.
    guard let expression = try? Expression(parsing: text) else {
      preconditionFailure("a template is well-formed")
    }
    return expression
  }

  func whole(_ value: Int) -> Expression { Self.parsed(String(value)) }

  private func name(_ text: String) -> Expression {
    var expression = Self.parsed("x")
    expression.kind = .name([text])
    return expression
  }

  /// A template with `a`, `b`, `c` and `d` replaced.
  private func filled(_ template: String, _ values: [Expression]) -> Expression {
    func fill(_ expression: Expression) -> Expression {
      var result = expression
      switch expression.kind {
      case .name(let path):
        guard let index = ["a", "b", "c", "d"].firstIndex(of: path[0]), index < values.count else {
          return expression
        }
        return values[index]
      case .negative(let operand): result.kind = .negative(fill(operand))
      case .not(let operand): result.kind = .not(fill(operand))
      case .binary(let sign, let left, let right):
        result.kind = .binary(sign, fill(left), fill(right))
      case .call(let name, var arguments):
        for index in arguments.indices { arguments[index].value = fill(arguments[index].value) }
        result.kind = .call(name, arguments)
      default: break
      }
      return result
    }
    return fill(Self.parsed(template))
  }

  func call(_ name: String, _ values: [Expression]) -> Expression {
    var result = Self.parsed("f(" + values.map { _ in "0" }.joined(separator: ", ") + ")")
    if case .call(_, var arguments) = result.kind {
      for index in values.indices { arguments[index].value = values[index] }
      result.kind = .call(name, arguments)
    }
    return result
  }

  private mutating func add(_ role: StockCompiler.Role) -> Expression {
    let hidden = "\(owner)#\(made.count + 1)"
    made.append(.init(name: hidden, title: nil, role: role))
    return name(hidden)
  }

  // MARK: Numbers and conditions, which XMILE takes for each other

  mutating func number(_ expression: Expression) throws(DataError) -> Expression {
    var result = expression
    switch expression.kind {
    case .literal(.boolean(let value)): return whole(value ? 1 : 0)
    case .negative(let operand): result.kind = .negative(try number(operand))
    case .not: return filled("if(a, 1, 0)", [try truth(expression)])
    case .binary(let sign, let left, let right):
      switch sign {
      case .plus, .minus, .times, .divided, .power:
        result.kind = .binary(sign, try number(left), try number(right))
      case .rest: return call("remainder", [try number(left), try number(right)])
      default: return filled("if(a, 1, 0)", [try truth(expression)])
      }
    case .call(let name, let arguments):
      return try function(name, arguments.map(\.value), expression)
    case .name(let path) where path == ["pi"]:
      result.kind = .literal(.number(Double.pi))
    default: break
    }
    return result
  }

  private mutating func truth(_ expression: Expression) throws(DataError) -> Expression {
    var result = expression
    switch expression.kind {
    case .not(let operand): result.kind = .not(try truth(operand))
    case .binary(let sign, let left, let right):
      switch sign {
      case .and, .or: result.kind = .binary(sign, try truth(left), try truth(right))
      case .equal, .different, .less, .atMost, .greater, .atLeast:
        result.kind = .binary(sign, try number(left), try number(right))
      default: return filled("a != 0", [try number(expression)])
      }
    default: return filled("a != 0", [try number(expression)])
    }
    return result
  }

  // MARK: Functions

  private static let templates: [String: [Int: String]] = [
    "abs": [1: "abs(a)"], "exp": [1: "exp(a)"], "sqrt": [1: "sqrt(a)"], "ln": [1: "log(a)"],
    "log10": [1: "log(a) / log(10)"], "int": [1: "truncate(a)"], "integer": [1: "truncate(a)"],
    "round": [1: "floor(a + 0.5)"], "sin": [1: "sin(a)"], "cos": [1: "cos(a)"],
    "tan": [1: "sin(a) / cos(a)"], "modulo": [2: "remainder(a, b)"], "game": [1: "a"],
    "step": [2: "if(time + dt / 2 >= b, a, 0)"],
    "ramp": [
      2: "if(time > b, a * (time - b), 0)",
      3: "if(time > b, a * (min(time, c) - b), 0)",
    ],
    "pulse": [
      2: "if(time + dt / 2 >= b and time + dt / 2 < b + dt, a / dt, 0)",
      3: "if(time + dt / 2 >= b and remainder(time + dt / 2 - b, c) < dt, a / dt, 0)",
    ],
    "safediv": [2: "if(b == 0, 0, a / b)", 3: "if(b == 0, c, a / b)"],
  ]

  private static let others = [
    "if", "min", "max", "sum", "mean", "init", "previous", "delay", "delay1", "delay3", "smth1",
    "smth3", "lookup",
  ]

  private mutating func function(
    _ name: String, _ raw: [Expression], _ expression: Expression
  ) throws(DataError) -> Expression {
    if name == "if", raw.count == 3 {
      return call("if", [try truth(raw[0]), try number(raw[1]), try number(raw[2])])
    }
    if name == "lookup", raw.count == 2, case .name(let path) = raw[0].kind,
      let curve = compiler.curveOf[path[0]]
    {
      return call("lookup", [whole(curve), try number(raw[1])])
    }
    let title = StockDeclarations.canonical(name)
    if raw.count == 1, let curve = compiler.curveOf[module + title] ?? compiler.curveOf[title] {
      return call("lookup", [whole(curve), try number(raw[0])])
    }
    if let macro = compiler.declarations.macros[title] {
      return try written(macro, raw, expression)
    }
    var values: [Expression] = []
    for value in raw { values.append(try number(value)) }
    if let template = Self.templates[name]?[values.count] { return filled(template, values) }
    switch (name, values.count) {
    case ("min", 2...), ("max", 2...): return call(name, values)
    case ("sum", 1...), ("mean", 1...):
      let sum = values.dropFirst().reduce(values[0]) { filled("a + b", [$0, $1]) }
      return name == "sum" ? sum : filled("a / b", [sum, whole(values.count)])
    case ("init", 1): return add(.initial(values[0]))
    case ("previous", 2):
      return add(
        .delayed(input: values[0], delay: filled("dt", []), initial: values[1]))
    case ("delay", 2), ("delay", 3):
      return add(
        .delayed(
          input: values[0], delay: values[1], initial: values.count == 3 ? values[2] : nil))
    case ("smth1", 2), ("smth1", 3):
      return smooth(values[0], values[1], values.count == 3 ? values[2] : values[0])
    case ("smth3", 2), ("smth3", 3):
      let first = values.count == 3 ? values[2] : values[0]
      let third = filled("a / 3", [values[1]])
      return (0..<3).reduce(values[0]) { input, _ in smooth(input, third, first) }
    case ("delay1", 2), ("delay1", 3):
      return delay(values[0], values[1], values.count == 3 ? values[2] : values[0])
    case ("delay3", 2), ("delay3", 3):
      let first = values.count == 3 ? values[2] : values[0]
      let third = filled("a / 3", [values[1]])
      return (0..<3).reduce(values[0]) { input, _ in delay(input, third, first) }
    default:
      let known = Self.templates.keys.sorted() + Self.others
      if known.contains(name) {
        throw expression.place.error(
          "`\(name)` takes another number of arguments", remedy: "See the XMILE standard.")
      }
      throw expression.place.error(
        "there is no function or macro `\(name)`",
        remedy: Suggestion.remedy(
          for: name, among: known + compiler.declarations.macros.keys.sorted())
          + " A macro that is lost when a model is turned into XMILE is found in the Vensim file of the "
          + "same name, with `.mdl`, if that stands beside it.")
    }
  }

  /// A call of a macro, with variables of its own for it.
  private mutating func written(
    _ macro: StockMacro, _ raw: [Expression], _ expression: Expression
  ) throws(DataError) -> Expression {
    guard raw.count <= macro.parameters.count, !macros.contains(macro.name) else {
      throw expression.place.error(
        macros.contains(macro.name)
          ? "the macro `\(macro.name)` calls itself"
          : "the macro `\(macro.name)` takes \(macro.parameters.count) arguments",
        remedy: "See how the file defines it.")
    }
    guard made.count < 100_000 else {
      throw expression.place.error("macros call too many others", remedy: "Call fewer.")
    }
    macroCount += 1
    let prefix = "\(owner)#macro \(macroCount)."
    let reader = StockEquation(
      dimensions: compiler.declarations.dimensions, arrays: [:], elements: [:])
    var names: [String: String] = [:]
    for (name, _) in macro.parameters { names[name] = prefix + name }
    for variable in macro.variables {
      let name = StockDeclarations.canonical(variable.name)
      guard variable.curve == nil, variable.dimensions.isEmpty, names[name] == nil else {
        throw expression.place.error(
          "the macro `\(macro.name)` has arrays, graphs or two variables of one name",
          remedy: "Write it out in the model.")
      }
      names[name] = prefix + name
    }
    for (index, parameter) in macro.parameters.enumerated() {
      var value: Expression
      if index < raw.count {
        value = try number(raw[index])
      } else if let standard = parameter.standard {
        value = try number(reader.expression(standard, of: macro.name))
      } else {
        throw expression.place.error(
          "the macro `\(macro.name)` lacks `\(parameter.name)`",
          remedy: "Give it \(macro.parameters.count) arguments.")
      }
      value.place = expression.place
      made.append(.init(name: prefix + parameter.name, title: nil, role: .auxiliary(value)))
    }
    macros.append(macro.name)
    defer { macros.removeLast() }
    func own(_ text: String) throws(DataError) -> Expression {
      try reader.expression(text, of: macro.name).renamed(names)
    }
    for variable in macro.variables {
      let equation = variable.equations.first?.text ?? ""
      var value = try number(own(equation))
      if variable.kind != .stock, variable.isNonNegative { value = call("max", [whole(0), value]) }
      func flows(_ list: [String]) -> [String] { list.map { names[$0] ?? $0 } }
      made.append(
        .init(
          name: prefix + StockDeclarations.canonical(variable.name), title: nil,
          role: variable.kind == .stock
            ? .stock(
              initial: value, inflows: flows(variable.inflows),
              outflows: flows(variable.outflows), isNonNegative: variable.isNonNegative)
            : .auxiliary(value)))
    }
    return try number(own(macro.equation))
  }

  /// A stock that goes after its input: d s / dt = (input − s) / time.
  private mutating func smooth(
    _ input: Expression, _ time: Expression, _ first: Expression
  ) -> Expression {
    let stock = "\(owner)#\(made.count + 2)"
    let flow = add(.auxiliary(filled("(a - b) / c", [input, name(stock), time])))
    return add(.stock(initial: first, inflows: [text(flow)], outflows: [], isNonNegative: false))
  }

  /// A stock of what is under way, which leaves in proportion: outflow = s / time.
  private mutating func delay(
    _ input: Expression, _ time: Expression, _ first: Expression
  ) -> Expression {
    let stock = "\(owner)#\(made.count + 2)"
    let flow = add(.auxiliary(filled("a - b / c", [input, name(stock), time])))
    let way = add(
      .stock(
        initial: filled("a * b", [first, time]), inflows: [text(flow)], outflows: [],
        isNonNegative: false))
    return filled("a / b", [way, time])
  }

  private func text(_ expression: Expression) -> String {
    if case .name(let path) = expression.kind { path[0] } else { "" }
  }
}

extension Expression {
  /// The expression with other names for some of its own.
  fileprivate func renamed(_ names: [String: String]) -> Expression {
    var result = self
    switch kind {
    case .name(let path):
      if let name = names[path.joined(separator: ".")] { result.kind = .name([name]) }
    case .negative(let operand): result.kind = .negative(operand.renamed(names))
    case .not(let operand): result.kind = .not(operand.renamed(names))
    case .binary(let sign, let left, let right):
      result.kind = .binary(sign, left.renamed(names), right.renamed(names))
    case .call(let name, var arguments):
      for index in arguments.indices {
        arguments[index].value = arguments[index].value.renamed(names)
      }
      result.kind = .call(name, arguments)
    default: break
    }
    return result
  }
}
