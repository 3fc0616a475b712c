// SPDX-License-Identifier: Apache-2.0

/// A model that can be written as a generator file.
public protocol StorableModel: Model {
  /// The model as a generator file.
  func file() throws -> GeneratorFile
}
