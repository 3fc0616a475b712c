// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Formats
import Releases
public import Synthesis
public import Tables

/// Reads and writes plans as JSON, for people and programs to change.
public enum PlanFile {
  /// The bytes of a plan's file.
  public static func bytes(of plan: Plan) throws -> [UInt8] { try StableJSON.bytes(of: plan) }

  /// Reads a plan.
  ///
  /// - Throws: `DataError` if the file is no plan; it says which field.
  public static func read(_ path: String) throws(DataError) -> Plan {
    let bytes = try FileBytes.read(path)
    do {
      return try JSONDecoder().decode(Plan.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw DataError(
        "the file is no plan: \(words(error))", file: path,
        remedy: "Start from what `semblance plan -o FILE` writes, and keep its shape.")
    } catch {
      throw DataError(
        "the file is no plan", file: path,
        remedy: "Start from what `semblance plan -o FILE` writes.")
    }
  }

  private static func words(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "\(place(context)) lacks \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(place(context)) has another type than it should"
    case .dataCorrupted(let context): "\(place(context)) cannot be read"
    @unknown default: "it cannot be read"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    guard !context.codingPath.isEmpty else { return "it" }
    return context.codingPath.map { key in
      key.intValue.map { "entry \($0 + 1)" } ?? key.stringValue
    }.joined(separator: ", ")
  }
}
