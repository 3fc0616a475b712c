// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
import Tables

/// Reads any bytes as delimited text, finds out what the columns mean, writes what was read, and reads
/// that again on two threads; none of it may crash or hang.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  guard let document = try? CSVReader().read(bytes: bytes, name: "input") else { return 0 }
  _ = SchemaInference().infer(document.table)
  guard let written = try? CSVWriter(dialect: document.dialect).bytes(of: document.table) else {
    return 0
  }
  let dialect = document.dialect
  let options = CSVReadOptions(
    delimiter: dialect.delimiter, quote: dialect.quote, encoding: dialect.encoding,
    hasHeader: dialect.hasHeader, decimalMark: dialect.decimalMark, threads: 2)
  _ = try? CSVReader(options: options).read(bytes: written, name: "output")
  return 0
}
