"""Coverage of 90 % intervals from copies of `proper-regression`: proper-coverage.py SEMBLANCE [SETS [COPIES]]

Each set is a real table of 400 rows of a known population; the mean of x and the coefficients of y on x and w are
combined over the copies by v (k/n + (1 + k/n)/m) (Raab, Nowok and Dibben 2017), and by v (k/n + 1/m)."""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

semblance, n, k = sys.argv[1], 400, 400
sets = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
m = int(sys.argv[3]) if len(sys.argv) > 3 else 5
truth = np.array([0.4, 1, 0.5, 0.8])
width = 1.6448536269514722


def estimates(x, w, y):
    a = np.column_stack([np.ones(len(x)), x, w])
    inverse = np.linalg.inv(a.T @ a)
    beta = inverse @ a.T @ y
    residual = y - a @ beta
    variance = residual @ residual / (len(y) - 3)
    share = x.mean()
    return np.array([share, *beta]), np.array(
        [share * (1 - share) / len(x), *(variance * np.diag(inverse))]
    )


def read(path):
    rows = list(csv.DictReader(open(path)))
    x = np.array([r["x"] == "yes" for r in rows], float)
    return x, np.array([float(r["w"]) for r in rows]), np.array([float(r["y"]) for r in rows])


covered = {"proper": np.zeros(4), "simple": np.zeros(4)}
with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    for number in range(sets):
        rng = np.random.default_rng(number)
        x = rng.random(n) < 0.4
        w = x + rng.normal(size=n)
        y = 1 + 0.5 * x + 0.8 * w + rng.normal(size=n)
        with open(folder / "real.csv", "w") as file:
            file.write("x,w,y\n")
            for a, b, c in zip(x, w, y):
                file.write(f"{'yes' if a else 'no'},{b:.6f},{c:.6f}\n")

        def run(*arguments):
            subprocess.run([semblance, *arguments], check=True, capture_output=True, cwd=folder)

        run("fit", "real.csv", "-o", "g.semblance", "--method", "proper-regression", "--force")
        q, v = [], []
        for copy in range(m):
            run("generate", "g.semblance", "--rows", str(k), "--seed", f"{number}-{copy}", "-o", "s.csv", "--force")
            value, variance = estimates(*read(folder / "s.csv"))
            q.append(value)
            v.append(variance)
        error = np.abs(np.mean(q, 0) - truth)
        v = np.mean(v, 0)
        covered["proper"] += error <= width * np.sqrt(v * (k / n + (1 + k / n) / m))
        covered["simple"] += error <= width * np.sqrt(v * (k / n + 1 / m))
for rule, counts in covered.items():
    names = ["mean of x", "constant", "x", "w"]
    print(rule, sets, "sets,", m, "copies:", ", ".join(f"{a} {b / sets:.3f}" for a, b in zip(names, counts)))
