// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// Turns declared variables into programs, element by element of each array.
struct StockCompiler {
  enum Role {
    case auxiliary(Expression)
    case stock(initial: Expression, inflows: [String], outflows: [String], isNonNegative: Bool)
    case initial(Expression)
    case delayed(input: Expression, delay: Expression, initial: Expression?)
  }

  struct Part {
    var name: String
    var title: String?
    var role: Role
  }

  let declarations: StockDeclarations
  var parts: [Part] = []
  private(set) var curves: [GraphicalFunction] = []
  private(set) var curveOf: [String: Int] = [:]
  private var arrays: [String: [String]] = [:]

  init(_ declarations: StockDeclarations) {
    self.declarations = declarations
    for variable in declarations.variables {
      let name = StockDeclarations.canonical(variable.name)
      if !variable.dimensions.isEmpty { arrays[name] = variable.dimensions }
      if let curve = variable.curve {
        curveOf[name] = curves.count
        curves.append(curve)
      }
    }
  }

  // MARK: Variables

  mutating func declare() throws(DataError) {
    for variable in declarations.variables {
      // A graph without an equation is a function, not a value.
      if variable.equations.isEmpty, variable.curve != nil { continue }
      let dimensions = variable.dimensions
      var lists: [[String]] = []
      for dimension in dimensions {
        guard let elements = declarations.dimensions[dimension] else {
          throw DataError(
            "`\(variable.name)` has the dimension `\(dimension)`, which is not declared",
            remedy: "Declare it under `<dimensions>`.")
        }
        lists.append(elements)
      }
      for (place, subscripts) in StockEquation.products(lists).enumerated() {
        try declare(variable, subscripts, place, of: lists.reduce(1) { $0 * $1.count })
        guard parts.count <= 1_000_000 else { throw declarations.unsupported("so many elements") }
      }
    }
  }

  private mutating func declare(
    _ variable: StockDeclarations.Variable, _ subscripts: [String], _ place: Int, of count: Int
  ) throws(DataError) {
    let canonical = StockDeclarations.canonical(variable.name)
    let own = StockEquation.element(canonical, subscripts)
    let title = StockEquation.element(variable.name, subscripts)
    guard !parts.contains(where: { $0.name == own }) else {
      throw DataError(
        "two variables are called `\(title)`", remedy: "Give each a name of its own.")
    }
    let equation =
      variable.equations.first { !$0.subscripts.isEmpty && $0.subscripts == subscripts }
      ?? (count > 1 && variable.equations.count == count
        ? variable.equations[place] : variable.equations.first { $0.subscripts.isEmpty })
    guard let equation else {
      throw DataError("`\(title)` has no equation", remedy: "Write its `<eqn>`.")
    }
    let reader = StockEquation(
      dimensions: declarations.dimensions, arrays: arrays,
      elements: Dictionary(
        zip(variable.dimensions, subscripts), uniquingKeysWith: { first, _ in first }),
      module: variable.module, locals: variable.locals)
    let read = try reader.expression(equation.text, of: title)
    var expander = StockExpander(self, owner: own)
    expander.module = variable.module
    var expression = try expander.number(read)
    if variable.kind != .stock, let curve = curveOf[canonical] {
      expression = expander.call("lookup", [expander.whole(curve), expression])
    }
    if variable.kind != .stock, variable.isNonNegative {
      expression = expander.call("max", [expander.whole(0), expression])
    }
    parts += expander.made
    func flows(_ names: [String]) -> [String] {
      names.map { arrays[$0] == nil ? $0 : StockEquation.element($0, subscripts) }
    }
    parts.append(
      Part(
        name: own, title: title,
        role: variable.kind == .stock
          ? .stock(
            initial: expression, inflows: flows(variable.inflows),
            outflows: flows(variable.outflows), isNonNegative: variable.isNonNegative)
          : .auxiliary(expression)))
  }

  // MARK: Programs

  func compiled() throws(DataError) -> ([StockModel.Variable], [Int], [Int]) {
    let names = StockModel.clockNames + parts.map(\.name)
    let compiler = RateCompiler(names: names, curves: curves)
    let indices = Dictionary(
      parts.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    func flow(_ name: String, _ part: Part) throws(DataError) -> Int {
      guard let index = indices[name] else {
        throw DataError(
          "the stock `\(part.title ?? part.name)` names a flow `\(name)`, which is not there",
          remedy: Suggestion.remedy(for: name, among: parts.map(\.name)))
      }
      return index
    }
    var variables: [StockModel.Variable] = []
    for part in parts {
      do {
        let role: StockModel.Role
        switch part.role {
        case .auxiliary(let expression): role = .auxiliary(try compiler.program(of: expression))
        case .initial(let expression): role = .initial(try compiler.program(of: expression))
        case .delayed(let input, let delay, let initial):
          var first: RateProgram?
          if let initial { first = try compiler.program(of: initial) }
          role = .delayed(
            input: try compiler.program(of: input), delay: try compiler.program(of: delay),
            initial: first)
        case .stock(let initial, let inflows, let outflows, let isNonNegative):
          var (into, out) = ([Int](), [Int]())
          for name in inflows { into.append(try flow(name, part)) }
          for name in outflows { out.append(try flow(name, part)) }
          role = .stock(
            initial: try compiler.program(of: initial), inflows: into, outflows: out,
            isNonNegative: isNonNegative)
        }
        variables.append(StockModel.Variable(title: part.title, role: role))
      } catch {
        throw DataError(
          "the equation of `\(part.title ?? part.name)` cannot be used: \(error.message)",
          remedy: error.remedy)
      }
    }
    return (
      variables, try order(indices, isFirst: true), try order(indices, isFirst: false)
    )
  }

  private func order(
    _ indices: [String: Int], isFirst: Bool
  ) throws(DataError) -> [Int] {
    func needs(_ index: Int) -> [Int] {
      let expressions: [Expression]
      switch parts[index].role {
      case .auxiliary(let expression): expressions = [expression]
      case .initial(let expression): expressions = isFirst ? [expression] : []
      case .stock(let initial, _, _, _): expressions = isFirst ? [initial] : []
      case .delayed(let input, let delay, let initial):
        expressions = isFirst ? [initial ?? input, delay] : []
      }
      return expressions.flatMap(\.names).compactMap { indices[$0.joined(separator: ".")] }
    }
    var order: DependencyOrder<Int> = DependencyOrder(
      needs: needs, name: { parts[$0].title ?? parts[$0].name }, place: { _ in SourcePlace() })
    for index in parts.indices { try order.add(index) }
    return order.order
  }
}
