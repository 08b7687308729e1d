# ruff: noqa: RUF001 - Russian words are searched for, so Cyrillic letters stand in the patterns.
"""What a public text must not hold: the marketplace forbids other channels and asking the buyer to cancel.

Order numbers, tracking numbers, prices and dates are left alone. Russian, English and Chinese.
"""

import re
from types import MappingProxyType

_EMAIL = re.compile(r"[\w.+-]+\s*(?:@|\(at\)|\[at\]|собака)\s*[\w-]+\s*(?:\.|\(dot\)|\[dot\]|\bточка\b)\s*[a-zа-я]{2,}")
_LINK = re.compile(
    r"(?:https?|ftp)://|\bwww\.|"
    r"(?<![\w@.])[\w-]+(?:\.[\w-]+)*\."
    r"(?:com|ru|net|org|info|biz|me|io|cn|su|by|kz|uz|shop|store|site|online|app|link|gg|рф)\b(?![.\w-]*@)"
)
_MESSENGER = re.compile(
    r"whats?\s?app|вотс?ап|ватс?ап|вацап|\bwa\.me\b|telegram|телеграм|\bтелега\b|\bтелегу\b|\bтг\b|\bt\.me\b|"
    r"viber|вайбер|we\s?chat|вичат|微信|威信|加v\b|\bqq\b|扣扣|instagram|инстаграм|facebook|фейсбук|vkontakte|вконтакте|"
    r"\bskype\b|скайп|\bsignal\s+(?:app|messenger)|(?<!\w)@[a-z]\w{4,}|"
    r"(?:пиш|напиш|связ|ответ|добав|звон)\w+\s+(?:\S+\s+){0,2}?(?:в|через)\s+(?:max|макс)\b|мессенджер\w*\s+(?:max|макс)\b"
)
_CANCEL = re.compile(
    r"\bcancel(?:l?ing)?\s+(?:(?:the|your|this|that|my|an?)\s+)?(?:order|purchase|parcel)\b|"
    r"\b(?:отмен(?:ите|ить|яйте|и|яй)|аннулир(?:уйте|овать)|откажитесь\s+от)[\s,]+(?:\S+\s+){0,2}?(?:заказ|покупк|посылк)|"
    r"\b(?:оформите|сделайте)\s+отмену|取消(?:您的|你的|这个|该|此|一下|掉)?(?:订单|定单|购买)|(?:订单|定单)(?:请)?取消|"
    r"把(?:订单|定单)取消"
)
# A sentence that tells the buyer NOT to cancel, or reports a cancellation, does not ask for one.
_NOT_ASKED = re.compile(
    r"(?:\bdo\s+not|\bdon['’]?t|\bno\s+need\s+to|\bwithout|\bне|\bнельзя|\bне\s+нужно|\bне\s+надо|不要|请勿|无需|不用|别)\s*$"
)
# Eleven digits from 7 or 8, or a plus and 10 to 15 digits, written with the usual separators; or introduced by a word.
_GAP = r"[\s\-.()]{0,3}"
_PHONE = re.compile(
    rf"(?<![\w-])(?:\+(?:{_GAP}\d){{10,15}}|8{_GAP}9(?:{_GAP}\d){{9}}|[78]{_GAP}\(\d{{3,4}}\)(?:{_GAP}\d){{6,7}}|"
    rf"1[3-9]\d(?:[\s-]?\d{{4}}){{2}})(?![\w-])|"
    rf"(?:\btel\b|\bphone\b|\bcall\s+(?:me|us)\b|\bтел\b|\bтелефону?\b|\b(?:по|на)звоните\b|电话|手机号?)"
    rf"\W{{0,12}}(?:[^\W\d]+\W{{1,3}}){{0,2}}(?:{_GAP}\d){{6,15}}(?![\w-])"
)
_RULES = (
    ("email", _EMAIL),
    ("link", _LINK),
    ("messenger", _MESSENGER),
    ("phone", _PHONE),
)
SENTENCES = MappingProxyType(
    {
        "email": "Take out the e-mail address “{found}”: the marketplace forbids other channels.",
        "link": "Take out the link “{found}”: the marketplace forbids links in messages.",
        "messenger": "Take out “{found}”: the marketplace forbids naming other messengers.",
        "phone": "Take out the phone number “{found}”: the marketplace forbids other channels.",
        "cancel": "Take out “{found}”: the marketplace forbids asking the buyer to cancel.",
    }
)


def faults(text: str) -> tuple[tuple[str, str], ...]:
    """What is forbidden in `text`: pairs of (code, the words found), in the order of the rules."""
    rest = text.lower()
    found: list[tuple[str, str]] = []
    for code, pattern in _RULES:
        if match := pattern.search(rest):
            found.append((code, match.group().strip()))
            rest = pattern.sub(" ", rest)
    found += [("cancel", match.group().strip()) for match in _asks_to_cancel(rest)]
    return tuple(found)


def complaint(text: str) -> str:
    """One sentence for each fault of a public text; empty when it may be sent."""
    return " ".join(SENTENCES[code].format(found=found) for code, found in faults(text))


def _asks_to_cancel(lower: str) -> list[re.Match[str]]:
    return [match for match in _CANCEL.finditer(lower) if not _NOT_ASKED.search(lower[: match.start()])][:1]
