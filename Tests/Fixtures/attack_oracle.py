# SPDX-License-Identifier: Apache-2.0
"""What scikit-learn and Anonymeter make of tables that adult_oracle.py and survey_oracle.py build."""
import numpy as np
import pandas as pd
import polars as pl
from anonymeter.evaluators import InferenceEvaluator, LinkabilityEvaluator
from anonymeter.evaluators import singling_out_evaluator as singling
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score


def half_copied(real, moved, count):
    """Real rows with some columns taken from rows further on, and every second row whole again."""
    other = real.copy()
    for name, step in moved.items():
        other[name] = np.roll(real[name].to_numpy(), -step)
    other = other.iloc[:count].reset_index(drop=True)
    half = other.copy()
    for name in moved:
        half.loc[::2, name] = real[name].to_numpy()[:count][::2]
    return other, half


def propensity(real, other, names, levels):
    """An unpenalised logistic model of which table a row belongs to."""
    stack = pd.concat([real, other], ignore_index=True)[names].fillna({name: "missing" for name in levels})
    x = pd.get_dummies(stack, columns=levels, drop_first=True).astype(float)
    x = (x - x.mean()) / x.std()
    t = np.r_[np.zeros(len(real)), np.ones(len(other))]
    model = LogisticRegression(penalty=None, tol=1e-12, max_iter=10000).fit(x, t)
    p = model.predict_proba(x)[:, 1]
    c = len(other) / len(stack)
    print("pMSE", repr(float(np.mean((p - c) ** 2))), "area", repr(roc_auc_score(t, p)), "k", x.shape[1] + 1)


def attacks(real, control, half, secrets, first, second, count):
    levels = [name for name in real if real[name].dtype == object]
    real, control, half = (t.fillna({name: "missing" for name in levels}) for t in (real, control, half))
    for table in (real, control, half):
        assert not table.duplicated().any() and not table.isna().any().any()
    for secret in secrets:
        aux = [name for name in half.columns if name != secret]
        e = InferenceEvaluator(
            ori=real, syn=half, control=control, aux_cols=aux, secret=secret, n_attacks=count
        )
        e.evaluate(n_jobs=2)
        r = e.results()
        print("inference", secret, r.attack_rate, r.control_rate, r.baseline_rate)
    e = LinkabilityEvaluator(
        ori=real, syn=half, control=control, aux_cols=(first, second), n_attacks=count, n_neighbors=1
    )
    e.evaluate(n_jobs=2)
    r = e.results()
    print("linkability", r.attack_rate, r.control_rate, r.baseline_rate)
    singling_out(real.iloc[: len(control)], control.iloc[: len(real)], half)


def singling_out(real, control, half):
    """All guesses by one column, and by three columns of rows in a fixed order: no draw is made."""
    real, control, half = (pl.DataFrame(table) for table in (real, control, half))
    queries = singling.univariate_singling_out_queries(half, 10**9, np.random.default_rng(1))
    hits = [sum(n == 1 for n in singling._evaluate_queries(t, queries)) for t in (real, control)]
    print("singling out by one", len(queries), hits)
    width, medians = len(half.columns), half.median().to_dicts()[0]
    dtypes = {name: half[name].dtype for name in half.columns}
    queries = []
    for j in range(6000):
        places = [j % width, (3 * j + 1) % width, (j // width) % width]
        if len(set(places)) < 3:
            continue
        record = half[(7 * j) % len(half)].to_dicts()[0]
        names = [half.columns[place] for place in places]
        queries.append(singling._query_from_record(record, dtypes, names, medians, None))
    counts = []
    for start in range(0, len(queries), 500):
        counts += [n == 1 for n in singling._evaluate_queries(half, queries[start : start + 500])]
    chosen = [query for query, is_one in zip(queries, counts) if is_one]
    hits = [0, 0]
    for start in range(0, len(chosen), 500):
        for side, table in enumerate((real, control)):
            hits[side] += sum(n == 1 for n in singling._evaluate_queries(table, chosen[start : start + 500]))
    print("singling out by three", len(queries), len(chosen), hits)
