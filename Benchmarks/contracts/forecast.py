# SPDX-License-Identifier: Apache-2.0
"""Forecast of work and memory beside what runs take: the median of five runs for each table.

    python forecast.py SEMBLANCE TABLE…
"""
import json, os, statistics, subprocess, sys, tempfile

semblance, tables = sys.argv[1], sys.argv[2:]
folder = tempfile.mkdtemp()
print("| table | foretold s | taken s | ratio | foretold MB | taken MB | phases |")
print("|---|---|---|---|---|---|---|")
for table in tables:
    runs = []
    for _ in range(int(os.environ.get("RUNS", 5))):
        done = subprocess.run(
            [semblance, "synthesize", table, "--seed", "forecast", "-o", f"{folder}/out.release",
             "--force", "--json"], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(done.stderr)
        runs.append(json.loads(done.stdout))
    taken = statistics.median(sum(v for k, v in r["work"].items() if k != "reading") for r in runs)
    foretold = statistics.median(r["forecastSeconds"] for r in runs)
    last = runs[-1]
    phases = ", ".join(f"{k} {v:.3f}" for k, v in last["work"].items())
    print(f"| {table.split('/')[-1]} {last['rows']:.0f} × {last['columns']:.0f} | {foretold:.2f} | {taken:.2f} "
          f"| {foretold / taken:.2f} | {last['forecastMegabytes']:.0f} | {last['peakMegabytes']:.0f} | {phases} |",
          flush=True)
