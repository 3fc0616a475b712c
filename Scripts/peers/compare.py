# SPDX-License-Identifier: Apache-2.0
# Reads files that `semblance convert` wrote of one table with other people's programs, and compares
# them cell by cell; and has it read their Arrow files.
# Usage: compare.py FOLDER SEMBLANCE, with people.csv, .jsonl, .parquet, .arrow, .feather, .xlsx in it.
import datetime
import json
import math
import os
import subprocess
import sys

folder, semblance = sys.argv[1:3]
bad = 0


def path(ending):
    return os.path.join(folder, "people." + ending)


def plain(cell):
    """A cell without what differs between programs: kinds of numbers, of moments and of missing."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)) or str(cell) == "NaT":
        return None
    if isinstance(cell, datetime.datetime):
        cell = cell.replace(tzinfo=None)
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat()
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    if isinstance(cell, bool) or type(cell).__name__ == "bool":
        return bool(cell)
    if isinstance(cell, (int, float)):
        return float(cell)
    return str(cell)


def table(columns):
    return {name: [plain(cell) for cell in cells] for name, cells in columns.items()}


def pyarrow():
    import pyarrow.parquet

    read = pyarrow.parquet.read_table(path("parquet"))
    assert b"semblance:schema" in read.schema.metadata
    return table(read.to_pydict()), "pyarrow " + __import__("pyarrow").__version__


def duckdb():
    import duckdb as module

    read = module.sql(f"SELECT * FROM '{path('parquet')}'")
    rows = read.fetchall()
    return (
        table({name: [row[place] for row in rows] for place, name in enumerate(read.columns)}),
        "DuckDB " + module.__version__,
    )


def polars():
    import polars as module

    read = module.read_parquet(path("parquet"))
    return table(read.to_dict(as_series=False)), "Polars " + module.__version__


def pyarrow_arrow():
    import pyarrow.feather

    read = pyarrow.feather.read_table(path("feather"))
    assert b"semblance:schema" in read.schema.metadata
    types = {field.name: str(field.type) for field in read.schema}
    assert types == {
        "id": "int64", "name": "string", "born": "date32[day]", "seen": "timestamp[us]",
        "at": "time64[us]", "price": "double", "ratio": "double", "member": "bool",
        "region": "string",
    }, types
    read.validate(full=True)
    return table(read.to_pydict()), f"pyarrow {pyarrow.__version__}, Arrow"


def polars_arrow():
    import polars as module

    read = module.read_ipc(path("arrow"))
    return table(read.to_dict(as_series=False)), f"Polars {module.__version__}, Arrow"


def theirs(write, name):
    """Has Semblance read a file that another program wrote of what Semblance wrote."""
    write(path("theirs.arrow"))
    done = subprocess.run(
        [semblance, "convert", path("theirs.arrow"), "-o", path("theirs.jsonl"), "--quiet", "--force"],
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()[:300]
    with open(path("theirs.jsonl")) as file:
        lines = [json.loads(line) for line in file]
    return table({key: [line.get(key) for line in lines] for key in lines[0]}), name


def of_pyarrow():
    import pyarrow.feather as module

    read = module.read_table(path("feather"))
    read = read.set_column(8, "region", read["region"].dictionary_encode())
    return theirs(
        lambda place: module.write_feather(read, place, "lz4", chunksize=100),
        f"an Arrow file of pyarrow {__import__('pyarrow').__version__}",
    )


def of_polars():
    import polars as module

    read = module.read_ipc(path("arrow"))
    read = read.with_columns(module.col("region").cast(module.Categorical))
    return theirs(
        lambda place: read.write_ipc(place, compression="zstd"),
        f"an Arrow file of Polars {module.__version__}",
    )


def openpyxl():
    import openpyxl as module

    book = module.load_workbook(path("xlsx"))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert "dictionary" in book.sheetnames
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row), "a formula"
    return (
        table({name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])}),
        "openpyxl " + module.__version__,
    )


def libreoffice():
    import openpyxl as module

    # A round trip through LibreOffice, as a person would open and save it.
    out = os.path.join(folder, "saved")
    done = subprocess.run(
        ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", out, path("xlsx")],
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()[:300]
    book = module.load_workbook(os.path.join(out, "people.xlsx"), data_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    return (
        table({name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])}),
        "LibreOffice, through openpyxl",
    )


def pandas():
    import pandas as module

    # The plain text is what all others are compared with.
    read = module.read_json(path("jsonl"), lines=True, convert_dates=False, dtype=False)
    return {name: [plain(cell) for cell in read[name]] for name in read.columns}


def same(left, right):
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(left, str) and isinstance(right, str):
        return left.replace(" ", "T") == right.replace(" ", "T")
    return left == right


wanted = pandas()
for read in (
    pyarrow, duckdb, polars, pyarrow_arrow, polars_arrow, of_pyarrow, of_polars, openpyxl, libreoffice
):
    try:
        found, name = read()
    except (ImportError, FileNotFoundError) as error:
        print(f"{read.__name__}: skipped, {error}")
        continue
    if list(found) != list(wanted):
        print(f"{name}: other columns: {list(found)}")
        bad = 1
        continue
    wrong = {
        column: sum(not same(a, b) for a, b in zip(found[column], wanted[column]))
        + abs(len(found[column]) - len(wanted[column]))
        for column in wanted
    }
    wrong = {column: count for column, count in wrong.items() if count}
    cells = sum(len(column) for column in found.values())
    print(f"{name}: {cells} cells" + (f", WRONG: {wrong}" if wrong else " as written"))
    bad = bad or bool(wrong)
sys.exit(bad)
