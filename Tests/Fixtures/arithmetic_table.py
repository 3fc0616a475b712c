# SPDX-License-Identifier: Apache-2.0
"""Prints what SDMetrics makes of the table of FidelityTests/ArithmeticTable.swift; run with 0.32.0."""
import numpy as np
import pandas as pd
import sdmetrics
from sdmetrics.column_pairs import ContingencySimilarity, CorrelationSimilarity
from sdmetrics.single_column import KSComplement, MissingValueSimilarity, TVComplement


def table(n, s):
    i = np.arange(n)
    a = (i * 37 * s % 101) / 4 + i % 5
    b = ((i * i * 13 + s * i) % 89).astype(float)
    b[i % 9 == 4] = np.nan
    c = np.array(["x", "y", "z"])[i * 7 * s % 11 % 3].astype(object)
    c[i * s % 13 == 5] = None
    d = ((i * i * s + i) % 7 > 3).astype(int)
    return pd.DataFrame({"a": a, "b": b, "c": c, "d": d})


print(sdmetrics.__version__)
real, synthetic = table(120, 1), table(90, 3)
synthetic["a"] = synthetic["a"] * 1.25 - 3
for name in "ab":
    print(name, 1 - KSComplement.compute(real[name], synthetic[name]))
for name in "cd":
    print(name, 1 - TVComplement.compute(real[name], synthetic[name]))
for name in "abcd":
    print(name, "missing", 1 - MissingValueSimilarity.compute(real[name], synthetic[name]))
print("ab", 1 - CorrelationSimilarity.compute(real[["a", "b"]], synthetic[["a", "b"]]))
for pair in [["a", "c"], ["a", "d"], ["b", "c"], ["b", "d"], ["c", "d"]]:
    scales = [name for name in pair if name in "ab"] or None
    score = ContingencySimilarity.compute(
        real[pair], synthetic[pair], continuous_column_names=scales, num_rows_subsample=None)
    print("".join(pair), 1 - score)
