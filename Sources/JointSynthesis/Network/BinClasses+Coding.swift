// SPDX-License-Identifier: Apache-2.0
import Synthesis

extension ByteWriter {
  mutating func write(_ classes: BinClasses) {
    write(count: classes.count)
    // Readers fill the list up with zeros.
    write(Array(classes.classOfBin.prefix((classes.classOfBin.lastIndex { $0 != 0 } ?? 0) + 1)))
  }
}

extension ByteReader {
  /// Reads classes of bins; what cannot have been written throws.
  mutating func binClasses() throws(Damage) -> BinClasses {
    let count = try count()
    let list = try list()
    guard list.count <= 256,
      let classes = BinClasses(
        classOfBin: list + [UInt8](repeating: 0, count: 256 - list.count), count: count)
    else { throw Damage() }
    return classes
  }
}
