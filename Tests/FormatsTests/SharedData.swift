// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// The real data sets beside the repository; tests that need one are skipped where it is absent.
enum SharedData {
  private static let root: String = {
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let places = ["/\(package)/../shared/data", "/\(package)/../../shared/data"]
    return places.first { FileManager.default.fileExists(atPath: $0) } ?? places[0]
  }()

  static func path(_ name: String) -> String { "\(root)/\(name)" }

  static func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
  }
}
