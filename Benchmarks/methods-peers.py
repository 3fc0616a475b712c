# SPDX-License-Identifier: Apache-2.0
"""CPU seconds of fitting and drawing by each method, beside a Python peer that does the same job.

    python methods-peers.py SEMBLANCE TABLE.csv [METHOD…]        one with scikit-learn, imbalanced-learn, lightgbm
    PEERS=sdv EPOCHS=50 python methods-peers.py SEMBLANCE TABLE.csv        one with sdv; without EPOCHS, all 300

A peer learns each column from those before it, in the order of Semblance's plan, levels as indicator
columns, and draws as many rows as there are, given the real predictors, which it writes. Both start anew for each
method, ours as a command that also reads the file; the start of Python and reading are not counted for peers.
"""
import os, resource, subprocess, sys, tempfile, time

import numpy as np, pandas as pd

semblance, source = sys.argv[1:3]
asked = sys.argv[3:]
folder = tempfile.mkdtemp()
table = pd.read_csv(source)
words = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
for name in words:
    table[name] = table[name].fillna("missing")
order = sorted(table.columns, key=lambda name: table[name].nunique())


def ours(method):
    rarest = table[order[0]].value_counts().index[-1]
    with open(f"{folder}/even.yaml", "w") as contract:
        contract.write(f"contract: 1\npurpose: availability\nbalance: {{{order[0]}: {{'{rarest}': 50%}}}}\n")
    balanced = ["--contract", f"{folder}/even.yaml"] if method == "adasyn" else []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for arguments in (["fit", source, "--method", method, *balanced, "-o", f"{folder}/m.semblance"],
                      ["generate", f"{folder}/m.semblance", "--seed", "1", "-o", f"{folder}/s.csv"]):
        done = subprocess.run([semblance, *arguments, "--force", "--quiet"], capture_output=True, text=True)
        if done.returncode:
            return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def indicators(names):
    return pd.get_dummies(table[names], columns=[n for n in names if n in words]).to_numpy(float)


def drawn(chances, classes, generator=np.random.default_rng(1)):
    """One of the classes for each row of chances."""
    sums = np.cumsum(chances, axis=1)
    places = (generator.random((len(sums), 1)) * sums[:, -1:] > sums).sum(axis=1)
    return np.asarray(classes)[np.minimum(places, len(classes) - 1)]


def each(classifier, regressor, scaled=True, least=1):
    """Fits a model for each column given those before it, and draws from it."""
    from sklearn.preprocessing import StandardScaler
    made = {order[0]: table[order[0]]}
    generator = np.random.default_rng(1)
    for place, name in enumerate(order[1:], 1):
        x = indicators(order[:place])
        if scaled:
            x = StandardScaler().fit_transform(x)
        target = table[name]
        if name in words:
            # Some models cannot learn a level of few rows.
            counts = target.map(target.value_counts())
            target = target.where(counts >= least, "rare")
            model = classifier().fit(x, target)
            made[name] = drawn(model.predict_proba(x), model.classes_)
        else:
            model = regressor().fit(x, target)
            line = model.predict(x)
            made[name] = line + generator.permutation(np.asarray(target) - line)
    pd.DataFrame(made).to_csv(os.devnull, index=False)


def regression():
    from sklearn.linear_model import LinearRegression, LogisticRegression
    each(lambda: LogisticRegression(max_iter=200), LinearRegression)


def ridge():
    from sklearn.linear_model import LogisticRegressionCV, RidgeCV
    each(lambda: LogisticRegressionCV(Cs=5, cv=3, max_iter=200), RidgeCV)


def posterior():
    from sklearn.linear_model import BayesianRidge, LogisticRegression
    each(lambda: LogisticRegression(max_iter=200), BayesianRidge)


class Hazards:
    """Cox's model of lifelines with a scikit-learn face; drawing is left out."""

    def fit(self, x, y):
        from lifelines import CoxPHFitter
        frame = pd.DataFrame(x).assign(duration=np.asarray(y, float) - np.min(y) + 1)
        self.model = CoxPHFitter(penalizer=0.01).fit(frame, "duration")
        return self

    def predict(self, x):
        return np.zeros(len(x))


def hazards():
    from sklearn.linear_model import LogisticRegression
    each(lambda: LogisticRegression(max_iter=200), Hazards)


def bayes():
    from sklearn.naive_bayes import CategoricalNB
    codes = table.apply(
        lambda c: pd.factorize(c)[0] if c.name in words else pd.qcut(c.rank(method="first"), 50, labels=False))
    made = {order[0]: table[order[0]]}
    for place in range(1, len(order)):
        model = CategoricalNB().fit(codes[order[:place]], codes[order[place]])
        made[order[place]] = drawn(model.predict_proba(codes[order[:place]]), model.classes_)
    pd.DataFrame(made).to_csv(os.devnull, index=False)


def machines():
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.svm import LinearSVC, LinearSVR
    each(lambda: CalibratedClassifierCV(LinearSVC(), cv=3), LinearSVR, least=20)


def neighbours():
    from sklearn.neighbors import NearestNeighbors
    from sklearn.preprocessing import StandardScaler
    for place in range(1, len(order)):
        x = StandardScaler().fit_transform(indicators(order[:place]))
        NearestNeighbors(n_neighbors=5).fit(x).kneighbors(x)


