// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

/// The values of one page, nulls left out.
enum ParquetPageValues {
  case integers([Int64])
  case numbers([Double])
  case texts(ParquetTexts)
}

/// Texts of a page: stretches of bytes, and where a dictionary was used, which of them each row has.
struct ParquetTexts {
  var bytes: [UInt8]
  var ranges: [Range<Int>]
  var indices: [UInt32]?

  /// The numbers of the texts in a pool that takes those it lacks.
  func codes(in texts: inout DistinctTexts) -> [UInt32] {
    let numbers = bytes.withUnsafeBufferPointer { bytes in
      ranges.map { texts.number(of: UnsafeBufferPointer(rebasing: bytes[$0])) }
    }
    return indices.map { $0.map { numbers[Int($0)] } } ?? numbers
  }
}
