// SPDX-License-Identifier: Apache-2.0
// Known to be bad: floor 1 looks up to floor 6. Scripts/check-gates proves that this is refused.
public import Semblance
