// SPDX-License-Identifier: Apache-2.0
import CZlib

/// Checksums that files carry.
public enum Checksum {
  /// The cyclic redundancy check of zip, gzip and Parquet, by zlib.
  public static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
    }
  }
}
