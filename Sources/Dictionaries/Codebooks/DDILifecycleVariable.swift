// SPDX-License-Identifier: Apache-2.0
import Markup
import Schemas
import Tables

/// The fragments of one variable: itself, its list of codes, and what each code means.
struct DDILifecycleVariable {
  let column: Column
  let variable: Variable?
  let identifier: String

  func write(to xml: inout XMLText) {
    let labels = codes
    xml.open("ddi:Fragment")
    xml.open("l:Variable", variable?.role == .weight ? [("isWeight", "true")] : [])
    DDILifecycleDocument.identify(identifier, to: &xml)
    xml.open("l:VariableName")
    xml.element("r:String", column.name)
    xml.close("l:VariableName")
    writeLabel(Self.text(variable?.label ?? [:]), to: &xml)
    xml.open("l:VariableRepresentation")
    writeRepresentation(hasCodes: !labels.isEmpty, to: &xml)
    xml.close("l:VariableRepresentation")
    xml.close("l:Variable")
    xml.close("ddi:Fragment")
    guard !labels.isEmpty else { return }
    writeCodes(labels, to: &xml)
    for (place, code) in labels.enumerated() {
      xml.open("ddi:Fragment")
      xml.open(
        "l:Category", missing.contains { $0.code == code.code } ? [("isMissing", "true")] : [])
      DDILifecycleDocument.identify("\(identifier)-c\(place + 1)", to: &xml)
      writeLabel(code.label, to: &xml)
      xml.close("l:Category")
      xml.close("ddi:Fragment")
    }
  }

  /// The codes that stand for missing, whether a cell holds them or not.
  private var missing: [MissingReason] {
    var seen: Set<String> = [""]
    return (column.missing.reasons + (variable?.missingCodes ?? []))
      .filter { seen.insert($0.code).inserted }
  }

  /// Each code that has a label, missing ones last.
  private var codes: [(code: String, label: String?)] {
    var list = (variable?.valueLabels ?? []).map { (code: $0.code, label: Self.text($0.label)) }
    for reason in missing where reason.label != nil {
      if !list.contains(where: { $0.code == reason.code }) {
        list.append((reason.code, reason.label))
      }
    }
    return list
  }

  private func writeLabel(_ label: String?, to xml: inout XMLText) {
    guard let label else { return }
    xml.open("r:Label")
    xml.element("r:Content", label, [("xml:lang", "en")])
    xml.close("r:Label")
  }

  private func writeCodes(
    _ labels: [(code: String, label: String?)], to xml: inout XMLText
  ) {
    xml.open("ddi:Fragment")
    xml.open("l:CodeList")
    DDILifecycleDocument.identify("\(identifier)-codes", to: &xml)
    for (place, code) in labels.enumerated() {
      xml.open("l:Code")
      DDILifecycleDocument.identify("\(identifier)-k\(place + 1)", to: &xml)
      xml.open("r:CategoryReference")
      DDILifecycleDocument.target("\(identifier)-c\(place + 1)", "Category", to: &xml)
      xml.close("r:CategoryReference")
      xml.element("r:Value", code.code)
      xml.close("l:Code")
    }
    xml.close("l:CodeList")
    xml.close("ddi:Fragment")
  }

  // MARK: Representation

  private func writeRepresentation(hasCodes: Bool, to xml: inout XMLText) {
    var attributes: [(String, String)] = []
    let tokens = missing.map(\.code).filter(Self.isToken)
    if !tokens.isEmpty { attributes.append(("missingValue", tokens.joined(separator: " "))) }
    if column.missing.reasons.contains(where: { $0.code.isEmpty }) {
      attributes.append(("blankIsMissingValue", "true"))
    }
    let isContinuous = variable?.kind.isContinuous ?? false
    if hasCodes, !isContinuous { return writeCodes(attributes + measure, to: &xml) }
    // Numbers some of which have labels are represented in both ways.
    defer { if hasCodes { writeCodes([], to: &xml) } }
    switch column.values {
    case .numbers: writeNumbers("Double", attributes + measure, to: &xml)
    case .wholeNumbers: writeNumbers("Integer", attributes + measure, to: &xml)
    case .booleans, .texts: xml.empty("r:TextRepresentation", attributes + measure)
    case .dates: writeMoment("Date", attributes, to: &xml)
    case .times: writeMoment("Time", attributes, to: &xml)
    case .dateTimes: writeMoment("DateTime", attributes, to: &xml)
    }
  }

  private func writeCodes(_ attributes: [(String, String)], to xml: inout XMLText) {
    xml.open("r:CodeRepresentation", attributes)
    xml.open("r:CodeListReference")
    DDILifecycleDocument.target("\(identifier)-codes", "CodeList", to: &xml)
    xml.close("r:CodeListReference")
    xml.close("r:CodeRepresentation")
  }

  private var measure: [(String, String)] {
    switch variable?.measure {
    case .nominal?: [("classificationLevel", "Nominal")]
    case .ordinal?: [("classificationLevel", "Ordinal")]
    case .scale?: [("classificationLevel", "Continuous")]
    case nil: []
    }
  }

  private func writeNumbers(
    _ type: String, _ attributes: [(String, String)], to xml: inout XMLText
  ) {
    var attributes = attributes
    if let decimals = column.form.number?.decimals, decimals <= 15 {
      attributes.append(("decimalPositions", String(decimals)))
    }
    xml.open("r:NumericRepresentation", attributes)
    if variable?.minimum != nil || variable?.maximum != nil {
      xml.open("r:NumberRange")
      if let least = variable?.minimum {
        xml.element("r:LowDouble", Self.text(least), [("isInclusive", "true")])
      }
      if let most = variable?.maximum {
        xml.element("r:HighDouble", Self.text(most), [("isInclusive", "true")])
      }
      xml.close("r:NumberRange")
    }
    xml.element("r:NumericTypeCode", type)
    xml.close("r:NumericRepresentation")
  }

  private func writeMoment(
    _ type: String, _ attributes: [(String, String)], to xml: inout XMLText
  ) {
    xml.open("r:DateTimeRepresentation", attributes)
    xml.element("r:DateTypeCode", type)
    xml.close("r:DateTimeRepresentation")
  }

  // MARK: Texts

  /// Whether a code can stand in a list of names: letters, digits and a few signs.
  private static func isToken(_ code: String) -> Bool {
    !code.isEmpty
      && code.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0))
          || "-._:".unicodeScalars.contains($0)
      }
  }

  private static func text(_ label: [String: String]) -> String? {
    label["en"] ?? label.sorted { $0.key < $1.key }.first?.value
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 9e15
      ? String(Int64(number)) : String(number)
  }
}
