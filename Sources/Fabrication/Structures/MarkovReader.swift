// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads `markov:`, texts made like others.
struct MarkovReader {
  let file: SpecificationFile
  let files: SpecificationInputs

  private static let keys = ["order", "of", "texts", "from", "column", "longest", "notes"]

  func maker(_ node: Node) throws(DataError) -> Specification.Maker {
    guard let fields = node.mapping else {
      throw file.problem(
        "`markov` is no mapping", node, "Write `markov: {order: 2, texts: [\"…\", \"…\"]}`.")
    }
    for (key, _) in fields where !Self.keys.contains(key.string ?? "") {
      throw file.unknown(key, among: Self.keys)
    }
    guard let orderNode = fields["order"] else {
      throw file.problem(
        "`markov` does not say its order", node,
        "Add `order: 2`: the next word then depends on the last two.")
    }
    let order = try file.whole(orderNode, "order", 1...10)
    let unit = fields["of"]?.string ?? "words"
    guard ["words", "characters"].contains(unit) else {
      throw file.problem(
        "`of` is neither `words` nor `characters`", fields["of"] ?? node, "Write `of: words`.")
    }
    let isOfWords = unit == "words"
    let longest =
      try fields["longest"].map { (node) throws(DataError) in
        try file.whole(node, "longest", 1...10_000)
      } ?? (isOfWords ? 50 : 300)
    let chain = MarkovChain(
      try texts(fields, node), order: order, isOfWords: isOfWords, longest: longest)
    guard let chain else {
      throw file.problem(
        "there is no text to learn from", node,
        "Add `texts:` with a few sentences, or `from:` a file.")
    }
    return .markov(chain)
  }

  private func texts(_ fields: Node.Mapping, _ node: Node) throws(DataError) -> [String] {
    var texts: [String] = []
    if let list = fields["texts"] {
      for entry in list.sequence.map({ Array($0) }) ?? [list] {
        guard let text = entry.scalar?.string else {
          throw file.problem("a text is a list", entry, "Write one text an entry, in quotes.")
        }
        texts.append(text)
      }
    }
    if let name = fields["from"] {
      guard let path = name.scalar?.string, !path.isEmpty else {
        throw file.problem("`from` names no file", name, "Write `from: sentences.txt`.")
      }
      if let column = fields["column"] {
        let table = try files.rows(path)
        guard let place = table.names.firstIndex(of: column.scalar?.string ?? "") else {
          throw file.problem(
            "the file has no column `\(column.scalar?.string ?? "")`", column,
            Suggestion.remedy(for: column.scalar?.string ?? "", among: table.names))
        }
        texts += table.rows.map { place < $0.count ? $0[place] : "" }
      } else {
        texts += try files.text(path).split(whereSeparator: \.isNewline).map(String.init)
      }
    }
    return texts
  }
}
