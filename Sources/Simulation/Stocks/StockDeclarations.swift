// SPDX-License-Identifier: Apache-2.0
import Markup
import Tables

/// What an XMILE file says, before its equations are read.
///
/// ## Source
/// OASIS, XML Interchange Language for System Dynamics (XMILE) Version 1.0 (2015).
struct StockDeclarations {
  enum Kind: String { case stock, flow, aux }

  struct Equation {
    /// The elements of the array it is for; empty for all of them.
    var subscripts: [String] = []
    var text: String
  }

  struct Variable {
    var name: String
    var kind: Kind
    var equations: [Equation] = []
    var inflows: [String] = []
    var outflows: [String] = []
    var isNonNegative = false
    var dimensions: [String] = []
    var curve: GraphicalFunction?
    /// The module it stands in, as `hares.`, and what is called there by its bare name.
    var module = ""
    var locals: Set<String> = []
  }

  /// A part of a model that is a model itself.
  struct Module {
    var name: String
    /// Which variable within it is which one outside.
    var connections: [(to: String, from: String)] = []
  }

  /// What one `<model>` holds.
  struct Model {
    var name = ""
    var variables: [Variable] = []
    var modules: [Module] = []
  }

  let file: String
  private(set) var start = 0.0
  private(set) var stop = 1.0
  private(set) var step = 1.0
  private(set) var saveStep: Double?
  private(set) var isRungeKutta = false
  private(set) var dimensions: [String: [String]] = [:]
  /// The variables of the model and of its modules, each of these under its module's name.
  private(set) var variables: [Variable] = []
  private(set) var macros: [String: StockMacro] = [:]
  private var models: [Model] = []
  private var scanner: XMLScanner

  /// Reads a file.
  ///
  /// - Throws: `DataError` if it is not XML, or uses what is not supported: it is named.
  init(_ bytes: [UInt8], file: String) throws(DataError) {
    self.file = file
    scanner = XMLScanner(bytes, file: file)
    while true {
      let piece = try scanner.next()
      if piece == .finish { break }
      guard piece == .start else { continue }
      switch scanner.name {
      case "sim_specs": try readSpecs()
      case "dimensions" where scanner.depth == 2: try readDimensions()
      case "model":
        guard models.count < 1000 else { throw unsupported("so many models") }
        models.append(Model(name: Self.canonical(try scanner.attribute("name") ?? "")))
      case "variables" where !models.isEmpty:
        models[models.count - 1].variables += try readVariables()
      case "macro": try readMacro()
      case "xmile": break
      default: try scanner.skipElement()
      }
    }
    try layOut()
    guard !variables.isEmpty else {
      throw DataError(
        "the file has no variables", file: file,
        remedy: "Check that it is an XMILE file, with `<variables>` in its `<model>`.")
    }
    guard step > 0, stop >= start, (stop - start) / step < 1e8 else {
      throw DataError(
        "the time runs backwards, or has more than a hundred million steps", file: file,
        remedy: "Check `start`, `stop` and `dt`.")
    }
  }

  func unsupported(_ what: String) -> DataError {
    DataError(
      "the model uses \(what), which is not supported", file: file,
      remedy: "Write it out with stocks, flows and auxiliaries.")
  }

  /// A name as it is compared: small letters, and one space for spaces, underscores and line ends.
  static func canonical(_ name: String) -> String {
    var text = name.split(separator: "\\n", omittingEmptySubsequences: false)
      .joined(separator: " ").lowercased()
    if text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 {
      text = String(text.dropFirst().dropLast())
    }
    return text.split { $0.isWhitespace || $0 == "_" || $0 == "\u{A0}" }.joined(separator: " ")
  }

  private func number(_ text: String, _ what: String) throws(DataError) -> Double {
    let text = text.split { $0.isWhitespace }.joined()
    guard let value = Double(text.hasPrefix(".") ? "0" + text : text), value.isFinite else {
      throw DataError(
        "`\(what)` is no number", file: file, remedy: "Write a number, as `<dt>0.25</dt>`.")
    }
    return value
  }

