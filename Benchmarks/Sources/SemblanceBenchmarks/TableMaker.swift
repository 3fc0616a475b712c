// SPDX-License-Identifier: Apache-2.0
import Formats
import Randomness

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Makes the inputs of benchmarks on standard output, the same bytes each time.
enum TableMaker {
  static func make(_ kind: String, _ arguments: [String]) throws {
    let count = Int(arguments[0]) ?? 0
    var random = RandomKey(seed: "benchmark").stream(table: "", kind).stream(entity: 0)
    switch kind {
    case "ordinals": ordinals(count, &random)
    case "levels": levels(count, &random)
    case "mixed": mixed(count, &random)
    case "resample" where arguments.count == 2: try resample(count, arguments[1], &random)
    default: print("there is no kind of this name")
    }
  }

  /// Answers of one to five points, as a questionnaire has them: 61 themes of five questions.
  private static func ordinals(_ rows: Int, _ random: inout RandomStream) {
    var out = Output()
    out.put((1...305).map { "q\($0)" }.joined(separator: ",") + "\n")
    for _ in 0..<rows {
      var line = ""
      for _ in 0..<61 {
        let theme = Int.random(in: 0...4, using: &random)
        for _ in 0..<5 {
          let answer = theme + Int.random(in: -1...1, using: &random)
          line += "\(min(max(answer, 0), 4)),"
        }
      }
      out.put(line.dropLast() + "\n")
    }
    out.flush()
  }

  /// A column of 50,000 levels, the common ones far more often, beside five plain columns.
  private static func levels(_ rows: Int, _ random: inout RandomStream) {
    var out = Output()
    out.put("place,group,amount,count,kind,flag\n")
    for _ in 0..<rows {
      let u = Double.random(in: 0..<1, using: &random)
      let level = Int(u * u * 50_000)
      let group = level % 7
      let amount = Double(group * 1_000 + Int.random(in: 0..<2_000, using: &random)) / 10
      let count = Int.random(in: 0...group + 1, using: &random)
      out.put(
        "P\(level),g\(group),\(amount),\(count),\(count > 2 ? "many" : "few"),\(level & 1 == 0 ? "yes" : "no")\n"
      )
    }
    out.flush()
  }

  /// Rows of text, whole numbers, decimals and dates, up to a size.
  private static func mixed(_ size: Int, _ random: inout RandomStream) {
    var out = Output()
    out.put("id,city,age,income,score,day,answer\n")
    let cities = ["Leeds", "York", "Hull", "Bath", "\"Stoke, on Trent\"", "Ely", "Wells", "Truro"]
    var row = 0
    while out.total < size {
      row += 1
      let place = Int.random(in: 0..<cities.count, using: &random)
      let cents = Int.random(in: 0..<90_000_00, using: &random)
      let score = Int.random(in: -9_999_999...9_999_999, using: &random)
      let month = Int.random(in: 10...12, using: &random)
      let day = Int.random(in: 10...28, using: &random)
      out.put(
        "\(row),\(cities[place]),\(Int.random(in: 0...99, using: &random)),\(cents / 100).\(10 + cents % 90),"
          + "\(Double(score) / 1_000_000),20\(10 + row % 15)-\(month)-\(day),"
          + (score & 7 == 0 ? "NA\n" : "yes\n"))
    }
    out.flush()
  }

  /// Rows of a file drawn with replacement, its header first; cells may hold no line ends.
  private static func resample(_ rows: Int, _ path: String, _ random: inout RandomStream) throws {
    let lines = try FileBytes.read(path).split(separator: UInt8(ascii: "\n"))
    guard let header = lines.first, lines.count > 1 else { return }
    var out = Output()
    out.put(bytes: header)
    for _ in 0..<rows {
      out.put(bytes: lines[Int.random(in: 1..<lines.count, using: &random)])
    }
    out.flush()
  }

  /// Standard output by the megabyte.
  private struct Output {
    private var buffer: [UInt8] = []
    private(set) var total = 0

    mutating func put(_ text: some StringProtocol) {
      let before = buffer.count
      buffer.append(contentsOf: text.utf8)
      total += buffer.count - before
      if buffer.count > 1 << 20 { flush() }
    }

    mutating func put(bytes: ArraySlice<UInt8>) {
      buffer.append(contentsOf: bytes)
      buffer.append(UInt8(ascii: "\n"))
      total += bytes.count + 1
      if buffer.count > 1 << 20 { flush() }
    }

    mutating func flush() {
      var written = 0
      while written < buffer.count {
        let count = buffer.withUnsafeBytes { raw in
          write(STDOUT_FILENO, raw.baseAddress?.advanced(by: written), raw.count - written)
        }
        guard count > 0 else { exit(1) }
        written += count
      }
      buffer.removeAll(keepingCapacity: true)
    }
  }
}
