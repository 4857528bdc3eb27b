"""The real followthemoney, asked in its own environment: does it take our entities and rows?

It needs PyICU, which is built on the machine, so it stands apart from `requirements/oracles.txt`:
`make ftm-oracle`. Without it the tests that ask it are skipped, and say so; the recorded
schemata (`ftm_schemata.json`, read out of the YAML of followthemoney 4.11.2) are always asked.
"""

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("FTM_ORACLE", Path(__file__).parents[2] / ".venv-ftm"))
PYTHON = FOLDER / "bin" / "python"
MISSING = "needs the followthemoney library: make ftm-oracle"
_ASK = """
import json, sys
from followthemoney import model
from followthemoney.exc import InvalidData
from followthemoney.statement.serialize import read_path_statements
from pathlib import Path
folder = Path(sys.argv[1])
wrong, count = [], 0
for line in open(folder / "entities", encoding="utf-8"):
    told = json.loads(line)
    count += 1
    try:
        model[told["schema"]].validate(told)
    except InvalidData as error:
        wrong.append([told["schema"], list(error.errors["properties"])])
    kept = model.get_proxy(told, cleaned=False)
    for prop, values in told["properties"].items():
        if len(kept.get(prop)) != len(values):  # it tidies spaces, and drops what it refuses
            wrong.append([told["schema"], prop])
rows = {kind: [one.to_dict() for one in read_path_statements(folder / kind, kind)]
        for kind in ("csv", "json")}
print(json.dumps({"entities": count, "wrong": wrong, "same": rows["csv"] == rows["json"],
                  "rows": rows["json"]}))
"""


def asked(folder: Path) -> dict[str, Any]:
    """Return what the library says of `entities`, `csv` and `json` in a folder."""
    run = subprocess.run(
        [str(PYTHON), "-c", _ASK, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
        encoding="utf-8",
    )
    told: dict[str, Any] = json.loads(run.stdout)
    return told


@cache
def schemata() -> dict[str, dict[str, Any]]:
    """Return what is recorded of each schema: its properties by type, and those required."""
    text = Path(__file__).with_name("ftm_schemata.json").read_text("utf-8")
    told: dict[str, dict[str, Any]] = json.loads(text)["schemata"]
    return told
