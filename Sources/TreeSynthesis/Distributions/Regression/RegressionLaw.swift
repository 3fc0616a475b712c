// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Synthesis

/// How the bins of a stretch of a target, such as the present values of a scale, follow from a linear
/// combination of its predictors.
enum RegressionLaw: Hashable, Sendable {
  /// A normal variable cut into bins.
  ///
  /// - Parameters:
  ///   - edges: The upper end of each bin but the last.
  ///   - residual: The variance about the line.
  ///   - within: The variance that the bins' means leave out.
  ///   - freedom: The residual degrees of freedom.
  case normal(edges: [Double], residual: Double, within: Double, freedom: Double)
  /// Proportional odds, with the upper threshold of each bin but the last.
  case ordered(thresholds: [Double])
  /// Proportional hazards, with the upper threshold of each bin but the last.
  case hazards(thresholds: [Double])
  /// Counts: the first and last of each bin; `size` is 0 for Poisson's law, else the negative binomial's.
  case counts(first: [Int], last: [Int], size: Double)

  /// The number of bins.
  var binCount: Int {
    switch self {
    case .normal(let edges, _, _, _): edges.count + 1
    case .ordered(let thresholds), .hazards(let thresholds): thresholds.count + 1
    case .counts(let first, _, _): first.count
    }
  }

  /// The law's name, with its article.
  var name: String {
    switch self {
    case .normal: "a linear regression on normal scores"
    case .ordered: "an ordered logit"
    case .hazards: "a model of proportional hazards"
    case .counts(_, _, let size):
      size > 0 ? "a negative binomial regression" : "a Poisson regression"
    }
  }

  /// Writes the probability of each bin.
  ///
  /// - Parameter scale: The standard deviation of a normal law.
  func weigh(_ linear: Double, scale: Double, into result: UnsafeMutablePointer<Double>) {
    switch self {
    case .normal(let edges, _, _, _):
      let steepness = 1 / scale
      edges.withUnsafeBufferPointer { edges in
        for bin in edges.indices { result[bin] = (edges[bin] - linear) * steepness }
      }
      NormalTable.standard.cumulative(
        each: UnsafeMutableBufferPointer(start: result, count: edges.count))
      Self.difference(result, edges.count)
    case .ordered(let thresholds):
      for (bin, threshold) in thresholds.enumerated() {
        let odds = min(700, max(-700, threshold - linear))
        result[bin] = 1 / (1 + ElementaryFunctions.exp(-odds))
      }
      Self.difference(result, thresholds.count)
    case .hazards(let thresholds):
      for (bin, threshold) in thresholds.enumerated() {
        result[bin] = 1 - OrderedLink.complementaryLogLog.complement(threshold - linear)
      }
      Self.difference(result, thresholds.count)
    case .counts(let first, let last, let size):
      let mean = ElementaryFunctions.exp(min(6, max(-30, linear)))
      // The logarithm of the chance of 0, from which the others follow one by one.
      var chance = ElementaryFunctions.exp(
        size > 0 ? size * ElementaryFunctions.log(size / (size + mean)) : -mean)
      let ratio = size > 0 ? mean / (size + mean) : mean
      var count = 0
      for bin in first.indices {
        result[bin] = 0
        while count <= last[bin] {
          if count >= first[bin] { result[bin] += chance }
          chance *= ratio * (size > 0 ? Double(count) + size : 1) / Double(count + 1)
          count += 1
        }
      }
    }
  }

  /// Turns what lies below each of so many edges into what lies between them, and beyond the last.
  private static func difference(_ result: UnsafeMutablePointer<Double>, _ count: Int) {
    var below = 0.0
    for bin in 0..<count {
      let sum = result[bin]
      result[bin] = max(0, sum - below)
      below = sum
    }
    result[count] = max(0, 1 - below)
  }

  // MARK: Coding

  func write(to writer: inout ByteWriter) {
    switch self {
    case .normal(let edges, let residual, let within, let freedom):
      writer.write(byte: 0)
      writer.write(numbers: edges + [residual, within, freedom])
    case .ordered(let thresholds):
      writer.write(byte: 1)
      writer.write(numbers: thresholds)
    case .hazards(let thresholds):
      writer.write(byte: 3)
      writer.write(numbers: thresholds)
    case .counts(let first, let last, let size):
      writer.write(byte: 2)
      writer.write(counts: first)
      writer.write(counts: last)
      writer.write(size)
    }
  }

  init(_ reader: inout ByteReader) throws(ByteReader.Damage) {
    switch try reader.byte() {
    case 0:
      let numbers = try reader.numbers()
      guard numbers.count >= 3 else { throw ByteReader.Damage() }
      let rest = Array(numbers.suffix(3))
      guard rest[0] >= 0, rest[1] >= 0, rest[0] + rest[1] > 0, rest[2] >= 1 else {
        throw ByteReader.Damage()
      }
      self = .normal(
        edges: numbers.dropLast(3), residual: rest[0], within: rest[1], freedom: rest[2])
    case 1: self = .ordered(thresholds: try reader.numbers())
    case 2:
      let (first, last) = (try reader.counts(), try reader.counts())
      let size = try reader.number()
      guard first.count == last.count, size >= 0, size.isFinite,
        (last.max() ?? 0) <= Self.mostCount,
        zip(first, last).allSatisfy(<=), zip(last, first.dropFirst()).allSatisfy(<)
      else { throw ByteReader.Damage() }
      self = .counts(first: first, last: last, size: size)
    case 3: self = .hazards(thresholds: try reader.numbers())
    default: throw ByteReader.Damage()
    }
  }

  /// The greatest count for which a law of counts is tried.
  static let mostCount = 200
}

extension ByteWriter {
  /// Writes numbers of either sign, with how many they are.
  mutating func write(numbers: [Double]) {
    write(count: numbers.count)
    for number in numbers { write(number) }
  }
}

extension ByteReader {
  /// Reads finite numbers of either sign.
  mutating func numbers() throws(Damage) -> [Double] {
    var list: [Double] = []
    for _ in 0..<(try entryCount()) {
      let number = try self.number()
      guard number.isFinite else { throw Damage() }
      list.append(number)
    }
    return list
  }
}
