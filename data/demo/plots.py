"""The story behind each contact: who wrote about what, and how the parcel travels. Drawn before anything happens."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from data.demo.arrivals import log_normal
from data.demo.world import Carrier, Goods, World, pick
from workflow.records import Order, OrderItem, Posting
from workflow.vocabulary import Channel, Language, LinkKind, Scheme

DELAY, QUALITY, RETURN = "logistics_delay", "product_quality", "after_sales"
_CATEGORIES = {DELAY: 48, QUALITY: 32, RETURN: 20}  # a quality ticket may open a linked after-sales one
_TOPICS = {
    DELAY: {"late": 68, "stuck": 20, "lost": 12},
    QUALITY: {"defect": 40, "damaged": 22, "wrong_item": 16, "incomplete": 12, "not_as_described": 10},
    RETURN: {"unfit": 42, "changed_mind": 20, "warranty": 22, "exchange": 16},
}
_CHANNELS = {Channel.CHAT_APP: 56, Channel.CHAT_WEB: 26, Channel.EMAIL: 10, Channel.PHONE: 8}
_LANGUAGES = {Language.RU: 78, Language.EN: 11, Language.ZH: 11}
_MISFILED, _IGNORED, _RETURNING = 0.04, 0.02, 0.2
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer's random key, invented name and language."""

    key: str
    name: str
    language: Language


@dataclass(slots=True, kw_only=True)
class Plot:
    """One contact's story. `parcels` are the posting's later states in order; `temper` is how long the buyer waits."""

    random: Random
    category: str
    opened_as: str
    topic: str
    channel: Channel
    language: Language
    contact_at: datetime
    written_at: datetime
    goods: Goods
    buyer: Buyer
    order: Order
    posting: Posting
    parcels: tuple[Posting, ...] = ()
    temper: float = 1.0
    is_ignored: bool = False  # nobody answers the first message
    linked_to: str = ""
    link_kind: LinkKind = LinkKind.FOLLOW_UP_OF
    agent_id: str = ""
    offer: str = ""  # the last compensation that the seller offered
    ticket_id: str = ""
    is_child: bool = False  # the after-sales case that another ticket opened
    said: set[str] = field(default_factory=set[str])  # texts that were used, so that others are taken next
    done: set[str] = field(default_factory=set[str])  # what has happened that the desk does not keep