  private mutating func readSpecs() throws(DataError) {
    let method = try scanner.attribute("method")?.lowercased() ?? "euler"
    guard method == "euler" || method == "rk4" else {
      throw unsupported("the integration method `\(method)`")
    }
    isRungeKutta = method == "rk4"
    let depth = scanner.depth
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < depth) { return }
      guard piece == .start else { continue }
      switch scanner.name {
      case "start": start = try number(scanner.elementText(), "start")
      case "stop": stop = try number(scanner.elementText(), "stop")
      case "dt":
        let isReciprocal = try scanner.attribute("reciprocal") == "true"
        let value = try number(scanner.elementText(), "dt")
        step = isReciprocal ? 1 / value : value
      case "savestep", "save_step": saveStep = try number(scanner.elementText(), "savestep")
      default: try scanner.skipElement()
      }
    }
  }

  private mutating func readDimensions() throws(DataError) {
    let depth = scanner.depth
    var current = ""
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < depth) { return }
      guard piece == .start else { continue }
      let name = Self.canonical(try scanner.attribute("name") ?? "")
      switch scanner.name {
      case "dim":
        current = name
        dimensions[current] = []
        if let size = try scanner.attribute("size").flatMap({ Int($0) }), size > 0, size < 100_000 {
          dimensions[current] = (1...size).map(String.init)
        }
      case "elem":
        // Names take the place of the numbers that a size alone gives.
        if dimensions[current]?.first == "1" { dimensions[current] = [] }
        dimensions[current, default: []].append(name)
      default: try scanner.skipElement()
      }
    }
  }

  /// Takes the macros of another file for those that this one calls and does not define.
  mutating func borrow(_ others: [StockMacro]) {
    for macro in others where macros[macro.name] == nil { macros[macro.name] = macro }
  }

  private mutating func readVariables() throws(DataError) -> [Variable] {
    let depth = scanner.depth
    var variables: [Variable] = []
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < depth) { return variables }
      guard piece == .start else { continue }
      switch scanner.name {
      case "stock", "flow", "aux":
        guard let kind = Kind(rawValue: scanner.name) else { continue }
        let name = try scanner.attribute("name") ?? ""
        variables.append(try readVariable(Variable(name: name, kind: kind)))
      case "module": try readModule()
      case "group": try scanner.skipElement()
      default: throw unsupported("`<\(scanner.name)>`")
      }
      guard variables.count <= 100_000 else { throw unsupported("more than 100 000 variables") }
    }
  }

  private mutating func readVariable(_ start: Variable) throws(DataError) -> Variable {
    var variable = start
    let depth = scanner.depth
    var subscripts: [String] = []
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < depth) { break }
      guard piece == .start else {
        if piece == .end, scanner.name == "element" { subscripts = [] }
        continue
      }
      switch scanner.name {
      case "eqn":
        variable.equations.append(
          Equation(subscripts: subscripts, text: try scanner.elementText()))
      case "inflow": variable.inflows.append(Self.canonical(try scanner.elementText()))
      case "outflow": variable.outflows.append(Self.canonical(try scanner.elementText()))
      case "non_negative":
        variable.isNonNegative = try scanner.elementText() != "false"
      case "element":
        subscripts = (try scanner.attribute("subscript") ?? "").split(separator: ",").map {
          Self.canonical(String($0))
        }
      case "dimensions": break
      case "dim":
        variable.dimensions.append(Self.canonical(try scanner.attribute("name") ?? ""))
        try scanner.skipElement()
      case "gf": variable.curve = try readCurve()
      case "conveyor", "queue", "oven": throw unsupported("the \(scanner.name) `\(variable.name)`")
      default: try scanner.skipElement()
      }
    }
    return variable
  }

  private mutating func layOut() throws(DataError) {
    variables = try Self.flattened(models, file: file)
  }

  private mutating func readModule() throws(DataError) {
    guard try scanner.attribute("resource") == nil else {
      throw unsupported("a module of another file")
    }
    guard !models.isEmpty else { throw unsupported("modules within macros") }
    var module = Module(name: Self.canonical(try scanner.attribute("name") ?? ""))
    let depth = scanner.depth
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < depth) { break }
      guard piece == .start else { continue }
      if scanner.name == "connect" {
        var to = Self.canonical(try scanner.attribute("to") ?? "")
        if to.hasPrefix(".") { to.removeFirst() }
        if to.hasPrefix(module.name + ".") { to = String(to.dropFirst(module.name.count + 1)) }
        module.connections.append((to, Self.canonical(try scanner.attribute("from") ?? "")))
      }
      try scanner.skipElement()
    }
    models[models.count - 1].modules.append(module)
  }

  private mutating func readMacro() throws(DataError) {
    var macro = StockMacro(name: Self.canonical(try scanner.attribute("name") ?? ""))
    let depth = scanner.depth
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < depth) { break }
      guard piece == .start else { continue }
      switch scanner.name {
      case "parm":
        let standard = try scanner.attribute("default")
        macro.parameters.append((Self.canonical(try scanner.elementText()), standard))
      case "eqn": macro.equation = try scanner.elementText()
      case "variables": macro.variables += try readVariables()
      case "sim_specs": throw unsupported("a macro with a time of its own")
      default: try scanner.skipElement()
      }
    }
    macros[macro.name] = macro
  }

  private mutating func readCurve() throws(DataError) -> GraphicalFunction {
    let kindName = try scanner.attribute("type")?.lowercased() ?? "continuous"
    guard let kind = GraphicalFunction.Kind(rawValue: kindName) else {
      throw unsupported("graphs of type `\(kindName)`")
    }
    let depth = scanner.depth
    var (xs, ys, range) = ([Double](), [Double](), (0.0, 1.0))
    while true {
      let piece = try scanner.next()
      if piece == .finish || (piece == .end && scanner.depth < depth) { break }
      guard piece == .start else { continue }
      switch scanner.name {
      case "xscale":
        let low = try scanner.attribute("min") ?? ""
        let high = try scanner.attribute("max") ?? ""
        range = (try number(low, "min"), try number(high, "max"))
        try scanner.skipElement()
      case "xpts", "ypts":
        let isX = scanner.name == "xpts"
        let separator = try scanner.attribute("sep")?.first ?? ","
        var list: [Double] = []
        for part in try scanner.elementText().split(separator: separator) {
          list.append(try number(String(part), "a point"))
        }
        if isX { xs = list } else { ys = list }
      default: try scanner.skipElement()
      }
    }
    if xs.isEmpty, ys.count > 1 {
      let gap = (range.1 - range.0) / Double(ys.count - 1)
      xs = ys.indices.map { range.0 + Double($0) * gap }
    }
    guard xs.count == ys.count, !xs.isEmpty, zip(xs, xs.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw DataError(
        "a graph's points do not fit together", file: file,
        remedy: "Give as many x as y, with x rising.")
    }
    return GraphicalFunction(xs: xs, ys: ys, kind: kind)
  }
}
