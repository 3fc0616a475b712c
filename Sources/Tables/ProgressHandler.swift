// SPDX-License-Identifier: Apache-2.0

/// How far a long piece of work has come.
public struct Progress: Hashable, Sendable {
  /// What is counted.
  public enum Unit: Hashable, Sendable {
    /// Pieces of work.
    case steps
    /// Bytes of a file.
    case bytes
  }

  /// What is being done, as a participle: "fitting".
  public var phase: String
  /// Units done.
  public var completed: Int
  /// Units in all.
  public var total: Int
  /// What a unit is.
  public var unit: Unit

  /// Creates a report of progress.
  public init(phase: String, completed: Int, total: Int, unit: Unit = .steps) {
    self.unit = unit
    self.phase = phase
    self.completed = completed
    self.total = total
  }
}

/// Receives progress; called from any thread.
public struct ProgressHandler: Sendable {
  private let receive: @Sendable (Progress) -> Void

  /// Creates a handler.
  public init(_ receive: @escaping @Sendable (Progress) -> Void) { self.receive = receive }

  /// Listens to nothing.
  public static let silent = ProgressHandler { _ in }

  /// Reports that `completed` of `total` units are done.
  public func report(
    _ phase: String, _ completed: Int, of total: Int, unit: Progress.Unit = .steps
  ) {
    receive(Progress(phase: phase, completed: completed, total: total, unit: unit))
  }
}
