# ruff: noqa: RUF001 - Russian words are looked for.
"""What may not be said to a buyer is found in three languages; numbers that belong to the order are left alone."""

import csv
from pathlib import Path

import pytest

from workflow.linter import SENTENCES, Finding, Rule, complaint, findings

CORPUS = Path(__file__).with_name("linter_corpus.tsv")
HELD_OUT = Path(__file__).with_name("linter_heldout.tsv")  # written before they were judged; never tuned to
FORMERLY = Path(__file__).with_name("linter_formerly_heldout.tsv")  # held out once; the rules have learnt from them
FLOOR = 0.9  # of precision and recall, in each language and for each rule over all languages

FORBIDDEN = [
    ("email", "Write to anna.k+shop@example.com please"),
    ("email", "Пишите на ANNA@EXAMPLE.RU"),
    ("email", "anna (at) example (dot) com"),
    ("email", "anna собака mail точка ru"),
    ("email", "anna собака яндекс ру"),
    ("email", "请发到 kefu@qq.com"),
    ("link", "See https://example.org/a?b=1"),
    ("link", "See www.example.travel"),
    ("link", "Больше на shop.example.ru"),
    ("link", "Сайт магазин.рф"),
    ("link", "请看 tmall.com 上的说明"),
    ("messenger", "Message me on WhatsApp"),
    ("messenger", "whats app is quicker"),
    ("messenger", "Напишите в ватсап"),
    ("messenger", "Я в Телеграме"),
    ("messenger", "пишите в тг"),
    ("messenger", "мой ник @seller_anna"),
    ("messenger", "Ответим в вайбере"),
    ("messenger", "加我微信吧"),
    ("messenger", "加我的WeChat"),
    ("messenger", "напишите нам через MAX"),
    ("messenger", "Мы в мессенджере Макс"),
    ("phone", "Call +7 (912) 345-67-89"),
    ("phone", "Звоните 8 912 345 67 89"),
    ("phone", "89123456789"),
    ("phone", "7(495)1234567"),
    ("phone", "+86 138 0013 8000"),
    ("phone", "请打电话 13800138000"),
    ("phone", "手机：138-0013-8000"),
    ("phone", "Позвоните нам: 245-67-89"),
    ("phone", "тел. 245 67 89"),
    ("phone", "call us on 020 7946 0958"),
    ("cancel", "Please cancel the order and buy again"),
    ("cancel", "Could you cancel your order?"),
    ("cancel", "cancelling this purchase is best"),
    ("cancel", "Отмените, пожалуйста, заказ"),
    ("cancel", "Прошу отменить ваш заказ"),
    ("cancel", "Откажитесь от посылки"),
    ("cancel", "Оформите отмену"),
    ("cancel", "请取消订单"),
    ("cancel", "请您把订单取消"),
]
ALLOWED = [
    "Thank you, we are looking into it.",
    "Order 12345678-0001-1 was shipped on 2026-03-01 at 14:30.",
    "Заказ 24219509-0020-1 передан в доставку 01.03.2026.",
    "Posting 0134567890-0001-12 is on its way.",
    "Tracking number RA123456789CN, also 12345678901234.",
    "Трек-номер 80081234567890, вес 1.250 кг.",
    "Цена 1 990.00 руб., скидка 15%.",
    "Price 12,990.50 RUB instead of 15,990.50 RUB.",
    "Размер 38-40, артикул 8912345.",
    "SKU 147451959, quantity 1",
    "Доставим 05.03.2026 с 10:00 до 18:00.",
    "订单 24219509-0020-1 已发货，运单号 SF1234567890123。",
    "您的退款 199.00 元将在 10 天内到账。",
    "Do not cancel the order: it arrives tomorrow.",
    "Please don't cancel your order yet.",
    "Не отменяйте заказ, он уже в пути.",
    "Нельзя отменить заказ после отправки.",
    "请不要取消订单。",
    "Your order was cancelled by the marketplace, the money is on its way.",
    "Заказ отменён, деньги вернутся за 10 дней.",
    "订单已被取消。",
    "Доставка телефона задерживается",
    "The phone case arrives on 12.03.2026",
    "Телефон Redmi 12 128 ГБ отправлен 3 марта 2026",
    "Максимальный срок доставки 5 дней, в max комплектации",
    "The signal light blinks twice.",
    "Версия 2.0.1 прошивки, модель A1.B2",
    "We e-mailed nobody; everything is in this chat.",
    "10.03.2026-12.03.2026",
    "Время работы 9.00-21.00",
]


