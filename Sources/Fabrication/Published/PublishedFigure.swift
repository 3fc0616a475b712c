// SPDX-License-Identifier: Apache-2.0

/// A figure of a published table beside what the population comes to.
public struct PublishedFigure: Hashable, Sendable {
  /// The table it stands in.
  public let table: String
  /// What it is of: the cell, or the statistic.
  public let name: String
  /// What is published.
  public let published: Double
  /// What the population comes to.
  public let population: Double

  /// By how much the population is above it.
  public var residual: Double { population - published }
}
