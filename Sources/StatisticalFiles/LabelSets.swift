// SPDX-License-Identifier: Apache-2.0
import CReadStat
import Schemas

/// The sets of value labels of a file that is being written; variables share equal ones of one name.
struct LabelSets {
  let writer: UnsafeMutablePointer<readstat_writer_t>
  let kind: StatisticalFormat
  private var sets:
    [(labels: [ExportVariable.Label], set: UnsafeMutablePointer<readstat_label_set_t>)] =
      []
  private var places: [String: Int] = [:]

  init(writer: UnsafeMutablePointer<readstat_writer_t>, kind: StatisticalFormat) {
    self.writer = writer
    self.kind = kind
  }

  /// The set of a variable, or `nil` if it has no labels.
  mutating func set(
    for variable: ExportVariable, type: readstat_type_t
  ) -> UnsafeMutablePointer<readstat_label_set_t>? {
    guard !variable.labels.isEmpty else { return nil }
    let wanted = variable.labelSet ?? variable.name
    var name = ExportLimits.cut(wanted, bytes: 32)
    var number = 1
    while let place = places[name] {
      // SPSS ties a set to variables of one type, Stata to a name.
      if kind == .dta, sets[place].labels == variable.labels { return sets[place].set }
      number += 1
      name = ExportLimits.cut(wanted, bytes: 28) + "_\(number)"
    }
    let isText = variable.storage == .text
    let setType =
      isText ? READSTAT_TYPE_STRING : (kind == .dta ? READSTAT_TYPE_INT32 : READSTAT_TYPE_DOUBLE)
    guard let set = readstat_add_label_set(writer, setType, name) else { return nil }
    for label in variable.labels {
      switch label.value {
      case .text(let code): readstat_label_string_value(set, code, label.text)
      case .letter(let letter):
        readstat_label_tagged_value(set, CChar(bitPattern: letter), label.text)
      case .number(let number):
        if kind == .dta {
          readstat_label_int32_value(set, Int32(clamping: Int(number)), label.text)
        } else {
          readstat_label_double_value(set, number, label.text)
        }
      }
    }
    places[name] = sets.count
    sets.append((variable.labels, set))
    return set
  }
}
