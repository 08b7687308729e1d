"""The desk's command line: `python -m data COMMAND`. Prints what a command answers, and every error as one sentence."""

import os
import sys
from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from io import TextIOWrapper

from data.commands.check_desk import CHECK
from data.commands.export_desk import EXPORT
from data.commands.fill_demo import DEMO
from data.commands.import_log import IMPORT
from data.commands.rebuild_kept import REBUILD
from data.commands.show_info import INFO
from data.commands.show_metrics import METRICS
from data.commands.take_ratings import RATINGS
from data.commands.tick_desk import TICK
from data.commands.weekly_report import REPORT
from workflow.errors import DeskError

COMMANDS = (IMPORT, RATINGS, DEMO, METRICS, REPORT, CHECK, REBUILD, TICK, EXPORT, INFO)
REFUSED = 2
INTERRUPTED = 130


def parser() -> ArgumentParser:
    """The commands with their options and examples."""
    top = ArgumentParser(
        prog="python -m data",
        description="Fill, ask and keep a Marketdesk from the command line.",
        epilog="Exit code 0: done, 1: check found differences, 2: refused, with one sentence on the error stream.",
    )
    _add_database(top, default="")
    subparsers = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        sub = subparsers.add_parser(
            command.name,
            help=command.summary,
            description=f"{command.summary[0].upper()}{command.summary[1:]}.",
            epilog="\n".join(("examples:", *(f"  {example}" for example in command.examples))),
            formatter_class=RawDescriptionHelpFormatter,
        )
        command.add_arguments(sub)
        _add_database(sub, default=SUPPRESS)
        sub.set_defaults(run=command.run)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    _speak_utf8()
    try:
        arguments = parser().parse_args(words)
        answer = arguments.run(arguments)
        print(answer.text, flush=True)
    except DeskError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Stopped; what was not finished was not written.", file=sys.stderr)
        return INTERRUPTED
    return answer.exit_code


def _add_database(part: ArgumentParser, *, default: str) -> None:
    part.add_argument(
        "--database",
        default=default,
        metavar="FILE",
        help="the desk's file (default: DESK_DATABASE, else var/desk.duckdb)",
    )


def _speak_utf8() -> None:
    """State names are in three scripts, and a terminal may claim to know one."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
