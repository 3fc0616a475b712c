// SPDX-License-Identifier: Apache-2.0

/// What must be made of a structural model.
enum StructuralPart: Hashable {
  /// The rows of a table.
  case rows(Int)
  /// A column of a table without periods.
  case column(StructuralModel.Place)
  /// All columns of a table with periods.
  case panel(Int)
}
