// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads `instruments:`, by which what a simulation gives is measured.
struct InstrumentReader {
  let nodes: ModelNodes
  private(set) var instruments: [Instrument] = []

  init(_ node: Node, _ nodes: ModelNodes) throws(DataError) {
    self.nodes = nodes
    let example =
      "Write `instruments: {person: {nonresponse: 0.2}, person.income: {noise: 500, round: 100}}`."
    for (key, value) in try nodes.mapping(node, "instruments", example) {
      let parts = (key.string ?? "").split(separator: ".", maxSplits: 1).map(String.init)
      guard let table = parts.first else {
        throw nodes.problem("an instrument names no table", key, example)
      }
      var index = instruments.firstIndex { $0.table == table } ?? instruments.count
      if index == instruments.count { instruments.append(Instrument(table: table)) }
      index = min(index, instruments.count - 1)
      let fields = try nodes.mapping(value, key.string ?? "", example)
      if parts.count == 1 {
        try read(fields, table: index)
      } else {
        instruments[index].channels.append(try channel(fields, parts[1]))
      }
    }
  }

  private mutating func read(_ fields: Node.Mapping, table: Int) throws(DataError) {
    for (key, value) in fields {
      switch key.string ?? "" {
      case "every": instruments[table].every = try nodes.number(value, "every", 1e-9...1e12)
      case "nonresponse":
        instruments[table].nonresponse = try nodes.number(value, "nonresponse", 0...1)
      case "notes": break
      default: throw nodes.unknown(key, among: ["every", "nonresponse", "notes"])
      }
    }
  }

  private func channel(
    _ fields: Node.Mapping, _ column: String
  ) throws(DataError) -> Instrument.Channel {
    var channel = Instrument.Channel(column: column)
    for (key, value) in fields {
      switch key.string ?? "" {
      case "bias": channel.bias = try nodes.number(value, "bias")
      case "drift": channel.drift = try nodes.number(value, "drift")
      case "noise": channel.noise = try nodes.number(value, "noise", 0...1e300)
      case "relative_noise":
        channel.relativeNoise = try nodes.number(value, "relative_noise", 0...1e6)
      case "misclassified": channel.misclassified = try nodes.number(value, "misclassified", 0...1)
      case "below": channel.below = try nodes.number(value, "below")
      case "above": channel.above = try nodes.number(value, "above")
      case "round": channel.rounding = try nodes.number(value, "round", 1e-12...1e300)
      case "dropout": channel.dropout = try nodes.number(value, "dropout", 0...1)
      case "notes": break
      default:
        throw nodes.unknown(
          key,
          among: [
            "bias", "drift", "noise", "relative_noise", "misclassified", "below", "above", "round",
            "dropout", "notes",
          ])
      }
    }
    return channel
  }
}
