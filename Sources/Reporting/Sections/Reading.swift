// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// The sentence that says how to read a group of figures.
struct Reading {
  let means: String
  let meansNot: String

  var html: HTML {
    "<p><strong>It means:</strong> \(means). <strong>It does not mean:</strong> \(meansNot).</p>"
  }
}
