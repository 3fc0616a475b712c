// SPDX-License-Identifier: Apache-2.0
// Known to be bad: four spaces, a forced unwrap. Scripts/check-gates proves that it is refused.
func first(_ values: [Int]) -> Int {
    return values.first!
}