@pytest.mark.parametrize(("rule", "text"), FORBIDDEN)
def test_a_forbidden_text_is_found(rule, text):
    assert [finding.rule for finding in findings(text)] == [rule]


@pytest.mark.parametrize("text", ALLOWED)
def test_a_harmless_text_is_left_alone(text):
    assert findings(text) == ()


def test_a_complaint_says_what_to_take_out():
    assert complaint("Write to anna@example.com") == (
        "Take out “anna@example.com”: the marketplace forbids other channels, such as e-mail."
    )


def test_every_fault_of_a_text_is_named():
    text = (
        "Отмените заказ и пишите в телеграм или на https://example.com, +7 912 345 67 89, anna@example.com, "
        "тогда решим вне площадки"
    )
    assert {finding.rule for finding in findings(text)} == set(SENTENCES) == set(Rule)
    assert complaint(text).count("Take out") == len(SENTENCES)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Anna: ＋７ 912 345-67-89!", Finding(Rule.PHONE, 6, 22, "＋７ 912 345-67-89")),
        ("On \u200bT e l e g r a m, please", Finding(Rule.MESSENGER, 4, 19, "T e l e g r a m")),
        ("Hi! Call me: 245-67-89", Finding(Rule.PHONE, 4, 22, "Call me: 245-67-89")),
        ("пишите в WhаtsАpp", Finding(Rule.MESSENGER, 9, 17, "WhаtsАpp")),
        ("telegr4m", Finding(Rule.MESSENGER, 0, 8, "telegr4m")),
        ("тeлегрaм", Finding(Rule.MESSENGER, 0, 8, "тeлегрaм")),
        ("меня в в а й б е р", Finding(Rule.MESSENGER, 7, 18, "в а й б е р")),
        ("и в в а й б е р", Finding(Rule.MESSENGER, 4, 15, "в а й б е р")),
        ("一 三 九 一 二 三 四 五 六 七 八", Finding(Rule.PHONE, 0, 21, "一 三 九 一 二 三 四 五 六 七 八")),
        ("一三九一二三四五六七八", Finding(Rule.PHONE, 0, 11, "一三九一二三四五六七八")),
    ],
)
def test_a_fault_is_named_with_its_place_in_the_text_as_it_was_typed(text, finding):
    assert findings(text) == (finding,)
    assert text[finding.start : finding.end] == finding.words


def test_a_denial_covers_only_its_own_sentence():
    assert findings("Don't cancel the order.") == ()
    assert [finding.rule for finding in findings("Don't worry, cancel the order.")] == [Rule.CANCEL]


@pytest.mark.parametrize(
    ("denied", "asked"),
    [
        ("We never ask buyers here to cancel the order.", "We do not want you to wait, so cancel the order."),
        ("We do not want you to cancel the order.", "We do not want to wait and ask you to cancel the order."),
        ("Мы не просим наших покупателей отменить заказ.", "Не можем отправить и просим отменить заказ."),
        ("Ozon will later cancel the order.", "Ozon will fine us so cancel the order."),
        ("平台会自动取消订单", "平台会罚款所以取消订单"),
    ],
)
def test_a_denial_or_a_doer_reaches_to_the_next_thought_and_no_further(denied, asked):
    assert findings(denied) == ()
    assert [finding.rule for finding in findings(asked)] == [Rule.CANCEL]


