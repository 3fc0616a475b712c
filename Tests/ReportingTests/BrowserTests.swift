// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Foundation
import Testing

@testable import Reporting

/// A browser, where there is one.
private enum Browser {
  static let path: String? = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ]
  .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The page as the browser has it after its scripts ran.
  static func document(of html: String) throws -> String {
    let folder = NSTemporaryDirectory() + "semblance-browser-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/report.html"
    try Data(html.utf8).write(to: URL(fileURLWithPath: file))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "")
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--user-data-dir=\(folder)/profile", "--virtual-time-budget=2000", "--dump-dom",
      "file://" + file,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What a page becomes in a real browser, with names that would like to be markup.
@Suite(
  .enabled(if: Browser.path != nil, "no Chromium is installed, so pages are not opened in one"))
struct BrowserTests {
  private static let names = [
    PairSectionTests.nasty, "<b onmouseover=document.title='owned'>bold</b>",
    "&lt;i&gt;", "plain",
  ]

  private static func page() -> ReportPage {
    ReportPage(
      forOwner: ReportPageTests.subject(names, name: names[0]),
      fidelity: ReportPageTests.fidelity(names, labels: [names[0], names[1]]),
      disclosure: ReportPageTests.disclosure(), pairTables: PairSectionTests.tables(names))
  }

  @Test func `names and levels are shown as text, and none of them runs`() throws {
    let document = try Browser.document(of: Self.page().html)
    #expect(document.contains("</html>"))
    // A script that ran would have put its word where the title is.
    #expect(document.contains("<title>&lt;/script&gt;&lt;script&gt;document.title='owned'"))
    #expect(!document.contains("<title>owned"))
    #expect(!document.contains("<img"))
    #expect(!document.contains("<b onmouseover"))
    #expect(document.contains("&lt;b onmouseover=document.title='owned'&gt;bold"))
    #expect(document.contains("&amp;lt;i&amp;gt;"))
  }

  @Test func `the page's own script makes tables sort and shows a pair`() throws {
    let document = try Browser.document(of: Self.page().html)
    #expect(document.contains("<button type=\"button\" class=\"sort\">"))
    #expect(document.contains("<div id=\"pair-place\">"))
    #expect(document.contains("real % → synthetic %"))
    // 1 of 12,347 real rows and 9 of 100 synthetic ones, off by more than three standard errors.
    #expect(document.contains(">0.0 → 9.0</td>"))
    #expect(document.contains("<td class=\"n over\""))
  }

  @Test func `tables sort by a click and filter by a word`() throws {
    let rows = (0..<12).map {
      "<tr><td>word \($0)</td><td class=\"n\">\((7 * $0) % 12).5</td></tr>"
    }
    let table =
      "<div class=\"scroll\"><table><thead><tr><th>A</th><th class=\"n\">B</th></tr></thead><tbody>"
      + rows.joined() + "</tbody></table></div>"
    // A hand that clicks and types, and then writes down what it sees.
    let hand = """
      <script>(function(){var b=document.querySelectorAll('.sort');b[1].click();
      function seen(){return [].filter.call(document.querySelectorAll('tbody tr'),function(r){return !r.hidden})
      .map(function(r){return r.cells[1].textContent}).join(' ')}
      var up=seen();b[1].click();var down=seen(),f=document.querySelector('.filter input');
      f.value='WORD 1';f.dispatchEvent(new Event('input'));
      document.title=up+'|'+down+'|'+seen()+'|'+document.querySelector('.filter output').textContent
      +'|'+b[1].parentNode.getAttribute('aria-sort')})()</script>
      """
    let document = try Browser.document(
      of: "<!doctype html><title></title><body>\(table)\(PageScript.element.markup)\(hand)</body>")
    let ascending = (0..<12).map { "\($0).5" }
    // Of the twelve words 1, 10 and 11, with 7.5, 10.5 and 5.5.
    let title =
      ascending.joined(separator: " ") + "|" + ascending.reversed().joined(separator: " ")
      + "|10.5 7.5 5.5|3 of 12|descending"
    #expect(document.contains("<title>\(title)</title>"))
  }

  @Test func `without the script all tables are there, and what needs it is hidden`() throws {
    // A policy that knows no script stands for a browser that runs none.
    let html = Self.page().html.replacing(/script-src 'sha256-[^']*'/, with: "script-src 'none'")
    let document = try Browser.document(of: html)
    #expect(!document.contains("class=\"sort\""))
    #expect(document.contains("<div id=\"pair-place\" hidden=\"\">"))
    #expect(document.contains("The worst pairs"))
  }
}
