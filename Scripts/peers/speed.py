# SPDX-License-Identifier: Apache-2.0
# Times reading and writing of one table by `semblance` and by the programs of each format, in turn, and
# prints rows for Benchmarks/RESULTS.md. CPU seconds of whole processes, median of RUNS (default 5).
# Usage: speed.py SEMBLANCE TABLE.csv FOLDER
#
# `convert` to an empty format would be nobody's use, so that reading is `describe`: it finds out types
# and meaning of all columns beside reading them.
import os
import resource
import statistics
import subprocess
import sys

semblance, source, folder = sys.argv[1:4]
runs = int(os.environ.get("RUNS", "5"))
python = sys.executable


def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode()[-300:])
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def path(ending):
    return os.path.join(folder, "speed." + ending)


for ending in ("parquet", "arrow", "xlsx", "sav", "dta"):
    if not os.path.exists(path(ending)):
        subprocess.run([semblance, "convert", source, "-o", path(ending), "--quiet"], check=True)


def ours(ending):
    return [semblance, "describe", path(ending), "--quiet", "--threads", "1"]


def script(text):
    return [python, "-c", text]


def haven(reader, ending):
    return ["Rscript", "-e", f"x <- haven::{reader}('{path(ending)}')"]


jobs = {
    "parquet": {
        "pyarrow": script(
            f"import pyarrow.parquet as p; p.read_table('{path('parquet')}', use_threads=False)"
        )
    },
    "arrow": {
        "pyarrow, Feather": script(
            f"import pyarrow.feather as f; f.read_table('{path('arrow')}', use_threads=False)"
        )
    },
    "xlsx": {
        "openpyxl, read only": script(
            f"import openpyxl; w = openpyxl.load_workbook('{path('xlsx')}', read_only=True)\n"
            "for row in w.worksheets[0].iter_rows(values_only=True): pass"
        )
    },
    "sav": {
        "pyreadstat": script(f"import pyreadstat; pyreadstat.read_sav('{path('sav')}')"),
        "haven": haven("read_sav", "sav"),
    },
    "dta": {
        "pyreadstat": script(f"import pyreadstat; pyreadstat.read_dta('{path('dta')}')"),
        "haven": haven("read_dta", "dta"),
    },
}
# What a peer costs before it opens a file.
starts = {
    "pyarrow": script("import pyarrow.parquet"),
    "pyarrow, Feather": script("import pyarrow.feather"),
    "openpyxl, read only": script("import openpyxl"),
    "pyreadstat": script("import pyreadstat"),
    "haven": ["Rscript", "-e", "loadNamespace('haven')"],
}
for ending, peers in jobs.items():
    times = {"semblance": []} | {name: [] for name in peers}
    for _ in range(runs):
        times["semblance"].append(cpu(ours(ending)))
        for name, command in peers.items():
            try:
                times[name].append(cpu(command))
            except (RuntimeError, FileNotFoundError) as error:
                times[name].append(float("nan"))
                print(f"{name}: skipped, {str(error)[-100:]}", file=sys.stderr)
    own = statistics.median(times["semblance"])
    for name in peers:
        other = statistics.median(times[name])
        start = statistics.median([cpu(starts[name]) for _ in range(runs)]) if other == other else 0
        print(
            f"| {ending}, {os.path.getsize(path(ending)) // 1_000_000} MB: `describe` {own:.2f} s "
            f"({min(times['semblance']):.2f}–{max(times['semblance']):.2f}), {name} {other:.2f} s, "
            f"{start:.2f} of them to start: {other / own:.2f} ×, {(other - start) / own:.2f} × without |"
        )
