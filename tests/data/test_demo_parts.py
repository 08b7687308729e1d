"""The demo's parts: its catalogue, its texts, its pictures, and the times at which buyers write."""

import re
import struct
import zlib
from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from data.demo import texts
from data.demo.answers import opening
from data.demo.arrivals import contact_times, log_normal, working_hours
from data.demo.pictures import NAMES, evidence_file
from data.demo.plots import Plotter
from data.demo.texts import Filling
from data.demo.world import catalogue
from workflow import linter
from workflow.evidence import media_type
from workflow.vocabulary import Channel, Language, Role, Scheme

NOW = datetime(2026, 11, 23, 8, 30)
MOSCOW = timedelta(hours=3)
FILLING = Filling(product="kettle", order="00001234-0001", date="24.11", tracking="DEMO00001234", amount="500.00 RUB")


def test_the_catalogue_holds_sellers_agents_and_products_of_every_kind():
    world = catalogue()
    assert len(world.sellers) == 8
    assert {seller.currency for seller in world.sellers} == {"RUB", "CNY"}
    assert {scheme for seller in world.sellers for scheme in seller.schemes} == set(Scheme)
    assert Counter(agent.role for agent in world.agents) == {Role.SELLER_AGENT: 7, Role.PLATFORM_AGENT: 2}
    assert {agent.team_id for agent in world.agents} == set(world.teams)
    assert len({goods.product.id for goods in world.goods}) == len(world.goods) == 43
    assert len({goods.product.product_category for goods in world.goods}) > 5
    assert all(goods.product.price.currency == goods.seller.currency for goods in world.goods)


def test_every_seller_has_a_carrier_for_each_of_its_schemes():
    world = catalogue()
    for seller in world.sellers:
        for scheme in seller.schemes:
            fitting = [item for item in world.carriers if scheme in item.schemes]
            assert any(item.is_cross_border == (seller.contract == "global") for item in fitting), seller.name


def test_the_three_languages_have_the_same_texts():
    names = {language: _names(texts.phrases(language)) for language in Language}
    assert names[Language.RU] == names[Language.EN] == names[Language.ZH]


@pytest.mark.parametrize("language", Language)
def test_a_sellers_text_passes_the_linter_and_every_brace_is_filled(language):
    for side, manners in texts.phrases(language).items():
        for manner, named in manners.items():
            for name, variants in named.items():
                for index in range(len(variants)):
                    said = texts.text(language, side, manner, name, FILLING, _Nth(index), set())
                    assert not re.search(r"[{}]", said), (side, name)
                    assert len(said) <= 1000
                    assert side != "seller" or not linter.complaint(said), said


@pytest.mark.parametrize("name", NAMES)
def test_evidence_files_are_what_they_say(name):
    file = evidence_file(name)
    if file.name.endswith(".png"):
        assert media_type(file) == "image/png"
        assert _png_size(file.content) == (360, 240)
    else:
        assert media_type(file) == "application/pdf"
        assert _pdf_objects_are_where_they_should_be(file.content)


def test_the_pictures_differ():
    assert len({evidence_file(name).content for name in NAMES}) == len(NAMES) == 13


def test_contacts_peak_in_the_evening_on_mondays_and_in_the_sales():
    times = contact_times(Random(1), 20_000, NOW)
    local = [at + MOSCOW for at in times]
    assert times == sorted(times)
    assert NOW - timedelta(days=121) < times[0]
    assert times[-1] < NOW
    hours, weekdays = Counter(at.hour for at in local), Counter(at.weekday() for at in local)
    assert hours.most_common(1)[0][0] in {19, 20, 21}
    assert weekdays.most_common(1)[0][0] == 0
    in_sale = sum(datetime(2026, 11, 10) <= at < datetime(2026, 11, 17) for at in local)
    before = sum(datetime(2026, 10, 20) <= at < datetime(2026, 10, 27) for at in local)
    assert 1.5 < in_sale / before < 2.1


def test_a_log_normal_delay_has_its_median_and_its_ninetieth_percentile():
    random = Random(1)
    hours = sorted(log_normal(random, 2.5, 18) / timedelta(hours=1) for _ in range(20_000))
    assert 2.4 < hours[10_000] < 2.6
    assert 17 < hours[18_000] < 19


def test_work_that_falls_into_the_night_may_wait_for_the_morning():
    night = datetime(2026, 11, 20, 23, 30)  # 2:30 in Moscow
    done = {working_hours(Random(seed), night) for seed in range(30)}
    assert night in done
    assert all(8 <= (at + MOSCOW).hour < 11 for at in done - {night})
    assert working_hours(Random(1), datetime(2026, 11, 20, 9)) == datetime(2026, 11, 20, 9)


def test_a_seed_gives_the_same_stories_and_another_seed_others():
    first, again, other = (_plots(seed) for seed in (1, 1, 2))
    assert [_told(plot) for plot in first] == [_told(plot) for plot in again]
    assert [_told(plot) for plot in first] != [_told(plot) for plot in other]


def test_a_story_holds_together():
    for plot in _plots(3):
        assert plot.order.ordered_at < plot.posting.shipped_at <= plot.contact_at <= plot.written_at
        assert plot.posting.status_changed_at <= plot.contact_at
        assert all(parcel.status_changed_at > plot.contact_at for parcel in plot.parcels)
        assert plot.category == "logistics_delay" or plot.posting.delivered_at < plot.contact_at
        assert plot.category != "logistics_delay" or plot.posting.promised_at < plot.contact_at
        assert plot.posting.is_cross_border == (plot.goods.seller.contract == "global")
        assert plot.channel is not Channel.IMPORT
        assert not re.search(r"[{}]", opening(plot))


def _plots(seed):
    plotter = Plotter(catalogue(), seed)
    return [plotter.plot(NOW - timedelta(hours=5 * index), NOW) for index in range(300, 0, -1)]


def _told(plot):
    return plot.category, plot.topic, plot.buyer.key, plot.order, plot.posting, plot.parcels, plot.written_at


class _Nth(Random):
    """Takes the variant of its index."""

    def __init__(self, index):
        super().__init__(0)
        self._index = index

    def choice(self, seq):
        return seq[self._index]


def _names(phrases):
    return {(side, manner, name) for side, manners in phrases.items() for manner in manners for name in manners[manner]}


def _png_size(content):
    """Width and height of a PNG whose every checksum and row is right."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        name, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", content, at + 8 + length)[0] == zlib.crc32(name + body)
        chunks[name], at = body, at + 12 + length
    width, height = struct.unpack_from(">II", chunks[b"IHDR"])
    assert len(zlib.decompress(chunks[b"IDAT"])) == height * (1 + 3 * width)
    assert b"IEND" in chunks
    return width, height


def _pdf_objects_are_where_they_should_be(content):
    start = int(content.split(b"startxref\n")[1].split()[0])
    assert content[start : start + 4] == b"xref"
    offsets = [int(line.split()[0]) for line in content[start:].splitlines() if line.endswith(b" n ")]
    return all(content[at:].startswith(b"%d 0 obj" % number) for number, at in enumerate(offsets, 1))
