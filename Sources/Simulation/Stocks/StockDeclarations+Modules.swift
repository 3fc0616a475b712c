// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

extension StockDeclarations {
  /// The most variables, those of all modules counted each.
  private static let variableLimit = 100_000

  /// The variables of a model and of the modules in it, each under the names of the modules it is in.
  ///
  /// A variable of a module that something is connected to is that something.
  ///
  /// - Throws: `DataError` if a module names no model, or holds itself.
  static func flattened(
    _ models: [Model], file: String
  ) throws(DataError) -> [Variable] {
    var variables: [Variable] = []
    guard let root = models.first else { return [] }
    try add(root, "", nil, [], models, file, &variables)
    return variables
  }

  private static func add(
    _ model: Model, _ path: String, _ module: (Module, outer: String)?, _ above: [String],
    _ models: [Model], _ file: String, _ variables: inout [Variable]
  ) throws(DataError) {
    let locals = Set(model.variables.map { canonical($0.name) } + model.modules.map(\.name))
    for variable in model.variables {
      var own = variable
      let name = canonical(variable.name)
      (own.module, own.locals) = (path, locals)
      own.name = path + variable.name
      own.inflows = own.inflows.map { path + $0 }
      own.outflows = own.outflows.map { path + $0 }
      if let (module, outer) = module,
        let found = module.connections.first(where: { $0.to == name })
      {
        own.kind = .aux
        own.equations = [
          Equation(
            text: quoted(
              found.from.hasPrefix(".") ? String(found.from.dropFirst()) : outer + found.from))
        ]
        (own.module, own.locals) = ("", [])
        (own.inflows, own.outflows, own.curve) = ([], [], nil)
      }
      variables.append(own)
    }
    guard variables.count <= variableLimit else {
      throw DataError(
        "the model has more than \(variableLimit) variables", file: file,
        remedy: "Leave modules out.")
    }
    for inner in model.modules {
      guard let found = models.first(where: { $0.name == inner.name && !$0.name.isEmpty }) else {
        throw DataError(
          "the module `\(inner.name)` has no `<model>` of its name", file: file,
          remedy: Suggestion.remedy(
            for: inner.name, among: models.map(\.name).filter { !$0.isEmpty }))
      }
      guard !above.contains(found.name) else {
        throw DataError(
          "the module `\(inner.name)` holds itself", file: file,
          remedy: "Take the inner one out.")
      }
      try add(
        found, path + inner.name + ".", (inner, outer: path), above + [found.name], models, file,
        &variables)
    }
  }

  private static func quoted(_ name: String) -> String { "\"\(name)\"" }
}
