# SPDX-License-Identifier: Apache-2.0
# Writes the Parquet files of this folder with pyarrow, DuckDB and Polars, and expected.json with what
# pyarrow reads in them. Run with their versions named in README.md: python make.py
import datetime as dt
import decimal
import json
import os
import random

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq

here = os.path.dirname(os.path.abspath(__file__))
rows = 40
draw = random.Random(1)


def cells(make):
    return [None if draw.random() < 0.15 else make(row) for row in range(rows)]


def moment(unit):
    return dt.datetime(1950, 1, 1) + dt.timedelta(**{unit: draw.randint(0, 10**12)})


columns = {
    "int8": pa.array(cells(lambda _: draw.randint(-128, 127)), pa.int8()),
    "uint16": pa.array(cells(lambda _: draw.randint(0, 65535)), pa.uint16()),
    "uint32": pa.array(cells(lambda _: draw.randint(0, 2**32 - 1)), pa.uint32()),
    "int32": pa.array(cells(lambda _: draw.randint(-(2**31), 2**31 - 1)), pa.int32()),
    "int64": pa.array(cells(lambda _: draw.randint(-(2**63), 2**63 - 1)), pa.int64()),
    "steps": pa.array(range(rows), pa.int64()),
    "float32": pa.array(cells(lambda _: draw.gauss(0, 1)), pa.float32()),
    "float64": pa.array(cells(lambda _: draw.gauss(0, 1e6)), pa.float64()),
    "flag": pa.array(cells(lambda _: draw.random() < 0.3), pa.bool_()),
    "word": pa.array(cells(lambda _: f"żółw {draw.randint(0, 3)}"), pa.string()),
    "free": pa.array(cells(lambda row: f"text number {row}"), pa.string()),
    "level": pa.array(cells(lambda _: draw.choice("abc"))).dictionary_encode(),
    "day": pa.array(
        cells(lambda _: dt.date(1900, 1, 1) + dt.timedelta(draw.randint(0, 70000))), pa.date32()
    ),
    "milli": pa.array(cells(lambda _: moment("milliseconds")), pa.timestamp("ms")),
    "micro": pa.array(cells(lambda _: moment("microseconds")), pa.timestamp("us")),
    "utc": pa.array(cells(lambda _: moment("microseconds")), pa.timestamp("us", "UTC")),
    "clock": pa.array(
        cells(lambda _: dt.time(draw.randint(0, 23), 59, 1, draw.randint(0, 999999))),
        pa.time64("us"),
    ),
    "money": pa.array(
        cells(lambda _: decimal.Decimal(draw.randint(-(10**9), 10**9)).scaleb(-2)),
        pa.decimal128(12, 2),
    ),
    "nothing": pa.array([None] * rows, pa.int32()),
    "list": pa.array(cells(lambda _: [1, 2]), pa.list_(pa.int32())),
    "group": pa.array(
        cells(lambda row: {"x": row, "y": None if row % 3 else "q"}),
        pa.struct([("x", pa.int32()), ("y", pa.string())]),
    ),
}
table = pa.table(columns).replace_schema_metadata({"source": "made by hand", "title": "A title"})


def path(name):
    return os.path.join(here, name + ".parquet")


for name, options in {
    "plain": {"compression": "none", "use_dictionary": False},
    "snappy": {"compression": "snappy", "write_page_checksum": True},
    "gzip": {"compression": "gzip", "data_page_version": "2.0"},
    "zstd": {"compression": "zstd", "data_page_version": "2.0", "use_dictionary": False},
    "lz4": {"compression": "lz4"},
}.items():
    pq.write_table(table, path(name), row_group_size=17, **options)
pq.write_table(
    table,
    path("encodings"),
    use_dictionary=False,
    data_page_version="2.0",
    column_encoding={
        "int32": "DELTA_BINARY_PACKED",
        "int64": "DELTA_BINARY_PACKED",
        "steps": "DELTA_BINARY_PACKED",
        "word": "DELTA_BYTE_ARRAY",
        "free": "DELTA_LENGTH_BYTE_ARRAY",
        "float32": "BYTE_STREAM_SPLIT",
        "float64": "BYTE_STREAM_SPLIT",
        "flag": "RLE",
    },
)
old = table.select(["micro", "word"])
pq.write_table(old, path("int96"), use_deprecated_int96_timestamps=True)
flat = table.drop_columns(["list", "group", "nothing"])
duckdb.connect().execute(f"COPY flat TO '{path('duckdb')}' (FORMAT parquet)")
polars.from_arrow(flat).write_parquet(path("polars"))


def value(cell, kind):
    if cell is None:
        return None
    if pa.types.is_date(kind):
        return str((cell - dt.date(1970, 1, 1)).days)
    if pa.types.is_timestamp(kind):
        step = cell.replace(tzinfo=None) - dt.datetime(1970, 1, 1)
        return str(step // dt.timedelta(microseconds=1))
    if pa.types.is_time(kind):
        since = ((cell.hour * 60 + cell.minute) * 60 + cell.second) * 1000000
        return str(since + cell.microsecond)
    if pa.types.is_decimal(kind):
        return repr(float(cell))
    return repr(cell) if isinstance(cell, float) else str(cell)


expected = {}
for name in columns:
    if name not in ("list", "group"):
        kind = table.schema.field(name).type
        expected[name] = [value(cell, kind) for cell in table[name].to_pylist()]
for part in ("x", "y"):
    expected["group." + part] = [
        None if cell is None or cell[part] is None else str(cell[part])
        for cell in table["group"].to_pylist()
    ]
with open(os.path.join(here, "expected.json"), "w") as file:
    json.dump(expected, file, ensure_ascii=False, indent=0, sort_keys=True)
