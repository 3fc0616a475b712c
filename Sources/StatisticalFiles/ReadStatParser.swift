// SPDX-License-Identifier: Apache-2.0
import CReadStat
import Tables

/// Runs ReadStat over a file.
struct ReadStatParser {
  let session: ReadSession
  let file: String
  /// Whether rows are read, and not the dictionary alone.
  var readsRows = true

  /// Reads a file; what it says is in the session then.
  func run(_ format: StatisticalFormat, path: String) throws(DataError) {
    try parse { parser, context in
      switch format {
      case .sav, .zsav: readstat_parse_sav(parser, path, context)
      case .por: readstat_parse_por(parser, path, context)
      case .dta: readstat_parse_dta(parser, path, context)
      case .xpt: readstat_parse_xport(parser, path, context)
      case .sas7bdat: readstat_parse_sas7bdat(parser, path, context)
      }
    }
  }

  /// Reads a SAS catalogue of value labels.
  func runCatalogue(path: String) throws(DataError) {
    try parse { readstat_parse_sas7bcat($0, path, $1) }
  }

  private func parse(
    _ body: (UnsafeMutablePointer<readstat_parser_t>, UnsafeMutableRawPointer) -> readstat_error_t
  ) throws(DataError) {
    guard let parser = readstat_parser_init() else {
      throw DataError("there is no memory left", file: file, remedy: "Close other programs.")
    }
    defer { readstat_parser_free(parser) }
    connect(parser)
    let input = BufferedInput()
    input.connect(to: parser)
    let context = Unmanaged.passUnretained(session).toOpaque()
    let result = withExtendedLifetime((session, input)) { body(parser, context) }
    if let failure = session.failure { throw failure }
    guard result == READSTAT_OK else {
      let reason = readstat_error_message(result).map { String(cString: $0) } ?? "unknown"
      throw DataError(
        "the file cannot be read: \(reason.prefix(1).lowercased() + reason.dropFirst())",
        file: file, remedy: Self.remedy(for: result))
    }
  }

  private static func remedy(for error: readstat_error_t) -> String {
    switch error {
    case READSTAT_ERROR_OPEN: "Check the name, and that you may read the file."
    case READSTAT_ERROR_UNSUPPORTED_CHARSET, READSTAT_ERROR_CONVERT_BAD_STRING:
      "Save the file as Unicode in the program it comes from."
    default:
      "Check that the extension names the true format and that the file is whole; get it again if not."
    }
  }

  private func connect(_ parser: UnsafeMutablePointer<readstat_parser_t>) {
    readstat_set_metadata_handler(parser) { metadata, context in
      guard let metadata, let session = ReadSession.of(context) else { return 1 }
      return session.receive(metadata)
    }
    readstat_set_note_handler(parser) { number, note, context in
      ReadSession.of(context)?.receive(note: note, number: number) ?? 1
    }
    readstat_set_variable_handler(parser) { _, variable, labels, context in
      guard let variable, let session = ReadSession.of(context) else { return 1 }
      return session.receive(variable, labelSet: labels)
    }
    readstat_set_fweight_handler(parser) { variable, context in
      guard let variable, let session = ReadSession.of(context) else { return 1 }
      return session.receive(weight: variable)
    }
    readstat_set_value_label_handler(parser) { labels, value, label, context in
      ReadSession.of(context)?.receive(labelSet: labels, value: value, label: label) ?? 1
    }
    connectEnds(parser)
    guard readsRows else { return }
    readstat_set_value_handler(parser) { row, variable, value, context in
      guard let variable, let context else { return 1 }
      // A call for each cell: nothing is retained for it.
      return Unmanaged<ReadSession>.fromOpaque(context)._withUnsafeGuaranteedRef {
        $0.receive(row: row, variable, value)
      }
    }
  }

  private func connectEnds(_ parser: UnsafeMutablePointer<readstat_parser_t>) {
    readstat_set_error_handler(parser) { message, context in
      ReadSession.of(context)?.receive(message: message)
    }
    readstat_set_progress_handler(parser) { share, context in
      ReadSession.of(context)?.receive(progress: share) ?? 1
    }
  }
}
