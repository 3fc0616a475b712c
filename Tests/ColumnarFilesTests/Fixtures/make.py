# SPDX-License-Identifier: Apache-2.0
# Writes the Parquet and Arrow files of this folder with pyarrow, DuckDB and Polars, and expected.json
# with what pyarrow reads in them. Run with their versions named in README.md:
# python make.py [parquet] [arrow]
import datetime as dt
import decimal
import json
import os
import random
import sys

import polars
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq

formats = sys.argv[1:] or ["parquet", "arrow"]
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


def path(name, ending="parquet"):
    return os.path.join(here, name + "." + ending)


flat = table.drop_columns(["list", "group", "nothing"])


def write_parquet():
    import duckdb

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
    duckdb.connect().execute(f"COPY flat TO '{path('duckdb')}' (FORMAT parquet)")
    polars.from_arrow(flat).write_parquet(path("polars"))


draw = random.Random(2)
words = pa.array(["low", "mid", "high", "never"])
codes = pa.array(cells(lambda _: draw.randint(0, 2)), pa.int8())
types = {
    "null": pa.nulls(rows),
    "int16": pa.array(cells(lambda _: draw.randint(-32768, 32767)), pa.int16()),
    "uint8": pa.array(cells(lambda _: draw.randint(0, 255)), pa.uint8()),
    "uint64": pa.array(cells(lambda _: draw.randint(0, 2**63 - 1)), pa.uint64()),
    "half": pa.array(cells(lambda _: draw.randint(-99, 99) / 4), pa.float16()),
    "large": pa.array(cells(lambda _: "łąka " * draw.randint(0, 4)), pa.large_string()),
    "view": pa.array(cells(lambda _: "łąka " * draw.randint(0, 4)), pa.string_view()),
    "day64": pa.array(
        cells(lambda _: dt.date(1900, 1, 1) + dt.timedelta(draw.randint(0, 70000))), pa.date64()
    ),
    "seconds": pa.array(cells(lambda _: dt.time(draw.randint(0, 23), 59, 1)), pa.time32("s")),
    "thousandths": pa.array(
        cells(lambda _: dt.time(draw.randint(0, 23), 59, 1, 5000)), pa.time32("ms")
    ),
    "nano": pa.array(cells(lambda _: dt.time(draw.randint(0, 23), 9, 1, 7)), pa.time64("ns")),
    "second": pa.array(cells(lambda _: moment("milliseconds").replace(microsecond=0)), pa.timestamp("s")),
    "zone": pa.array(
        cells(lambda _: moment("milliseconds")), pa.timestamp("ms", "Europe/Berlin")
    ),
    "stretch": pa.array(cells(lambda _: draw.randint(0, 10**6)), pa.duration("ms")),
    "cents": pa.array(
        cells(lambda _: decimal.Decimal(draw.randint(-(10**6), 10**6)).scaleb(-2)),
        pa.decimal128(20, 2),
    ),
    "wide": pa.array(
        cells(lambda _: decimal.Decimal(draw.randint(-(10**6), 10**6)).scaleb(-3)),
        pa.decimal256(40, 3),
    ),
    "whole": pa.array(
        cells(lambda _: decimal.Decimal(draw.randint(-(10**6), 10**6))), pa.decimal128(12, 0)
    ),
    "ordered": pa.DictionaryArray.from_arrays(codes, words, ordered=True),
    "coded": pa.DictionaryArray.from_arrays(
        codes.cast(pa.uint16()), pa.array([dt.date(2000, 1, 1), None, dt.date(1999, 1, 1)])
    ),
    "binary": pa.array(cells(lambda _: b"\xff\x00"), pa.binary()),
    "fixed": pa.array(cells(lambda _: b"ab"), pa.binary(2)),
    "lists": pa.array(cells(lambda _: ["a", None]), pa.large_list(pa.string_view())),
    "map": pa.array(cells(lambda _: [("a", 1)]), pa.map_(pa.string(), pa.int8())),
    "both": pa.UnionArray.from_sparse(
        pa.array([row % 2 for row in range(rows)], pa.int8()),
        [pa.array(range(rows)), pa.array(["x"] * rows)],
    ),
    "last": pa.array(range(rows), pa.int32()),
}
fields = [
    pa.field(name, column.type, metadata={"label": "A label"} if name == "int16" else None)
    for name, column in types.items()
]
types = pa.table(list(types.values()), pa.schema(fields))


def stream(name, table, **options):
    options = pa.ipc.IpcWriteOptions(**options)
    with pa.ipc.new_stream(path(name, "arrows"), table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=17)


def write_arrow():
    with pa.ipc.new_file(path("plain", "arrow"), table.schema) as writer:
        writer.write_table(table, max_chunksize=17)
    for packing in ("lz4", "zstd"):
        pa.feather.write_feather(table, path(packing, "feather"), packing, chunksize=17)
    stream("stream", table, compression="zstd")
    pa.feather.write_feather(types, path("types", "arrow"), "lz4", chunksize=17)
    polars.from_arrow(flat).write_ipc(path("polars", "arrow"), compression="zstd")
    # Dictionaries that grow from batch to batch, and that are replaced.
    for name, deltas in (("growing", True), ("replaced", False)):
        schema = pa.schema([("level", pa.dictionary(pa.int8(), pa.string()))])
        options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=deltas)
        with pa.ipc.new_stream(path(name, "arrows"), schema, options=options) as writer:
            for levels in (["a", "b"], ["a", "b", "c"], ["d", "b"][: 2 if not deltas else 0]):
                if levels:
                    places = pa.array([0, None, len(levels) - 1], pa.int8())
                    array = pa.DictionaryArray.from_arrays(places, pa.array(levels))
                    writer.write_batch(pa.record_batch([array], schema))


if "parquet" in formats:
    write_parquet()
if "arrow" in formats:
    write_arrow()


def value(cell, kind):
    if cell is None:
        return None
    if pa.types.is_date(kind):
        return str((cell - dt.date(1970, 1, 1)).days)
    if pa.types.is_timestamp(kind):
        if cell.tzinfo is not None:
            cell = cell.astimezone(dt.timezone.utc)
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
for name in types.column_names:
    kind = types.schema.field(name).type
    if name in ("binary", "fixed", "lists", "map", "both"):
        continue
    if pa.types.is_duration(kind):
        column = types[name].cast(pa.int64())
    else:
        column = types[name]
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    expected["types." + name] = [value(cell, kind) for cell in column.to_pylist()]
for part in ("x", "y"):
    expected["group." + part] = [
        None if cell is None or cell[part] is None else str(cell[part])
        for cell in table["group"].to_pylist()
    ]
with open(os.path.join(here, "expected.json"), "w") as file:
    json.dump(expected, file, ensure_ascii=False, indent=0, sort_keys=True)
