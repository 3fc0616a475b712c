// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Studies
import Tables
import Testing

@testable import StatisticalFiles

/// Damaged files give a document or an error, and never bring the process down.
///
/// `MUTATIONS=100000 swift test --filter DamagedFileTests` flips bits in that many variants a format;
/// without it a few hundred are tried. The variant being read is kept in the file that is named by
/// `MUTATION_FILE`, so that one that kills the process can be looked at.
@Suite(.enabled(if: StatisticalSamples.isPresent, "no ../shared/data/statfiles"), .serialized)
struct DamagedFileTests {
  static let victims = [
    "pyreadstat__simple_alltypes.sav", "pyreadstat__sample_missing.sav", "pyreadstat__sample.zsav",
    "pyreadstat__sample.por", "pyreadstat__missing_test.dta", "pyreadstat__sample.dta",
    "pyreadstat__sample.xpt", "sas__detroit.sas7bdat", "pyreadstat__test_formats_win.sas7bcat",
  ]
  static let count = Int(ProcessInfo.processInfo.environment["MUTATIONS"] ?? "") ?? 60

  @Test(arguments: victims)
  func `a file cut at any 64th of its length is read or refused`(name: String) throws {
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: StatisticalSamples.path(name))))
    let path = StatisticalSamples.temporary("cut")
    defer { try? FileManager.default.removeItem(atPath: path) }
    var refused = 0
    for part in 0..<64 {
      try Data(bytes[..<(bytes.count * part / 64)]).write(to: URL(fileURLWithPath: path))
      if let error = Self.read(path, like: name) {
        refused += 1
        #expect(error.file == path && !error.remedy.isEmpty)
      }
    }
    // A portable or transport file may end after any row; all others know how long they are.
    #expect(refused >= 30, "\(refused) of 64 refused")
  }

  @Test(arguments: victims)
  func `a file with flipped bits is read or refused`(name: String) throws {
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: StatisticalSamples.path(name))))
    let path =
      ProcessInfo.processInfo.environment["MUTATION_FILE"] ?? StatisticalSamples.temporary("flip")
    defer { try? FileManager.default.removeItem(atPath: path) }
    var stream = RandomStream(key: RandomKey(seed: "flips").stream(table: "", name), entity: 0)
    for _ in 0..<Self.count {
      var variant = bytes
      for _ in 0..<Int.random(in: 1...4, using: &stream) {
        // Headers are where the harm is; half of all flips go there.
        let end = Bool.random(using: &stream) ? variant.count : min(variant.count, 1200)
        variant[Int.random(in: 0..<end, using: &stream)] ^=
          1 << UInt8.random(in: 0..<8, using: &stream)
      }
      try Data(variant).write(to: URL(fileURLWithPath: path))
      _ = Self.read(path, like: name)
    }
  }

  /// Reads a file with bounds that suit a sample; the error, if it is refused.
  static func read(_ path: String, like name: String) -> DataError? {
    var options = ReadingOptions(maximumCellCount: 2_000_000)
    do throws(DataError) {
      if name.hasSuffix("sas7bcat") {
        options.cataloguePath = path
        let data = StatisticalSamples.path("pyreadstat__test_data_win.sas7bdat")
        _ = try StatisticalFileReader(.sas7bdat).read(TableLocation(path: data), options: options)
      } else {
        let kind = StatisticalFormat(rawValue: name.split(separator: ".").last?.lowercased() ?? "")
        _ = try StatisticalFileReader(kind ?? .sav).read(
          TableLocation(path: path), options: options)
      }
      return nil
    } catch {
      return error
    }
  }
}
