# ruff: noqa: RUF001 - Russian words are looked for.
"""Chinese signs touch what is forbidden without hiding it, and no text makes the linter slower than its length does."""

import re
import sys
from collections import Counter
from re import _parser as regular  # what a pattern was read as; the module has no public door

import pytest

from tests.workflow.test_linter import FORMERLY, corpus
from workflow.linter import compile_patterns, dialect, findings, numbers, patterns, views

NAMED = {"email", "link", "messenger", "phone"}
PATTERNS = {
    f"{module.__name__}.{name}": value
    for module in (numbers, patterns, views)
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern | dialect.Pattern)
}
APART = PATTERNS.pop("workflow.linter.views._APART")  # its signs may be Chinese, and its shape bounds it: see there
MOST_TIMES = 1000


def named(text):
    return {finding.rule.value for finding in findings(text)}


def words_of(sample):
    """The whole sample and what was found in it, as far as each is found when it stands alone."""
    words = [finding.words for finding in findings(sample["text"]) if finding.rule.value == sample["rule"]]
    return [part for part in dict.fromkeys((sample["text"], *words)) if sample["rule"] in named(part)]


TEXTS = corpus() + corpus(FORMERLY)
SAMPLES = [row for row in TEXTS if row["rule"] in NAMED and words_of(row)]
NUMBERS = sorted({part for row in SAMPLES for part in words_of(row) if re.fullmatch(r"[\d+(][\d\s().+-]*\d", part)})


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["text"])
def test_what_is_forbidden_is_found_between_chinese_signs(sample):
    for part in words_of(sample):
        assert sample["rule"] in named(f"请{part}吧"), part


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_found_between_russian_words(number):
    assert [finding.words for finding in findings(f"номер{number}звоните")] == [number]


def test_nearly_every_forbidden_address_name_and_number_of_the_corpus_is_tried_beside_other_letters():
    assert len(SAMPLES) >= sum(row["rule"] in NAMED for row in TEXTS) - 1
    assert len(NUMBERS) >= 30


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("请联系13812345678", "13812345678"),
        ("请联系+8613812345678吧", "+8613812345678"),
        ("наш8-916-123-45-67", "8-916-123-45-67"),
        ("请访问www.shop.com，谢谢", "www.shop.com"),
        ("请看shop.com里的说明", "shop.com"),
        ("照片发到kefu@163.com就行", "kefu@163.com"),
        ("请加telegram联系", "telegram"),
        ("请加T e l e g r a m联系", "T e l e g r a m"),
        ("请加tеlegr4m联系", "tеlegr4m"),
    ],
)
def test_only_what_is_forbidden_is_named_and_not_the_signs_beside_it(text, words):
    assert [finding.words for finding in findings(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "订单12345678901",
        "尺码42",
        "2024年11月27日",
        "运单RR123456789CN",
        "订单13812345678已发货",
        "型号A13812345678",
        "共13812345678件",
        "НЦ89161234567",
        "ИК-89161234567",
        "89161234567кг",
        "请在www.ozon.ru查看",
        "iphone壳",
        "尺寸xxl",
    ],
)
def test_what_belongs_to_the_order_is_left_alone_beside_chinese_and_russian_letters(text):
    assert findings(text) == ()


def test_a_chinese_text_is_judged_alike_without_the_blanks_beside_its_signs():
    sign = r"[\u4e00-\u9fff]"
    tried_count = 0
    for row in TEXTS:
        glued = re.sub(rf"(?<={sign}) | (?={sign})", "", row["text"])
        if row["language"] == "zh" and glued != row["text"]:
            tried_count += 1
            assert named(glued) == {row["rule"]} - {"innocent"}, glued
    assert tried_count >= 100


def test_every_fault_of_a_chinese_text_without_blanks_is_named():
    text = "请联系13812345678，或访问www.shop.com，加telegram shop"
    assert [finding.words for finding in findings(text)] == ["13812345678", "www.shop.com", "telegram"]


