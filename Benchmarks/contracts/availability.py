# SPDX-License-Identifier: Apache-2.0
"""Malignancy of skin lesions from the metadata of Fitzpatrick17k: AUC and calibration on a real holdout,
with the training rows as they are, with SMOTENC, and with rows made by `--purpose availability`.

    python availability.py SEMBLANCE fitzpatrick17k.csv.gz [FOLDER]

Needs pandas, scikit-learn and imbalanced-learn. Each figure is the mean of five splits.
"""
import json, subprocess, sys, tempfile
import calibration
import numpy as np, pandas as pd
from imblearn.over_sampling import SMOTENC
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

semblance, source = sys.argv[1:3]
folder = sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp()
columns = ["fitzpatrick_scale", "fitzpatrick_centaur", "label", "three_partition_label", "url"]
table = pd.read_csv(source, usecols=columns)
table = table[table.fitzpatrick_scale > 0].copy()
# The label tells malignancy outright, so only its first letter is a feature: a weak one.
table["letter"] = table.label.str[0]
table["site"] = np.where(table.url.str.contains("dermaamin", na=False), "dermaamin", "atlas")
table["malignant"] = np.where(table.three_partition_label == "malignant", "malignant", "other")
table = table[["fitzpatrick_scale", "fitzpatrick_centaur", "letter", "site", "malignant"]]
features = ["fitzpatrick_scale", "fitzpatrick_centaur", "letter", "site"]

CONTRACT = """contract: 1
purpose: availability
rows: 1x
balance:
  malignant: {malignant: 50%}
  fitzpatrick_scale: {"1": 16.6%, "2": 16.6%, "3": 16.6%, "4": 16.6%, "5": 16.6%, "6": 17%}
"""


def judge(train, test, share):
    """AUC, Brier score and calibration error; chances are put back to the share before balancing."""
    out = {}
    for name, model in [
        ("logistic", LogisticRegression(max_iter=1000)),
        ("forest", RandomForestClassifier(200, min_samples_leaf=5, random_state=0, n_jobs=2))]:
        pipe = make_pipeline(OneHotEncoder(handle_unknown="ignore"), model)
        pipe.fit(train[features].astype(str), train.malignant == "malignant")
        chance = pipe.predict_proba(test[features].astype(str))[:, 1]
        now = (train.malignant == "malignant").mean()
        chance = calibration.put_back(chance, now, share)
        truth = (test.malignant == "malignant").to_numpy().astype(float)
        dark = (test.fitzpatrick_scale >= 5).to_numpy()
        out[name] = [
            roc_auc_score(truth, chance), roc_auc_score(truth[dark], chance[dark]),
            brier_score_loss(truth, chance), calibration.error(truth, chance)]
    return out


results = {}
for split in range(5):
    train, test = train_test_split(
        table, test_size=0.3, random_state=split, stratify=table.malignant)
    share = (train.malignant == "malignant").mean()
    ways = {"as they are": train}
    # Skin type counts as a number, the others as categories: SMOTENC needs one number at least.
    x, y = SMOTENC([1, 2, 3], random_state=split).fit_resample(train[features], train.malignant)
    x["fitzpatrick_scale"] = x.fitzpatrick_scale.round().astype(int)
    ways["SMOTENC"] = x.assign(malignant=y)
    train.to_csv(f"{folder}/lesions.csv", index=False)
    open(f"{folder}/c.yaml", "w").write(CONTRACT)
    done = subprocess.run(
        [semblance, "synthesize", f"{folder}/lesions.csv", "--contract", f"{folder}/c.yaml",
         "--seed", str(split), "-o", f"{folder}/out.release", "--force", "--no-evaluation", "--json"],
        capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    kept = json.loads(done.stdout)["contract"]
    print(f"split {split}: {kept['kept']:.0f} of {kept['clauses']:.0f} clauses kept, broken {kept['broken']}")
    ways["availability"] = pd.read_csv(f"{folder}/out.release/lesions.synthetic.csv")
    for way, rows in ways.items():
        for model, figures in judge(rows, test, share).items():
            results.setdefault((way, model), []).append(figures)
print("| training rows | classifier | AUC | AUC, skin types 5–6 | Brier | calibration error |")
print("|---|---|---|---|---|---|")
for (way, model), figures in results.items():
    mean, sd = np.mean(figures, 0), np.std(figures, 0)
    print(f"| {way} | {model} | " + " | ".join(f"{a:.4f} ± {b:.4f}" for a, b in zip(mean, sd)) + " |")
