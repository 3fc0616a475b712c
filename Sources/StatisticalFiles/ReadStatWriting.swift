// SPDX-License-Identifier: Apache-2.0
import CReadStat
import Formats
import Schemas
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Drives ReadStat's writer along a plan.
struct ReadStatWriting {
  let plan: ExportPlan
  let isCompressed: Bool
  let path: String

  func run() throws(DataError) {
    guard let writer = readstat_writer_init() else {
      throw DataError("there is no memory left", file: path, remedy: "Close other programs.")
    }
    defer { readstat_writer_free(writer) }
    let sink = try FileSink(path: path)
    readstat_set_data_writer(writer) { data, length, context in
      guard let data, let context else { return -1 }
      let sink = Unmanaged<FileSink>.fromOpaque(context).takeUnretainedValue()
      return sink.gather(UnsafeRawBufferPointer(start: data, count: length)) ? length : -1
    }
    try setUp(writer)
    let variables = try addVariables(writer)
    try check(begin(writer, context: Unmanaged.passUnretained(sink).toOpaque()))
    try writeRows(writer, variables)
    try check(readstat_end_writing(writer))
    try sink.finish()
  }

  private typealias Writer = UnsafeMutablePointer<readstat_writer_t>
  private typealias Handle = UnsafeMutablePointer<readstat_variable_t>

  private func check(_ error: readstat_error_t, column: String? = nil) throws(DataError) {
    guard error != READSTAT_OK else { return }
    let reason = readstat_error_message(error).map { String(cString: $0) } ?? "unknown"
    throw DataError(
      "the file cannot be written: \(reason.prefix(1).lowercased() + reason.dropFirst())",
      file: path, column: column,
      remedy: "Choose another format with --format, or leave the variable out.")
  }

  // MARK: The file

  private func setUp(_ writer: Writer) throws(DataError) {
    try check(readstat_writer_set_file_label(writer, plan.fileLabel))
    // The library prints local time; noon of one day, wherever the computer stands.
    var day = tm()
    day.tm_year = 100
    day.tm_mday = 1
    day.tm_hour = 12
    day.tm_isdst = -1
    try check(readstat_writer_set_file_timestamp(writer, mktime(&day)))
    switch plan.kind {
    case .sav:
      try check(
        readstat_writer_set_compression(
          writer, isCompressed ? READSTAT_COMPRESS_ROWS : READSTAT_COMPRESS_NONE))
    case .zsav: try check(readstat_writer_set_compression(writer, READSTAT_COMPRESS_BINARY))
    case .dta, .xpt:
      try check(
        readstat_writer_set_file_format_version(writer, UInt8(clamping: plan.limits.version)))
      if plan.kind == .xpt {
        try check(
          readstat_writer_set_table_name(writer, plan.tableName.isEmpty ? "DATA" : plan.tableName))
      }
    case .por, .sas7bdat: break
    }
    for note in plan.notes { readstat_add_note(writer, note) }
  }

  private func begin(
    _ writer: Writer, context: UnsafeMutableRawPointer
  ) -> readstat_error_t {
    switch plan.kind {
    case .sav, .zsav: readstat_begin_writing_sav(writer, context, plan.rowCount)
    case .por: readstat_begin_writing_por(writer, context, plan.rowCount)
    case .dta: readstat_begin_writing_dta(writer, context, plan.rowCount)
    case .xpt: readstat_begin_writing_xport(writer, context, plan.rowCount)
    case .sas7bdat: READSTAT_ERROR_UNSUPPORTED_FILE_FORMAT_VERSION
    }
  }

  // MARK: Variables

