# SPDX-License-Identifier: Apache-2.0
"""SDMetrics' quality report and Anonymeter's three attacks on the files that `semblance evaluate` takes.

evaluate-peer.py REAL SYNTHETIC CONTROL. SDMetrics compares two tables; Anonymeter attacks by 500 tries
each: singling out by one and by three columns, linking two halves of the columns, inferring each column.
"""
import sys
import warnings

import pandas as pd
from anonymeter.evaluators import InferenceEvaluator, LinkabilityEvaluator, SinglingOutEvaluator
from sdmetrics.reports.single_table import QualityReport

warnings.filterwarnings("ignore")
real, synthetic, control = (pd.read_csv(path) for path in sys.argv[1:4])
columns = {
    name: {"sdtype": "numerical" if pd.api.types.is_numeric_dtype(real[name]) else "categorical"}
    for name in real.columns
}
report = QualityReport()
report.generate(real, synthetic, {"columns": columns}, verbose=False)
print("quality", report.get_score())

names = list(real.columns)
count = min(500, len(control))


def tell(name, evaluator, **options):
    evaluator.evaluate(**options)
    print(name, evaluator.results().attack_rate.value, evaluator.results().control_rate.value)


for mode in ["univariate", "multivariate"]:
    try:
        evaluator = SinglingOutEvaluator(ori=real, syn=synthetic, control=control, n_attacks=count)
        tell(f"singling out {mode}", evaluator, mode=mode)
    except Exception as error:  # Anonymeter gives up where it finds too few queries.
        print(f"singling out {mode}: {type(error).__name__}")
half = len(names) // 2
tell(
    "linkability",
    LinkabilityEvaluator(
        ori=real, syn=synthetic, control=control, n_attacks=count, n_neighbors=1,
        aux_cols=(names[:half], names[half:]),
    ),
    n_jobs=2,
)
for secret in names:
    others = [name for name in names if name != secret]
    tell(
        f"inference {secret}",
        InferenceEvaluator(
            ori=real, syn=synthetic, control=control, aux_cols=others, secret=secret, n_attacks=count
        ),
        n_jobs=2,
    )
