// SPDX-License-Identifier: Apache-2.0

/// What a caller knows of a file that is read.
public struct ReadingOptions: Hashable, Sendable {
  /// Columns that are read as text whatever they look like.
  public var textColumns: Set<String>
  /// A file of value labels that lies beside the data, such as a SAS catalogue.
  public var cataloguePath: String?
  /// How many threads may work.
  public var threads: Int
  /// The most cells that are read; a small file may claim, or be packed from, far more than fits.
  public var maximumCellCount: Int

  /// Creates options; with no arguments, everything is found out.
  public init(
    textColumns: Set<String> = [], cataloguePath: String? = nil, threads: Int = 1,
    maximumCellCount: Int = 1 << 31
  ) {
    self.textColumns = textColumns
    self.cataloguePath = cataloguePath
    self.threads = threads
    self.maximumCellCount = maximumCellCount
  }
}
