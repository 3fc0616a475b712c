// SPDX-License-Identifier: Apache-2.0
import Formats
import Foundation
import Randomness
import Studies
import Tables
import Testing

@testable import Semblance

/// Damaged text, packed text and databases give a table or an error, and never end the process.
///
/// The formats that have suites of their own, on the files of other programs, are not repeated here.
/// `MUTATIONS=100000` flips bits in that many variants a format; the folder of one that ends the
/// process stays in the temporary folder.
@Suite(.serialized) struct DamagedTableTests {
  static let endings = [
    "csv", "tsv", "csv.gz", "csv.zst", "jsonl", "jsonl.gz", "dct", "sps", "sqlite",
  ]
  static let count = Int(ProcessInfo.processInfo.environment["MUTATIONS"] ?? "") ?? 60

  private let place: Place

  init() throws { place = try Place() }

  /// Writes a table of all kinds of cells in a format: the paths and bytes of the file that is read, and
  /// of others that were written beside it.
  private func original(_ ending: String) throws -> [(path: String, bytes: [UInt8])] {
    var text = "id,born,income,remark,score,paid\n"
    for row in 0..<60 {
      let income = row % 11 == 0 ? "NA" : "\(row * 37).\(10 + row % 90)"
      let remark = row % 6 == 0 ? "\"said \"\"no\"\",\nthen left\"" : "łódka \(row % 13)"
      text += "\(row + 1),19\(10 + row % 89)-0\(1 + row % 9)-1\(row % 10),\(income),"
      text += "\(remark),\(row % 40 == 39 ? "-99" : "\(row % 5)"),\(row % 2 == 0 ? "yes" : "no")\n"
    }
    let input = try place.write(text, to: "original.csv")
    let folder = "\(place.path)/written"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try ConvertVerb(input: input).write(to: "\(folder)/table.\(ending)")
    let main = "table.\(ending)"
    let others = try place.names(in: "written").subtracting([main]).sorted()
    return try ([main] + others).map { ("\(folder)/\($0)", try FileBytes.read("\(folder)/\($0)")) }
  }

  /// Reads a file; the error, if it is refused.
  private func read(_ path: String) throws -> DataError? {
    do throws(DataError) {
      let location = TableLocation(path: path)
      _ = try FormatCatalogue.standard.reader(for: location)
        .read(location, options: ReadingOptions(maximumCellCount: 1 << 20), progress: .silent)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: endings)
  func `a file cut at any 64th of its length is read or refused`(ending: String) throws {
    let files = try original(ending)
    #expect(try read(files[0].path) == nil)
    for file in files {
      var refused = 0
      for part in 0..<64 {
        try FileBytes.write(Array(file.bytes.prefix(file.bytes.count * part / 64)), to: file.path)
        if let error = try read(files[0].path) {
          refused += 1
          #expect(error.file != nil && !error.remedy.isEmpty)
        }
      }
      try FileBytes.write(file.bytes, to: file.path)
      // Text may end anywhere; what is packed, and a database, know how long they are.
      if ending.hasSuffix("gz") || ending.hasSuffix("zst") || ending == "sqlite" {
        #expect(refused >= 60, "\(refused) of 64 refused")
      }
    }
  }

  @Test(arguments: endings)
  func `a file with flipped bits is read or refused`(ending: String) throws {
    let files = try original(ending)
    var stream = RandomStream(key: RandomKey(seed: "flips").stream(table: "", ending), entity: 0)
    for _ in 0..<Self.count {
      let file = files[Int.random(in: files.indices, using: &stream)]
      var variant = file.bytes
      for _ in 0..<Int.random(in: 1...4, using: &stream) {
        let end = Bool.random(using: &stream) ? variant.count : min(variant.count, 400)
        variant[Int.random(in: 0..<end, using: &stream)] ^=
          1 << UInt8.random(in: 0..<8, using: &stream)
      }
      try FileBytes.write(variant, to: file.path)
      if let error = try read(files[0].path) { #expect(!error.remedy.isEmpty) }
      if files.count > 1 { try FileBytes.write(file.bytes, to: file.path) }
    }
  }
}
