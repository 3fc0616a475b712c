// SPDX-License-Identifier: Apache-2.0

/// A tree laid out for walking: a leaf leads to itself, so that several rows can walk in step.
struct TreeWalk {
  private let predictors: [Int]
  /// The bins that go left, four words a node.
  private let leftBins: [UInt64]
  /// The right child and then the left one of each node.
  private let children: [Int]
  private let values: [Double]

  init(_ tree: GradientTree) {
    predictors = tree.nodes.map { Int($0.predictor) }
    leftBins = tree.nodes.flatMap { node in (0..<4).map { node.leftBins[$0] } }
    children = tree.nodes.enumerated().flatMap { place, node in
      node.left == 0 ? [place, place] : [Int(node.right), Int(node.left)]
    }
    values = tree.nodes.map(\.value)
  }

  /// Adds the value of each row, times `factor`.
  func add(_ factor: Double, of coded: CodedRows, to sums: inout [Double]) {
    let width = coded.width
    let count = coded.rowCount
    leftBins.withUnsafeBufferPointer { leftBins in
      predictors.withUnsafeBufferPointer { predictors in
        children.withUnsafeBufferPointer { children in
          coded.codes.withUnsafeBufferPointer { codes in
            sums.withUnsafeMutableBufferPointer { sums in
              @inline(__always)
              func next(_ node: Int, _ first: Int) -> Int {
                let bin = Int(codes[first &+ predictors[node]])
                let isLeft = leftBins[4 &* node &+ bin >> 6] >> UInt64(bin & 63) & 1
                return children[2 &* node &+ Int(truncatingIfNeeded: isLeft)]
              }
              var row = 0
              while row &+ 4 <= count {
                let first = row &* width
                var nodes = (0, 0, 0, 0)
                while true {
                  let following = (
                    next(nodes.0, first), next(nodes.1, first &+ width),
                    next(nodes.2, first &+ 2 &* width), next(nodes.3, first &+ 3 &* width)
                  )
                  if following == nodes { break }
                  nodes = following
                }
                sums[row] += factor * values[nodes.0]
                sums[row &+ 1] += factor * values[nodes.1]
                sums[row &+ 2] += factor * values[nodes.2]
                sums[row &+ 3] += factor * values[nodes.3]
                row &+= 4
              }
              while row < count {
                var node = 0
                while case let following = next(node, row &* width), following != node {
                  node = following
                }
                sums[row] += factor * values[node]
                row &+= 1
              }
            }
          }
        }
      }
    }
  }
}
