"""Figures that LearnersTests compare with, on the rows of regression_oracle.R: python3 learners_oracle.py oracle.csv"""

import sys

import numpy as np
import pandas as pd
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.naive_bayes import CategoricalNB
from sklearn.svm import LinearSVC, LinearSVR

d = pd.read_csv(sys.argv[1])
x = np.column_stack([d.a, d.b, d.c == 1, d.c == 2]).astype(float)
print("scikit-learn", sklearn.__version__)


def show(name, values):
    print(name, ":", ", ".join(f"{v:.10f}" for v in np.ravel(values)))


ridge = Ridge(alpha=3).fit(x, d.y)
show("ridge", [ridge.intercept_, *ridge.coef_])
logit = LogisticRegression(C=1 / 3, tol=1e-14, solver="newton-cholesky", max_iter=1000).fit(x, d.t)
show("logit C=1/3", [logit.intercept_[0], *logit.coef_[0]])
grouped = np.column_stack([np.digitize(d.a, [-1, 0, 1]), d.b.astype(int), d.c])
bayes = CategoricalNB(alpha=1).fit(grouped, d.k)
show("naive Bayes, first 4 rows", bayes.predict_proba(grouped[:4]))
one = np.column_stack([np.ones(len(d)), x])
svc = LinearSVC(C=1, tol=1e-12, max_iter=1000000, fit_intercept=False).fit(one, d.t)
show("svc", svc.coef_)
svr = LinearSVR(
    C=1, epsilon=0.1, loss="squared_epsilon_insensitive", dual=True, tol=1e-13, max_iter=1000000,
    fit_intercept=False,
).fit(one, d.y)
show("svr", svr.coef_)
