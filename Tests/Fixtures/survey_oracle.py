# SPDX-License-Identifier: Apache-2.0
"""Prints what SDMetrics, scikit-learn and Anonymeter make of SD2011: survey_oracle.py SD2011.csv

Run with SDMetrics 0.32.0, scikit-learn 1.9.1, Anonymeter 1.1.0.
"""
import sys

import pandas as pd
import sdmetrics
from sdmetrics.column_pairs import ContingencySimilarity, CorrelationSimilarity
from sdmetrics.single_column import KSComplement, MissingValueSimilarity, TVComplement
from sklearn.metrics import roc_auc_score

from attack_oracle import attacks, half_copied, propensity

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

# scikit-learn and Anonymeter, on thirds of the rows whose measurements are all there.
SCALES = ["age", "height", "weight"]
LEVELS = ["sex", "edu", "marital", "ls", "smoke", "region", "placesize"]
whole = pd.read_csv(sys.argv[1], na_values=["NA", ""], keep_default_na=False)
whole = whole[SCALES + LEVELS].dropna(subset=SCALES).reset_index(drop=True)
real = whole.iloc[0::3].reset_index(drop=True)
control = whole.iloc[1::3].reset_index(drop=True)
other, half = half_copied(real, {"age": 1, "edu": 2, "weight": 3}, len(real) * 3 // 4)
print("attacked", len(real), len(control), len(half))
known = real["smoke"].notna()
for name in SCALES:
    print("auc", name, repr(roc_auc_score(real["smoke"][known] == "YES", real[name][known])))
propensity(real, other, ["age", "height", "edu", "sex"], ["edu", "sex"])
attacks(
    real, control, half, ["edu", "sex", "marital"], ["age", "height", "sex", "edu", "region"],
    ["weight", "marital", "ls", "smoke", "placesize"], 1600
)
