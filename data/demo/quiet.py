"""Orders that nobody wrote about: an agent can open a contact for one, an analyst can count contacts against them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from data.demo.arrivals import DAYS
from data.demo.world import Goods, World
from workflow.records import Order, OrderItem, Posting

_DAY = timedelta(days=1)
_FLAWED_SALES = 0.6  # what sells less is complained about more: the rate shows it


def quiet_orders(
    world: World, random: Random, now: datetime, count: int, buyers: list[str]
) -> Iterator[tuple[Order, Posting]]:
    """`count` orders of the same days; most are delivered, the newest are still on their way."""
    weights = [goods.seller.share * (_FLAWED_SALES if goods.flaw > 1 else 1) for goods in world.goods]
    for number in range(1, count + 1):
        goods = random.choices(world.goods, weights=weights)[0]
        price = goods.product.price
        assert price is not None  # noqa: S101 - every product of the catalogue has one
        ordered_at = (now - _DAY * random.uniform(0.5, DAYS + 20)).replace(microsecond=0)
        order = Order(
            id=f"demo-quiet-{number:05d}",
            number=f"0001{number:05d}-{random.randrange(1, 99):04d}",
            seller_id=goods.seller.id,
            buyer_key=random.choice(buyers),
            ordered_at=ordered_at,
            items=(OrderItem(product_id=goods.product.id, quantity=random.choice((1, 1, 1, 2)), price=price),),
        )
        yield order, _posting(world, random, order, goods, now)


def _posting(world: World, random: Random, order: Order, goods: Goods, now: datetime) -> Posting:
    is_abroad = goods.seller.contract == "global"
    scheme = random.choice(goods.seller.schemes)
    carriers = [item for item in world.carriers if scheme in item.schemes and item.is_cross_border == is_abroad]
    shipped_at = order.ordered_at + _DAY * random.uniform(0.3, 2)
    promised_at = shipped_at + _DAY * (random.uniform(9, 20) if is_abroad else random.uniform(2, 7))
    arrives_at = promised_at - _DAY * random.uniform(-0.5, 1.5)
    is_there, is_shipped = arrives_at < now, shipped_at < now
    status = "delivered" if is_there else "delivering" if is_shipped else "awaiting_deliver"
    changed_at = arrives_at if is_there else shipped_at if is_shipped else order.ordered_at
    return Posting(
        number=f"{order.number}-1",
        order_id=order.id,
        scheme=scheme,
        status=status,
        status_changed_at=changed_at,
        tracking_number=f"DEMOQ{order.id[-5:]}" if is_shipped else "",
        carrier=random.choices(carriers, weights=[item.share for item in carriers])[0].name,
        warehouse=random.choice(world.warehouses),
        is_cross_border=is_abroad,
        shipped_at=shipped_at if is_shipped else None,
        promised_at=promised_at,
        original_promised_at=promised_at,
        delivered_at=arrives_at if is_there else None,
    )
