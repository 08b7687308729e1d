"""`python -m data ratings`: how content buyers were, from a file into the log."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from data.clock import now
from data.commands.command import Answer, Command, DatabaseMissingError, database_path
from data.importing.words import counted
from data.opening import open_desk
from data.ratings.errors import told
from data.ratings.taking import take_ratings


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE.csv",
        help="columns ticket (its number) or reference (its name elsewhere), rating (1 to 5), at (UTC, or with its "
        "offset) and comment, which may be left out",
    )
    parser.add_argument("--dry-run", action="store_true", help="list every row that cannot be taken, write nothing")
    parser.add_argument("--skip-rejects", action="store_true", help="leave rows out that cannot be taken")


def _run(arguments: Namespace) -> Answer:
    path = database_path(arguments)
    if not path.exists():
        raise DatabaseMissingError(path=path)
    moment, is_dry_run = now(), arguments.dry_run
    with open_desk(path) as desk:
        if not is_dry_run:
            desk.desk.tick(moment)  # as before every act
        taken = take_ratings(
            desk.database,
            arguments.file,
            now=moment,
            is_dry_run=is_dry_run,
            skip_rejects=arguments.skip_rejects,
        )
    ratings, tickets = counted(taken.taken_count, "rating"), counted(taken.tickets_count, "ticket")
    added = f"{'Would add' if is_dry_run else 'Added'} {ratings} of {tickets}"
    if taken.comments_count:
        added += f", {counted(taken.comments_count, 'first comment')} of ratings known before"
    said = f"{added}; {taken.known_count:,} known already"
    return Answer(text="\n".join((f"{said}, {len(taken.rejects):,} refused.", *map(told, taken.rejects))))


RATINGS = Command(
    name="ratings",
    summary="bring buyers' ratings (CSV) into the log; again adds only what is new",
    examples=("python -m data ratings survey.csv", "python -m data ratings survey.csv --dry-run"),
    add_arguments=_add_arguments,
    run=_run,
)
