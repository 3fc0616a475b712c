// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics

/// The rows of `Fixtures/regression_oracle.R`, made the same way.
struct MadeRows {
  static let count = 240
  static let shared = MadeRows()

  var a: [Double] = []
  var b: [Int] = []
  var c: [Int] = []
  /// A number, a yes or no, one of three classes, one of four ordered levels, a count.
  var y: [Double] = []
  var t: [Bool] = []
  var k: [Int] = []
  var o: [Int] = []
  var m: [Double] = []
  /// Decision values of a machine for `t`.
  var decisions: [Double] = []

  private init() {
    var state = 20_261_129
    func uniform() -> Double {
      state = state * 16807 % 2_147_483_647
      return Double(state) / 2_147_483_647
    }
    for _ in 0..<Self.count {
      let a = ((4 * uniform() - 2) * 1000).rounded() / 1000
      let b = uniform() < 0.4 ? 1 : 0
      let c = Int(3 * uniform())
      let (e, f) = (uniform(), uniform())
      let line = 0.8 * a - 0.6 * Double(b) + (c == 1 ? 0.5 : 0)
      self.a.append(a)
      self.b.append(b)
      self.c.append(c)
      y.append(((line + 2 * e - 1) * 1000).rounded() / 1000)
      t.append(e < 1 / (1 + ElementaryFunctions.exp(-line)))
      k.append(e < 0.35 + 0.1 * a ? 1 : (f < 0.5 + 0.2 * Double(b) ? 0 : 2))
      let latent = line + ElementaryFunctions.log(f / (1 - f))
      o.append([-1, 0.3, 1.5].count { latent >= $0 })
      m.append((ElementaryFunctions.exp(0.6 * line + 0.5) * 2 * e / (0.15 + f)).rounded(.down))
      decisions.append(line + 3 * (e - 0.5))
    }
  }

  /// A constant if asked for, a, b, and two columns for c.
  func design(hasConstant: Bool = true) -> SparseDesign {
    let first = hasConstant ? 1 : 0
    var design = SparseDesign(columnCount: 4 + first)
    for row in 0..<Self.count {
      if hasConstant { design.append(column: 0, value: 1) }
      design.append(column: first, value: a[row])
      if b[row] == 1 { design.append(column: first + 1, value: 1) }
      if c[row] > 0 { design.append(column: first + 1 + c[row], value: 1) }
      design.endRow()
    }
    return design
  }
}

/// The largest difference of two lists.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  a.count == b.count ? zip(a, b).reduce(0) { max($0, ($1.0 - $1.1).magnitude) } : .infinity
}
