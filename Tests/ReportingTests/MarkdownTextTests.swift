// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Testing

@testable import Reporting

struct MarkdownTextTests {
  private func markdown(_ html: HTML) -> String { MarkdownText(markup: html.markup).text }

  @Test func `headings, paragraphs and lists keep their order and form`() {
    let text = markdown(
      """
      <h2 id="a">Title</h2><p>One <strong>two</strong> <em>three</em>.</p>
      <ul><li>first</li><li>second</li></ul><dl class="facts"><dt>Rows</dt><dd>5</dd></dl><p>End</p>
      """)
    #expect(
      text
        == "## Title\n\nOne **two** *three*.\n\n- first\n- second\n- **Rows**: 5\n\nEnd\n")
  }

  @Test func `a table is one, with figures to the right`() {
    let text = markdown(
      """
      <div class="scroll"><table><thead><tr><th>Name</th><th class="n">Figure</th></tr></thead>
      <tbody><tr><td class="name">a|b</td><td class="n">1<br><span class="quiet">up to 2</span></td></tr>
      </tbody></table></div>
      """)
    #expect(text == "| Name | Figure |\n| --- | ---: |\n| a\\|b | 1; up to 2 |\n")
  }

  @Test(arguments: [
    ("<img src=x>", "&lt;img src=x&gt;"), ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
    ("# no title", "\\# no title"), ("1. no list", "1\\. no list"), ("- no list", "\\- no list"),
    ("[no](link)", "\\[no\\](link)"), ("two\nlines", "two lines"), ("&lt;", "&amp;lt;"),
    ("\u{301}accent", "\u{301}accent"),
  ])
  func `a text stays the text it is`(text: String, written: String) {
    #expect(markdown("<p>\(text)</p>") == written + "\n")
  }

  @Test func `pictures, scripts and styles are left to the page`() {
    let text = markdown(
      "<style>p{}</style><p>a</p><svg><text>hidden</text></svg><script>hidden</script><nav>hidden</nav>"
    )
    #expect(text == "a\n")
  }

  @Test func `both reports say in Markdown what their pages say`() {
    let names = ["x", "y"]
    let page = ReportPage(
      forOwner: ReportPageTests.subject(names), fidelity: ReportPageTests.fidelity(names),
      disclosure: ReportPageTests.disclosure())
    let text = page.markdown
    for words in [
      "# t", "## What is faithful", "## What could be indicated", "## Decision and sign-off",
      "| Variable | with | Error |", "Owner’s report: do not publish", "424242",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(!text.contains("<"))
  }
}
