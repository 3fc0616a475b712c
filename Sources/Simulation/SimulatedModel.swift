// SPDX-License-Identifier: Apache-2.0
public import Tables
import Yams

/// A model that is read from a file, of whichever kind it is.
public enum SimulatedModel: Sendable {
  /// Counts in states, and transitions between them.
  case populations(PopulationModel)
  /// Tables made by formulas and draws.
  case structure(StructuralModel)
  /// Stocks and flows, from XMILE.
  case stocks(StockModel)
  /// People in households, period by period.
  case lives(LifeModel)
  /// Customers, lines and servers.
  case queues(QueueModel)
  /// Agents on a grid.
  case agents(AgentModel)
  /// Any of these, measured by instruments.
  indirect case measured(SimulatedModel, [Instrument])

  /// Reads a model file: XMILE if it begins as XML does, else YAML.
  ///
  /// - Parameters:
  ///   - vensim: The Vensim model that an XMILE file was made from, for the macros that it lacks.
  /// - Throws: `DataError` with file, and where it is known line and column, and what to do.
  public init(
    _ bytes: [UInt8], file: String, files: ModelFiles = .none, vensim: [UInt8]? = nil
  ) throws(DataError) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = bytes[start...].first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    guard bytes.count <= 10_000_000, let text = String(validating: bytes, as: UTF8.self) else {
      throw DataError(
        "the model is no UTF-8 text of at most 10 MB", file: file,
        remedy: "Save it as UTF-8, and keep data out of it.")
    }
    if first == 0x3C {
      self = .stocks(try StockModel(xmile: bytes, file: file, vensim: vensim))
    } else {
      try self.init(yaml: text, file: file, files: files)
    }
  }

  /// Reads a model in YAML: `each_period` makes it one of lives, `resources` one of queues, `space` one
  /// of agents, `tables` a structural one, `transitions` a population.
  ///
  /// - Throws: `DataError` with file, line, column and what to write instead.
  public init(
    yaml text: String, file: String, files: ModelFiles = .none
  ) throws(DataError) {
    let nodes = ModelNodes(file: file)
    let root = try ModelSweep.expanded(nodes.root(of: text), nodes)
    guard root["simulate"]?.string == "1" else {
      throw DataError(
        "the file does not say `simulate: 1`", file: file, line: 1, position: 1,
        remedy: "Write `simulate: 1` on its first line.")
    }
    if let instruments = root["instruments"] {
      let read = try InstrumentReader(instruments, nodes).instruments
      self = .measured(try SimulatedModel(root.without("instruments"), nodes, files), read)
    } else {
      try self.init(root, nodes, files)
    }
  }

  private init(
    _ root: Node.Mapping, _ nodes: ModelNodes, _ files: ModelFiles
  ) throws(DataError) {
    if ["each_period", "periods", "population"].contains(where: { root[$0] != nil }) {
      self = .lives(try LifeReader(root, nodes, files).model)
    } else if root["resources"] != nil || root["arrivals"] != nil {
      self = .queues(try QueueReader(root, nodes).model)
    } else if root["space"] != nil || root["agents"] != nil {
      self = .agents(try AgentReader(root, nodes).model)
    } else if root["tables"] != nil {
      self = .structure(
        try StructuralReader(StructuralDeclarations(root, nodes)).model)
    } else {
      var reader = PopulationReader(file: nodes.file)
      try reader.read(root)
      self = .populations(reader.model)
    }
  }

  /// The files from which the model takes its first rows, which may be real.
  public var populationFiles: [String] {
    switch self {
    case .lives(let model): model.populations.compactMap(\.file)
    case .measured(let model, _): model.populationFiles
    default: []
    }
  }

  /// The seed the file names, if it does.
  public var seed: String? {
    switch self {
    case .populations(let model): model.seed
    case .structure(let model): model.seed
    case .stocks: nil
    case .lives(let model): model.seed
    case .queues(let model): model.seed
    case .agents(let model): model.seed
    case .measured(let model, _): model.seed
    }
  }
}

extension Node.Mapping {
  /// The mapping without a key.
  func without(_ name: String) -> Node.Mapping {
    Node.Mapping(filter { $0.key.string != name }.map { ($0.key, $0.value) })
  }
}
