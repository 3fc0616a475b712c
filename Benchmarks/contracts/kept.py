# SPDX-License-Identifier: Apache-2.0
"""Whether "kept" is kept: a contract on a real table with twenty seeds.

    python kept.py SEMBLANCE CONTRACT TABLE [SEEDS]

Prints the share of clauses kept, the clauses broken, and the p-values of relationships that are not kept,
whose distribution must be even. CONTRACT `-` is the default contract.
"""
import collections, json, subprocess, sys, tempfile

semblance, contract, table = sys.argv[1:4]
seeds = int(sys.argv[4]) if len(sys.argv) > 4 else 20
folder = tempfile.mkdtemp()
kept = total = 0
broken = collections.Counter()
values = []
errors = []
for seed in range(seeds):
    done = subprocess.run(
        [semblance, "synthesize", table] + ([] if contract == "-" else ["--contract", contract])
        + ["--seed", f"kept {seed}", "-o", f"{folder}/out.release", "--force", "--json"],
        capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    for clause in json.load(open(f"{folder}/out.owner/contract.json"))["clauses"]:
        if clause["outcome"] == "not computable":
            continue
        total += 1
        kept += clause["outcome"] == "kept"
        if clause["outcome"] == "broken":
            broken[clause["clause"]] += 1
        if "deliberately not kept" in clause["clause"]:
            values.append(clause["figure"])
    fidelity = json.load(open(f"{folder}/out.owner/fidelity.json"))
    errors.append((fidelity["shapeError"]["value"], fidelity["trendError"]["value"]))
print(f"{contract} on {table}: {kept} of {total} clauses kept ({100 * kept / total:.2f} %), {seeds} seeds; "
      f"broken {dict(broken)}")
print(f"  mean shape error {sum(s for s, _ in errors) / seeds:.3f} %, "
      f"mean pair error {sum(t for _, t in errors) / seeds:.3f} %")
if values:
    ordered = sorted(values)
    count = len(ordered)
    gap = max(max(abs((i + 1) / count - v), abs(i / count - v)) for i, v in enumerate(ordered))
    print(f"  {count} p-values of independence: Kolmogorov–Smirnov distance to even ones {gap:.3f} "
          f"(95 % limit {1.358 / count ** 0.5:.3f}); below 0.05: {sum(v < 0.05 for v in values)}")
