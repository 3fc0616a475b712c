// SPDX-License-Identifier: Apache-2.0

/// Pairs covered by products of orthogonal arrays over a finite field.
///
/// The array of the lines of a field of *q* elements has *q*² rows and *q* + 1 columns; without one
/// column, *q* of its rows hold the same level everywhere. Where *n* columns are covered by some rows,
/// *n·q* columns are covered by these rows, each column repeated *q* times, and by the *q*² − *q* other
/// rows of the array repeated *n* times: two copies of one column differ in the second part and agree in
/// the first, copies of two columns meet in the first.
enum OrthogonalProduct {
  /// The rows for these levels; nil if no field of at most 32 elements is large enough.
  static func rows(levels: [Int]) -> [[Int]]? {
    guard let most = levels.max(), levels.count > 1,
      let field = (max(2, most)...32).lazy.compactMap(FiniteField.init).first
    else { return nil }
    let size = field.size
    // All columns: slopes 0 … q−1 and, last, the one that stands upright.
    var array: [[Int]] = []
    for x in 0..<size {
      for y in 0..<size {
        array.append((0..<size).map { field.sum(field.product($0, x), y) } + [x])
      }
    }
    let unequal = array.filter { $0[size] != 0 }.map { Array($0.dropLast()) }
    while array[0].count < levels.count {
      let columns = array[0].count
      let first = array.map { row in row.flatMap { Array(repeating: $0, count: size) } }
      let second = unequal.map { row in (0..<columns).flatMap { _ in row } }
      array = first + second
    }
    // A factor of fewer levels takes them in turn where the array has others.
    return array.map { row in levels.indices.map { row[$0] % levels[$0] } }
  }
}

/// The field of a prime power of elements, numbered from 0; 0 and 1 are the neutral ones.
struct FiniteField {
  let size: Int
  private let prime: Int
  private let degree: Int
  /// The rest of xⁿ, by the coefficients from the lowest.
  private let reduction: [Int]

  /// Returns nil if the size is no prime power.
  init?(_ size: Int) {
    guard size >= 2, let prime = (2...size).first(where: { size % $0 == 0 }) else { return nil }
    var degree = 0
    var rest = size
    while rest % prime == 0 {
      rest /= prime
      degree += 1
    }
    guard rest == 1 else { return nil }
    self.size = size
    self.prime = prime
    self.degree = degree
    // The first monic polynomial whose root generates a field: no two products of non-zeros vanish.
    for code in 0..<size {
      let candidate = Self.digits(code, prime, degree)
      if degree == 1 || Self.isField(candidate, prime, degree, size) {
        reduction = candidate
        return
      }
    }
    return nil
  }

  private static func digits(_ value: Int, _ prime: Int, _ count: Int) -> [Int] {
    var rest = value
    return (0..<count).map { _ in
      let digit = rest % prime
      rest /= prime
      return digit
    }
  }

  private static func isField(_ reduction: [Int], _ prime: Int, _ degree: Int, _ size: Int) -> Bool
  {
    for a in 1..<size {
      for b in a..<size where multiply(a, b, reduction, prime, degree) == 0 { return false }
    }
    return true
  }

  private static func multiply(
    _ a: Int, _ b: Int, _ reduction: [Int], _ prime: Int, _ degree: Int
  ) -> Int {
    let left = digits(a, prime, degree)
    let right = digits(b, prime, degree)
    var product = [Int](repeating: 0, count: 2 * degree)
    for (i, x) in left.enumerated() {
      for (j, y) in right.enumerated() { product[i + j] = (product[i + j] + x * y) % prime }
    }
    for power in stride(from: 2 * degree - 1, through: degree, by: -1) where product[power] != 0 {
      let factor = product[power]
      product[power] = 0
      for (offset, coefficient) in reduction.enumerated() {
        product[power - degree + offset] += factor * coefficient
        product[power - degree + offset] %= prime
      }
    }
    return product.prefix(degree).reversed().reduce(0) { $0 * prime + $1 }
  }

  func sum(_ a: Int, _ b: Int) -> Int {
    let left = Self.digits(a, prime, degree)
    let right = Self.digits(b, prime, degree)
    return zip(left, right).reversed().reduce(0) { $0 * prime + ($1.0 + $1.1) % prime }
  }

  func product(_ a: Int, _ b: Int) -> Int {
    Self.multiply(a, b, reduction, prime, degree)
  }
}
