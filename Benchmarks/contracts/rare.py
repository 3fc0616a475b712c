# SPDX-License-Identifier: Apache-2.0
"""A rare class on a real holdout: trained on the rows as they are, with SMOTE or SMOTENC, and with generated rows.

    python rare.py SEMBLANCE TABLE.csv TARGET RARE [METHOD]

A table without a header gets the names c1, c2 …; TARGET may be a number counted from the end, such as -1.
Needs pandas, scikit-learn, lightgbm and imbalanced-learn. Each figure is the mean of five splits. "added" is
the real rows with generated rare ones added until the classes are even, which is what SMOTE does.
"""
import subprocess, sys, tempfile
import calibration
import numpy as np, pandas as pd
from imblearn.over_sampling import SMOTE, SMOTENC
from lightgbm import LGBMClassifier
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

semblance, source, target, rare = sys.argv[1:5]
method = sys.argv[5] if len(sys.argv) > 5 else "trees"
folder = tempfile.mkdtemp()
table = pd.read_csv(source)
if target.lstrip("-").isdigit():
    table = pd.read_csv(source, header=None)
    table.columns = [f"c{number + 1}" for number in range(table.shape[1])]
    target = table.columns[int(target)]
table[target] = np.where(table[target].astype(str).str.strip("'") == rare, "rare", "common")
features = [name for name in table.columns if name != target]
words = [name for name in features if not pd.api.types.is_numeric_dtype(table[name])]
numbers = [name for name in features if name not in words]


def judge(train, test, share):
    """AUC, PR-AUC, Brier and calibration error; chances are put back to the share before balancing."""
    out = {}
    for name, model in [
        ("logistic", LogisticRegression(max_iter=5000)),
        ("LightGBM", LGBMClassifier(n_estimators=100, min_child_samples=10, verbose=-1, n_jobs=2,
                                    random_state=0))]:
        pipe = make_pipeline(
            make_column_transformer(
                (OneHotEncoder(handle_unknown="ignore"), words), (StandardScaler(), numbers),
                sparse_threshold=0), model)
        truth = (test[target] == "rare").to_numpy().astype(float)
        pipe.fit(train[features], train[target] == "rare")
        chance = pipe.predict_proba(test[features])[:, 1]
        now = (train[target] == "rare").mean()
        chance = calibration.put_back(chance, now, share)
        out[name] = [
            roc_auc_score(truth, chance), average_precision_score(truth, chance),
            brier_score_loss(truth, chance), calibration.error(truth, chance)]
    return out


def run(*arguments):
    done = subprocess.run([semblance, *arguments, "--force", "--quiet"], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)


results = {}
for split in range(5):
    train, test = train_test_split(table, test_size=0.3, random_state=split, stratify=table[target])
    share = (train[target] == "rare").mean()
    ways = {"as they are": train}
    places = [features.index(name) for name in words]
    smote = SMOTENC(places, random_state=split) if words else SMOTE(random_state=split)
    x, y = smote.fit_resample(train[features], train[target])
    ways["SMOTENC" if words else "SMOTE"] = x.assign(**{target: y})
    train.to_csv(f"{folder}/train.csv", index=False)
    contract = f"contract: 1\npurpose: availability\nrows: 1x\nbalance:\n  {target}: {{rare: 50%}}\n"
    open(f"{folder}/c.yaml", "w").write(contract)
    run("synthesize", f"{folder}/train.csv", "--contract", f"{folder}/c.yaml", "--method", method,
        "--seed", str(split), "-o", f"{folder}/out.release", "--no-evaluation")
    ways["availability, alone"] = pd.read_csv(f"{folder}/out.release/train.synthetic.csv")
    missing = int((train[target] == "common").sum() - (train[target] == "rare").sum())
    run("fit", f"{folder}/train.csv", "--method", method, "-o", f"{folder}/m.semblance")
    run("generate", f"{folder}/m.semblance", "--where", f"{target} == 'rare'", "--rows", str(missing),
        "--seed", str(split), "-o", f"{folder}/rare.csv")
    ways["added"] = pd.concat([train, pd.read_csv(f"{folder}/rare.csv")])
    for way, rows in ways.items():
        for model, figures in judge(rows, test, share).items():
            results.setdefault((way, model), []).append(figures)
print(f"{source.split('/')[-1]}, {len(table)} rows, {(table[target] == 'rare').mean():.1%} rare, method {method}\n")
print("| training rows | classifier | AUC | PR-AUC | Brier | calibration error |")
print("|---|---|---|---|---|---|")
for (way, model), figures in results.items():
    mean, sd = np.mean(figures, 0), np.std(figures, 0)
    print(f"| {way} | {model} | " + " | ".join(f"{a:.4f} ± {b:.4f}" for a, b in zip(mean, sd)) + " |")
