// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What was not measured, and why; many things with one reason stand in one line.
struct SkippedList {
  private let skipped: [FidelityReport.Skipped]

  init(_ skipped: [FidelityReport.Skipped]) { self.skipped = skipped }

  var html: HTML {
    var reasons: [String] = []
    var names: [String: [String]] = [:]
    for entry in skipped {
      if names[entry.reason] == nil { reasons.append(entry.reason) }
      names[entry.reason, default: []].append(entry.name)
    }
    var items: HTML = ""
    for reason in reasons {
      items += "<li>\((names[reason] ?? []).joined(separator: ", ")): \(reason)</li>"
    }
    return "<ul>\(items)</ul>"
  }
}
