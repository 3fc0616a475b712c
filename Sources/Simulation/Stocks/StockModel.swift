// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Stocks and the flows between them, read from an XMILE file.
///
/// ```swift
/// let model = try StockModel(xmile: bytes, file: "teacup.xmile")
/// let table = try model.run()
/// ```
public struct StockModel: Sendable {
  /// How a variable gets its value.
  enum Role: Sendable {
    /// Computed from the others at every moment.
    case auxiliary(RateProgram)
    /// Starts somewhere and gathers what flows in and out.
    case stock(initial: RateProgram, inflows: [Int], outflows: [Int], isNonNegative: Bool)
    /// Computed once, at the start.
    case initial(RateProgram)
    /// What an expression was some time ago.
    case delayed(input: RateProgram, delay: RateProgram, initial: RateProgram?)
  }

  struct Variable: Sendable {
    /// The name as the file writes it; nil for what a function keeps to itself.
    var title: String?
    var role: Role
  }

  /// The values that come before the variables: time, step, start and stop.
  static let clockNames = ["time", "dt", "starttime", "stoptime"]

  var variables: [Variable]
  /// The order in which variables get their first values, and auxiliaries those of later steps.
  var firstOrder: [Int]
  var laterOrder: [Int]
  /// When it starts.
  public let start: Double
  /// When it stops.
  public let stop: Double
  /// The length of a step.
  public let step: Double
  /// The time between two recorded rows.
  public let saveStep: Double
  /// Whether steps are of the fourth-order Runge–Kutta method, in place of Euler's.
  public var isRungeKutta: Bool

  /// Reads a model.
  ///
  /// Supported are stocks, flows and auxiliaries, arrays, graphs, delays and smooths, modules and macros;
  /// what else a file uses (conveyors, queues) is named in the error.
  ///
  /// ## Source
  /// OASIS, XML Interchange Language for System Dynamics (XMILE) Version 1.0 (2015).
  ///
  /// - Parameters:
  ///   - vensim: The text of the Vensim model that the file was made from, if it is at hand; only macros
  ///     that the file calls and does not define are taken from it.
  /// - Throws: `DataError` if the file is not XMILE, or uses what is not supported.
  public init(xmile bytes: [UInt8], file: String, vensim: [UInt8]? = nil) throws(DataError) {
    var declarations = try StockDeclarations(bytes, file: file)
    if let vensim { declarations.borrow(VensimMacros(vensim).macros) }
    do {
      var compiler = StockCompiler(declarations)
      try compiler.declare()
      (variables, firstOrder, laterOrder) = try compiler.compiled()
    } catch {
      var error = error
      if error.file == nil { error.file = file }
      throw error
    }
    start = declarations.start
    stop = declarations.stop
    step = declarations.step
    saveStep = max(declarations.step, declarations.saveStep ?? declarations.step)
    isRungeKutta = declarations.isRungeKutta
  }
}
