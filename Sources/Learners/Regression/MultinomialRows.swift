// SPDX-License-Identifier: Apache-2.0

/// The different rows of a design, each with how many rows of each class it stands for.
///
/// Rows of few levels are few however long a table is, and a likelihood asks of each only once.
struct MultinomialRows {
  /// The design's different rows, in the order of their first appearance.
  let design: SparseDesign
  /// How many rows each stands for.
  private(set) var weights: [Double]
  /// Where the classes of each row begin; one more than there are rows.
  let starts: [Int]
  /// The classes that a row was seen with.
  let classes: [Int32]
  /// How often it was.
  let counts: [Double]
  /// How many rows there are in all.
  var totalCount: Int

  init(_ design: SparseDesign, classes: [Int]) {
    totalCount = design.rowCount
    var first: [UInt64: Int] = [:]
    first.reserveCapacity(design.rowCount)
    var representatives: [Int] = []
    var placeOfRow = [Int](repeating: 0, count: design.rowCount)
    for row in 0..<design.rowCount {
      let name = design.fingerprint(of: row)
      if let place = first[name], design.hasEqualRows(representatives[place], row) {
        placeOfRow[row] = place
      } else {
        placeOfRow[row] = representatives.count
        first[name] = representatives.count
        representatives.append(row)
      }
    }
    weights = [Double](repeating: 0, count: representatives.count)
    for place in placeOfRow { weights[place] += 1 }
    self.design =
      representatives.count == design.rowCount ? design : design.selecting(representatives)
    // The rows of each place, class by class.
    let order = placeOfRow.indices.sorted {
      (placeOfRow[$0], classes[$0]) < (placeOfRow[$1], classes[$1])
    }
    var starts = [0]
    var seen: [Int32] = []
    var counts: [Double] = []
    var next = 0
    for place in representatives.indices {
      let begin = seen.count
      while next < order.count, placeOfRow[order[next]] == place {
        let own = Int32(classes[order[next]])
        if seen.count > begin, seen[seen.count - 1] == own {
          counts[counts.count - 1] += 1
        } else {
          seen.append(own)
          counts.append(1)
        }
        next += 1
      }
      starts.append(seen.count)
    }
    self.starts = starts
    self.classes = seen
    self.counts = counts
  }
}

extension SparseDesign {
  /// A number that equal rows share; others hardly ever do.
  fileprivate func fingerprint(of row: Int) -> UInt64 {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    for entry in starts[row]..<starts[row + 1] {
      hash = (hash ^ UInt64(UInt32(bitPattern: columns[entry]))) &* 0xff51_afd7_ed55_8ccd
      hash = (hash ^ hash &>> 32 ^ values[entry].bitPattern) &* 0xc4ce_b9fe_1a85_ec53
      hash ^= hash &>> 29
    }
    return hash
  }

  fileprivate func hasEqualRows(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (starts[a]..<starts[a + 1], starts[b]..<starts[b + 1])
    return columns[first] == columns[second] && values[first] == values[second]
  }
}
