// SPDX-License-Identifier: Apache-2.0

/// Real and synthetic rows numbered by the class they fall into: the values of some columns together.
struct RowClasses: Sendable {
  /// Beyond this many possible classes, those in use are found by hashing.
  private static let maximumDenseCount = 1 << 20

  /// The class of each real row.
  private(set) var real: [UInt32]
  /// The class of each synthetic row.
  private(set) var synthetic: [UInt32]
  /// The number of classes; every one has a row.
  private(set) var count: Int
  /// For each class the class it refines.
  private(set) var parents: [UInt32]
  /// For each class the code of the column that refined it.
  private(set) var codes: [UInt32]

  /// Creates one class of all rows.
  init(realCount: Int, syntheticCount: Int) {
    real = [UInt32](repeating: 0, count: realCount)
    synthetic = [UInt32](repeating: 0, count: syntheticCount)
    count = 1
    parents = [0]
    codes = [0]
  }

  /// Returns the classes split by the codes of one more column.
  func refined(byReal first: [UInt32], synthetic second: [UInt32], codeCount: Int) -> RowClasses {
    var refined = self
    refined.parents = []
    refined.codes = []
    let (size, overflow) = count.multipliedReportingOverflow(by: codeCount)
    if !overflow, size <= Self.maximumDenseCount {
      var numbers = [UInt32](repeating: .max, count: size)
      refined.renumber(first, second) { parent, code, next in
        let place = Int(parent) * codeCount + Int(code)
        if numbers[place] == .max { numbers[place] = next }
        return numbers[place]
      }
    } else {
      var numbers: [UInt64: UInt32] = [:]
      refined.renumber(first, second) { parent, code, next in
        let place = UInt64(parent) << 32 | UInt64(code)
        if let number = numbers[place] { return number }
        numbers[place] = next
        return next
      }
    }
    refined.count = refined.parents.count
    return refined
  }

  private mutating func renumber(
    _ first: [UInt32], _ second: [UInt32], number: (UInt32, UInt32, UInt32) -> UInt32
  ) {
    func assign(_ rows: inout [UInt32], _ column: [UInt32]) {
      for row in rows.indices {
        let class_ = number(rows[row], column[row], UInt32(parents.count))
        if Int(class_) == parents.count {
          parents.append(rows[row])
          codes.append(column[row])
        }
        rows[row] = class_
      }
    }
    assign(&real, first)
    assign(&synthetic, second)
  }

  /// How many real and how many synthetic rows each class has.
  func sizes() -> (real: [Int], synthetic: [Int]) {
    var sizes = (
      real: [Int](repeating: 0, count: count), synthetic: [Int](repeating: 0, count: count)
    )
    for number in real { sizes.real[Int(number)] += 1 }
    for number in synthetic { sizes.synthetic[Int(number)] += 1 }
    return sizes
  }
}
