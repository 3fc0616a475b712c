# SPDX-License-Identifier: Apache-2.0
"""The constants of the forecast (Sources/Semblance/Budget/ForecastConstants.swift), from recorded runs.

    python calibrate.py SEMBLANCE FOLDER TABLE…        needs pandas, scipy

Runs each table at several numbers of rows and columns, writes what each step took to FOLDER/runs.json,
and fits each step's constants by non-negative least squares of relative errors. Tables that the forecast
is judged on (forecast.py) should not be among them whole. What a run took is divided by the speed of the
machine at that moment, which the command measures for its own forecast: shared machines change by half within
minutes.
"""
import json, os, re, resource, subprocess, sys

import numpy as np
import pandas as pd
from scipy.optimize import nnls

semblance, folder, tables = sys.argv[1], sys.argv[2], sys.argv[3:]
os.makedirs(folder, exist_ok=True)
SCALES = {"number", "whole number", "date", "time", "date-time"}


def run(path, *options):
    release = f"{folder}/out.release"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [semblance, "synthesize", path, "--seed", "calibrate", "-o", release, "--force", "--json",
         "--threads", "1", *options], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        print(path, done.stderr, file=sys.stderr)
        return None
    said = json.loads(done.stdout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said["work"]["process"] = (
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    schema = json.load(open(f"{release}/manifest.json"))["schema"]["variables"]
    data = pd.read_csv(path, dtype=str, keep_default_na=False, sep=None, engine="python")
    learned = [v for v in schema if v.get("role") not in ("identifier", "key") and v["kind"] != "text"]
    levels = 0
    # Different texts, in bytes, of columns made anew by patterns or with levels beyond any bin.
    texts = sum(
        sum(len(text.encode()) for text in data.iloc[:, place].unique())
        for place, v in enumerate(schema) if v not in learned and v["kind"] not in SCALES)
    for place, variable in enumerate(schema):
        if variable not in learned:
            continue
        # By place: a file without a header has no names.
        count = 11 if variable["kind"] in SCALES else 1 + data.iloc[:, place].nunique()
        if count > 101:
            texts += sum(len(text.encode()) for text in data.iloc[:, place].unique())
        levels += min(1001, count)
    # How many values on a scale differ, among a thousand rows.
    few = data.iloc[:: max(1, len(data) // 1000)].iloc[:1000]
    counts = [few.iloc[:, place].nunique() for place, v in enumerate(schema)
              if v in learned and v["kind"] in SCALES]
    return {
        "table": path.split("/")[-1], "options": options, "n": len(data), "m": int(said["rows"]),
        "p": len(schema), "learned": len(learned), "scales": sum(v["kind"] in SCALES for v in learned),
        "levels": levels, "counts": counts, "texts": int(texts), "work": said["work"],
        "forecast": said["forecastSeconds"],
    }


def pieces(path):
    data = pd.read_csv(path, dtype=str, keep_default_na=False, sep=None, engine="python")
    whole = data.sample(frac=1, random_state=1)
    counts = sorted({min(len(data), c) for c in (300, 1500, 5000, 15000, len(data))})
    for count in counts:
        for columns in {data.shape[1], max(4, data.shape[1] // 2)}:
            name = f"{folder}/{path.split('/')[-1].split('.')[0]}-{count}x{columns}.csv"
            whole.iloc[:count, :columns].to_csv(name, index=False)
            yield name


def fitting(r, rows):
    p, l, k = r["p"], r["learned"], 40
    pairs = sum(min(i, k) for i in range(l))
    screened = l * (l - 1) / 2 if l > k else 0
    varied = sum(min(count, 100) / 100 for count in r["counts"]) / max(l, 1)
    return {"fitBase": 1, "fitCell": rows * p, "fitPairCell": rows * pairs * varied,
            "fitPair": pairs, "fitColumn": l, "screenPairRow": rows * screened, "fitText": rows / r["n"] * r["texts"]}


def features(r):
    """For each step what it took and the products that its constants multiply."""
    n, m, p, l = r["n"], r["m"], r["p"], r["learned"]
    work = r["work"]
    both = l * (l - 1) / 2
    rows = n + m
    size = min(n / 2, 50_000)
    queries = min(n / 2, max(1000, 150_000_000 / max(size, 1)))
    outliers = min(size, 4000)
    trial = 2 * size * queries + 2 * outliers * size + 0.1 * outliers * queries
    near = min(n, 4000) * (min(n, 100_000) + 0.05 * m)
    searched = ((2 * trial + near) * l) ** 0.6 * (l / 30) ** 0.75
    varied = sum(count / min(n, 1000) for count in r["counts"]) / max(l, 1)
    twins = {name: 2 * value for name, value in fitting(r, n / 2).items()}
    return {
        # Twins draw as many rows as the table has.
        "fitting": [(work["fitting"], fitting(r, n)), (work["twins"] - work["drawing"], twins)],
        "drawing": [(work["drawing"], {"drawCell": m * l, "drawText": m / n * r["texts"]})],
        "measuring": [(work["measuring"], {
            "measureBase": 1, "measureCell": rows * p,
            "measurePair": both,
            "measurePairCell": r["levels"] ** 2 / 2,
            "searchedCell": searched * (1 - varied),
            "searchedVariedCell": searched * varied,
            "measureText": rows / n * r["texts"]})],
        "checking": [(work["checking"], {"checkCell": rows * p})],
        "writing": [(work["writing"], {
            "writeBase": 1, "writeCell": m * p, "writeText": m / n * r["texts"], "writeColumn": p,
            "writePair": min(both, 60_000)})],
    }


def now():
    """The constants as they are, by which a run made its forecast."""
    source = os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "../../Sources/Semblance/Budget/ForecastConstants.swift")
    return {name: float(value) for name, value in
            re.findall(r"static let (\w+) = ([0-9.e+-]+)", open(source).read())}


def speed(r, constants):
    """How much slower than the machine of the constants this one was when a run made its forecast."""
    foretold = sum(
        constants.get(name, 0) * value for parts in features(r).values() for _, terms in parts
        for name, value in terms.items())
    return r["forecast"] / foretold


# Set so that a run of 1,000,000 × 15 is foretold at 0.8 of what it took: smaller tables do not tell it from
# searching. The powers of the latter are those of a grid that fit these runs best.
FIXED = {"measureCell": 3.5e-7}
store = f"{folder}/runs.json"
runs = json.load(open(store)) if os.path.exists(store) else []
for table in tables:
    for piece in pieces(table):
        r = run(piece)
        if r:
            runs.append(r)
            print(r["table"], r["n"], r["p"], {k: round(v, 3) for k, v in r["work"].items()}, flush=True)
        os.remove(piece)
    json.dump(runs, open(store, "w"))
constants = now()
for r in runs:
    r["speed"] = speed(r, constants)
    r["work"] = {step: seconds / r["speed"] for step, seconds in r["work"].items()}
print("speed of the machine:", sorted(round(r["speed"], 2) for r in runs))

for step in ("fitting", "drawing", "measuring", "checking", "writing"):
    rows, taken, weights = [], [], []
    for r in runs:
        whole = sum(v for k, v in r["work"].items() if k not in ("reading", "process"))
        for seconds, terms in features(r)[step]:
            names = sorted(name for name in terms if name not in FIXED)
            rows.append([terms[name] for name in names])
            taken.append(seconds - sum(FIXED.get(name, 0) * value for name, value in terms.items()))
            # Errors count by their share, but a step below a twentieth of the run matters little.
            weights.append(1 / max(seconds, 0.05 * whole))
    rows, taken, weights = np.array(rows, float), np.array(taken), np.array(weights)
    size = np.maximum(rows.max(axis=0), 1e-300)
    found, _ = nnls(rows / size * weights[:, None], taken * weights)
    found /= size
    ratio = (rows @ found) / np.maximum(taken, 1e-9)
    print(f"\n{step}: foretold/taken from {ratio.min():.2f} to {ratio.max():.2f}, "
          f"within 30 %: {np.mean(np.abs(ratio - 1) < 0.3):.0%}")
    for name, value in zip(names, found):
        print(f"  static let {name} = {value:.3g}")
