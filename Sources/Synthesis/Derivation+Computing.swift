// SPDX-License-Identifier: Apache-2.0
public import Tables

extension Derivation {
  /// Computes the column from finished ones.
  ///
  /// - Parameters:
  ///   - columns: The finished columns by name; they hold all sources of the relation.
  ///   - lookupBins: For a lookup, the source's bin of each row: missing reasons, then levels.
  ///   - rowCount: The number of rows.
  ///   - form: How the values are written.
  public func column(
    from columns: [String: Column], lookupBins: [Int], rowCount: Int, form: WrittenForm
  ) -> Column {
    switch relation {
    case .lookup:
      return lookUp(lookupBins, form: form)
    case .sum(let plus, let minus):
      return compute(from: columns, sources: plus + minus, rowCount: rowCount, form: form) {
        values in
        var total = 0.0
        for (index, value) in values.enumerated() {
          total = index < plus.count ? total + value : total - value
        }
        return total
      }
    case .product(let factor, let powers):
      let terms = powers.sorted { $0.key < $1.key }
      return compute(
        from: columns, sources: terms.map(\.key), rowCount: rowCount, form: form
      ) { values in
        var product = factor
        for (index, value) in values.enumerated() {
          for _ in 0..<abs(terms[index].value) {
            product = terms[index].value > 0 ? product * value : product / value
          }
        }
        return product
      }
    }
  }

  private func lookUp(_ bins: [Int], form: WrittenForm) -> Column {
    guard let entries else { preconditionFailure("a lookup has entries") }
    let codes = bins.map { entries.missing[$0] }
    let missing =
      missingReasons.isEmpty
      ? MissingCells.none : MissingCells(reasons: missingReasons, codes: codes)
    let values: ColumnValues
    switch entries.values {
    case .texts(let codes, let pool): values = .texts(codes: bins.map { codes[$0] }, pool: pool)
    case .wholeNumbers(let list): values = .wholeNumbers(bins.map { list[$0] })
    case .numbers(let list): values = .numbers(bins.map { list[$0] })
    case .dates(let list): values = .dates(bins.map { list[$0] })
    case .times(let list): values = .times(bins.map { list[$0] })
    case .dateTimes(let list): values = .dateTimes(bins.map { list[$0] })
    case .booleans(let list): values = .booleans(bins.map { list[$0] })
    }
    return Column(name: name, values: values, missing: missing, form: form)
  }

  /// The number of the reason that a missing part gives too, or of the first reason.
  private func reason(_ row: Int, _ parts: [Column]) -> UInt8 {
    for part in parts {
      guard let reason = part.missing.reason(at: row) else { continue }
      if let index = missingReasons.firstIndex(where: { $0.code == reason.code }) {
        return UInt8(index + 1)
      }
    }
    return 1
  }

  private func compute(
    from columns: [String: Column], sources: [String], rowCount: Int, form: WrittenForm,
    _ combine: ([Double]) -> Double
  ) -> Column {
    let parts = sources.compactMap { columns[$0] }
    let scales = parts.map(\.values.scaleValues)
    var numbers = [Double](repeating: 0, count: rowCount)
    var codes = [UInt8](repeating: 0, count: missingReasons.isEmpty ? 0 : rowCount)
    for row in 0..<rowCount {
      if parts.contains(where: { $0.missing.isMissing(at: row) }) {
        if !codes.isEmpty { codes[row] = reason(row, parts) }
        continue
      }
      let value = combine(scales.map { $0[row] })
      guard value.isFinite else {
        if !codes.isEmpty { codes[row] = 1 }
        continue
      }
      numbers[row] = gridScale > 0 ? (value * gridScale).rounded() / gridScale : value
    }
    return Column(
      name: name, values: storage.values(numbers),
      missing: codes.isEmpty ? .none : MissingCells(reasons: missingReasons, codes: codes),
      form: form)
  }
}
