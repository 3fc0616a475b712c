// SPDX-License-Identifier: Apache-2.0

/// The version of this software.
public enum SemblanceVersion {
  /// The version, as `semblance --version` prints it.
  public static let current = "0.1.0"
}
