# ruff: noqa: RUF001 - Russian words are searched for, so Cyrillic letters stand in the patterns.
"""The patterns of the linter: words from `rules.toml`, and the shapes of addresses and numbers that are put here."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_RULES: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("rules.toml").read_text(encoding="utf-8")
)
OWN_DOMAINS: tuple[str, ...] = tuple(_RULES["marketplace"]["domains"])


def _any(parts: Iterable[str]) -> str:
    return "(?:" + "|".join(parts) + ")"


def _words(rule: str) -> re.Pattern[str]:
    return re.compile(_any(pattern for language in _RULES[rule].values() for pattern in language))


_ENDINGS = _any(sorted(_RULES["link"]["endings"], key=len, reverse=True))
_AT = r"(?:\s*(?:@|\(at\)|\[at\]|\{at\}|\(?собак[аи]\)?|\(?собачк[аи]\)?|艾特)\s*)"
_DOT = r"(?:\s*(?:\[\.\]|\(\.\)|\(dot\)|\[dot\]|\(точка\)|\bточка\b|\bdot\b|\(点\)|点)\s*|\.|\s\.\s)"
_HOST = rf"[a-z0-9а-я][\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{0,5}}{_DOT}{_ENDINGS}(?![\w-])"
EMAIL = re.compile(
    rf"[\w.+-]+{_AT}[\w-]+(?:\.[\w-]+)*{_DOT}[a-zа-я]{{2,}}|"
    rf"[\w.+-]+\s+(?:at|эт)\s+[\w-]+\s+(?:dot|точка)\s+{_ENDINGS}\b|"
    rf"(?:\be-?mail|\bmail\b|почт[уаеы]\b|邮箱)\W+(?:\w+\W+){{0,2}}?[\w.+-]+\s+at\s+{_HOST}"
)
LINK = re.compile(rf"(?:[a-z]{{3,5}}://|\bwww\.)(?:[^\s/?#]*)(?:[/?#]\S*)?|(?<![\w@.-]){_HOST}(?!@)(?:/\S*)?")
MESSENGER = _words("messenger")
ASKED_EMAIL, ASKED_PHONE = _words("asked_email"), _words("asked_phone")
CANCEL = _words("cancel")
OFF_PLATFORM = _words("off_platform")
REFUSAL = _words("refusals")
WISH = re.compile(_words("wishes").pattern + r"[^,.;:!?，。；：！？]*$")
NEGATION = re.compile(_words("negations").pattern + r"(?:\s+[^\s,.;!?]+){0,2}\s*$")

# Eleven digits from 7 or 8, or a plus and 10 to 15 digits, written with the usual separators; or introduced by a word.
_GAP = r"[\s\-.()/_*]{0,3}"
_ORDERLY = (
    r"(?!order|posting|parcel|tracking|track|sku|item|article|model|imei|serial|case|"
    r"заказ|отправлен|посылк|трек|артикул|модел|серийн|номер\s+заказ)"
)
_CALLED = (
    r"(?:\bmy\s+number(?:\s+is)?\b|\bмой\s+номер\b|\btel\b|\bphone(?:\s+number)?\b|\bmobile\b|\bcall\s+(?:me|us)\b|\btext\s+(?:me|us)\b|\bring\s+us\b|"
    r"\breach\s+(?:me|us)(?:\s+(?:on|at|by))?|\b(?:номер\s+)?для\s+связи\b|\bконтактный\s+номер\b|"
    r"\bтел\b|\bтелефон(?:у|а|ом)?\b|\bмоб\b|\bмобильн\w+|\b(?:по|на|пере)?звоните\b|\b(?:по)?звонить\b|\bнаберите\b)"
)
PHONE = re.compile(
    rf"(?<![\w-])(?:\+(?:{_GAP}\d){{10,15}}|8{_GAP}9(?:{_GAP}\d){{9}}|[78]{_GAP}\(\d{{3,4}}\)(?:{_GAP}\d){{6,7}}|"
    rf"\(\d{{3}}\)[\s\-.]?\d{{3}}[\s\-.]\d{{4}}|9\d{{2}}[\s\-]\d{{3}}[\s\-]\d{{2}}[\s\-]\d{{2}}|"
    rf"[78][\s\-.]\d{{3}}[\s\-.]\d{{3}}[\s\-.]\d{{2}}[\s\-.]\d{{2}}|7{_GAP}9(?:{_GAP}\d){{9}}|"
    rf"1[3-9]\d(?:[\s-]?\d{{4}}){{2}}|1\s?[3-9](?:\s\d){{9}}|1-[3-9](?:-\d){{9}})(?![\w-])|"
    rf"{_CALLED}\W{{0,12}}(?:{_ORDERLY}[^\W\d]+\W{{1,3}}){{0,2}}(?:{_GAP}\d){{6,15}}(?![\w-])|"
    rf"(?:电话|手机号码?|座机|热线|致电|拨打|打这个号|联系号)(?:号码)?[\s:：是为]{{0,4}}(?:{_GAP}\d){{6,15}}(?![\w-])"
)
# Eleven digits in a row are as well a number that is named before them.
ORDER_NUMBER = re.compile(
    r"(?:\b(?:order|posting|parcel|tracking|track|invoice|article|item|model|part|imei|serial|sku)\b|"
    r"\b(?:заказ|отправлен|посылк|накладн|трек|артикул|штрихкод|чек)\w*|订单|运单|单号|物流|快递|发票|货号|编号|条码|型号|序列号)"
    r"(?:[\s-]*(?:number|no|id|code|номер\w*|号码|号|单号))?[\s.:#№是为]*$"
)
_EN_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)"
_RU_NUMBER = (
    r"(?:ноль|нуль|один|два|три|четыре|пять|шесть|семь|восемь|девять|десять|"
    r"(?:один|две|три|четыр|пят|шест|сем|восем|девят)\w*(?:надцать|дцать|десят|сти|ста|сот)|сорок|девяносто|сто|двести)"
)
SPELLED = re.compile(
    rf"\b{_EN_DIGIT}(?:[\s,-]+{_EN_DIGIT}){{6,}}\b|\b(?:плюс\s+)?{_RU_NUMBER}(?:[\s,-]+{_RU_NUMBER}){{5,}}\b"
)
