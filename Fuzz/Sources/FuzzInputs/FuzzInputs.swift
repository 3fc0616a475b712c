// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Formats
import Randomness
import Schemas
import Semblance
import Synthesis
import Tables

/// What libFuzzer calls for each input: the first byte chooses a door, the rest is pushed through it.
///
/// Any `DataError` is a fine answer. A trap, a hang, memory that is read out of bounds or a file that
/// does not survive its own round trip is a fault.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let door = bytes.first else { return 0 }
  let content = Array(bytes.dropFirst())
  do {
    switch door & 3 {
    case 0: try pushDelimitedText(content)
    case 1: try pushGenerator(content)
    case 2: try pushDictionary(content)
    default: try pushWholeRun(content)
    }
  } catch is DataError {
    return 0
  } catch {
    fatalError("an error that is no DataError")
  }
  return 0
}

/// Reads a table, says what it means, and writes it.
private func pushDelimitedText(_ bytes: [UInt8]) throws {
  let document = try CSVReader().read(bytes: bytes, name: "fuzz.csv")
  let schema = SchemaInference().infer(document.table)
  _ = SchemaYAML.text(for: schema, rowCount: document.table.rowCount)
  _ = try CSVWriter(dialect: document.dialect).bytes(of: document.table)
}

/// Reads a generator file; one that is accepted must make rows, and be written as it was read.
private func pushGenerator(_ bytes: [UInt8]) throws {
  let generator = try Generator(decoding: bytes, name: "fuzz.semblance")
  let table = generator.model.sample(rows: 0..<5, key: RandomKey(seed: "fuzz"), threads: 1)
  precondition(table.rowCount == 5, "a generator that is accepted makes the rows asked for")
  _ = try Generator(decoding: try generator.encoded(), name: "again.semblance")
}

/// Applies a dictionary to a small table.
private func pushDictionary(_ bytes: [UInt8]) throws {
  let overrides = try SchemaOverrides(yaml: String(decoding: bytes, as: UTF8.self), file: "f.yaml")
  let table = try CSVReader().read(
    bytes: Array("a,b,c\n1,x,2020-01-31\n2,y,\n-9,x,2021-02-03\n".utf8), name: "small.csv"
  ).table
  let schema = try overrides.applied(to: SchemaInference().infer(table))
  _ = schema.markingMissing(in: table)
}

/// Fits a generator to a table, keeps it, and makes rows: slices of a run must fit together.
private func pushWholeRun(_ bytes: [UInt8]) throws {
  let document = try CSVReader().read(bytes: bytes, name: "fuzz.csv")
  let schema = SchemaInference().infer(document.table)
  let input = RealInput(
    path: "fuzz.csv", table: schema.markingMissing(in: document.table), schema: schema,
    dialect: document.dialect, diagnostics: document.diagnostics)
  let made = try Generator(fitting: input, options: FitOptions())
  let generator = try Generator(decoding: try made.encoded(), name: "fuzz.semblance")
  let key = RandomKey(seed: "fuzz")
  let whole = generator.model.sample(rows: 0..<8, key: key, threads: 1)
  let part = made.model.sample(rows: 3..<6, key: key, threads: 1)
  let writer = CSVWriter(dialect: document.dialect)
  let slice = try writer.bytes(of: whole.selecting(rows: [3, 4, 5]))
  let written = try writer.bytes(of: part)
  precondition(slice == written, "a slice of a run equals the same rows of the whole")
}
