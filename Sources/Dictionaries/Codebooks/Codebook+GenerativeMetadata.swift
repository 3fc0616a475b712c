// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

extension Codebook {
  /// Reads generative metadata as metasyn writes it; its distributions are of another table and are
  /// left aside.
  ///
  /// ## Source
  /// metasyn, Generative Metadata Format 1.1.
  ///
  /// - Returns: `nil` if the document is something else.
  init?(generativeMetadata root: JSONNode, file: String) {
    guard root["n_rows"] != nil, let variables = root["vars"]?.elements, !variables.isEmpty,
      variables.contains(where: { $0["distribution"] != nil })
    else { return nil }
    self.init(format: "generative metadata", file: file)
    for variable in variables {
      guard let name = variable["name"]?.string else { continue }
      var entry = Entry(name: name)
      entry.label = variable["description"]?.string ?? ""
      let distribution = variable["distribution"]
      let parameters = distribution?["parameters"]
      entry.levels = (parameters?["labels"]?.elements ?? []).compactMap(\.code)
      if let low = parameters?["lower"]?.double, let high = parameters?["upper"]?.double,
        low <= high
      {
        entry.drawnRange = low...high
      }
      switch variable["type"]?.string {
      case "continuous":
        entry.measure = .scale
        entry.storedKind = .number
      case "discrete":
        let isUnique = distribution?["unique"] == .flag(true)
        entry.storedKind = .wholeNumber
        if isUnique { entry.role = .key }
        if distribution?["name"]?.string == "core.multinoulli" {
          entry.kind = .category
          entry.measure = .nominal
        } else if !isUnique {
          entry.measure = .scale
        }
      case "categorical":
        entry.isText = variable["dtype"]?.string != "Boolean"
        entry.kind = .category
        entry.measure = .nominal
      case "string":
        entry.isText = true
        entry.levels = []
      case "date": entry.storedKind = .date
      case "datetime": entry.storedKind = .dateTime
      case "time": entry.storedKind = .time
      default: break
      }
      entries.append(entry)
    }
  }
}
