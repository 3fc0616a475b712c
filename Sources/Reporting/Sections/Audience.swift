// SPDX-License-Identifier: Apache-2.0

/// Who reads a report.
enum Audience {
  /// The owner of the real data, who may see everything.
  case owner
  /// Anyone.
  case everyone
}
