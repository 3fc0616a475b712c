// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Formats
import Releases
import Tables

extension ReproduceVerb {
  /// Makes simulated data again from their model, or checks the files beside the manifest.
  ///
  /// - Throws: `DataError` if the source is another model, or cannot be run.
  func run(_ known: SimulationManifest) throws -> Result {
    let base = manifest.lastIndex(of: "/").map { String(manifest[...$0]) } ?? ""
    let paths = known.files.map(\.path)
    guard let source else {
      return Result(
        files: paths, differences: Self.differences(known.files, base: base), isRemade: false,
        folder: nil)
    }
    let bytes = try FileBytes.read(source)
    guard ReleaseFile(path: "model", content: bytes).sha256 == known.model.sha256 else {
      throw DataError(
        "the source is not the model that the data were made from", file: source,
        remedy: "Give the model as it was then; it lies in the folder of the truth.")
    }
    guard known.software.version == SemblanceVersion.current else {
      throw DataError(
        "the data were made by version \(known.software.version)", file: manifest,
        remedy: "Use that version; this is \(SemblanceVersion.current).")
    }
    let files = FileManager.default
    let scratch =
      files.temporaryDirectory.path + "/semblance-reproduce-\(UInt64.random(in: .min ... .max))"
    defer { try? files.removeItem(atPath: scratch) }
    try files.createDirectory(
      atPath: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // The page and the line for readers name the folder.
    var place = base.isEmpty ? files.currentDirectoryPath : String(base.dropLast())
    if place == "." || place.isEmpty { place = files.currentDirectoryPath }
    let name = place.split(separator: "/").last.map(String.init) ?? "data"
    let folder = output ?? "\(scratch)/\(name)"
    let contract = try known.contract.map { try ContractFile(text: $0, file: manifest) }
    let dictionary = try known.dictionary.map { try DictionaryFile(text: $0, file: manifest) }
    _ = try SimulateVerb(
      path: source, seed: known.seed, contract: contract, dictionary: dictionary
    ).run(
      into: folder, threads: threads, name: name)
    let differences = known.files.compactMap { file in
      difference(try? FileBytes.read("\(folder)/\(file.path)"), file, base: base)
    }
    return Result(files: paths, differences: differences, isRemade: true, folder: output)
  }
}
