"""How long a million events take to import, beside DuckDB's own read_csv plus insert into tables with the same keys.

Makes a log of a million events in 200,000 cases (the same one every time) in a temporary folder, then measures in turn,
each in a process of its own with a fresh file:
- `import`: the desk's own import, with every check, into a fresh desk;
- `log`: read_csv and one insert into a table with the columns and the key of the desk's log, (ticket_id, seq);
- `file`: read_csv and one insert into a table with the columns of the file and the key (case, line), to know it.
Prints medians, ratios and peak memory; fails where the import takes more than three times `log`, 60 s, or 4 GiB.

    .venv/bin/python benchmarks/import_log.py [--events 1000000] [--runs 5]
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from data.importing import run_import
from data.opening import open_desk

NOW = datetime(2026, 1, 1)  # noqa: DTZ001 - instants are naive UTC
EVENTS_PER_CASE = 5
MOST_SECONDS, MOST_RATIO, MOST_GIB = 60, 3, 4
MAPPING = """
name = "benchmark"
[columns]
case = "case"
activity = "activity"
time = "time"
resource = "agent"
seller = "seller"
product = "product"
[time]
format = "%Y-%m-%d %H:%M:%S"
[states]
"Open" = "open"
"Take" = "open"
"Wait for the buyer" = "waiting"
"Resolve" = "done"
"Close" = "final"
[activities]
"Take" = { is_public_reply = true }
"""
MAKE_LOG = """
copy (
    select
        concat('Case ', i // $per_case) as "case",
        ['Open', 'Take', 'Wait for the buyer', 'Resolve', 'Close'][1 + i % $per_case] as activity,
        concat('Agent ', hash(i) % 50) as agent,
        strftime(
            timestamp '2020-01-01'
            + to_seconds((i // $per_case) % 500000 * 300 + (i % $per_case) * 20000 + hash(i) % 10000),
            '%Y-%m-%d %H:%M:%S'
        ) as time,
        concat('Seller ', hash(i // $per_case) % 200) as seller,
        concat('Product ', hash(i // $per_case + 1) % 5000) as product,
    from range($events) as log (i)
    order by time, i
) to '{}' (header)
"""
FILE_TABLE = """
create table log (
    "case" varchar, line bigint, activity varchar, agent varchar, time timestamp, seller varchar, product varchar,
    primary key ("case", line)
)
"""
FILE_INSERT = """
insert into log
select "case", row_number() over (), activity, agent, cast(time as timestamp), seller, product
from read_csv($file, header = true, all_varchar = true)
"""
LOG_INSERT = """
insert into events
select
    row_number() over (), cast(md5("case") as uuid), row_number() over (), 'observed', activity, 'benchmark', 1,
    activity, 'open', activity, 'open', 'seller', 'seller_agent', agent, 'import:benchmark', cast(time as timestamp),
    timestamp '2026-01-01', true, false, true, 0.0, '{}', 1, false
from read_csv($file, header = true, all_varchar = true)
"""


def main() -> None:
    arguments = _arguments()
    if arguments.once:
        _measure_once(arguments.once, arguments.folder)
        return
    with tempfile.TemporaryDirectory(prefix="marketdesk-benchmark-") as folder:
        log = Path(folder) / "log.csv"
        sizes = {"per_case": EVENTS_PER_CASE, "events": arguments.events}
        duckdb.connect().execute(MAKE_LOG.replace("{}", str(log)), sizes)
        (Path(folder) / "mapping.toml").write_text(MAPPING, encoding="utf-8")
        print(f"{arguments.events:,} events, {log.stat().st_size / 1e6:.0f} MB as CSV, {arguments.runs} runs in turn")
        found: dict[str, list[dict[str, float]]] = {"import": [], "log": [], "file": []}
        for _ in range(arguments.runs):
            for name, results in found.items():
                results.append(_in_a_process(name, folder))
    _print(found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--once", choices=["import", "log", "file"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_a_process(name: str, folder: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--once", name, "--folder", folder]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - ourselves


def _measure_once(name: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        path = Path(fresh) / "desk.duckdb"
        seconds = _import(path, folder) if name == "import" else _insert(path, folder, name)
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "gib": kibibytes / 2**20}))


def _import(path: Path, folder: Path) -> float:
    with open_desk(path) as desk:
        begun = time.perf_counter()
        report = run_import(desk.database, folder / "log.csv", folder / "mapping.toml", now=NOW)
        seconds = time.perf_counter() - begun
        assert desk.database.read("select count(*) from events") == [(report.row_count,)]
        assert desk.database.read("select count(*) from tickets") == [(report.row_count // EVENTS_PER_CASE,)]
    return seconds


def _insert(path: Path, folder: Path, name: str) -> float:
    with open_desk(path):  # for the table of the log, with its key
        pass
    connection = duckdb.connect(path, config={"threads": 2, "memory_limit": "2GiB"})
    connection.execute(FILE_TABLE)
    begun = time.perf_counter()
    connection.execute(LOG_INSERT if name == "log" else FILE_INSERT, {"file": str(folder / "log.csv")})
    return time.perf_counter() - begun


def _print(found: dict[str, list[dict[str, float]]]) -> None:
    medians = {name: statistics.median(run["seconds"] for run in runs) for name, runs in found.items()}
    peak = max(run["gib"] for run in found["import"])
    for name, runs in found.items():
        each = ", ".join(f"{run['seconds']:.2f}" for run in runs)
        ratio = medians["import"] / medians[name]
        print(f"{name:8} median {medians[name]:6.2f} s   import is {ratio:4.2f} times   ({each})")
    print(f"import   peak memory {peak:.2f} GiB")
    ratio = medians["import"] / medians["log"]
    is_good = ratio <= MOST_RATIO and medians["import"] < MOST_SECONDS and peak < MOST_GIB
    print(f"at most {MOST_RATIO} times, {MOST_SECONDS} s, {MOST_GIB} GiB: {'held' if is_good else 'NOT HELD'}")
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
