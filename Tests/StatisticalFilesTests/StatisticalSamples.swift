// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The sample files beside the repository, and what pyreadstat read from them.
enum StatisticalSamples {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let fixtures = root.appendingPathComponent("Tests/Fixtures/statfiles")
  /// `../shared/data/statfiles`, from the package's folder or from a work tree of it.
  static let folder = ["../shared/data/statfiles", "../../shared/data/statfiles"]
    .map { root.appendingPathComponent($0).standardized.path }
    .first { FileManager.default.fileExists(atPath: $0) }

  static var isPresent: Bool { folder != nil }

  static let names = [
    "anes__NES1948.POR", "ibm__Employee data.sav", "nhanes__BMX_I.XPT",
    "pyreadstat__dates.sas7bdat",
    "pyreadstat__hebrews.sav", "pyreadstat__missing_test.dta", "pyreadstat__ordered_category.sav",
    "pyreadstat__sample.dta", "pyreadstat__sample.por", "pyreadstat__sample.sas7bdat",
    "pyreadstat__sample.sav", "pyreadstat__sample.xpt", "pyreadstat__sample.zsav",
    "pyreadstat__sample_missing.sav", "pyreadstat__simple_alltypes.sav",
    "pyreadstat__test_data_win.sas7bdat", "sas__detroit.sas7bdat", "spss__wage.sav",
    "stata__nlsw88.dta", "stata__sp500.dta",
  ]

  static func path(_ name: String) -> String { "\(folder ?? "")/\(name)" }

  static func record(_ name: String) throws -> ReadRecord {
    let data = try Data(contentsOf: fixtures.appendingPathComponent("\(name).json"))
    return try JSONDecoder().decode(ReadRecord.self, from: data)
  }

  /// A path that nothing else uses; the caller removes what it puts there.
  static func temporary(_ pathExtension: String) -> String {
    FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).\(pathExtension)").path
  }
}
