# SPDX-License-Identifier: Apache-2.0
"""The time courses of the stochastic suite at its usual n = 10,000, by the built command.

Usage: stochastic-suite.py SEMBLANCE FOLDER_OF_CASES [RUNS] [SEED]
Prints, a case a line and in all, how many points are within the suite's own bounds.
"""
import csv, math, os, re, subprocess, sys, tempfile

command, folder = sys.argv[1:3]
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 10000
seed = sys.argv[4] if len(sys.argv) > 4 else "suite"


def change(reaction, fixed):
    gains = {}
    for side, sign in zip(reaction.split("->"), (-1, 1)):
        for term in side.split("+"):
            term = term.strip()
            if term:
                digits, name = re.match(r"(\d*)(.*)", term).groups()
                gains[name] = gains.get(name, 0) + sign * int(digits or 1)
    return ", ".join(f"{k}: {v}" for k, v in sorted(gains.items()) if k not in fixed)


def yaml(text):
    section, fixed, start, parameters, at, when, moves = "", set(), [], [], [], [], []
    name = change_text = ""
    for line in (line.strip() for line in text.split("\n") if line.strip()):
        if line.startswith("@r="):
            name, change_text = line[3:].split()[0], ""
        elif line.startswith("@"):
            section = line
        elif section == "@species":
            left, right = line.split(":")[1].split("=")
            start.append(f"{left}: {right.split()[0]}")
            if "b" in "".join(right.split()[1:]):
                fixed.add(left)
        elif section == "@parameters":
            parameters.append(line.replace("=", ": "))
        elif section == "@events":
            condition = line.split(":")[0].split("=", 1)[1].strip()
            sets = [p.split("=") for p in line.split(":")[1].split(";")]
            body = "{" + ", ".join(f"{a.strip()}: {b.strip()}" for a, b in sets) + "}"
            if condition.startswith("t>="):
                at.append(f"{condition[3:]}: {body}")
            else:
                when.append(f'{{if: "{condition}", set: {body}}}')
        elif section == "@reactions" and not change_text:
            change_text = change(line, fixed)
        elif section == "@reactions":
            parts = line.split(" : ")
            parameters += [p.replace("=", ": ") for p in parts[1:]]
            moves.append(f'  - {{name: {name}, change: {{{change_text}}}, total_rate: "{parts[0]}"}}')
    return "\n".join(
        ["simulate: 1", f"start: {{{', '.join(start)}}}", f"parameters: {{{', '.join(parameters)}}}",
         "transitions:"] + moves
        + ([f"at: {{{', '.join(at)}}}"] if at else []) + ([f"when: [{', '.join(when)}]"] if when else [])
        + [f"run: {{as: exact, until: 50, replications: {runs}}}", ""])


points = good = cases = 0
for case in sorted(os.listdir(folder)):
    files = [f for f in os.listdir(f"{folder}/{case}") if f.endswith(".mod")] if os.path.isdir(f"{folder}/{case}") else []
    if not files or case > "00039":
        continue
    cases += 1
    with tempfile.TemporaryDirectory() as scratch:
        with open(f"{scratch}/m.yaml", "w") as out:
            out.write(yaml(open(f"{folder}/{case}/{files[0]}").read()))
        subprocess.run([command, "simulate", f"{scratch}/m.yaml", "-o", f"{scratch}/o", "--seed", seed, "--quiet"], check=True)
        sums, squares = {}, {}
        with open(f"{scratch}/o/populations.csv") as data:
            for row in csv.DictReader(data):
                time = float(row["time"])
                row["y"] = 2 * float(row.get("X", 0))
                for key, value in row.items():
                    if key in ("replication", "time"):
                        continue
                    value = float(value)
                    sums[key, time] = sums.get((key, time), 0) + value
                    squares[key, time] = squares.get((key, time), 0) + value * value
    own = own_good = 0
    for row in csv.DictReader(open(f"{folder}/{case}/{case}-results.csv")):
        time = float(row["time"])
        for key in row:
            if not key.endswith("-mean"):
                continue
            name = key[:-5]
            if (name, time) not in sums:
                continue
            mu, sigma = float(row[key]), float(row[name + "-sd"])
            mean = sums[name, time] / runs
            variance = (squares[name, time] - runs * mean * mean) / (runs - 1)
            own += 2
            if sigma == 0:
                own_good += (abs(mean - mu) < 1e-4) + (variance < 1e-8)
            else:
                own_good += abs(math.sqrt(runs) * (mean - mu) / sigma) < 3
                own_good += abs(math.sqrt(runs / 2) * (variance / sigma**2 - 1)) < 5
    print(case, own_good, own, flush=True)
    points, good = points + own, good + own_good
print(f"{cases} cases, {good} of {points} points within ({100 * good / points:.2f} %), n = {runs}")
