# ruff: noqa: RUF001 - Russian words are searched for, so Cyrillic letters stand in the patterns.
"""The patterns of the linter: words from `rules.toml`, and the shapes of addresses and numbers that are put here.

All are written in `workflow.linter.dialect`: a Chinese sign is no letter of a word, and every repeat has an end.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workflow.linter.dialect import CYRILLIC, LATIN, any_of, compiled

_RULES: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("rules.toml").read_text(encoding="utf-8")
)
OWN_DOMAINS: tuple[str, ...] = tuple(_RULES["marketplace"]["domains"])


def _words(rule: str) -> str:
    return any_of(pattern for language in _RULES[rule].values() for pattern in language)


_ENDINGS = any_of(sorted(_RULES["link"]["endings"], key=len, reverse=True))
_AT = r"(?:\s*(?:@|\(at\)|\[at\]|\{at\}|\(?собак[аи]\)?|\(?собачк[аи]\)?|艾特)\s*)"
_DOT = r"(?:\s*(?:\[\.\]|\(\.\)|\(dot\)|\[dot\]|\(точка\)|\bточка\b|\bdot\b|\(点\)|点)\s*|\.|\s\.\s)"
_HOST = rf"[a-z0-9а-я][\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{0,5}}{_DOT}{_ENDINGS}(?![\w-])"
_LOCAL = r"[\w.+-]{1,64}"
EMAIL = compiled(
    rf"{_LOCAL}{_AT}[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}{_DOT}[a-zа-я]{{2,24}}|"
    rf"{_LOCAL}\s+(?:at|эт)\s+[\w-]{{1,63}}\s+(?:dot|точка)\s+{_ENDINGS}\b|"
    rf"(?:\be-?mail|\bmail\b|почт[уаеы]\b|邮箱)\W+(?:\w+\W+){{0,2}}?{_LOCAL}\s+at\s+{_HOST}"
)
# No address: two sentences without a blank between them (“Hello.Me and my team”).
_GLUED = r"(?!(?:hello|hi|hey|thanks|thank\s+you|please|sorry|ok|okay|yes|no)\.(?:me|be|by|co|de|pro|top)\b)"
# The tail of an address is taken whole, however long: what is taken is not read again.
_TAIL = r"\S{0,1000}"
LINK = compiled(
    rf"(?:[a-z]{{3,5}}://|\bwww\.)(?:[\w.:@%-]{{1,253}}|[^\s/?#]{{0,63}})(?:[/?#]{_TAIL})?|"
    rf"(?<![\w@.-]){_GLUED}{_HOST}(?!@)(?:/{_TAIL})?"
)
MESSENGER = compiled(_words("messenger"))
ASKED_EMAIL, ASKED_PHONE = compiled(_words("asked_email")), compiled(_words("asked_phone"))
CANCEL = compiled(_words("cancel"))
OFF_PLATFORM = compiled(_words("off_platform"))
REFUSAL = compiled(_words("refusals"))
# The three below are searched for in the text before a match, not further back than this.
REACH = 300
WISH = compiled(_words("wishes") + r"[^,.;:!?，。；：！？]{0,120}$")
NEGATION = compiled(_words("negations") + r"(?:\s+[^\s,.;!?]+){0,2}\s*$")
_NUMBERED = (
    r"(?:\b(?:order|posting|parcel|tracking|track|invoice|article|item|model|part|imei|serial|sku|barcode|ean|isbn|upc|"
    r"batch|lot|claim|request|product\s+code|item\s+code)\b|"
    r"\b(?:заказ|отправлен|посылк|накладн|трек|артикул|модел|штрихкод|чек|партии|партия|обращени|заявк|претензи)\w*|"
    r"\b(?:инн|кпп|огрн|гтд|упд)\b|\bкод\w{0,2}\s+(?:товара|изделия|модели|маркировки|отправления|заказа)\b|"
    r"订单|运单|单号|物流|快递|发票|货号|编号|条码|条形码|型号|序列号|批号|批次|编码|税号|书号|款号|料号|流水号|交易号|会员号|客户号|追踪号|跟踪号|券码|验证码|申请|工单)"
)
ORDER_NUMBER = compiled(rf"{_NUMBERED}(?:[\s-]*(?:number|no|id|code|номер\w*|号码|号|单号))?[\s.:#№(\[«“\"是为-]*$")

# Eleven digits from 7 or 8, or a plus and 10 to 15 digits, written with the usual separators; or introduced by a word.
# What is glued to Latin letters is a model or a parcel. Chinese signs touch a number, and so does a Russian word of
# three letters or more; one or two (“НЦ”, “кг”) belong to it. A dash between changes nothing. A plus begins a number
# whatever follows it.
_BEFORE = (
    rf"(?<![{LATIN}])(?<![{LATIN}]-)(?:(?<![{CYRILLIC}])|(?<=[{CYRILLIC}]{{3}}))"
    rf"(?:(?<![{CYRILLIC}]-)|(?<=[{CYRILLIC}]{{3}}-))"
)
_AFTER = (
    rf"(?!-?[{LATIN}])(?!-?(?:[{CYRILLIC}]{{1,2}}|руб\w*|штук\w*)(?![{CYRILLIC}]))"
    r"(?!\s?(?:元|件|个(?!人)|卢布|台|份|套|克|公斤)|\s?\((?:артикул|арт\.|sku|货号))"
)
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
PHONE = compiled(
    rf"(?<![{LATIN}])\+(?:{_GAP}\d){{10,15}}(?!-?\d)|"
    rf"{_BEFORE}(?:8{_GAP}9(?:{_GAP}\d){{9}}|[78]{_GAP}\(\d{{3,4}}\)(?:{_GAP}\d){{6,7}}|"
    rf"\(\d{{3}}\)[\s\-.]?\d{{3}}[\s\-.]\d{{4}}|9\d{{2}}[\s\-]\d{{3}}[\s\-]\d{{2}}[\s\-]\d{{2}}|"
    rf"[78][\s\-.]\d{{3}}[\s\-.]\d{{3}}[\s\-.]\d{{2}}[\s\-.]\d{{2}}|7{_GAP}9(?:{_GAP}\d){{9}}|"
    rf"1[\s\-.]8(?:00|33|44|55|66|77|88)[\s\-.]\d{{3}}[\s\-.]\d{{4}}|"
    rf"1[3-9]\d(?:[\s-]?\d{{4}}){{2}}|1\s?[3-9](?:\s\d){{9}}|1-[3-9](?:-\d){{9}}){_AFTER}|"
    rf"\bcall\W{{1,3}}1[\s\-.]\(?\d{{3}}\)?[\s\-.]\d{{3}}[\s\-.]\d{{4}}{_AFTER}|"
    rf"{_CALLED}\W{{0,12}}(?:{_ORDERLY}[a-zа-яё]+\W{{1,3}}){{0,2}}(?:{_GAP}\d){{6,15}}{_AFTER}|"
    rf"(?:电话|手机号码?|座机|热线|致电|拨打|打这个号|联系号)(?:号码)?[\s:：是为]{{0,4}}(?:{_GAP}\d){{6,15}}{_AFTER}"
)
_EN_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)"
_RU_NUMBER = (
    r"(?:ноль|нуль|нол[ья]|один|одна|одно|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|"
    r"(?:один|две|три|четыр|пят|шест|сем|восем|девят)надцать|двадцать|тридцать|сорок|девяносто|"
    r"(?:пять|шесть|семь|восемь)десят|сто|двести|триста|четыреста|(?:пять|шесть|семь|восемь|девять)сот)"
)
SPELLED = compiled(
    rf"\b{_EN_DIGIT}(?:[\s,-]+{_EN_DIGIT}){{6,20}}\b|\b(?:плюс\s+)?{_RU_NUMBER}(?:[\s,-]+{_RU_NUMBER}){{5,20}}\b"
)
