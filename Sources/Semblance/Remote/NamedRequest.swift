// SPDX-License-Identifier: Apache-2.0
import Fidelity
import Tables

/// An analysis of a request with its text.
struct NamedRequest: Sendable {
  var text: String
  var analysis: NamedAnalysis

  init(_ text: String) throws(DataError) {
    self.text = text
    analysis = try NamedAnalysis(parsing: text)
  }
}
