// SPDX-License-Identifier: Apache-2.0
import Markup
import Schemas
import Tables

/// The codebook of a synthetic file as fragments of DDI-Lifecycle 3.3.
///
/// A study, the file, its variables, and the lists of codes with their categories are one fragment
/// each; they point to one another by identifiers that come from the hash of the data file.
///
/// ## Source
/// DDI Alliance, DDI-Lifecycle 3.3 (XML namespace `ddi:instance:3_3`), element `FragmentInstance`: the
/// order of elements is that of its schema.
public struct DDILifecycleDocument: Sendable {
  /// Whoever names the objects; no agency is registered for them.
  static let agency = "int.example"

  private let codebook: DDIDocument
  private let prefix: String

  /// Creates a document that says what another says in DDI-Codebook.
  public init(_ codebook: DDIDocument) {
    self.codebook = codebook
    prefix = "f" + codebook.sha256.prefix(16)
  }

  /// The document as the bytes of a file.
  public var bytes: [UInt8] {
    var xml = XMLText()
    xml.open(
      "ddi:FragmentInstance",
      ["instance", "reusable", "logicalproduct", "studyunit", "physicalinstance"].map { part in
        let short = ["instance": "ddi", "reusable": "r", "logicalproduct": "l", "studyunit": "s"]
        return ("xmlns:" + (short[part] ?? "pi"), "ddi:\(part):3_3")
      })
    xml.open("ddi:TopLevelReference")
    writeTarget("study", "StudyUnit", to: &xml)
    xml.close("ddi:TopLevelReference")
    writeStudy(&xml)
    writeFile(&xml)
    let variables = codebook.table.columns.enumerated().map { place, column in
      DDILifecycleVariable(
        column: column, variable: codebook.schema.variable(named: column.name),
        identifier: "\(prefix)-V\(place + 1)")
    }
    writeScheme(variables, to: &xml)
    for variable in variables { variable.write(to: &xml) }
    xml.close("ddi:FragmentInstance")
    return Array(xml.text.utf8)
  }

  // MARK: Fragments

  private func writeStudy(_ xml: inout XMLText) {
    xml.open("ddi:Fragment")
    xml.open("s:StudyUnit")
    Self.identify("\(prefix)-study", to: &xml)
    Self.pair("SyntheticData", "true", to: &xml)
    writeTitle(&xml)
    xml.open("r:Abstract")
    xml.element("r:Content", codebook.abstract, [("xml:lang", "en")])
    xml.close("r:Abstract")
    xml.open("r:Coverage")
    xml.open("r:TopicalCoverage")
    Self.identify("\(prefix)-topics", to: &xml)
    for word in codebook.keywords {
      xml.element("r:Keyword", word, [("xml:lang", "en")])
    }
    xml.close("r:TopicalCoverage")
    xml.close("r:Coverage")
    xml.element("r:KindOfData", "Synthetic data")
    xml.open("r:PhysicalInstanceReference")
    writeTarget("file", "PhysicalInstance", to: &xml)
    xml.close("r:PhysicalInstanceReference")
    xml.close("s:StudyUnit")
    xml.close("ddi:Fragment")
  }

  private func writeFile(_ xml: inout XMLText) {
    xml.open("ddi:Fragment")
    xml.open("pi:PhysicalInstance")
    Self.identify("\(prefix)-file", to: &xml)
    writeTitle(&xml)
    xml.open("pi:DataFingerprint", [("type", "dataFile")])
    xml.element("pi:DigitalFingerprintValue", codebook.sha256)
    xml.element("pi:AlgorithmSpecification", "SHA-256")
    xml.close("pi:DataFingerprint")
    xml.open("pi:DataFileIdentification")
    xml.element("pi:DataFileURI", Self.address(codebook.fileName))
    xml.close("pi:DataFileIdentification")
    xml.open("pi:GrossFileStructure")
    Self.identify("\(prefix)-structure", to: &xml)
    xml.element("pi:CaseQuantity", String(codebook.table.rowCount))
    xml.close("pi:GrossFileStructure")
    xml.close("pi:PhysicalInstance")
    xml.close("ddi:Fragment")
  }

  private func writeScheme(_ variables: [DDILifecycleVariable], to xml: inout XMLText) {
    xml.open("ddi:Fragment")
    xml.open("l:VariableScheme")
    Self.identify("\(prefix)-variables", to: &xml)
    for variable in variables {
      xml.open("r:VariableReference")
      Self.target(variable.identifier, "Variable", to: &xml)
      xml.close("r:VariableReference")
    }
    xml.close("l:VariableScheme")
    xml.close("ddi:Fragment")
  }

  private func writeTitle(_ xml: inout XMLText) {
    xml.open("r:Citation")
    xml.open("r:Title")
    xml.element("r:String", codebook.title, [("xml:lang", "en")])
    xml.close("r:Title")
    xml.close("r:Citation")
  }

  private func writeTarget(_ name: String, _ type: String, to xml: inout XMLText) {
    Self.target("\(prefix)-\(name)", type, to: &xml)
  }

  // MARK: Parts of all objects

  /// Who names an object, and how.
  static func identify(_ identifier: String, to xml: inout XMLText) {
    xml.element("r:URN", "urn:ddi:\(agency):\(identifier):1")
    xml.element("r:Agency", agency)
    xml.element("r:ID", identifier)
    xml.element("r:Version", "1")
  }

  /// The object that a reference points to.
  static func target(_ identifier: String, _ type: String, to xml: inout XMLText) {
    xml.element("r:Agency", agency)
    xml.element("r:ID", identifier)
    xml.element("r:Version", "1")
    xml.element("r:TypeOfObject", type)
  }

  private static func pair(_ key: String, _ value: String, to xml: inout XMLText) {
    xml.open("r:UserAttributePair")
    xml.element("r:AttributeKey", key)
    xml.element("r:AttributeValue", value)
    xml.close("r:UserAttributePair")
  }

  /// A file's name as an address; letters and digits stay, all other bytes are spelled out.
  private static func address(_ name: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var result = ""
    for byte in name.utf8 {
      let scalar = UnicodeScalar(byte)
      if byte < 0x80,
        scalar.properties.isAlphabetic || (0x30...0x39).contains(byte)
          || "-._~/".unicodeScalars.contains(scalar)
      {
        result.unicodeScalars.append(scalar)
      } else {
        result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return result
  }
}
