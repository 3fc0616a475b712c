// SPDX-License-Identifier: Apache-2.0
public import Tables

extension VariableLayout {
  /// For each bin of present values the level or the single value it stands for, as text; `nil` for a
  /// bin of several.
  public var levelNames: [String?] {
    switch content {
    case .levels(let layout):
      guard layout.groupStarts.isEmpty else {
        return [String?](repeating: nil, count: presentBinCount)
      }
      let names: [String?] = layout.levels.plainTexts
      return names + [String?](repeating: nil, count: presentBinCount - names.count)
    case .scale(let layout):
      return layout.cells.map { cell in
        guard cell.smoothWeight == 0, cell.spikes.count == 1 else { return nil }
        return Self.plain(cell.spikes[0].value)
      }
    }
  }

  fileprivate static func plain(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
  }
}

extension ColumnValues {
  /// The values as plain text: whole numbers without a point, truth values as `true` and `false`.
  public var plainTexts: [String] {
    switch self {
    case .texts(let codes, let pool): codes.map { pool[Int($0)] }
    case .booleans(let list): list.map { $0 ? "true" : "false" }
    case .numbers, .wholeNumbers, .dates, .times, .dateTimes: scaleValues.map(VariableLayout.plain)
    }
  }
}
