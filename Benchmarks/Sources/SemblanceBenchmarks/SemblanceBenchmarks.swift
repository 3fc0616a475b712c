// SPDX-License-Identifier: Apache-2.0

/// The tools behind `Benchmarks/run`, one a word.
@main
struct SemblanceBenchmarks {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("measure", 2...): try Measurement.run(Array(arguments.dropFirst()))
    case ("make", 3...): try TableMaker.make(arguments[1], Array(arguments.dropFirst(2)))
    case ("read", 3): try ReadingSpeed.measure(arguments[1], threads: Int(arguments[2]) ?? 1)
    case ("busy", 2): BusyLoop.run(Int(arguments[1]) ?? 1)
    default:
      print(
        """
        measure COMMAND …      run it; print wall seconds, CPU seconds and peak MB, tab-separated
        make ordinals ROWS     305 whole-number columns of 0–4 that hang together, as CSV
        make levels ROWS       a column of 50,000 levels beside five others
        make mixed BYTES       text, numbers and dates, to read at speed
        make resample ROWS FILE   rows of a CSV file drawn with replacement
        read FILE THREADS      read a CSV file typed; print MB/s of wall time and of CPU time
        busy ROUNDS            a loop that fits any cache, the machine's own measure
        """)
    }
  }
}
