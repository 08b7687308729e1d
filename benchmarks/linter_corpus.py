"""Precision and recall of the linter by language and rule, over the corpus of the tests, with every text it misjudges.

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
INNOCENT = "innocent"


def texts() -> list[dict[str, str]]:
    with CORPUS.open(encoding="utf-8", newline="") as file:
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


def ratio(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.1f} %" if whole else "       —"


def line(name: str, found: int, missed: int, false: int) -> str:
    return (
        f"{name:24} {found + missed:6} {found:6} {false:6} {ratio(found, found + false):>10} "
        f"{ratio(found, found + missed):>10}"
    )


if __name__ == "__main__":
    corpus = texts()
    counts = counted(corpus)
    innocent_count = sum(row["rule"] == INNOCENT for row in corpus)
    print(f"{len(corpus)} texts, {innocent_count} of them innocent")
    print(f"{'language, rule':24} {'texts':>6} {'found':>6} {'false':>6} {'precision':>10} {'recall':>10}")
    for language in ("en", "ru", "zh"):
        total = [sum(counts[language, rule, kind] for rule in Rule) for kind in ("found", "missed", "false")]
        print(line(f"{language}, every rule", *total))
        for rule in Rule:
            print(line(f"  {rule}", *(counts[language, rule.value, kind] for kind in ("found", "missed", "false"))))
    for rule in Rule:
        of_rule = [
            sum(counts[lang, rule, kind] for lang in ("en", "ru", "zh")) for kind in ("found", "missed", "false")
        ]
        print(line(f"all, {rule}", *of_rule))
    for row in corpus:
        named = {finding.rule.value for finding in findings(row["text"])}
        if named != ({row["rule"]} - {INNOCENT}):
            print(f"misjudged: {row['language']} {row['rule']} -> {sorted(named) or 'nothing'}: {row['text']}")
