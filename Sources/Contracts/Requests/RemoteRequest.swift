// SPDX-License-Identifier: Apache-2.0
public import Tables

/// What somebody without access asks of a real table: analyses by name, and a script.
///
/// It is the file `request.yaml` of a bundle for remote work.
public struct RemoteRequest: Hashable, Sendable {
  /// The name of its file.
  public static let fileName = "request.yaml"

  /// An analysis as it is written: a model, a colon and a formula.
  public struct Analysis: Hashable, Sendable {
    /// The text, such as `linear: income ~ age + sex`.
    public var text: String
    /// Where it stands.
    public var place: ClausePlace
  }

  /// The analyses whose coefficients are compared.
  public var analyses: [Analysis] = []
  /// The script, by its name in the bundle; `nil` for none.
  public var script: String?
  /// The program that runs it and its first arguments; empty lets the script's extension decide.
  public var command: [String] = []
  /// Further files of the bundle that the script reads.
  public var files: [String] = []

  /// Creates a request that asks nothing.
  public init() {}

  /// Reads a request.
  ///
  /// - Throws: `DataError` with file, line and position where the text is none.
  public init(yaml text: String, file: String) throws(DataError) {
    let root = try ContractNode(yaml: text, file: file, name: "the request")
    var version: Int?
    for (key, value, _) in try root.entries(
      among: ["request", "analyses", "script", "command", "files"])
    {
      switch key {
      case "request": version = try value.whole(1...1)
      case "analyses":
        for entry in try value.list() {
          analyses.append(Analysis(text: try entry.words(), place: entry.textPlace))
        }
      case "script": script = value.isNothing ? nil : try Self.fileName(value)
      case "command":
        for entry in try value.list() { command.append(try entry.words()) }
      default:
        for entry in try value.list() { files.append(try Self.fileName(entry)) }
      }
    }
    guard version != nil else {
      throw root.problem(
        "the request does not say its version", remedy: "Start the file with `request: 1`.")
    }
    if !command.isEmpty, script == nil {
      throw root.problem(
        "the request has a command but no script", remedy: "Name the script with `script: FILE`.")
    }
  }

  /// A name within the bundle, not a path that leads out of it.
  private static func fileName(_ node: ContractNode) throws(DataError) -> String {
    let name = try node.words()
    guard !name.contains("/"), !name.contains("\\"), !name.hasPrefix(".") else {
      throw node.problem(
        "\(node.name) is no file of the bundle",
        remedy: "Put the file into the bundle's folder, and give its name alone.")
    }
    return name
  }

  /// The text of a first request, for the analyses that a contract names.
  public static func draft(for contract: Contract?, dataFile: String) -> String {
    let clauses = contract?.analyses ?? []
    let analyses = clauses.map { clause in
      let model = clause.family == .binomial ? "logistic" : "linear"
      return "  - '\(model): \(clause.model.replacing("'", with: "''"))'\n"
    }.joined()
    return """
      # What is asked of the real table. Change it, and try it with `semblance remote run`.
      request: 1

      # Models whose coefficients are compared; linear, logistic, poisson, ordered or cox:
      #   - 'linear: income ~ age + sex'
      analyses:\(analyses.isEmpty ? " []\n" : "\n" + analyses)
      # A script in this folder, in any language. It gets the data file's name as its argument, finds the
      # file in its working folder, and writes tables there as CSV. Each needs a column n: the number of
      # records behind each row. What names a row stands left of it, figures stand right of it.
      script: null
      # The program that runs it, if its extension does not say so, as [Rscript, --vanilla].
      command: []
      # Further files of this folder that it reads.
      files: []

      """
  }
}
