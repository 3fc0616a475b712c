# SPDX-License-Identifier: Apache-2.0
"""Records what pyreadstat reads from the statistical files, as JSON beside this script.

    python3 record.py FOLDER_OF_FILES [FOLDER_FOR_RECORDS]

Cells are hashed column by column, one line a cell: the bits of a double in hexadecimal (of a float
after an "s" for Stata's float storage), a point and a letter for missing kinds, text after a "t".
User-missing numbers are plain numbers here, and dates are the numbers the file stores.
"""
import hashlib, json, math, os, struct, sys
import pyreadstat

READERS = {".sav": pyreadstat.read_sav, ".zsav": pyreadstat.read_sav, ".por": pyreadstat.read_por,
           ".dta": pyreadstat.read_dta, ".xpt": pyreadstat.read_xport,
           ".sas7bdat": pyreadstat.read_sas7bdat}

def cell(value, storage):
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "t" if storage == "string" else "."
    if isinstance(value, str):
        if storage != "string":
            return "." + value.lower()
        return "t" + value
    if storage == "float":
        return "s" + struct.pack(">f", value).hex()
    return struct.pack(">d", float(value)).hex()

def code(value):
    if isinstance(value, str):
        return value
    return str(int(value)) if float(value).is_integer() else repr(float(value))

def record(path, catalogue=None):
    ext = os.path.splitext(path)[1].lower()
    options = {"disable_datetime_conversion": True}
    if ext in (".sav", ".zsav", ".dta", ".sas7bdat"):
        options["user_missing"] = True
    frame, meta = READERS[ext](path, **options)
    if catalogue:  # With a catalogue, values would come as their labels.
        _, meta = READERS[ext](path, catalog_file=catalogue, formats_as_category=False, **options)
    columns = []
    for name in meta.column_names:
        storage = meta.readstat_variable_types.get(name, "")
        values = frame[name].tolist()
        lines = [cell(v, storage) for v in values]
        labels = meta.variable_value_labels.get(name, {})
        letters = storage != "string" and ext in (".dta", ".sas7bdat")
        columns.append({
            "name": name, "label": meta.column_names_to_labels.get(name) or "",
            "format": meta.original_variable_types.get(name) or "",
            "storage": storage, "measure": meta.variable_measure.get(name, ""),
            "displayWidth": meta.variable_display_width.get(name, 0),
            "alignment": meta.variable_alignment.get(name, ""),
            "valueLabels": [["." + k if letters and isinstance(k, str) else code(k), v]
                            for k, v in labels.items()],
            "missing": [[code(r["lo"]), code(r["hi"])] if not isinstance(r, str) else [r, r]
                        for r in meta.missing_ranges.get(name, [])],
            "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
        })
    return {"file": os.path.basename(path), "pyreadstat": pyreadstat.__version__,
            "rows": len(frame), "fileLabel": meta.file_label or "", "notes": meta.notes,
            "columns": columns}

if __name__ == "__main__":
    folder = sys.argv[1]
    here = sys.argv[2] if len(sys.argv) > 2 else os.path.dirname(os.path.abspath(__file__))
    for name in sorted(os.listdir(folder)):
        if os.path.splitext(name)[1].lower() not in READERS:
            continue
        catalogue = None
        if name.startswith("pyreadstat__test_data_win"):
            catalogue = os.path.join(folder, "pyreadstat__test_formats_win.sas7bcat")
        with open(os.path.join(here, name + ".json"), "w", encoding="utf-8") as out:
            json.dump(record(os.path.join(folder, name), catalogue), out, ensure_ascii=False,
                      indent=1, sort_keys=True)
            out.write("\n")
