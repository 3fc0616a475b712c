// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

extension FieldIndex {
  private static let leastChunk = 1 << 20

  /// Finds the fields of a text in stretches, on several threads.
  ///
  /// Each stretch starts after a line ending and supposes that it does not lie in quotes. The
  /// supposition held if the stretch before ends just there; if not, the stretch is read again from
  /// where that one ended. So the result never depends on the number of threads.
  init(_ text: UnsafeBufferPointer<UInt8>, signs: FieldSigns, threads: Int) {
    var end = 0
    self.init(text, signs: signs, threads: threads, goesOn: false, end: &end)
  }

  /// Finds the fields of the whole records at the start of a text that goes on.
  ///
  /// - Parameters:
  ///   - goesOn: Whether further bytes follow, so that the last record may not be whole.
  ///   - end: Becomes where the first record starts that is not whole.
  init(
    _ text: UnsafeBufferPointer<UInt8>, signs: FieldSigns, threads: Int, goesOn: Bool,
    end: inout Int
  ) {
    let pieces = max(1, min(threads, text.count / Self.leastChunk))
    guard pieces > 1 else {
      var scan = FieldScan(text, signs: signs, goesOn: goesOn)
      scan.run(from: 0, to: text.count)
      self = scan.index
      end = scan.position
      return
    }
    var starts = [0]
    for piece in 1..<pieces {
      var place = max(text.count / pieces * piece, starts[piece - 1])
      while place < text.count, text[place] != 0x0A { place += 1 }
      starts.append(min(place + 1, text.count))
    }
    starts.append(text.count)
    let bounds = starts
    let text = SharedText(bytes: text)
    let scans = Mutex<[Int: (index: FieldIndex, position: Int)]>([:])
    DispatchQueue.concurrentPerform(iterations: pieces) { piece in
      var scan = FieldScan(text.bytes, signs: signs, goesOn: goesOn)
      scan.run(from: bounds[piece], to: bounds[piece + 1])
      let result = (index: scan.index, position: scan.position)
      scans.withLock { $0[piece] = result }
    }
    self.init()
    var position = 0
    for piece in 0..<pieces where position < bounds[piece + 1] {
      if position == bounds[piece], let scan = scans.withLock({ $0.removeValue(forKey: piece) }) {
        join(scan.index)
        position = scan.position
      } else {
        var scan = FieldScan(text.bytes, signs: signs, goesOn: goesOn)
        scan.run(from: position, to: bounds[piece + 1])
        join(scan.index)
        position = scan.position
      }
    }
    end = position
  }

  private mutating func join(_ next: FieldIndex) {
    if recordCount == 0, traits.blankLineCount == 0 { self = next } else { append(next) }
  }

  /// The caller keeps the bytes alive and unchanged while they are shared.
  private struct SharedText: @unchecked Sendable {
    let bytes: UnsafeBufferPointer<UInt8>
  }
}