@pytest.mark.parametrize(
    ("wish", "request_"),
    [
        ("Если хотите отменить заказ, напишите здесь.", "Если хотите денег, отмените заказ."),
        ("If you want to cancel the order, tell us here.", "If you want to save, cancel the order."),
        ("如果您想取消订单，请告诉我们", "如果您想省钱，取消订单"),
    ],
)
def test_what_the_buyer_may_wish_is_not_asked_for_in_its_own_clause(wish, request_):
    assert findings(wish) == ()
    assert [finding.rule for finding in findings(request_)] == [Rule.CANCEL]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("We had to cancel the order.", "We have to ask you to cancel the order."),
        ("Ozon may cancel the order.", "You may cancel the order."),
        ("If the lid is broken, do not accept the parcel.", "If you are in a hurry, do not accept the parcel."),
        ("Мы вынуждены отменить заказ.", "Мы вынуждены просить отменить заказ."),
        ("Система может отменить заказ.", "Вам надо отменить заказ."),
        ("Если коробка помята, не забирайте посылку.", "Если торопитесь, не забирайте посылку."),
        ("系统会自动取消订单", "请您自己取消订单"),
        ("如果包装破损，请不要签收", "如果着急，请不要签收"),
    ],
)
def test_a_cancellation_by_somebody_else_or_of_a_damaged_box_is_not_asked_for(told, asked):
    assert findings(told) == ()
    assert [finding.rule for finding in findings(asked)] == [Rule.CANCEL]


@pytest.mark.parametrize(
    ("marketplace", "seller"),
    [
        ("Ozon will send the refund to your card.", "I will send the refund to your card."),
        ("Площадка сама переведёт деньги на карту.", "Переведу деньги на карту."),
        ("平台会把退款打到您的卡上", "我们把退款打到您的卡上"),
    ],
)
def test_money_that_the_marketplace_pays_is_no_settlement_outside_of_it(marketplace, seller):
    assert findings(marketplace) == ()
    assert [finding.rule for finding in findings(seller)] == [Rule.OFF_PLATFORM]


@pytest.mark.parametrize(
    "number",
    [
        *("0161 496 0372", "020 7946 0155", "01632 960155", "202-555-0148", "1 202 555 0148", "202.555.0148"),
        *("010-8888 7777", "0755-8888 6666", "021-62345678", "400-8208-820", "(4912) 55-01-47", "495 555-01-47"),
    ],
)
def test_a_number_in_the_groups_of_its_country_needs_no_word_unless_it_is_called_an_articles(number):
    assert [(finding.rule, finding.words) for finding in findings(f"Well, {number}.")] == [(Rule.PHONE, number)]
    for name in ("Article", "Артикул", "货号"):
        assert findings(f"{name} {number}.") == ()
    assert findings(f"Well, {number} kg.") == ()


@pytest.mark.parametrize("not_asked", ["olga at oak.example", "the catalogue at oak dot com", "see at oak dot com"])
def test_at_alone_makes_no_address_of_a_place(not_asked):
    assert Rule.EMAIL not in {finding.rule for finding in findings(not_asked)}
    assert [finding.rule for finding in findings("write to olga at oak dot com")] == [Rule.EMAIL]


@pytest.mark.parametrize(
    ("messenger", "person"),
    [
        ("Перейдём в Макс", "Перейдём к Максу"),
        ("Свяжемся через Макс", "Свяжемся через Макса"),
        ("Зайдите в Max, там все", "Зайдите в Max режим"),
        ("Мы в Максе", "Мы верим в Макса"),
        ("Мы теперь в MAX: shop", "Мы отправили товар, он в MAX комплектации"),
        ("Пишите в одноклассники", "Пишите, и одноклассники сына будут рады"),
        ("Мы есть в Одноклассниках", "Мы не одноклассники"),
    ],
)
def test_a_messenger_that_is_called_as_people_are_is_told_by_its_case(messenger, person):
    assert [finding.rule for finding in findings(messenger)] == [Rule.MESSENGER]
    assert findings(person) == ()


