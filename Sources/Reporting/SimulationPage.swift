// SPDX-License-Identifier: Apache-2.0
public import Evaluation
public import Tables

/// The page that goes with simulated data: what they are, what they hold, and what the model leaves out.
///
/// It holds nothing of the truth that is kept apart.
public struct SimulationPage: Sendable {
  private let name: String
  private let tables: [Table]
  private let notes: String
  private let software: String
  private let seed: String
  private let contract: ContractReport?
  private let populationFiles: [String]

  private static let rowLimit = 200
  /// Tables of figures, which are shown as they are.
  private static let figures: Set<String> = ["comparison", "summary", "accounts"]

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - name: The data set's name.
  ///   - tables: The tables that are handed out.
  ///   - notes: What the model leaves out; empty if it does not say.
  ///   - software: What made them, with its version.
  ///   - seed: The seed of all draws.
  ///   - contract: How the contract was kept; nil without one.
  ///   - populationFiles: The files whose rows the model starts from.
  public init(
    name: String, tables: [Table], notes: String, software: String, seed: String,
    contract: ContractReport? = nil, populationFiles: [String] = []
  ) {
    self.contract = contract
    self.populationFiles = populationFiles
    self.name = name
    self.tables = tables
    self.notes = notes
    self.software = software
    self.seed = seed
  }

  /// The page.
  public var html: String {
    let sections = tables.map { table -> HTML in
      let body = Self.figures.contains(table.name) ? rows(table) : shapes(table)
      return """
        <h2>\(table.name)</h2><p class="quiet">\(Figure.count(table.rowCount)) rows, \
        \(table.columnCount) columns</p>\(body)
        """
    }
    let page: HTML = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="robots" content="noindex"><meta name="generator" content="\(software)">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <title>\(name): simulated data</title><link rel="icon" href="data:,">\
      <style>\(HTML(stringLiteral: StyleSheet.css))</style></head>
      <body><header><span class="mark">Synthetic: simulated by a model, not observed</span><h1>\(name)</h1></header>
      <main><p class="lead">These rows were drawn from a model that is written in a file. \(whose) No figure is a \
      forecast.</p>\(promises)\(leftOut)\(sections)</main>
      <footer>Made by \(software), seed \(seed). The model, the truth behind the data and any real input are kept \
      apart.</footer></body></html>

      """
    return page.markup
  }

  private var whose: HTML {
    guard !populationFiles.isEmpty else { return "No row describes a real person or record." }
    return """
      They start from the rows of \(populationFiles.joined(separator: ", ")): if these describe real persons or \
      records, so may values here.
      """
  }

  private var promises: HTML {
    contract.map { ContractSection(report: $0, isSimulated: true).html } ?? .empty
  }

  private var leftOut: HTML {
    let lines = notes.split(separator: "\n").map(String.init)
    guard let first = lines.first else { return .empty }
    let items = lines.dropFirst().map { line -> HTML in
      "<li>\(line.hasPrefix("- ") ? String(line.dropFirst(2)) : line)</li>"
    }
    return "<h2>What the model leaves out</h2><p>\(first)</p><ul>\(items)</ul>"
  }

  private func shapes(_ table: Table) -> HTML {
    let figures = table.columns.compactMap { column -> HTML? in
      guard !column.name.hasSuffix("_id"),
        let chart = SyntheticShape(column, variable: nil).chart
      else { return nil }
      return
        "<figure><h4>\(column.name)</h4>\(ShapeChart(chart, of: column.name, hasReal: false).svg)</figure>"
    }
    return "<div class=\"multiples\">\(figures)</div>"
  }

  private func rows(_ table: Table) -> HTML {
    let shown = min(Self.rowLimit, table.rowCount)
    let head = table.columns.map { column -> HTML in "<th>\(column.name)</th>" }
    let body = (table.rowCount - shown..<table.rowCount).map { row -> HTML in
      let cells = table.columns.map { column -> HTML in "<td>\(Self.text(column, row))</td>" }
      return "<tr>\(cells)</tr>"
    }
    let note: HTML = shown < table.rowCount ? "<p class=\"quiet\">The last \(shown) rows.</p>" : ""
    return """
      \(note)<div class="scroll"><table><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table></div>
      """
  }

  private static func text(_ column: Column, _ row: Int) -> String {
    guard !column.missing.isMissing(at: row) else { return "" }
    switch column.values {
    case .numbers(let list): return Figure.short(list[row])
    case .wholeNumbers(let list): return String(list[row])
    case .booleans(let list): return list[row] ? "true" : "false"
    case .texts(let codes, let pool): return pool[Int(codes[row])]
    case .dates(let list):
      let date = CalendarDate(daysSince1970: Int(list[row]))
      return "\(date.year)-\(date.month)-\(date.day)"
    case .times(let list), .dateTimes(let list): return String(list[row])
    }
  }
}
