// SPDX-License-Identifier: Apache-2.0

/// What there is to say about a file format.
public struct TableFormat: Hashable, Sendable {
  /// Something that a format may be able to hold.
  public enum Feature: String, Hashable, Sendable, CaseIterable {
    /// The types of values, so that nothing has to be guessed from how they are written.
    case types
    /// Dates and times.
    case dates
    /// Labels of variables.
    case labels
    /// Labels of values.
    case valueLabels = "value labels"
    /// Several kinds of missing, kept apart.
    case missingKinds = "kinds of missing"
    /// Stretches of numbers that stand for missing.
    case missingRanges = "missing ranges"
    /// The level of measurement.
    case measure
    /// Display formats and widths.
    case display = "display formats"
    /// A title of the file.
    case fileLabel = "file label"
    /// Notes.
    case notes
    /// Which variable is the weight.
    case weight
    /// Text in any script.
    case unicode
    /// Several tables in one file.
    case tables = "several tables"
  }

  /// The name, for `--format`.
  public let name: String
  /// What it is, on one line.
  public let title: String
  /// The extensions of its files, the usual one first, in small letters.
  public let extensions: [String]
  /// The schemes of its addresses, where its tables do not lie in files: `postgresql`.
  public let schemes: [String]
  /// Whether files are read.
  public let isRead: Bool
  /// Whether files are written.
  public let isWritten: Bool
  /// What a file keeps.
  public let keeps: Set<Feature>
  /// Limits and remarks, one sentence each.
  public let remarks: [String]

  /// Creates a description.
  public init(
    name: String, title: String, extensions: [String], schemes: [String] = [], isRead: Bool = true,
    isWritten: Bool = true, keeps: Set<Feature>, remarks: [String] = []
  ) {
    self.name = name
    self.title = title
    self.extensions = extensions
    self.schemes = schemes
    self.isRead = isRead
    self.isWritten = isWritten
    self.keeps = keeps
    self.remarks = remarks
  }

  /// The page on the format.
  public var page: String {
    var lines = ["\(name): \(title)", ""]
    if !extensions.isEmpty {
      lines.append("Extensions  " + extensions.map { ".\($0)" }.joined(separator: " "))
    }
    if !schemes.isEmpty {
      lines.append("Addresses   " + schemes.map { "\($0)://" }.joined(separator: " "))
    }
    lines.append(
      "Direction   " + (isRead ? (isWritten ? "read and written" : "read") : "written"))
    let kept = Feature.allCases.filter { keeps.contains($0) }.map(\.rawValue)
    let lost = Feature.allCases.filter { !keeps.contains($0) }.map(\.rawValue)
    lines.append("Keeps       " + (kept.isEmpty ? "values only" : kept.joined(separator: ", ")))
    if !lost.isEmpty { lines.append("Cannot hold " + lost.joined(separator: ", ")) }
    for remark in remarks { lines.append("            " + remark) }
    return lines.joined(separator: "\n")
  }
}
