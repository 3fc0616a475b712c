# SPDX-License-Identifier: Apache-2.0
"""What runs under a budget take, and what they give up; ten runs for each table and time.

    python budget.py SEMBLANCE TABLE=SECONDS[,SECONDS…]…
"""
import json, os, subprocess, sys, tempfile, time

semblance = sys.argv[1]
folder = tempfile.mkdtemp()
count = int(os.environ.get("RUNS", 10))
print("| table | budget s | taken, share of it (lowest, median, highest) | over by 10 % | refused "
      "| given up in the last run |")
print("|---|---|---|---|---|---|")
late = total = 0
for argument in sys.argv[2:]:
    table, budgets = argument.rsplit("=", 1)
    for budget in budgets.split(","):
        shares, given, refused = [], None, 0
        for number in range(count):
            start = time.monotonic()
            done = subprocess.run(
                [semblance, "synthesize", table, "--seed", f"budget {number}", "--budget", f"{budget}s",
                 "-o", f"{folder}/out.release", "--force", "--json"], capture_output=True, text=True)
            taken = time.monotonic() - start
            if done.returncode == 65 and "the budget is too short" in done.stderr:
                refused += 1
                continue
            if done.returncode not in (0, 1):
                sys.exit(done.stderr)
            shares.append(taken / float(budget))
            given = json.loads(done.stdout)["givenUp"] or ["nothing"]
        shares.sort()
        over = sum(share > 1.1 for share in shares)
        late += over
        total += len(shares)
        spread = f"{shares[0]:.2f}, {shares[len(shares) // 2]:.2f}, {shares[-1]:.2f}" if shares else "–"
        print(f"| {table.split('/')[-1]} | {budget} | {spread} | {over} of {len(shares)} | {refused} "
              f"| {'; '.join(given or ['–'])} |", flush=True)
print(f"\nOver by more than a tenth: {late} of {total} runs.")
