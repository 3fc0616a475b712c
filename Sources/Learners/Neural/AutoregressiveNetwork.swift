// SPDX-License-Identifier: Apache-2.0

/// A network that gives the distribution of each column's bins given the bins of any others.
///
/// What is known of a row is a sum: of a start of the column asked for, and of an embedding of each known
/// bin. Rectified, and through a rectified layer of the column's own, it leads to log-probabilities of the
/// column's bins, but for a constant:
///
///     c = relu(sₜ + Σ over known columns j of Eⱼ[xⱼ])      z = relu(c Wₜ + vₜ)
///     p(xₜ = b | known) ∝ exp(z · Uₜ[b] + uₜ[b])
///
/// A column that is not known adds nothing, which is the same as an embedding of "masked".
///
/// ## Source
/// Larochelle and Murray (2011), AISTATS, for sums shared between columns; Uria, Murray and Larochelle
/// (2014), ICML, for any order; Tiwald and others (2025), arXiv 2501.12012, for tables of bins.
public struct AutoregressiveNetwork: Hashable, Sendable {
  /// The numbers that say what is known.
  public let contextWidth: Int
  /// The numbers of each column's own layer.
  public let innerWidth: Int
  /// The columns, in their order.
  public var columns: [Column]

  /// The weights of one column.
  public struct Column: Hashable, Sendable {
    /// A row of `contextWidth` a bin: Eⱼ; empty where nothing is to be known of the column.
    public var embeddings: [Float]
    /// What is known if nothing is: sₜ.
    public var start: [Float]
    /// `contextWidth` rows of `innerWidth`: Wₜ.
    public var inner: [Float]
    /// vₜ.
    public var innerStart: [Float]
    /// A row of `innerWidth` a bin: Uₜ.
    public var outer: [Float]
    /// One number a bin: uₜ.
    public var outerStart: [Float]

    /// The number of bins.
    public var binCount: Int { outerStart.count }

    /// Creates a column's weights.
    public init(
      embeddings: [Float], start: [Float], inner: [Float], innerStart: [Float], outer: [Float],
      outerStart: [Float]
    ) {
      self.embeddings = embeddings
      self.start = start
      self.inner = inner
      self.innerStart = innerStart
      self.outer = outer
      self.outerStart = outerStart
    }
  }

  /// The greatest weight that a network may have, so that no sum of products overflows.
  public static let greatestWeight: Float = 10_000
  /// The most numbers in a row of weights.
  public static let greatestWidth = 1024

  /// Creates a network; `nil` if its weights do not add up.
  public init?(contextWidth: Int, innerWidth: Int, columns: [Column]) {
    guard contextWidth > 0, contextWidth % 8 == 0, innerWidth > 0, innerWidth % 8 == 0,
      max(contextWidth, innerWidth) <= Self.greatestWidth
    else { return nil }
    for column in columns {
      let bins = column.binCount
      guard (1...256).contains(bins),
        column.embeddings.isEmpty || column.embeddings.count == bins * contextWidth,
        column.start.count == contextWidth, column.inner.count == contextWidth * innerWidth,
        column.innerStart.count == innerWidth, column.outer.count == bins * innerWidth
      else { return nil }
      for list in [
        column.embeddings, column.start, column.inner, column.innerStart, column.outer,
        column.outerStart,
      ] {
        guard list.allSatisfy({ $0.magnitude <= Self.greatestWeight }) else { return nil }
      }
    }
    self.contextWidth = contextWidth
    self.innerWidth = innerWidth
    self.columns = columns
  }

  /// The number of weights.
  public var weightCount: Int { columns.indices.reduce(0) { $0 + weightCount(of: $1) } }

  /// The number of a column's weights.
  public func weightCount(of column: Int) -> Int {
    let own = columns[column]
    return own.embeddings.count + own.start.count + own.inner.count + own.innerStart.count
      + own.outer.count + own.outerStart.count
  }
}
