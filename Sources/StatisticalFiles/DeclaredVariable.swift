// SPDX-License-Identifier: Apache-2.0
import CReadStat
import Schemas

/// A variable as its file declares it.
struct DeclaredVariable {
  var name: String
  var label: String
  var measure: Measure?
  var stored: StoredForm
  var isText: Bool

  init(_ variable: UnsafePointer<readstat_variable_t>, labelSet: UnsafePointer<CChar>?) {
    name = Self.text(readstat_variable_get_name(variable))
    label = Self.text(readstat_variable_get_label(variable))
    let type = readstat_variable_get_type(variable)
    isText = readstat_type_class(type) == READSTAT_TYPE_CLASS_STRING
    switch readstat_variable_get_measure(variable) {
    case READSTAT_MEASURE_NOMINAL: measure = .nominal
    case READSTAT_MEASURE_ORDINAL: measure = .ordinal
    case READSTAT_MEASURE_SCALE: measure = .scale
    default: measure = nil
    }
    stored = StoredForm(
      storage: Self.storage(of: type),
      width: Int(clamping: readstat_variable_get_storage_width(variable)),
      format: Self.text(readstat_variable_get_format(variable)),
      displayWidth: Int(readstat_variable_get_display_width(variable)),
      alignment: Self.alignment(readstat_variable_get_alignment(variable)),
      statesMeasure: measure != nil)
    if let labelSet {
      let set = Self.text(labelSet)
      stored.labelSet = set.isEmpty ? nil : set
    }
    readMissing(variable)
  }

  private mutating func readMissing(_ variable: UnsafePointer<readstat_variable_t>) {
    for index in 0..<max(0, min(readstat_variable_get_missing_ranges_count(variable), 16)) {
      let low = readstat_variable_get_missing_range_lo(variable, index)
      let high = readstat_variable_get_missing_range_hi(variable, index)
      if isText {
        // SPSS has no ranges of texts.
        stored.missingValues.append(Self.text(readstat_string_value(low)))
        continue
      }
      let lowest = readstat_double_value(low)
      let highest = readstat_double_value(high)
      guard !lowest.isNaN, !highest.isNaN else { continue }
      if lowest == highest {
        stored.missingValues.append(NumberCode.text(lowest))
      } else {
        // The ends that stand for LOWEST and HIGHEST are the last numbers before infinity.
        stored.missingRanges.append(
          MissingRange(
            lowest: lowest <= -1.79e308 ? nil : lowest,
            highest: highest >= 1.79e308 ? nil : highest))
      }
    }
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }

  private static func storage(of type: readstat_type_t) -> StoredForm.Storage {
    switch type {
    case READSTAT_TYPE_STRING: .text
    case READSTAT_TYPE_STRING_REF: .longText
    case READSTAT_TYPE_INT8: .int8
    case READSTAT_TYPE_INT16: .int16
    case READSTAT_TYPE_INT32: .int32
    case READSTAT_TYPE_FLOAT: .float
    default: .double
    }
  }

  private static func alignment(_ alignment: readstat_alignment_t) -> StoredForm.Alignment? {
    switch alignment {
    case READSTAT_ALIGNMENT_LEFT: .left
    case READSTAT_ALIGNMENT_CENTER: .center
    case READSTAT_ALIGNMENT_RIGHT: .right
    default: nil
    }
  }
}
