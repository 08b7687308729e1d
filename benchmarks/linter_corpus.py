"""Precision and recall of the linter by language and rule, over the corpora of the tests, with each misjudged text.

Held-out texts come in blocks, each written at its own time before any of it was judged, and are told by block. A block
that the rules have learnt from is held out no longer and stands in a file of its own.

A text counts as found when the linter names the rule that the corpus names; a finding by another rule, or in an
innocent text, is a false alarm of that rule.
"""

import csv
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workflow.linter import Rule, findings

CORPUS = ROOT / "tests" / "workflow" / "linter_corpus.tsv"
FORMERLY = ROOT / "tests" / "workflow" / "linter_formerly_heldout.tsv"
HELD_OUT = ROOT / "tests" / "workflow" / "linter_heldout.tsv"
LANGUAGES = ("en", "ru", "zh")
INNOCENT = "innocent"


def texts(corpus: Path) -> list[dict[str, str]]:
    with corpus.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def counted(rows: list[dict[str, str]]) -> Counter[tuple[str, str, str]]:
    """Keys (language, rule, found | missed | false)."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        named = {finding.rule.value for finding in findings(row["text"])}
        if row["rule"] != INNOCENT:
            counts[row["language"], row["rule"], "found" if row["rule"] in named else "missed"] += 1
        for rule in named - {row["rule"]}:
            counts[row["language"], rule, "false"] += 1
    return counts


def summed(counts: Counter[tuple[str, str, str]], languages: tuple[str, ...], rules: tuple[Rule, ...]) -> list[int]:
    return [
        sum(counts[language, rule.value, kind] for language in languages for rule in rules)
        for kind in ("found", "missed", "false")
    ]


def ratio(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.1f} %" if whole else "       —"


def line(name: str, found: int, missed: int, false: int) -> str:
    return (
        f"{name:24} {found + missed:6} {found:6} {false:6} {ratio(found, found + false):>10} "
        f"{ratio(found, found + missed):>10}"
    )


def report(corpus: list[dict[str, str]]) -> None:
    counts = counted(corpus)
    innocent_count = sum(row["rule"] == INNOCENT for row in corpus)
    print(f"{len(corpus)} texts, {innocent_count} of them innocent")
    print(f"{'language, rule':24} {'texts':>6} {'found':>6} {'false':>6} {'precision':>10} {'recall':>10}")
    for language in LANGUAGES:
        print(line(f"{language}, every rule", *summed(counts, (language,), tuple(Rule))))
        for rule in Rule:
            print(line(f"  {rule}", *summed(counts, (language,), (rule,))))
    for rule in Rule:
        print(line(f"all, {rule}", *summed(counts, LANGUAGES, (rule,))))
    print(line("all", *summed(counts, LANGUAGES, tuple(Rule))))
    for row in corpus:
        named = {finding.rule.value for finding in findings(row["text"])}
        if named != ({row["rule"]} - {INNOCENT}):
            print(f"misjudged: {row['language']} {row['rule']} -> {sorted(named) or 'nothing'}: {row['text']}")


if __name__ == "__main__":
    print("Texts that the rules were written with:")
    report(texts(CORPUS))
    for name, path, column in (
        ("Texts that the rules learnt from,", FORMERLY, "origin"),
        ("Held-out texts, block", HELD_OUT, "block"),
    ):
        rows = texts(path)
        for origin in sorted({row[column] for row in rows}):
            print(f"{name} {origin}:")
            report([row for row in rows if row[column] == origin])
