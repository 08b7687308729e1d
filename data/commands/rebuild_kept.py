"""`python -m data rebuild`: make what is kept of the log for speed anew."""

from argparse import Namespace

from data.commands.command import Answer, Command, no_arguments, open_existing
from data.keeping import rebuild
from data.service.kept import keep_anew
from data.service.shelf import rulebook


def _run(arguments: Namespace) -> Answer:
    with open_existing(arguments) as database:
        count = rebuild(database)
        keep_anew(database, rulebook(database))
    return Answer(text=f"The figures and service levels kept of {count:,} tickets were made anew from the log.")


REBUILD = Command(
    name="rebuild",
    summary="make what is kept of the log for speed anew (after check named a difference in kept_...)",
    examples=("python -m data rebuild",),
    add_arguments=no_arguments,
    run=_run,
)
