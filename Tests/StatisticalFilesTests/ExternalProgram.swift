// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Other people's programs, run where they are installed.
enum ExternalProgram {
  static let hasPSPP = path("pspp") != nil
  /// Whether `python3` has pyreadstat; the test of files written here needs it.
  static let hasPyreadstat =
    path("python3") != nil && (try? run("python3", ["-c", "import pyreadstat"]))?.status == 0

  static func path(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static func run(_ name: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path(name) ?? name)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// What PSPP says of a file: its dictionary, and its cases as comma-separated text.
  static func pspp(_ file: String, isPortable: Bool) throws -> (dictionary: String, cases: String) {
    let cases = StatisticalSamples.temporary("csv")
    let syntax = StatisticalSamples.temporary("sps")
    defer {
      try? FileManager.default.removeItem(atPath: cases)
      try? FileManager.default.removeItem(atPath: syntax)
    }
    let text = """
      \(isPortable ? "IMPORT" : "GET") FILE='\(file)'.
      DISPLAY DICTIONARY.
      SAVE TRANSLATE /OUTFILE='\(cases)' /TYPE=CSV /CELLS=VALUES /MISSING=IGNORE /REPLACE.
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: syntax))
    let result = try run("pspp", ["-O", "format=csv", syntax])
    let values = (try? String(contentsOfFile: cases, encoding: .utf8)) ?? ""
    return (result.text.replacingOccurrences(of: syntax, with: "syntax"), values)
  }
}