class Plotter:
    """Draws plots. The same seed gives the same plots, each from a source of chance of its own."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.buyers: list[Buyer] = []
        self._seed = seed
        self._count = 0

    def plot(self, contact_at: datetime, now: datetime) -> Plot:
        """The story of a contact at `contact_at`."""
        self._count += 1
        random = Random(f"{self._seed}/plot/{self._count}")
        category = pick(random, _CATEGORIES)
        topic = pick(random, _TOPICS[category])
        goods = self._goods(random, topic)
        carrier, scheme = self._delivery(random, goods, category)
        channel = pick(random, _CHANNELS)
        buyer = self._buyer(random)
        posting, parcels = _journey(random, topic, carrier, scheme, contact_at)
        posting, parcels = self._numbered(random, posting, parcels)
        order = self._order(random, posting, goods, buyer)
        lag = timedelta(0) if channel.is_chat else log_normal(random, 0.3, 1.5)
        return Plot(
            random=random,
            category=category,
            opened_as=_opened_as(random, category),
            topic=topic,
            channel=channel,
            language=buyer.language,
            contact_at=contact_at,
            written_at=min(contact_at + lag, max(now - timedelta(seconds=1), contact_at)),
            goods=goods,
            buyer=buyer,
            order=order,
            posting=posting,
            parcels=parcels,
            temper=random.choice((0.6, 0.8, 1.0, 1.2, 1.8)),
            is_ignored=random.random() < _IGNORED,
        )

    def _goods(self, random: Random, topic: str) -> Goods:
        def weight(goods: Goods) -> float:
            is_worn = goods.product.product_category in {"clothing", "shoes", "underwear"}
            fits = {"unfit": 12.0 if is_worn else 0.0, "defect": goods.flaw, "warranty": goods.flaw}.get(topic, 1.0)
            lasts = goods.product.warranty_days or topic not in {"warranty", "exchange"}
            size = sum(1 for other in self.world.goods if other.seller is goods.seller)
            return goods.share * goods.seller.share * fits / size if lasts else 0.0

        return random.choices(self.world.goods, weights=[weight(goods) for goods in self.world.goods])[0]

    def _delivery(self, random: Random, goods: Goods, category: str) -> tuple[Carrier, Scheme]:
        scheme = random.choice(goods.seller.schemes)
        is_abroad = goods.seller.contract == "global"
        fitting = [
            carrier
            for carrier in self.world.carriers
            if scheme in carrier.schemes and (carrier.is_cross_border or not is_abroad)
            if is_abroad or not carrier.is_cross_border
        ]
        weights = [carrier.share * (carrier.lateness if category == DELAY else 1) for carrier in fitting]
        return random.choices(fitting, weights=weights)[0], scheme

    def _buyer(self, random: Random) -> Buyer:
        if self.buyers and random.random() < _RETURNING:
            return random.choice(self.buyers)
        language = pick(random, _LANGUAGES)
        key = f"b-{random.getrandbits(96):024x}"
        buyer = Buyer(key=key, name=self.world.buyer_name(language, random), language=language)
        self.buyers.append(buyer)
        return buyer

    def _numbered(
        self, random: Random, posting: Posting, parcels: tuple[Posting, ...]
    ) -> tuple[Posting, tuple[Posting, ...]]:
        order_number = f"0000{self._count:04d}-{random.randrange(1, 99):04d}"
        names = {
            "number": f"{order_number}-1",
            "order_id": f"demo-order-{self._count:04d}",
            "tracking_number": f"DEMO{self._count:08d}" if posting.status != "awaiting_deliver" else "",
            "warehouse": random.choice(self.world.warehouses),
        }
        return replace(posting, **names), tuple(replace(parcel, **names) for parcel in parcels)

    def _order(self, random: Random, posting: Posting, goods: Goods, buyer: Buyer) -> Order:
        price = goods.product.price
        assert price is not None  # noqa: S101 - every product of the catalogue has one
        items = [OrderItem(product_id=goods.product.id, quantity=random.choice((1, 1, 1, 1, 2)), price=price)]
        others = [item for item in self.world.goods if item.seller is goods.seller and item is not goods]
        if random.random() < 0.25:  # noqa: PLR2004 - a quarter of the orders hold something else, too
            extra = random.choice(others).product
            items.append(OrderItem(product_id=extra.id, quantity=1, price=extra.price or price))
        began_at = posting.shipped_at or posting.status_changed_at
        return Order(
            id=posting.order_id,
            number=posting.number.removesuffix("-1"),
            seller_id=goods.seller.id,
            buyer_key=buyer.key,
            ordered_at=began_at - log_normal(random, 14, 40),
            items=tuple(items),
        )


def _opened_as(random: Random, category: str) -> str:
    """The category that the contact is filed under at first, now and then the wrong one."""
    if random.random() >= _MISFILED:
        return category
    return QUALITY if category == DELAY else DELAY


def _journey(
    random: Random, topic: str, carrier: Carrier, scheme: Scheme, contact_at: datetime
) -> tuple[Posting, tuple[Posting, ...]]:
    draw = _JOURNEYS.get(topic, _delivered)
    posting, *parcels = draw(random, contact_at)
    dressed = {"carrier": carrier.name, "scheme": scheme, "is_cross_border": carrier.is_cross_border}
    return replace(posting, **dressed), tuple(replace(parcel, **dressed) for parcel in parcels)


def _late(random: Random, contact_at: datetime, mean_days: float = 4.0) -> list[Posting]:
    """A parcel that is late by a gamma distribution, with the contact somewhere in between."""
    delay = _DAY * max(random.gammavariate(2.0, mean_days / 2), 0.3)
    promised_at = contact_at - delay * random.uniform(0.1, 0.7)
    under_way, delivered_at = _parcel(random, promised_at, contact_at), promised_at + delay
    arrived = replace(under_way, status="delivered", status_changed_at=delivered_at, delivered_at=delivered_at)
    if random.random() < 0.3:  # noqa: PLR2004 - the marketplace moves the date of every third late parcel
        moved_at = contact_at + (delivered_at - contact_at) * random.uniform(0.1, 0.4)
        later = replace(under_way, promised_at=delivered_at + _DAY * random.uniform(-0.5, 1.5))
        return [under_way, replace(later, status_changed_at=moved_at), replace(arrived, promised_at=later.promised_at)]
    return [under_way, arrived]


def _stuck(random: Random, contact_at: datetime) -> list[Posting]:
    first, *rest = _late(random, contact_at, mean_days=9.0)
    still_since = contact_at - _DAY * random.uniform(5.2, 9)
    shipped_at = min(first.shipped_at or still_since, still_since - _DAY)
    return [replace(first, status_changed_at=still_since, shipped_at=shipped_at), *rest]


def _lost(random: Random, contact_at: datetime) -> list[Posting]:
    first, *_ = _late(random, contact_at, mean_days=8.0)
    ends_at = contact_at + _DAY * random.uniform(3, 11)
    status = random.choice(("lost", "lost", "cancelled"))
    return [first, replace(first, status=status, status_changed_at=ends_at)]


def _delivered(random: Random, contact_at: datetime, days: float | None = None) -> list[Posting]:
    """A parcel that came in time, some days before the contact."""
    age = _DAY * (days if days is not None else min(random.gammavariate(1.6, 1.1) + 0.1, 5.8))
    delivered_at = contact_at - age
    promised_at = delivered_at + _DAY * random.uniform(0.1, 2)
    under_way = _parcel(random, promised_at, delivered_at)
    return [replace(under_way, status="delivered", status_changed_at=delivered_at, delivered_at=delivered_at)]


def _under_warranty(random: Random, contact_at: datetime) -> list[Posting]:
    return _delivered(random, contact_at, days=random.uniform(40, 250))


def _parcel(random: Random, promised_at: datetime, seen_at: datetime) -> Posting:
    """A parcel on its way to be there at `promised_at`, as it looks at `seen_at`."""
    shipped_at = min(promised_at, seen_at) - _DAY * random.uniform(2, 9)
    moved_at = shipped_at + (seen_at - shipped_at) * random.uniform(0.3, 0.9)
    return Posting(
        number="",
        order_id="",
        scheme=Scheme.FBO,
        status="delivering",
        status_changed_at=moved_at,
        shipped_at=shipped_at,
        promised_at=promised_at,
        original_promised_at=promised_at,
    )


_JOURNEYS: dict[str, Callable[[Random, datetime], list[Posting]]] = {
    "late": _late,
    "stuck": _stuck,
    "lost": _lost,
    "warranty": _under_warranty,
}
