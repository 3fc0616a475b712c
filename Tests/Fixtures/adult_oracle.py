# SPDX-License-Identifier: Apache-2.0
"""Prints what SDMetrics, scikit-learn and Anonymeter make of Adult: adult_oracle.py adult.data

Run with SDMetrics 0.32.0, scikit-learn 1.9.1, Anonymeter 1.1.0. The tables are rows 0, 8, 16 … of the
file (real), rows 1, 9, 17 … (control), and the real rows with three columns taken from rows further on
(synthetic), which AgreementTables.swift makes again without any peer.
"""
import sys
import warnings

import pandas as pd
import sdmetrics
import sklearn
from sdmetrics.column_pairs import ContingencySimilarity, CorrelationSimilarity
from sdmetrics.single_column import KSComplement, MissingValueSimilarity, TVComplement
from sklearn.metrics import roc_auc_score

from attack_oracle import attacks, half_copied, propensity

warnings.filterwarnings("ignore")
SCALES = ["age", "fnlwgt", "capital-gain", "hours-per-week"]
LEVELS = ["workclass", "education", "marital-status", "occupation", "sex", "income"]
NAMES = (
    "age workclass fnlwgt education education-num marital-status occupation relationship race sex "
    "capital-gain capital-loss hours-per-week native-country income"
).split()
MOVED = {"age": 1, "education": 2, "hours-per-week": 3}
data = pd.read_csv(sys.argv[1], header=None, names=NAMES, skipinitialspace=True, na_values="?")
data = data[SCALES + LEVELS]
real = data.iloc[0::8].reset_index(drop=True)
control = data.iloc[1::8].reset_index(drop=True)
# A shift of location, of level shares and of missing cells, so that no univariate figure is 0.
other, half = half_copied(real, MOVED, len(real) * 3 // 4)
print(sdmetrics.__version__, sklearn.__version__, len(real), len(control), len(other))

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

# The library's quality report, and SciPy's distance.
from scipy.stats import wasserstein_distance
from sdmetrics.reports.single_table import QualityReport

columns = {name: {"sdtype": "numerical" if name in SCALES else "categorical"} for name in SCALES + LEVELS}
report = QualityReport()
report.generate(real, other, {"columns": columns}, verbose=False)
print("report", {p: repr(report.get_properties().set_index("Property").loc[p, "Score"]) for p in ["Column Shapes", "Column Pair Trends"]})
print("pairs", int(report.get_details("Column Pair Trends")["Meets Threshold?"].fillna(False).sum()), repr(report.get_score()))
for name in SCALES:
    q = real[name].quantile([0.25, 0.75]).to_numpy()
    unit = q[1] - q[0] or real[name].std()
    print("wasserstein", name, repr(wasserstein_distance(real[name], other[name]) / unit))

# scikit-learn: an area under the curve with many ties, and an unpenalised logistic propensity model.
print("auc", repr(roc_auc_score(real["income"] == ">50K", real["age"])))
print("auc", repr(roc_auc_score(real["income"] == ">50K", real["hours-per-week"])))
propensity(real, other, ["age", "hours-per-week", "education", "sex"], ["education", "sex"])

# Anonymeter: the arithmetic of its results, and its attacks on a table with half of its rows copied.
from anonymeter.stats.confidence import EvaluationResults

for n, training, baseline, control_hits in [(500, 60, 30, 25), (1000, 400, 100, 380), (200, 3, 1, 2)]:
    result = EvaluationResults(
        n_attacks=n, n_success=training, n_baseline=baseline, n_control=control_hits, confidence_level=0.95
    )
    risk = result.risk()
    print(
        "results", n, training, baseline, control_hits,
        [float(v) for v in (result.attack_rate.value, result.attack_rate.error, result.control_rate.value,
         result.control_rate.error, risk.value, risk.ci[0], risk.ci[1])],
    )
attacks(
    real, control, half, ["education", "sex", "income"], SCALES[:2] + LEVELS[:3], SCALES[2:] + LEVELS[3:], 3000
)
