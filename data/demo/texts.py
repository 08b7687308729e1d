"""What people write, in Russian, Chinese and English. `texts/*.toml` has the words; here they are chosen."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from workflow.vocabulary import Language

_FOLDER = Path(__file__).with_name("texts")
Phrases = Mapping[str, Mapping[str, Mapping[str, list[str]]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Filling:
    """What the braces of a text stand for."""

    product: str
    order: str
    date: str
    tracking: str = ""
    amount: str = ""


@cache
def phrases(language: Language) -> Phrases:
    """Every text of a language: side, manner (`open`, `say`, `do`, `note`), name, variants."""
    return tomllib.loads((_FOLDER / f"{language.value}.toml").read_text(encoding="utf-8"))


def knows(language: Language, side: str, manner: str, name: str) -> bool:
    """Whether there is a text of this name."""
    return name in phrases(language)[side].get(manner, {})


def text(  # noqa: PLR0913, PLR0917 - where it stands, and what fills it
    language: Language, side: str, manner: str, name: str, filling: Filling, random: Random, said: set[str]
) -> str:
    """One of the variants of `[side.manner] name`, filled in; one that is not in `said` while there is any."""
    variants = phrases(language)[side][manner][name]
    variant = random.choice([item for item in variants if item not in said] or variants)
    said.add(variant)
    return variant.format(
        product=filling.product,
        order=filling.order,
        date=filling.date,
        tracking=filling.tracking,
        amount=filling.amount,
    )
