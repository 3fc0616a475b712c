// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Which cells of a table are replaced by generated ones while all others stay real.
public struct ReplacementRequest: Hashable, Sendable {
  /// The columns, each by itself or several with commas between them; none for all.
  public var variables: [String]
  /// The rows, in the language of formulas; `nil` for all.
  public var condition: String?

  /// Creates a request.
  public init(variables: [String] = [], condition: String? = nil) {
    self.variables = variables
    self.condition = condition
  }

  /// What was asked for to make a table of which some is real.
  init(_ extent: PartialExtent) {
    self.init(variables: extent.kept.isEmpty ? [] : extent.replaced, condition: extent.condition)
  }
}
