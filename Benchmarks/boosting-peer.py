# SPDX-License-Identifier: Apache-2.0
"""LightGBM as a generator: for each column a multiclass model of its bins given the columns before it.

    python boosting-peer.py TRAIN.csv BINS ROUNDS OUT.csv

The prototype that issue 8 tells of: 15 leaves of 40 rows or more, common values of scales classes of their own,
one thread. Prints its CPU seconds of fitting and of drawing, and writes as many rows as there are.
"""
import sys, time

import lightgbm as lgb, numpy as np, pandas as pd

source, bins, rounds, out = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
table = pd.read_csv(source)
words = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
order = sorted(table.columns, key=lambda name: table[name].nunique())
rng = np.random.default_rng(1)


def cut(column):
    """Classes of a column, and for each the values to draw from."""
    if column.name in words or column.nunique() <= bins:
        codes, values = pd.factorize(column.fillna("missing") if column.name in words else column, sort=True)
        return codes, [np.array([value], dtype=object) for value in values]
    counts = column.value_counts()
    spikes = counts.index[counts > len(column) / bins]
    rest = column[~column.isin(spikes)]
    edges = np.unique(np.quantile(rest, np.linspace(0, 1, max(2, bins - len(spikes)) + 1)))
    codes = np.clip(np.searchsorted(edges, column, side="right") - 1, 0, len(edges) - 2)
    for place, spike in enumerate(spikes):
        codes[column == spike] = len(edges) - 1 + place
    used, codes = np.unique(codes, return_inverse=True)
    return codes, [column[codes == place].to_numpy() for place in range(len(used))]


classes = {name: cut(table[name]) for name in order}
features = pd.DataFrame({n: (classes[n][0] if n in words else table[n]) for n in order})
started = time.process_time()
models = {}
for place, name in enumerate(order[1:], 1):
    codes, values = classes[name]
    if len(values) < 2:
        continue
    data = lgb.Dataset(
        features[order[:place]], codes, categorical_feature=[n for n in order[:place] if n in words])
    models[name] = lgb.train(
        {"objective": "multiclass", "num_class": len(values), "num_leaves": 15, "min_data_in_leaf": 40,
         "learning_rate": 0.1, "num_threads": 1, "verbose": -1, "seed": 1}, data, rounds)
    print(f"{name}: {len(values)} classes, {time.process_time() - started:.1f} s", file=sys.stderr, flush=True)
fitted = time.process_time()
made = pd.DataFrame(index=range(len(table)))
seen = pd.DataFrame(index=range(len(table)))
for place, name in enumerate(order):
    codes, values = classes[name]
    if name in models:
        chances = models[name].predict(seen[order[:place]], num_threads=1)
        drawn = (chances.cumsum(1) < rng.random((len(table), 1))).sum(1).clip(0, len(values) - 1)
    else:
        drawn = rng.choice(codes, len(table))
    made[name] = [values[code][rng.integers(len(values[code]))] for code in drawn]
    seen[name] = drawn if name in words else made[name].astype(float)
made[table.columns].to_csv(out, index=False)
print(f"{source.split('/')[-1]} {bins} bins, {rounds} rounds: fit {fitted - started:.1f} CPU s, "
      f"drawing {time.process_time() - fitted:.1f} CPU s")