  private func addVariables(_ writer: Writer) throws(DataError) -> [Handle] {
    var handles: [Handle] = []
    var sets = LabelSets(writer: writer, kind: plan.kind)
    for variable in plan.variables {
      let type = Self.type(variable.storage)
      guard let handle = readstat_add_variable(writer, variable.name, type, variable.width) else {
        throw DataError("there is no memory left", file: path, remedy: "Close other programs.")
      }
      readstat_variable_set_label(handle, variable.label)
      if !variable.format.isEmpty { readstat_variable_set_format(handle, variable.format) }
      if let set = sets.set(for: variable, type: type) {
        readstat_variable_set_label_set(handle, set)
      }
      switch variable.measure {
      case .nominal: readstat_variable_set_measure(handle, READSTAT_MEASURE_NOMINAL)
      case .ordinal: readstat_variable_set_measure(handle, READSTAT_MEASURE_ORDINAL)
      case .scale: readstat_variable_set_measure(handle, READSTAT_MEASURE_SCALE)
      case nil: break
      }
      let isText = variable.storage == .text || variable.storage == .longText
      switch variable.alignment ?? (isText ? .left : .right) {
      case .left: readstat_variable_set_alignment(handle, READSTAT_ALIGNMENT_LEFT)
      case .center: readstat_variable_set_alignment(handle, READSTAT_ALIGNMENT_CENTER)
      case .right: readstat_variable_set_alignment(handle, READSTAT_ALIGNMENT_RIGHT)
      }
      if variable.displayWidth > 0 {
        readstat_variable_set_display_width(handle, Int32(clamping: variable.displayWidth))
      }
      try addMissing(variable, to: handle)
      handles.append(handle)
    }
    if let weight = plan.weight {
      try check(readstat_writer_set_fweight_variable(writer, handles[weight]))
    }
    return handles
  }

  private func addMissing(_ variable: ExportVariable, to handle: Handle) throws(DataError) {
    for range in variable.missingRanges {
      try check(
        readstat_variable_add_missing_double_range(
          handle, range.lowest ?? -Double.infinity, range.highest ?? Double.infinity),
        column: variable.name)
    }
    for number in variable.missingNumbers {
      try check(
        readstat_variable_add_missing_double_value(handle, number), column: variable.name)
    }
    for text in variable.missingTexts {
      try check(readstat_variable_add_missing_string_value(handle, text), column: variable.name)
    }
  }

  static func type(_ storage: StoredForm.Storage) -> readstat_type_t {
    switch storage {
    case .text: READSTAT_TYPE_STRING
    case .longText: READSTAT_TYPE_STRING_REF
    case .int8: READSTAT_TYPE_INT8
    case .int16: READSTAT_TYPE_INT16
    case .int32: READSTAT_TYPE_INT32
    case .float: READSTAT_TYPE_FLOAT
    case .double: READSTAT_TYPE_DOUBLE
    }
  }

  // MARK: Rows

  private func writeRows(_ writer: Writer, _ handles: [Handle]) throws(DataError) {
    var references: [[OpaquePointerBox]] = []
    for variable in plan.variables {
      guard variable.storage == .longText, case .texts(_, let list) = variable.cells else {
        references.append([])
        continue
      }
      references.append(list.map { OpaquePointerBox(readstat_add_string_ref(writer, $0)) })
    }
    for row in 0..<plan.rowCount {
      try check(readstat_begin_row(writer))
      for (place, variable) in plan.variables.enumerated() {
        let error: readstat_error_t
        switch variable.cells {
        case .numbers(let values, let tags):
          error = insert(values[row], tags[row], variable.storage, writer, handles[place])
        case .texts(let codes, let list):
          let text = Int(codes[row])
          if variable.storage == .longText {
            error = readstat_insert_string_ref(
              writer, handles[place], references[place][text].pointer)
          } else {
            error = readstat_insert_string_value(writer, handles[place], list[text])
          }
        }
        try check(error, column: variable.name)
      }
      try check(readstat_end_row(writer))
    }
  }

  private struct OpaquePointerBox {
    let pointer: UnsafeMutablePointer<readstat_string_ref_t>?
    init(_ pointer: UnsafeMutablePointer<readstat_string_ref_t>?) { self.pointer = pointer }
  }

  private func insert(
    _ value: Double, _ tag: UInt8, _ storage: StoredForm.Storage, _ writer: Writer,
    _ handle: Handle
  ) -> readstat_error_t {
    if tag == CellStore.systemMissing { return readstat_insert_missing_value(writer, handle) }
    if tag != CellStore.present {
      // SAS spells its kinds with capital letters.
      let letter = plan.kind == .xpt && tag != 0x5F ? tag & 0xDF : tag
      return readstat_insert_tagged_missing_value(writer, handle, CChar(bitPattern: letter))
    }
    switch storage {
    case .int8: return readstat_insert_int8_value(writer, handle, Int8(clamping: Int(value)))
    case .int16: return readstat_insert_int16_value(writer, handle, Int16(clamping: Int(value)))
    case .int32: return readstat_insert_int32_value(writer, handle, Int32(clamping: Int(value)))
    case .float: return readstat_insert_float_value(writer, handle, Float(value))
    default: return readstat_insert_double_value(writer, handle, value)
    }
  }
}
