// SPDX-License-Identifier: Apache-2.0
import Schemas
import Synthesis
import Tables

/// The codebook of a synthetic file as Croissant, for machine learning.
///
/// License, address and date are the publisher's to say and are left out; the validator warns of them.
///
/// ## Source
/// MLCommons, Croissant format specification 1.1 (2026) and its responsible-AI extension 1.0.
public struct CroissantDocument: Sendable {
  private let package: DataPackage

  /// Creates a codebook.
  public init(_ package: DataPackage) { self.package = package }

  /// The document.
  public var value: JSONValue {
    let file = package.file.path
    var document: [String: JSONValue] = [
      "@context": .object(Self.context), "@type": .text("sc:Dataset"),
      "conformsTo": .list([
        .text("http://mlcommons.org/croissant/1.1"),
        .text("http://mlcommons.org/croissant/RAI/1.0"),
      ]),
      "name": .text("\(package.name)-synthetic"),
      "description": .text(package.mark.statement),
      "keywords": .list(package.mark.keywords.map { .text($0) }),
      "additionalType": .text(SyntheticMark.datasetType),
      "version": .text("1.0.0"),
      "rai:dataCollectionType": .text("Others: synthetic generation"),
      "rai:dataManipulationProtocol": .text(
        "\(package.software.name) \(package.software.version); \(package.mark.sourceType); "
          + "see manifest.json"),
      "rai:dataLimitations": .text("Faithful as far as contract.json and report.html say."),
      "distribution": .list([
        .object([
          "@type": .text("cr:FileObject"), "@id": .text(file), "name": .text(file),
          "contentUrl": .text(file), "encodingFormat": .text(mediaType),
          "contentSize": .text("\(package.file.bytes) B"), "sha256": .text(package.file.sha256),
        ])
      ]),
    ]
    // Columns are named to programs that can open the file by its media type.
    if Self.readable.contains(package.format) { document["recordSet"] = .list([records(file)]) }
    return .object(document)
  }

  private static let readable: Set<String> = ["csv", "tsv", "parquet", "jsonl"]

  private var mediaType: String {
    switch package.format {
    case "csv": "text/csv"
    case "tsv": "text/tsv"
    case "parquet": "application/x-parquet"
    case "arrow": "application/vnd.apache.arrow.file"
    case "jsonl": "application/jsonlines"
    case "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    default: "application/octet-stream"
    }
  }

  private func records(_ file: String) -> JSONValue {
    var set: [String: JSONValue] = [
      "@type": .text("cr:RecordSet"), "@id": .text("records"), "name": .text("records"),
      "field": .list(package.table.columns.map { field($0, file) }),
    ]
    let keys = package.table.columns.filter {
      package.schema.variable(named: $0.name)?.role == .key
    }
    if keys.count == 1 { set["key"] = .object(["@id": .text("records/\(keys[0].name)")]) }
    return .object(set)
  }

  private func field(_ column: Column, _ file: String) -> JSONValue {
    let variable = package.schema.variable(named: column.name)
    var words = variable.flatMap { CodebookText.label($0.label) } ?? ""
    for level in variable?.valueLabels ?? [] {
      if let label = CodebookText.label(level.label) {
        words += (words.isEmpty ? "" : "; ") + "\(level.code) = \(label)"
      }
    }
    var fields: [String: JSONValue] = [
      "@type": .text("cr:Field"), "@id": .text("records/\(column.name)"),
      "name": .text(column.name), "dataType": .text(type(column)),
      "source": .object([
        "fileObject": .object(["@id": .text(file)]),
        "extract": .object(["column": .text(column.name)]),
      ]),
    ]
    if !words.isEmpty { fields["description"] = .text(words) }
    return .object(fields)
  }

  /// The type as a program finds it that knows no codes of missing: these make numbers texts.
  private func type(_ column: Column) -> String {
    if ["parquet", "arrow"].contains(package.format) { return Self.storedType(column) }
    let hasWords = column.missing.reasons.contains {
      !["", "NA", "NaN", "null", "."].contains($0.code) && Double($0.code) == nil
    }
    switch column.values {
    case .numbers, .wholeNumbers:
      let form = column.form.number ?? NumberForm()
      let isPlain =
        form.decimalMark == "." && form.groupMark.isEmpty && form.prefix.isEmpty
        && form.suffix.isEmpty && !hasWords
      guard isPlain else { return "sc:Text" }
      if case .wholeNumbers = column.values, column.missing.isEmpty { return "sc:Integer" }
      return "sc:Float"
    case .booleans:
      return column.missing.isEmpty && column.form == Self.plainTruth ? "sc:Boolean" : "sc:Text"
    case .dates: return column.form == .calendar(pattern: "yyyy-MM-dd") ? "sc:Date" : "sc:Text"
    case .dateTimes, .times, .texts: return "sc:Text"
    }
  }

  /// The type in a file that has types of its own.
  private static func storedType(_ column: Column) -> String {
    switch column.values {
    case .numbers: "sc:Float"
    case .wholeNumbers: column.missing.isEmpty ? "sc:Integer" : "sc:Float"
    case .booleans: column.missing.isEmpty ? "sc:Boolean" : "sc:Text"
    case .dates: "sc:Date"
    case .dateTimes: "sc:DateTime"
    case .times: "sc:Time"
    case .texts: "sc:Text"
    }
  }

  private static let plainTruth = WrittenForm.boolean(true: "True", false: "False")

  /// The context of the format's own examples, in which the validator looks for every word.
  private static let context: [String: JSONValue] = {
    let own = [
      "citeAs", "column", "data", "equivalentProperty", "examples", "extract", "field",
      "fileObject", "fileProperty", "fileSet", "format", "includes", "isLiveDataset", "jsonPath",
      "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated",
      "replace", "samplingRate", "separator", "source", "subField", "transform",
    ]
    var context: [String: JSONValue] = [:]
    for word in own { context[word] = .text("cr:\(word)") }
    for word in ["data", "examples"] {
      context[word] = .object(["@id": .text("cr:\(word)"), "@type": .text("@json")])
    }
    context["@language"] = .text("en")
    context["@vocab"] = .text("https://schema.org/")
    context["sc"] = .text("https://schema.org/")
    context["cr"] = .text("http://mlcommons.org/croissant/")
    context["rai"] = .text("http://mlcommons.org/croissant/RAI/")
    context["dct"] = .text("http://purl.org/dc/terms/")
    context["conformsTo"] = .text("dct:conformsTo")
    context["dataType"] = .object(["@id": .text("cr:dataType"), "@type": .text("@vocab")])
    return context
  }()
}
