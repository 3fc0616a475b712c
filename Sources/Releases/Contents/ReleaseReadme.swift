// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// The page that stands beside released data: what it is, what to use it for, how to cite and repeat it.
public struct ReleaseReadme: Sendable {
  /// The data set's name.
  public var name: String
  /// The data file's name.
  public var dataFile: String
  /// The rows made.
  public var rowCount: Int
  /// The columns.
  public var columnCount: Int
  /// The manifest.
  public var manifest: ReleaseManifest
  /// What was found of its fidelity, one line each, rounded.
  public var findings: [String]

  /// Creates a page.
  public init(
    name: String, dataFile: String, rowCount: Int, columnCount: Int, manifest: ReleaseManifest,
    findings: [String]
  ) {
    self.name = name
    self.dataFile = dataFile
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.manifest = manifest
    self.findings = findings
  }

  /// The text, in Markdown.
  public var text: String {
    let software = "\(manifest.software.name) \(manifest.software.version)"
    let regenerated = names(of: .regenerated)
    let findings =
      self.findings.isEmpty
      ? "Fidelity and risk were not measured in this run."
      : self.findings.map { "- \($0)" }
        .joined(separator: "\n")
    let made =
      regenerated.isEmpty
      ? "" : "\nMade anew in their pattern only, unrelated to anything: \(regenerated).\n"
    return """
      # \(SyntheticMark.title(ReleaseReadme.plain(name)))

      \(SyntheticMark.statement)

      `\(ReleaseReadme.plain(dataFile))` has \(rowCount) synthetic rows and \(columnCount) columns. \
      It was made by \(software) with the method "\(manifest.options.method)", fitted to a real table \
      that is not included.

      ## What is here

      - `\(ReleaseReadme.plain(dataFile))`: the data
      - `report.html`: what is faithful, and how it was made; opens offline in any browser
      - `statement.json`: the same figures for programs, rounded
      - `datapackage.json`, `ddi.xml`: the codebook (Data Package 2, DDI-Codebook 2.5)
      - `codebook-*`: the same for DDI-Lifecycle, CSV on the Web, Croissant, metasyn (GMF) and SDV, as
        far as each has room
      - `manifest.json`: versions, seed, plan, options and the hash of every file

      ## What it is faithful to, and what not

      \(findings)
      \(made)
      Use it to write and test code, to teach, and to plan an analysis. Confirm any finding on the real \
      data before it is published. Rare levels and extreme values of the real data were left out or \
      blurred on purpose, so rare groups, totals of skewed variables and outliers are not faithful.

      ## How to cite

      > \(SyntheticMark.title(ReleaseReadme.plain(name))). Generated with \(software), \
      seed "\(ReleaseReadme.plain(manifest.randomness.seed))", \
      data SHA-256 \(manifest.files.first { $0.path == dataFile }?.sha256.prefix(16) ?? "").

      ## How to reproduce

      The owner of the real table can make the same bytes again with the same version, options and seed:

          semblance synthesize TABLE --rows \(rowCount) --seed "\(ReleaseReadme.plain(manifest.randomness.seed))"\(options)

      `sha256sum \(ReleaseReadme.plain(dataFile))` must then print the hash that `manifest.json` gives.

      """
  }

  private var options: String {
    " --minimum-leaf \(manifest.options.minimumLeafCount)"
      + " --minimum-count \(manifest.options.minimumLevelCount)"
      + (manifest.options.control == "holdout share" ? " --holdout SHARE" : "")
  }

  private func names(of action: PlanAction) -> String {
    manifest.plan.steps.filter { $0.action == action }
      .map { "`\(ReleaseReadme.plain($0.variable))`" }.joined(separator: ", ")
  }

  /// A text without signs that Markdown or a terminal could take for commands.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { sign in
          sign.value < 0x20 || "`<>\"\\".unicodeScalars.contains(sign) ? "_" : sign
        }))
  }
}