def forest():
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    each(lambda: RandomForestClassifier(50, min_samples_leaf=20),
         lambda: RandomForestRegressor(50, min_samples_leaf=20), scaled=False)


def mixture():
    from sklearn.mixture import GaussianMixture
    from sklearn.preprocessing import StandardScaler
    scaler = StandardScaler()
    x = scaler.fit_transform(indicators(order))
    for count in (1, 2, 4, 8, 16):
        model = GaussianMixture(count, covariance_type="diag", n_init=2, random_state=0).fit(x)
    decoded(scaler.inverse_transform(model.sample(len(x))[0]))


def components():
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import StandardScaler
    scaler = StandardScaler()
    x = scaler.fit_transform(indicators(order))
    model = PCA().fit(x)
    scores = np.random.default_rng(1).normal(size=x.shape) * np.sqrt(model.explained_variance_)
    decoded(scaler.inverse_transform(model.inverse_transform(scores)))


def decoded(made):
    """Writes rows of indicator columns as rows of levels, each the one of the greatest indicator."""
    frame = pd.get_dummies(table[order], columns=[n for n in order if n in words])
    made = pd.DataFrame(made, columns=frame.columns)
    rows = {}
    for name in order:
        if name in words:
            own = [c for c in frame.columns if c.startswith(f"{name}_")]
            levels = np.array([c[len(name) + 1:] for c in own])
            rows[name] = levels[made[own].to_numpy().argmax(axis=1)]
        else:
            rows[name] = made[name]
    pd.DataFrame(rows).to_csv(os.devnull, index=False)


def smote():
    from imblearn.over_sampling import SMOTENC
    target = order[0]
    names = [name for name in order if name != target]
    # As many rows as there are, over all levels.
    counts = table[target].value_counts()
    SMOTENC([names.index(n) for n in names if n in words], random_state=0,
            sampling_strategy={level: 2 * count for level, count in counts.items()}).fit_resample(
        table[names], table[target])


def adasyn():
    from imblearn.over_sampling import ADASYN
    from sklearn.preprocessing import StandardScaler
    # Of the rarer level as many rows more as make both even; ADASYN takes numbers only.
    ADASYN(random_state=0).fit_resample(StandardScaler().fit_transform(indicators(order[1:])), table[order[0]])


def network():
    import pgmpy.estimators
    from pgmpy.models import DiscreteBayesianNetwork
    codes = table.apply(
        lambda c: pd.factorize(c)[0] if c.name in words else pd.qcut(c.rank(method="first"), 50, labels=False))
    tree = pgmpy.estimators.TreeSearch(codes).estimate(show_progress=False)
    model = DiscreteBayesianNetwork(tree.edges())
    model.fit(codes)
    model.simulate(len(codes), show_progress=False).to_csv(os.devnull, index=False)


def sdv(kind, **options):
    """As SDV 2.0 has it, whose single tables are a dictionary of one."""
    from sdv import single_table
    from sdv.metadata import Metadata
    tables = {"table": table}
    model = getattr(single_table, kind)(Metadata.detect_from_dataframes(tables), **options)
    model.fit(tables)
    pd.DataFrame(model.sample(len(table))["table"]).to_csv(os.devnull, index=False)


PEERS = {
    "regression": ("scikit-learn logistic, linear", regression),
    "ridge-regression": ("scikit-learn LogisticRegressionCV, RidgeCV", ridge),
    "proper-regression": ("scikit-learn logistic, BayesianRidge", posterior),
    "survival": ("scikit-learn logistic, lifelines Cox", hazards),
    "naive-bayes": ("scikit-learn CategoricalNB", bayes),
    "svm": ("scikit-learn LinearSVC calibrated, LinearSVR", machines),
    "nearest": ("scikit-learn NearestNeighbors, with its search", neighbours),
    "forest": ("scikit-learn forests of 50 trees", forest),
    "mixture": ("scikit-learn GaussianMixture, 1–16 classes", mixture),
    "pca": ("scikit-learn PCA", components),
    "smote": ("imbalanced-learn SMOTENC", smote),
    "adasyn": ("imbalanced-learn ADASYN on indicators, rarer level made even", adasyn),
    "bayesian-network": ("pgmpy, tree search and counts", network),
}
if os.environ.get("PEERS") == "sdv":
    epochs = int(os.environ.get("EPOCHS", "300"))
    PEERS = {
        "copula": ("SDV GaussianCopula", lambda: sdv("GaussianCopulaSynthesizer")),
        "vae": (f"SDV TVAE, {epochs} of its 300 epochs", lambda: sdv("TVAESynthesizer", epochs=epochs)),
    }

print("| method | ours, CPU s | peer | peer, CPU s | ratio |")
print("|---|---|---|---|---|")
for method, (name, peer) in PEERS.items():
    if asked and method not in asked:
        continue
    mine = ours(method)
    # In a process of its own, so that its threads' work is counted and ends with it.
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if child == 0:
        os.environ["OMP_NUM_THREADS"] = "1"
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 1)
        os.dup2(devnull, 2)
        status = 1
        try:
            peer()
            status = 0
        finally:
            os._exit(status)
    status = os.waitpid(child, 0)[1]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    theirs = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = f"{theirs:.2f}" if status == 0 else "failed"
    ratio = f"{theirs / mine:.1f}" if mine and status == 0 else "–"
    print(f"| `{method}` | {mine:.2f} | {name} | {said} | {ratio} |", flush=True)
