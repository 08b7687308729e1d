"""The one way every text takes to the screen: gettext, domain `marketdesk`, catalogues in `pages/locale`.

A text with values is written `_("{count} of {total}").format(...)`: the catalogue holds the braces, so that another
language may order them as it needs. Names of states and categories come from the lifecycle, in the same language.
"""

import gettext
import os
from collections.abc import Mapping
from pathlib import Path

from workflow.vocabulary import Language

DOMAIN = "marketdesk"
LOCALES = Path(__file__).resolve().parent.parent / "locale"


def language() -> Language:
    """The language of the screen: `DESK_LANGUAGE`, English unless set."""
    wanted = os.environ.get("DESK_LANGUAGE", Language.EN)
    return Language(wanted) if wanted in set(Language) else Language.EN


def _translations() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, [language()], fallback=True)


_catalogue = _translations()


def _(text: str) -> str:
    """`text` in the language of the screen."""
    return _catalogue.gettext(text)


def counted(one: str, many: str, count: int) -> str:
    """`one` or `many` by the plural rule of the screen's language, with `{count}` filled in."""
    return _catalogue.ngettext(one, many, count).format(count=f"{count:,}")


def label(labels: Mapping[Language, str], otherwise: str) -> str:
    """The name of a state or category in the language of the screen; English, then `otherwise`, where it is missing."""
    return labels.get(language()) or labels.get(Language.EN) or otherwise.replace("_", " ").capitalize()
