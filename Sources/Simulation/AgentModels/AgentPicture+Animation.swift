// SPDX-License-Identifier: Apache-2.0

extension AgentPicture {
  /// The most frames, and the most marks in all of them.
  private static let frameLimit = 120
  private static let markLimit = 400_000

  /// A moving picture of the first run, a frame a recorded step, as SVG; nil if fewer than three steps are
  /// recorded, or there is too much to show.
  ///
  /// It runs in a browser, over and over, and needs no script.
  var animation: String? {
    guard let (name, model) = models.first, let run = runs.first else { return nil }
    let steps = Set(run.snapshots.map(\.step)).sorted()
    let marks = run.snapshots.reduce(0) { $0 + $1.ids.count }
    guard steps.count >= 3, steps.count <= Self.frameLimit, marks <= Self.markLimit else {
      return nil
    }
    let (size, gap) = (480.0, 20.0)
    let cell = size / Self.size(of: model).max()
    let length = Double(steps.count) * 0.4
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size + 2 * gap) \(size + 3 * gap)\" font-family=\"sans-serif\" font-size=\"14\">",
      "<title>Agents step by step</title>",
      "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
    ]
    for (place, step) in steps.enumerated() {
      // Each frame is seen in its own part of the whole time.
      let (from, to) = (
        Double(place) / Double(steps.count), Double(place + 1) / Double(steps.count)
      )
      let times =
        place == 0 ? "0;\(to)" : place == steps.count - 1 ? "0;\(from)" : "0;\(from);\(to)"
      let values =
        place == 0
        ? "visible;hidden" : place == steps.count - 1 ? "hidden;visible" : "hidden;visible;hidden"
      lines.append("<g visibility=\"\(place == 0 ? "visible" : "hidden")\">")
      lines.append(
        "<animate attributeName=\"visibility\" calcMode=\"discrete\" values=\"\(values)\" keyTimes=\"\(times)\" dur=\"\(length)s\" repeatCount=\"indefinite\"/>"
      )
      lines.append(
        "<text x=\"\(gap)\" y=\"\(gap)\">\(Self.escaped(name)) step \(step)</text>")
      lines += self.marks(run, gap, 1.5 * gap, cell, at: step)
      lines.append("</g>")
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }
}
