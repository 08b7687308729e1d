"""`python -m data check`: whether the present is what the log says."""

from argparse import Namespace

from data.check import check
from data.commands.command import Answer, Command, no_arguments, open_existing

_WELL = "All is well: rebuilding every ticket from its log gives the desk as it is stored."


def _run(arguments: Namespace) -> Answer:
    with open_existing(arguments) as database:
        found = check(database)
    count = sum(not item.is_note for item in found)
    last = f"{count:,} difference{'' if count == 1 else 's'}." if count else _WELL
    return Answer(text="\n".join((*map(str, found), last)), exit_code=1 if count else 0)


CHECK = Command(
    name="check",
    summary="rebuild every ticket from its log and name what differs (exit code 1 if anything does)",
    examples=("python -m data check", "python -m data check --database copy.duckdb"),
    add_arguments=no_arguments,
    run=_run,
)
