# ruff: noqa: RUF001 - Russian words are searched for, so Cyrillic letters stand in the patterns.
"""The shapes of phone numbers, and of the words by which a number is known as one or as an order's.

All are written in `workflow.linter.dialect`: a Chinese sign is no letter of a word, and every repeat has an end.
"""

from workflow.linter.dialect import CYRILLIC, LATIN, Pattern

_NUMBERED = (
    r"(?:\b(?:order|posting|parcel|tracking|track|invoice|article|item|model|part|imei|serial|sku|barcode|ean|isbn|upc|"
    r"batch|lot|claim|request|code|contract|certificate|reference|ref|vin|voucher|coupon)\b|"
    r"\b(?:заказ|отправлен|посылк|накладн|трек|артикул|модел|штрихкод|чек|партии|партия|обращени|заявк|претензи|детал|"
    r"запчаст|договор|сертификат|деклараци)\w*|"
    r"\bномер\w{0,3}\s+возврата\b|\bвозврат(?:а|у)?(?=\s*(?:no\b|#|номер))|\breturn(?=\s+(?:number|no|id)\b)|"
    r"\b(?:инн|кпп|огрн|гтд|упд)\b|\bкод\w{0,2}\s+(?:товара|изделия|модели|маркировки|отправления|заказа)\b|"
    r"订单|运单|单号|物流|快递|发票|货号|编号|条码|条形码|型号|序列号|批号|批次|编码|税号|书号|款号|料号|流水号|交易号|会员号|客户号|追踪号|跟踪号|券码|验证码|申请|工单|包裹|发货单|退货单)"
)
ORDER_NUMBER = Pattern(
    rf"{_NUMBERED}(?:[\s-]*(?:number|no|id|code|номер\w*|号码|号|单号))?(?:\s+(?:is|was)\b)?[\s.:#№(\[«“\"是为-]*$"
)

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
# A measure, a price, a count or the country of a parcel's number stands behind it.
_MEASURED = (
    r"(?!\s?(?:(?:mm|cm|kg|g|ml|l|w|v|hz|rpm|mah|rub|rubles|roubles|usd|eur|pcs|pieces|units|cn|"
    r"мм|см|кг|мл|вт|гц|руб|рублей|шт|штук)\b|[₽$€%¥]|毫米|厘米|米|毫升|瓦|伏|毫安))"
)
_GAP = r"[\s\-.()/_*]{0,3}"
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_NO_DATE = (  # nor a span of hours
    rf"(?!{_GAP}(?:{_DAY}[.\-/]{_MONTH}[.\-/](?:19|20)\d\d|(?:19|20)\d\d[.\-/]{_MONTH}[.\-/]{_DAY}|{_DAY}\.{_MONTH}\.\d\d)"
    rf"(?!\d))(?!{_GAP}\d{{1,2}}[.:]\d\d\s?-\s?\d{{1,2}}[.:]\d\d(?!\d))"
)
_ORDERLY = (
    r"(?!order|posting|parcel|tracking|track|sku|item|article|model|imei|serial|case|claim|"
    r"заказ|отправлен|посылк|трек|артикул|модел|серийн|обращени|номер\s+заказ)"
)
_THEM = r"(?:me|us|him|her|them|(?:my|our)\s+\w+)"
_CALLED = (
    rf"(?:\b(?:my|our|his|her|their)\s+(?:{_ORDERLY}\w+\s+)?(?:number|cell|mobile|hot\s?line)\b(?:\s+is\b)?|"
    r"\bcell(?:phone)?(?:\s+number)?\s+is\b|\btel\b(?![\s-]?aviv\b)|\bphone(?:\s+number)?\b|\bmobile\b|\bdial\b|\b(?:hot|help)\s?line\b|"
    rf"\b(?:call|ring|text|phone)\s+{_THEM}\b|\bgive\s+(?:\w+\s+){{1,3}}?a\s+(?:ring|call|buzz|bell)\b|"
    rf"\breach\s+{_THEM}(?:\s+(?:on|at|by))?|\b(?:номер\s+)?для\s+связи\b|\bконтактный\s+номер\b|"
    r"\b(?:мой|наш|его|её|ее|их)\s+(?:прямой\s+|рабочий\s+|личный\s+)?номер\b|"
    r"\bномер\s+(?:мастер|курьер|менеджер|водител|директор|склад|магазин|сервис|оператор)\w*|"
    r"\bтел\b|\bтелефон(?:у|а|ом)?\b|\bмоб\b|\bмобильн\w+|\bсотов\w+|\b(?:по|на|пере)?звоните\b|\b(?:по)?звонить\b|"
    r"\bзвонок\b|\b(?:на|за|пере)?набер(?:и|ите)\b|\bгоряч\w+\s+лини\w+)"
)
PHONE = Pattern(
    rf"(?<![{LATIN}])\+(?:{_GAP}\d){{10,15}}(?!-?\d)|"
    rf"{_BEFORE}(?:8{_GAP}9(?:{_GAP}\d){{9}}|[78]{_GAP}\(\d{{3,4}}\)(?:{_GAP}\d){{6,7}}|"
    rf"\(\d{{3}}\)[\s\-.]?\d{{3}}[\s\-.]\d{{4}}|9\d{{2}}[\s\-]\d{{3}}[\s\-]\d{{2}}[\s\-]\d{{2}}|"
    rf"[78][\s\-.]\d{{3}}[\s\-.]\d{{3}}[\s\-.]\d{{2}}[\s\-.]\d{{2}}|7{_GAP}9(?:{_GAP}\d){{9}}|"
    rf"1[\s\-.]8(?:00|33|44|55|66|77|88)[\s\-.]\d{{3}}[\s\-.]\d{{4}}|"
    rf"1[3-9]\d(?:[\s-]?\d{{4}}){{2}}|1\s?[3-9](?:\s\d){{9}}|1-[3-9](?:-\d){{9}}){_AFTER}|"
    rf"\bcall\W{{1,3}}0\d{{2,4}}[\s\-]?\d{{3,4}}[\s\-]?\d{{3,4}}(?!\d){_AFTER}|"
    rf"\bcall\W{{1,3}}1[\s\-.]\(?\d{{3}}\)?[\s\-.]\d{{3}}[\s\-.]\d{{4}}{_AFTER}|"
    rf"{_CALLED}\W{{0,12}}(?:{_ORDERLY}[a-zа-яё]+\W{{1,3}}){{0,2}}{_NO_DATE}(?:{_GAP}\d){{6,15}}{_AFTER}{_MEASURED}|"
    rf"(?:电话|手机号码?|座机|固话|热线|专线|致电|拨打|打这个号|联系号)(?:号码)?[\s:：是为]{{0,4}}(?:{_GAP}\d){{6,15}}{_AFTER}|"
    # To strike is also to call: at most a few signs before the number, none of them a clause's end or an order's name.
    rf"(?:打(?![折包开印电完磨孔蜡])|拨)[^\d,.;!?。\s单货编序型件批码]{{0,6}}\s?{_NO_DATE}(?:{_GAP}\d){{7,12}}{_AFTER}{_MEASURED}"
)
# Numbers without the country's sign in the groups that their countries write them in. No word need stand before them;
# where one names an order, an article or a paper, they are that, however they are grouped.
NATIONAL = Pattern(
    rf"{_BEFORE}(?<!\d[\s\-.])(?:"
    # Britain (0161 496 0372, 020 7946 0958, 01632 960123), China (010-8888 7777, 0755-8888 6666, 021-62345678)
    r"0\d{3}[\s\-]\d{3}[\s\-]\d{4}|0\d{2}[\s\-]\d{4}[\s\-]?\d{4}|0[1-9]\d{3}\s\d{3}\s?\d{3}|07\d{3}\s\d{3}\s\d{3}|"
    r"0[3-9]\d{2}[\s\-]\d{3,4}[\s\-]?\d{4}|\(0\d{2,4}\)\s?\d{3,4}[\s\-]?\d{3,4}|"
    # China's service and mobile numbers (400-820-8820, 400-8208-820, 1390-013-8000)
    r"[48]00[\s\-]\d{3}[\s\-]\d{4}|[48]00-\d{4}-\d{3}|[48]00-\d{7}|1[3-9]\d{2}[\s\-]\d{3}[\s\-]\d{4}|"
    # North America (202-555-0148, 1 202 555 0148, 202.555.0148): neither the area nor the exchange begins with 0 or 1
    r"(?:1[\s\-.])?[2-9]\d{2}(?P<apart>[\s\-.])[2-9]\d{2}(?P=apart)\d{4}|1[\s\-.]?\([2-9]\d{2}\)[\s\-.]?\d{3}[\s\-.]\d{4}|"
    # Russia ((4912) 55-01-47, 495 123-45-67)
    r"\(\d{3,5}\)\s?\d{1,3}[\s\-]\d{2}[\s\-]\d{2}|[3489]\d{2}[\s\-]\d{3}-\d{2}-\d{2}|"
    # abroad, by the prefix of international calls (0044 7700 900123)
    rf"00[1-9]\d{{0,2}}[\s\-.](?:\d[\s\-.]?){{7,11}}\d"
    rf")(?![\s\-.]?\d){_AFTER}{_MEASURED}"
)
_EN_NUMBER = (
    r"(?:zero|nought|oh|o|one|two|three|four|five|six|seven|eight|nine|double|triple|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred)"
)
_RU_NUMBER = (
    r"(?:ноль|нуль|нол[ья]|один|одна|одно|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|"
    r"(?:один|две|три|четыр|пят|шест|сем|восем|девят)надцать|двадцать|тридцать|сорок|девяносто|"
    r"(?:пять|шесть|семь|восемь)десят|сто|двести|триста|четыреста|(?:пять|шесть|семь|восемь|девять)сот)"
)
SPELLED = Pattern(
    rf"\b{_EN_NUMBER}(?:[\s,-]+{_EN_NUMBER}){{6,20}}\b|\b(?:плюс\s+)?{_RU_NUMBER}(?:[\s,-]+{_RU_NUMBER}){{5,20}}\b|"
    # A Russian mobile's beginning, of which a word and figures take turns: no sum is said so.
    r"\b(?:[78]|восемь|семь)[\s\-(,]{1,3}девятьсот\b|\b(?:восемь|семь)[\s\-(,]{1,3}9\d\d[\s\-),]{1,3}\d{3}"
)
