// SPDX-License-Identifier: Apache-2.0

/// What is done about synthetic rows that indicate a real record.
public enum NearMatchPolicy: String, Hashable, Sendable, CaseIterable {
  /// They are listed for the owner, and nothing is changed.
  case report
  /// They are drawn again, until they indicate nobody or tries run out.
  case regenerate
  /// The cells concerned are made coarser; where that breaks what must hold, the row is drawn again.
  case coarsen
  /// The cells concerned are moved by noise; where that breaks what must hold, the row is drawn again.
  case blur
  /// They are left out, which can itself reveal: a gap tells that something was there.
  case suppress
}
