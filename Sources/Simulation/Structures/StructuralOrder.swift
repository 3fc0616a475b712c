// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// Puts the parts of a model into an order in which each finds what it reads.
struct StructuralOrder {
  /// What must be made, with the formula that makes it and what is waited for.
  enum Part: Hashable {
    case rows(Int)
    case column(StructuralModel.Place)
    case panel(Int)
  }

  private let needs: (Part) -> [Part]
  private let name: (Part) -> String
  private let place: (Part) -> SourcePlace
  private var state: [Part: Bool] = [:]
  private var path: [Part] = []
  private(set) var order: [Part] = []

  init(
    needs: @escaping (Part) -> [Part], name: @escaping (Part) -> String,
    place: @escaping (Part) -> SourcePlace
  ) {
    self.needs = needs
    self.name = name
    self.place = place
  }

  /// Adds a part after everything it needs.
  ///
  /// - Throws: `DataError` that shows the path if it needs itself.
  mutating func add(_ part: Part) throws(DataError) {
    if state[part] == true { return }
    if state[part] == false {
      let circle = path[(path.firstIndex(of: part) ?? 0)...] + [part]
      throw place(part).error(
        "`\(name(part))` depends on itself: "
          + circle.map { "`\(name($0))`" }.joined(separator: " needs "),
        remedy: "Break the circle; in a table with periods, ask for the period before, as `x[-1]`.")
    }
    state[part] = false
    path.append(part)
    for need in needs(part) { try add(need) }
    path.removeLast()
    state[part] = true
    order.append(part)
  }
}
