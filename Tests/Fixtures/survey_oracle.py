# SPDX-License-Identifier: Apache-2.0
"""Prints what SDMetrics makes of halves of SD2011; run with 0.32.0: survey_oracle.py SD2011.csv"""
import sys

import pandas as pd
import sdmetrics
from sdmetrics.column_pairs import ContingencySimilarity, CorrelationSimilarity
from sdmetrics.single_column import KSComplement, MissingValueSimilarity, TVComplement

SCALES = ["age", "height", "weight", "nofriend"]
LEVELS = ["sex", "edu", "marital", "ls", "smoke"]
data = pd.read_csv(sys.argv[1], na_values=["NA", ""], keep_default_na=False)
data["nofriend"] = data["nofriend"].where(data["nofriend"] >= 0)
data = data[SCALES + LEVELS]
real = data.iloc[0::2].reset_index(drop=True)
# The other half, with three columns taken from other rows, so that their relations are lost.
other = data.iloc[1::2].reset_index(drop=True)
for name, step in [("age", 1), ("edu", 2), ("weight", 3)]:
    other[name] = [other[name][(row + step) % len(other)] for row in range(len(other))]

print(sdmetrics.__version__, len(real), len(other))
for name in SCALES:
    print(f'("{name}", {1 - KSComplement.compute(real[name], other[name])!r},', end=" ")
    print(f"{1 - MissingValueSimilarity.compute(real[name], other[name])!r}),")
for name in LEVELS:
    print(f'("{name}", {1 - TVComplement.compute(real[name], other[name])!r},', end=" ")
    print(f"{1 - MissingValueSimilarity.compute(real[name], other[name])!r}),")
names = SCALES + LEVELS
for i, first in enumerate(names):
    for second in names[i + 1 :]:
        pair = [first, second]
        if first in SCALES and second in SCALES:
            score = CorrelationSimilarity.compute(real[pair], other[pair])
        else:
            scales = [name for name in pair if name in SCALES] or None
            score = ContingencySimilarity.compute(
                real[pair], other[pair], continuous_column_names=scales, num_rows_subsample=None
            )
        print(f'"{first} {second}": {1 - score!r},')
