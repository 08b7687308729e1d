"""`python -m data check`: whether the present is what the log says."""

from argparse import Namespace

from data.check import check
from data.commands.command import Answer, Command, no_arguments, open_existing


def _run(arguments: Namespace) -> Answer:
    with open_existing(arguments) as database:
        differences = check(database)
    if not differences:
        return Answer(text="All is well: rebuilding every ticket from its log gives the desk as it is stored.")
    lines = [str(difference) for difference in differences]
    return Answer(text="\n".join((*lines, f"{len(lines):,} differences.")), exit_code=1)


CHECK = Command(
    name="check",
    summary="rebuild every ticket from its log and name what differs (exit code 1 if anything does)",
    examples=("python -m data check", "python -m data check --database copy.duckdb"),
    add_arguments=no_arguments,
    run=_run,
)
