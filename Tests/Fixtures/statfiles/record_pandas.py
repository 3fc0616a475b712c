# SPDX-License-Identifier: Apache-2.0
"""Records what pandas reads from Stata and SAS files, without ReadStat: one hash a column.

    python3 record_pandas.py FOLDER_OF_FILES

Cells are spelled as in record.py. Columns that pandas turns into dates are left out.
"""
import hashlib, json, os, struct, sys
import numpy, pandas
from pandas.io.stata import StataMissingValue, StataReader

def cell(value, kind):
    if isinstance(value, StataMissingValue):
        return value.string
    if kind == "text":
        return "t" + ("" if value is None or value != value else value)
    if value != value:
        return "."
    if kind == "float":
        return "s" + struct.pack(">f", value).hex()
    return struct.pack(">d", float(value)).hex()

def record(path):
    ext = os.path.splitext(path)[1].lower()
    if ext == ".dta":
        frame = pandas.read_stata(path, convert_dates=False, convert_categoricals=False,
                                  convert_missing=True)
        plain = pandas.read_stata(path, convert_dates=False, convert_categoricals=False,
                                  preserve_dtypes=True)
        with StataReader(path) as reader:
            reader.variable_labels()
            types = dict(zip(reader._varlist, reader._typlist))
        kinds = {name: "text" if isinstance(t, (int, numpy.integer)) and not str(t).isalpha()
                 or t == "Q" else ("float" if t == "f" else "double") for name, t in types.items()}
    else:
        encoding = "utf-8" if "pyreadstat" in path and ext == ".sas7bdat" else "cp1252"
        frame = pandas.read_sas(path, encoding=encoding,
                                format="xport" if ext == ".xpt" else "sas7bdat")
        kinds = {n: "text" if frame[n].dtype in (object, "str", "string") else "double" for n in frame.columns}
    result = {}
    for name in frame.columns:
        if str(frame[name].dtype).startswith("datetime"):
            continue
        lines = [cell(v, kinds[name]) for v in frame[name].tolist()]
        result[name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return {"pandas": pandas.__version__, "columns": result}

if __name__ == "__main__":
    folder, here = sys.argv[1], os.path.dirname(os.path.abspath(__file__))
    for name in sorted(os.listdir(folder)):
        if os.path.splitext(name)[1].lower() not in (".dta", ".xpt", ".sas7bdat"):
            continue
        with open(os.path.join(here, name + ".pandas.json"), "w", encoding="utf-8") as out:
            json.dump(record(os.path.join(folder, name)), out, ensure_ascii=False, indent=1)
            out.write("\n")