@pytest.mark.parametrize(
    ("shown", "called"),
    [
        ("The watch supports Telegram.", "The watch supports Telegram, write to us there."),
        ("The band shows calls from WhatsApp and Viber.", "Our band shows calls; we answer in WhatsApp and Viber."),
        ("Смарт-часы поддерживают Telegram.", "Часы поддерживают Telegram, наш ник там тот же."),
        ("Наушники с поддержкой Telegram уведомлений.", "Напишите: наушники с поддержкой Telegram."),
        ("Часы показывают уведомления из WhatsApp.", "Пишите: часы показывают уведомления из WhatsApp."),
    ],
)
def test_a_messenger_that_a_device_shows_is_none_unless_somebody_is_called(shown, called):
    assert findings(shown) == ()
    assert {finding.rule for finding in findings(called)} == {Rule.MESSENGER}


def test_a_request_that_is_called_the_buyers_own_asks_for_nothing():
    assert findings("Ваша просьба отменить заказ передана.") == ()
    assert [finding.rule for finding in findings("Просьба отменить заказ.")] == [Rule.CANCEL]


@pytest.mark.parametrize("rival", ["Wildberries", "Авито", "Яндекс Маркете", "AliExpress"])
def test_another_marketplace_is_a_way_past_this_one_where_the_buyer_is_sent_there(rival):
    for text in (f"Закажите на {rival}", f"Наш магазин на {rival}", f"На {rival} дешевле", f"Мы есть на {rival}"):
        assert [finding.rule for finding in findings(text)] == [Rule.OFF_PLATFORM], text
    for text in (f"Не заказывайте на {rival}", f"Мы на {rival} не продаём", f"Вы купили это на {rival}"):
        assert findings(text) == (), text


def test_the_marketplaces_own_domains_may_be_linked_and_nothing_that_only_looks_like_them():
    assert findings("https://ozon.ru?from=chat and www.ozon.ru/my/returns and docs.ozon.com/global") == ()
    for text in ("https://ozon.ru.example.com", "notozon.ru", "ozon.ru.example.shop/ozon.ru"):
        assert [finding.rule for finding in findings(text)] == [Rule.LINK], text


def test_the_corpus_is_large_and_half_innocent():
    rows = corpus()
    assert len(rows) >= 150
    assert {row["language"] for row in rows} == {"en", "ru", "zh"}
    assert len({row["text"] for row in rows}) == len(rows)
    assert abs(sum(row["rule"] == "innocent" for row in rows) * 2 - len(rows)) <= len(rows) / 10


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_precision_and_recall_hold_their_floor_in_each_language(language):
    precision, recall = measured([row for row in corpus() if row["language"] == language], set(Rule))
    assert precision >= FLOOR
    assert recall >= FLOOR


@pytest.mark.parametrize("rule", Rule)
def test_precision_and_recall_hold_their_floor_for_each_rule(rule):
    precision, recall = measured(corpus(), {rule})
    assert precision >= FLOOR
    assert recall >= FLOOR


@pytest.mark.parametrize("rule", Rule)
def test_what_the_formerly_held_out_texts_taught_is_kept(rule):
    precision, recall = measured(corpus(FORMERLY), {rule})
    assert precision >= FLOOR
    assert recall >= FLOOR


def test_texts_that_the_rules_were_not_written_with_are_judged_no_worse_than_when_they_were_first():
    rows = corpus(HELD_OUT)
    assert {row["block"] for row in rows} == {"3"}
    precision, recall = measured(rows, set(Rule))
    assert precision >= 26 / 28
    assert recall >= 26 / 45
    _precision, recall = measured(rows, {Rule.EMAIL, Rule.LINK, Rule.MESSENGER, Rule.PHONE})
    assert recall >= 23 / 27


def test_no_text_stands_in_two_corpora():
    every = [row["text"] for path in (CORPUS, FORMERLY, HELD_OUT) for row in corpus(path)]
    assert len(set(every)) == len(every)


def corpus(path=CORPUS):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def measured(rows, rules):
    wanted = {(row["text"], row["rule"]) for row in rows if row["rule"] in rules}
    named = {(row["text"], found.rule.value) for row in rows for found in findings(row["text"]) if found.rule in rules}
    return len(wanted & named) / len(named), len(wanted & named) / len(wanted)
