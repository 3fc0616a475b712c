// SPDX-License-Identifier: Apache-2.0

/// A column of an Arrow file, and where its buffers lie among those of a batch of rows.
struct ArrowLeaf: Sendable {
  /// A place among the buffers: so many that all batches have, and those of so many views before it.
  struct Place {
    var buffer: Int
    var viewsBefore: Int
  }

  var name: String
  var field: ArrowField
  /// The number of its node.
  var node: Int
  var place: Place
  /// Where the records of what is null lie of the groups around it.
  var groups: [Place]

  /// The columns of a list of fields, those of groups one by one.
  static func leaves(of fields: [ArrowField]) -> [ArrowLeaf] {
    var walk = Walk()
    for field in fields { walk.add(field, path: "", groups: []) }
    return walk.leaves
  }

  private struct Walk {
    var leaves: [ArrowLeaf] = []
    var node = 0
    var place = Place(buffer: 0, viewsBefore: 0)

    mutating func add(_ field: ArrowField, path: String, groups: [Place]) {
      let name = path.isEmpty ? field.name : path + "." + field.name
      let here = place
      let isGroup = field.type == .group && field.coding == nil
      if !isGroup {
        leaves.append(ArrowLeaf(name: name, field: field, node: node, place: here, groups: groups))
      }
      pass(field)
      // What codes stand for lies in the dictionary, with all that is inside it.
      guard field.coding == nil else { return }
      for child in field.children {
        if isGroup { add(child, path: name, groups: groups + [here]) } else { skip(child) }
      }
    }

    private mutating func pass(_ field: ArrowField) {
      node += 1
      place.buffer += field.stored.bufferCount
      if field.stored.hasViews { place.viewsBefore += 1 }
    }

    private mutating func skip(_ field: ArrowField) {
      pass(field)
      guard field.coding == nil else { return }
      for child in field.children { skip(child) }
    }
  }
}
