# SPDX-License-Identifier: Apache-2.0
"""Chances of a class on a holdout: put back to its real share, and how well they are calibrated."""
import numpy as np


def put_back(chance, now, share):
    """Chances that were learned where the class had the share `now`, where it has `share`."""
    chance = np.clip(chance, 1e-9, 1 - 1e-9)
    odds = chance / (1 - chance) * (share / (1 - share)) / (now / (1 - now))
    return odds / (1 + odds)


def error(truth, chance):
    """Expected calibration error over ten groups of equal size."""
    order = np.argsort(chance, kind="stable")
    return sum(
        len(part) / len(truth) * abs(truth[part].mean() - chance[part].mean())
        for part in np.array_split(order, 10))
