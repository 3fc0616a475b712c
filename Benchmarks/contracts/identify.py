# SPDX-License-Identifier: Apache-2.0
"""Whether `identify` names the run that made 50 rows, and only that run.

    python identify.py SEMBLANCE TABLE…

Each table is synthesized with two seeds. Of the first run, samples of 50 rows must be named as its own; samples
of the second run must not be named as the first's. Prints the greatest chance of coincidence of the former, the
least of the latter, and what single rows are said to be.
"""
import collections, gzip, json, os, random, subprocess, sys, tempfile

semblance, tables = sys.argv[1], sys.argv[2:]
count = int(os.environ.get("RUNS", 100))
folder = tempfile.mkdtemp()


def made(table, seed):
    """The run's manifest, and its rows as lines, the header first."""
    release = f"{folder}/{seed}.release"
    done = subprocess.run([semblance, "synthesize", table, "--seed", seed, "-o", release, "--force", "--quiet",
                           "--no-evaluation"], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    data = [name for name in os.listdir(release) if ".synthetic." in name]
    if data[0].endswith(".csv.gz"):
        return f"{release}/manifest.json", gzip.open(f"{release}/{data[0]}", "rt").read().splitlines()
    return f"{release}/manifest.json", open(f"{release}/{data[0]}").read().splitlines()


def asked(manifest, header, rows):
    sample = f"{folder}/sample.csv"
    with open(sample, "w") as file:
        file.write("\n".join([header] + rows) + "\n")
    done = subprocess.run([semblance, "identify", sample, manifest, "--json"], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return json.loads(done.stdout)


for table in tables:
    manifest, own = made(table, "mine")
    _, others = made(table, "another")
    for what, lines, size in [("own", own, 50), ("another run's", others, 50), ("own, alone", own, 1)]:
        draw = random.Random(1)
        answers = [asked(manifest, lines[0], draw.sample(lines[1:], size)) for _ in range(count)]
        verdicts = dict(collections.Counter(answer["verdict"] for answer in answers))
        chances = [answer["chance"] for answer in answers]
        print(f"{table.split('/')[-1]}: {count} samples of {size}, {what}: {verdicts}; "
              f"chance of coincidence {min(chances):.2g} to {max(chances):.2g}", flush=True)
