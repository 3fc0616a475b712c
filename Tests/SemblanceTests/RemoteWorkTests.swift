// SPDX-License-Identifier: Apache-2.0
import Contracts
import Foundation
import Formats
import Releases
import Tables
import Testing

@testable import Semblance

@Suite struct `Remote work` {
  /// Counts and mean ages by region, the greatest income, a picture, and a word on the way.
  private static let script = """
    awk -F, 'NR == 1 { print "region,n,age,top"; next }
      { n[$4]++; age[$4] += $2; if ($6 + 0 > top[$4]) top[$4] = $6 + 0 }
      END { for (r in n) print r "," n[r] "," age[r] / n[r] "," top[r] }' "$1" | sort -r > means.csv
    awk -F, 'NR == 1 { print "id,age"; next } { print $1 "," $2 }' "$1" > everybody.csv
    cp "$1" copy.txt
    head -n 2 "$1"
    """

  private static func bundle(_ place: Place, analyses: String, script: String?) throws {
    try place.write(RealFile.survey(rowCount: 500).text, to: "people.csv")
    var request = SynthesizeRequest(
      input: place.path + "/people.csv", output: place.path + "/people.release", seed: "1",
      isEvaluated: false)
    let contract =
      "contract: 1\nanalyses: [{model: income ~ age + region, family: gaussian, overlap: 0}]\n"
    request.contract = try Contract(yaml: contract, file: "c")
    request.contractText = contract
    _ = try SynthesizeVerb(request).run()
    let folder = try RemotePackVerb(release: place.path + "/people.release").run()
    #expect(folder == place.path + "/people.bundle")
    if let script { try place.write(script, to: "people.bundle/means.sh") }
    if !analyses.isEmpty || script != nil {
      try place.write(
        "request: 1\nanalyses: [\(analyses)]\nscript: \(script == nil ? "null" : "means.sh")\n",
        to: "people.bundle/request.yaml")
    }
  }

  @Test func `a bundle holds the synthetic table and the contract's analyses, and nothing real`()
    throws
  {
    let place = try Place()
    try Self.bundle(place, analyses: "", script: nil)
    #expect(
      try place.names(in: "people.bundle") == [
        "people.synthetic.csv", "manifest.json", "dictionary.yaml", "request.yaml", "README.md",
      ])
    let bundle = try RemoteBundle(place.path + "/people.bundle")
    #expect(bundle.request.analyses.map(\.text) == ["linear: income ~ age + region"])
    #expect(bundle.scriptDataName == "people.csv")
    #expect(throws: DataError.self) {
      try RemotePackVerb(release: place.path + "/people.owner").run()
    }
    // What was tried must have been tried on the release's rows.
    try place.write("id\n1\n", to: "people.bundle/people.synthetic.csv")
    #expect(throws: DataError.self) { try RemoteBundle(place.path + "/people.bundle") }
  }

  @Test func `overlaps and checked tables come back, and all else stays`() throws {
    let place = try Place()
    try Self.bundle(place, analyses: "'linear: income ~ age + region'", script: Self.script)
    let tried = try RemoteRunVerb(bundle: place.path + "/people.bundle").run()
    #expect(tried.isFine && tried.withheldFolder == nil)
    #expect(
      try place.names(in: "people.tried") == ["checks.md", "coefficients.csv", "table-means.csv"])
    let result = try RemoteRunVerb(
      bundle: place.path + "/people.bundle", real: place.path + "/people.csv"
    ).run()
    #expect(result.isFine)
    #expect(
      try place.names(in: "people.returned") == ["checks.md", "overlap.csv", "table-means.csv"])
    #expect(
      try place.names(in: "people.withheld").isSuperset(
        of: ["output-means.csv", "output-everybody.csv", "output-copy.txt", "standard-output.txt"]))
    let mode = try FileManager.default.attributesOfItem(atPath: place.path + "/people.withheld")
    #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o700)
    // Each region has about 125 people; the greatest income is one person's.
    let means = try place.text("people.returned/table-means.csv").split(separator: "\n")
    #expect(means.count == 5 && means[0] == "region,n,age,top")
    for line in means.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(Int(cells[1]).map { $0 % 5 == 0 && (80...170).contains($0) } ?? false)
      #expect(Double(cells[2]).map { (40...55).contains($0) } ?? false)
      #expect(cells[3].isEmpty)
    }
    // The income's slope is real: intervals on rows of the same size overlap well.
    let overlap = try #require(result.overlaps.first?.overlap)
    #expect((0...1).contains(overlap))
    let rows = try place.text("people.returned/overlap.csv").split(separator: "\n")
    #expect(rows.count == 6 && rows[0].hasSuffix("standard error,overlap"))
  }

  @Test func `nothing of a record is in what may leave`() throws {
    let place = try Place()
    // A script that wants all: a word of each record as a name, a header, a file's name and a complaint.
    let script = """
      id=$(awk -F, 'NR == 3 { print $9 }' "$1")
      printf 'n,%s\\n100,1\\n' "$id" > header.csv
      printf 'word,n\\n%s,100\\n' "$id" > word.csv
      printf 'n,x\\n100,2\\n' > "$id.csv"
      echo "$id"
      echo "$id" >&2
      exit 3
      """
    try Self.bundle(place, analyses: "", script: script)
    let result = try RemoteRunVerb(
      bundle: place.path + "/people.bundle", real: place.path + "/people.csv"
    ).run()
    #expect(!result.isFine)
    for name in try place.names(in: "people.returned") {
      let text = try place.text("people.returned/\(name)")
      #expect(!name.contains("person") && !text.contains("person"), "\(name)")
    }
    #expect(try place.names(in: "people.returned") == ["checks.md", "table-word.csv"])
    #expect(try place.text("people.returned/table-word.csv") == "word,n\n,100\n")
  }

  @Test(
    arguments: [
      ("analyses: []", "version", 1), ("request: 1\nscript: ../x", "no file of the bundle", 2),
      ("request: 1\ncommand: [sh]", "no script", 1), ("request: 1\nmodels: []", "no key", 2),
      ("request: 1\nanalyses:\n  - 'lm: a ~ b'", "begin with a model", 3), ("", "empty", 1),
    ])
  func `a request that cannot be run is refused with its line`(
    text: String, words: String, line: Int
  ) throws {
    let place = try Place()
    try Self.bundle(place, analyses: "", script: nil)
    try place.write(text, to: "people.bundle/request.yaml")
    let error = try #require(throws: DataError.self) {
      try RemoteRunVerb(bundle: place.path + "/people.bundle").run()
    }
    #expect(error.message.contains(words), "\(error)")
    #expect(error.line == line)
  }
}
