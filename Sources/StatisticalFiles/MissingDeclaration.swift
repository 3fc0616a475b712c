// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// Chooses the missing definition of an SPSS variable: three codes, or one range and one code.
struct MissingDeclaration {
  private(set) var numbers: [Double] = []
  private(set) var texts: [String] = []
  private(set) var ranges: [MissingRange] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// Declares what the file declared that the variable came from.
  init(_ stored: StoredForm, isText: Bool) {
    if isText {
      texts = stored.missingValues.filter { $0.utf8.count <= 8 }
    } else {
      numbers = stored.missingValues.compactMap { Double($0) }
    }
    ranges = stored.missingRanges
  }

  /// Declares codes that may be more than SPSS can hold.
  ///
  /// - Parameters:
  ///   - hasValue: Whether a present value lies in a range.
  init(
    codes: [MissingExport.Cell], column name: String, hasValue: (ClosedRange<Double>) -> Bool
  ) {
    var all: [Double] = []
    for code in codes {
      switch code {
      case .number(let number): if !all.contains(number) { all.append(number) }
      case .text(let text):
        if !text.isEmpty, text.utf8.count <= 8, !texts.contains(text) { texts.append(text) }
      case .system, .letter: break
      }
    }
    if texts.count > 3 {
      report(texts[3...].map { $0 }, name)
      texts = Array(texts.prefix(3))
    }
    guard all.count > 3 else {
      numbers = all
      return
    }
    let sorted = all.sorted()
    let last = sorted.count - 1
    for (low, high, single) in [
      (0, last, nil), (1, last, sorted[0]), (0, last - 1, sorted[last]),
    ] as [(Int, Int, Double?)] where !hasValue(sorted[low]...sorted[high]) {
      ranges = [MissingRange(lowest: sorted[low], highest: sorted[high])]
      numbers = single.map { [$0] } ?? []
      return
    }
    numbers = Array(all.prefix(3))
    report(all[3...].map(NumberCode.text), name)
  }

  private mutating func report(_ codes: [String], _ name: String) {
    diagnostics.append(
      Diagnostic(
        .warning,
        "SPSS holds three missing codes; these are plain values in the file: "
          + codes.joined(separator: ", "), column: name))
  }
}