def test_a_link_to_a_chinese_host_is_found():
    assert named("见https://商店.中国/说明") == {"link"}


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_takes_a_chinese_sign_for_a_letter_of_a_word(name):
    assert not {"AT_BOUNDARY", "AT_NON_BOUNDARY", "CATEGORY_WORD", "CATEGORY_NOT_WORD"} & set(said(PATTERNS[name]))


@pytest.mark.parametrize("name", PATTERNS)
def test_every_repeat_of_a_pattern_has_an_end_so_its_search_is_linear(name):
    assert max(repeats(regular.parse(PATTERNS[name].pattern)), default=0) <= MOST_TIMES


@pytest.mark.parametrize("name", PATTERNS)
def test_every_piece_that_a_pattern_names_is_known(name):
    assert re.findall(r"(?<!\?P)<[a-z_]+>", PATTERNS[name].pattern) == []


def test_letters_that_stand_apart_are_one_run_however_long():
    for run in ("a " * 500 + "a", "a " * 500 + "ab", "ab " + "a " * 500 + "a"):
        matches = list(APART.finditer(run))
        assert len(matches) == 1
        assert len(matches[0].group()) >= 999


def test_the_dialect_ends_repeats_outside_of_brackets_and_narrows_letters_in_both():
    narrowed = dialect.Pattern(r"\w[+*]\w+[^\w.]*\+\W")
    letter, most = f"[{dialect.LETTER}]", dialect.MOST
    assert narrowed.pattern == (
        rf"{letter}[+*]{letter}{{1,{most}}}[^{dialect.LETTER}.]{{0,{most}}}\+[^{dialect.LETTER}]"
    )
    edge = dialect.Pattern(r"\bab\b")
    assert [match.span() for match in edge.finditer("请ab吧 abc cab ab")] == [(1, 3), (13, 15)]


def test_patterns_are_made_when_they_are_asked_or_all_at_once():
    lazy = [pattern for pattern in PATTERNS.values() if isinstance(pattern, dialect.Pattern)]
    for pattern in lazy:
        vars(pattern).pop("_compiled", None)
    assert named("Write to seller@mail.ru") == {"email"}
    assert [] != [pattern for pattern in lazy if "_compiled" not in vars(pattern)] != lazy
    compile_patterns()
    assert [pattern for pattern in lazy if "_compiled" not in vars(pattern)] == []


def test_patterns_that_all_begin_within_words_need_no_edge():
    assert dialect.any_of(["a", "b"]) == "(?:a|b)"
    assert dialect.any_of([r"\ba", "b", r"\bc"]) == r"(?:b|\b(?:a|c))"


@pytest.mark.parametrize(
    "text",
    ["a.", "1 ", "w ", "a-", "a@", "тг ", "напиш", "отмените заказ ", "переведу,", "a.b-", "请a", "http://", "8 9"],
)
def test_twice_the_text_takes_twice_the_steps(text):
    once, twice = steps(text * 400), steps(text * 800)
    assert twice <= 2 * once + 100


def steps(text):
    """How many built-in calls judging takes: one a sign in each loop over signs, one a search, one a finding."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event == "c_call"

    findings.cache_clear()
    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        findings(text)
    finally:
        sys.setprofile(before)
    return count


def parts(tree):
    """Every operation of a parsed pattern with its argument, depth first."""
    for operation, argument in tree:
        yield str(operation), argument
        for inner in argument if isinstance(argument, list | tuple) else [argument]:
            for branch in inner if isinstance(inner, list) else [inner]:
                if isinstance(branch, regular.SubPattern):
                    yield from parts(branch)
                elif isinstance(branch, tuple):
                    yield str(branch[0]), branch[1]


def said(pattern):
    tree = regular.parse(pattern.pattern)
    return Counter(str(argument) for _operation, argument in parts(tree))


def repeats(tree):
    return [argument[1] for operation, argument in parts(tree) if operation in {"MAX_REPEAT", "MIN_REPEAT"}]
