// SPDX-License-Identifier: Apache-2.0
import CReadStat
import Tables

/// What ReadStat tells while it reads a file.
final class ReadSession {
  /// A label as the file pairs it with a value.
  struct Label: Hashable {
    var code: String
    var text: String
  }

  var fileLabel = ""
  var tableName = ""
  var encoding = ""
  var version = 0
  var isCompressed = false
  var notes: [String] = []
  var weight: String?
  var variables: [DeclaredVariable] = []
  @exclusivity(unchecked) private(set) var stores: [CellStore] = []
  var labelSets: [String: [Label]] = [:]
  var failure: DataError?
  private(set) var libraryMessage = ""

  private let isStata: Bool
  private let progress: ProgressHandler
  private let maximumCellCount: Int
  private let byteCount: Int
  private let file: String
  private var expectedRows = 0
  private var lastShare = 0
  private var labelCount = 0

  init(
    file: String, isStata: Bool = false, byteCount: Int, maximumCellCount: Int,
    progress: ProgressHandler
  ) {
    self.isStata = isStata
    self.file = file
    self.byteCount = byteCount
    self.maximumCellCount = maximumCellCount
    self.progress = progress
  }

  static func of(_ context: UnsafeMutableRawPointer?) -> ReadSession? {
    context.map { Unmanaged<ReadSession>.fromOpaque($0).takeUnretainedValue() }
  }

  // MARK: What ReadStat calls

  func receive(_ metadata: UnsafeMutablePointer<readstat_metadata_t>) -> Int32 {
    // A damaged header may claim any number of rows; the file's size bounds what is believed.
    expectedRows = min(max(0, Int(readstat_get_row_count(metadata))), byteCount)
    fileLabel = Self.text(readstat_get_file_label(metadata))
    tableName = Self.text(readstat_get_table_name(metadata))
    encoding = Self.text(readstat_get_file_encoding(metadata))
    version = Int(readstat_get_file_format_version(metadata))
    isCompressed = readstat_get_compression(metadata) != READSTAT_COMPRESS_NONE
    return Self.go
  }

  func receive(note: UnsafePointer<CChar>?, number: Int32) -> Int32 {
    // Stata's note 0 is the number of notes.
    if isStata, number == 0 { return Self.go }
    guard notes.count < 100_000 else { return stop("the file has too many notes") }
    notes.append(Self.text(note))
    return Self.go
  }

  func receive(
    _ variable: UnsafePointer<readstat_variable_t>, labelSet: UnsafePointer<CChar>?
  ) -> Int32 {
    let declared = DeclaredVariable(variable, labelSet: labelSet)
    let room =
      variables.isEmpty ? expectedRows : min(expectedRows, byteCount / variables.count + 16)
    variables.append(declared)
    stores.append(CellStore(isText: declared.isText, capacity: min(room, 1 << 20)))
    return Self.go
  }

  func receive(weight variable: UnsafePointer<readstat_variable_t>) -> Int32 {
    weight = Self.text(readstat_variable_get_name(variable))
    return Self.go
  }

  func receive(
    labelSet: UnsafePointer<CChar>?, value: readstat_value_t, label: UnsafePointer<CChar>?
  ) -> Int32 {
    labelCount += 1
    guard labelCount < 10_000_000 else { return stop("the file has too many value labels") }
    let code: String
    switch readstat_value_type_class(value) {
    case READSTAT_TYPE_CLASS_STRING: code = Self.text(readstat_string_value(value))
    default:
      if readstat_value_is_tagged_missing(value) != 0 {
        code = "." + String(UnicodeScalar(Self.letter(value)))
      } else if readstat_value_is_system_missing(value) != 0 {
        code = "."
      } else {
        code = NumberCode.text(readstat_double_value(value))
      }
    }
    labelSets[Self.text(labelSet), default: []].append(Label(code: code, text: Self.text(label)))
    return Self.go
  }

  @inline(__always)
  func receive(
    row: Int32, _ variable: UnsafeMutablePointer<readstat_variable_t>, _ value: readstat_value_t
  ) -> Int32 {
    let index = Int(readstat_variable_get_index(variable))
    guard index >= 0, index < stores.count else { return stop("the file is damaged") }
    let store = stores[index]
    guard store.count == Int(row) else {
      return stop("the file is damaged: its rows do not follow one another")
    }
    if index == 0 { guard isRoom(forRow: Int(row)) else { return Self.abort } }
    if store.isText {
      guard readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING else {
        return stop("the file is damaged: a text variable holds a number")
      }
      store.append(text: readstat_string_value(value))
      return Self.go
    }
    if readstat_value_is_tagged_missing(value) != 0 {
      store.append(0, tag: Self.letter(value))
    } else if readstat_value_is_system_missing(value) != 0 {
      store.append(0, tag: CellStore.systemMissing)
    } else {
      let number: Double
      if readstat_value_type(value) == READSTAT_TYPE_FLOAT {
        number = NumberCode.decimal(ofSingle: readstat_float_value(value))
      } else {
        number = readstat_double_value(value)
      }
      store.append(
        number.isFinite ? number : 0,
        tag: number.isFinite ? CellStore.present : CellStore.systemMissing)
    }
    return Self.go
  }

  func receive(message: UnsafePointer<CChar>?) { libraryMessage = Self.text(message) }

  func receive(progress share: Double) -> Int32 {
    let percent = Int(max(0, min(1, share)) * 100)
    if percent > lastShare {
      lastShare = percent
      progress.report("reading", byteCount / 100 * percent, of: byteCount)
    }
    return Self.go
  }

  // MARK: Helpers

  private static let go = Int32(READSTAT_HANDLER_OK)
  private static let abort = Int32(READSTAT_HANDLER_ABORT)

  private func isRoom(forRow row: Int) -> Bool {
    guard row > 0,
      (row + 1).multipliedReportingOverflow(by: variables.count).overflow
        || (row + 1) * variables.count > maximumCellCount
    else { return true }
    failure = DataError(
      "the file holds more than \(maximumCellCount) cells", file: file,
      remedy: "Give fewer variables, or a sample of the rows.")
    return false
  }

  private func stop(_ message: String) -> Int32 {
    failure =
      failure
      ?? DataError(message, file: file, remedy: "Get the file again from where it came from.")
    return Self.abort
  }

  /// Stata's letters are small and SAS's large; both mean the same kind.
  private static func letter(_ value: readstat_value_t) -> UInt8 {
    let tag = UInt8(bitPattern: readstat_value_tag(value))
    let small = (0x41...0x5A).contains(tag) ? tag | 0x20 : tag
    return small == 0x5F || (0x61...0x7A).contains(small) ? small : CellStore.systemMissing
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}
