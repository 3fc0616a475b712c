// SPDX-License-Identifier: Apache-2.0
public import Synthesis

/// The picture of what hangs on what, as a file of its own.
public struct DependencePicture: Sendable {
  private let chart: DependenceChart

  /// Creates a picture; `nil` where no variable hangs on another.
  public init?(_ structure: DependenceStructure) {
    chart = DependenceChart(structure: structure)
    if chart.isEmpty { return nil }
  }

  /// The picture, SVG.
  public var svg: String {
    let style =
      "svg{background:#fff}text{font:12px system-ui,sans-serif;fill:#1c2430}"
      + ".dot{fill:#0b6bcb}.arc{fill:none;stroke:#0b6bcb}.exact{stroke:#c2410c}"
    let body = chart.svg.markup
    guard let end = body.firstIndex(of: ">") else { return body }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\"" + body[..<end].dropFirst("<svg".count)
      + "><style>\(style)</style>" + body[body.index(after: end)...] + "\n"
  }
}
