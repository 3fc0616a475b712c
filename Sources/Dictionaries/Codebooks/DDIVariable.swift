// SPDX-License-Identifier: Apache-2.0
import Markup
import Schemas
import Tables

/// One variable of a DDI codebook.
struct DDIVariable {
  let column: Column
  let variable: Variable?
  let number: Int

  func write(to xml: inout XMLText) {
    let isContinuous = variable?.kind.isContinuous ?? false
    var attributes = [
      ("ID", "V\(number)"), ("name", column.name), ("files", "F1"),
      ("intrvl", isContinuous ? "contin" : "discrete"),
    ]
    if let decimals = column.form.number?.decimals, decimals <= 15 {
      attributes.append(("dcml", String(decimals)))
    }
    if variable?.role == .weight { attributes.append(("wgt", "wgt")) }
    if let variable {
      let natures: [Measure: String] = [
        .nominal: "nominal", .ordinal: "ordinal", .scale: "interval",
      ]
      attributes.append(("nature", natures[variable.measure] ?? "nominal"))
    }
    xml.open("var", attributes)
    if let label = text(variable?.label ?? [:]) {
      xml.element("labl", label, [("level", "variable")])
    }
    writeRanges(&xml)
    writeStatistics(&xml)
    writeCategories(&xml)
    xml.empty("varFormat", [("type", isText ? "character" : "numeric")])
    xml.close("var")
  }

  private var isText: Bool {
    if case .texts = column.values { return true }
    return false
  }

  /// The codes that stand for missing, whether a cell holds them or not.
  private var missingCodes: [MissingReason] {
    var seen: Set<String> = [""]
    return (column.missing.reasons + (variable?.missingCodes ?? []))
      .filter { seen.insert($0.code).inserted }
  }

  private func writeRanges(_ xml: inout XMLText) {
    if variable?.minimum != nil || variable?.maximum != nil {
      xml.open("valrng")
      var attributes = [("UNITS", "REAL")]
      if let least = variable?.minimum { attributes.append(("min", Self.text(least))) }
      if let most = variable?.maximum { attributes.append(("max", Self.text(most))) }
      xml.empty("range", attributes)
      xml.close("valrng")
    }
    guard !missingCodes.isEmpty else { return }
    xml.open("invalrng")
    for reason in missingCodes { xml.empty("item", [("VALUE", reason.code)]) }
    xml.close("invalrng")
  }

  private func writeStatistics(_ xml: inout XMLText) {
    let missing = column.missing.count
    xml.element("sumStat", String(column.count - missing), [("type", "vald")])
    xml.element("sumStat", String(missing), [("type", "invd")])
    guard variable?.kind.isContinuous ?? false else { return }
    let values: [Double]
    switch column.values {
    case .numbers(let list): values = present(list)
    case .wholeNumbers(let list): values = present(list).map(Double.init)
    default: return
    }
    guard let least = values.min(), let most = values.max() else { return }
    xml.element("sumStat", Self.text(least), [("type", "min")])
    xml.element("sumStat", Self.text(most), [("type", "max")])
    let mean = values.reduce(0, +) / Double(values.count)
    xml.element("sumStat", Self.text(mean), [("type", "mean")])
  }

  private func present<Value>(_ list: [Value]) -> [Value] {
    list.indices.filter { !column.missing.isMissing(at: $0) }.map { list[$0] }
  }

  private func writeCategories(_ xml: inout XMLText) {
    let codes = Set(missingCodes.map(\.code))
    var counts: [String: Int] = [:]
    for row in 0..<column.count {
      if let reason = column.missing.reason(at: row) { counts[reason.code, default: 0] += 1 }
    }
    var labels = (variable?.valueLabels ?? []).map { (code: $0.code, text: text($0.label) ?? "") }
    for reason in missingCodes {
      if let label = reason.label, !labels.contains(where: { $0.code == reason.code }) {
        labels.append((reason.code, label))
      }
    }
    for (code, count) in presentCounts() { counts[code] = count }
    for label in labels {
      xml.open("catgry", codes.contains(label.code) ? [("missing", "Y")] : [])
      xml.element("catValu", label.code)
      xml.element("labl", label.text, [("level", "category")])
      xml.element("catStat", String(counts[label.code] ?? 0), [("type", "freq")])
      xml.close("catgry")
    }
  }

  /// How often each code occurs in the synthetic file; only whole numbers and texts have codes.
  private func presentCounts() -> [String: Int] {
    var counts: [String: Int] = [:]
    switch column.values {
    case .wholeNumbers(let list):
      for value in present(list) { counts[String(value), default: 0] += 1 }
    case .texts(let list, let pool):
      for code in present(list) { counts[pool[Int(code)], default: 0] += 1 }
    default: break
    }
    return counts
  }

  private func text(_ label: [String: String]) -> String? {
    label["en"] ?? label.sorted { $0.key < $1.key }.first?.value
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 9e15
      ? String(Int64(number)) : String(number)
  }
}
