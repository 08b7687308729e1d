"""Which pictures and papers fit a story. Chooses; `pictures` draws them."""

from collections.abc import Mapping

from data.demo.pictures import evidence_file
from data.demo.plots import Plot
from workflow.evidence import File

_WORN = frozenset({"clothing", "shoes", "underwear"})
_PHOTOS: Mapping[str, tuple[str, ...]] = {
    "damaged": ("crushed_corner", "wet_parcel", "broken_part"),
    "wrong_item": ("two_colours", "label"),
    "incomplete": ("missing_part", "label"),
    "not_as_described": ("two_colours", "invoice"),
    "late": ("label",),
    "stuck": ("label",),
    "lost": ("label",),
}
_DEFECTS = ("broken_part", "cracked_screen", "label")
_TORN = ("torn_cloth", "two_colours", "label")
_CONCLUSIONS = frozenset({"defect_found", "no_defect_found"})
_DEFECT_SHARE = 0.65


def files_for(brings: str, plot: Plot) -> list[File]:
    """The files of a kind that this story has not shown yet: `photo`, `packing`, `conclusion` or `handover`."""
    match brings:
        case "photo":
            names = _photos(plot)
        case "packing":
            names = ["packed_parcel", "invoice"]
        case "handover":
            names = ["handover_slip"]
        case "conclusion" if not plot.done & _CONCLUSIONS:
            is_defect = plot.random.random() < _DEFECT_SHARE
            names = ["defect_found" if is_defect else "no_defect_found"]
        case _:
            names = []
    new = [name for name in names if name not in plot.done]
    plot.done.update(new)
    return [evidence_file(name) for name in new]


def _photos(plot: Plot) -> list[str]:
    is_worn = plot.goods.product.product_category in _WORN
    fitting = _PHOTOS.get(plot.topic, _TORN if is_worn else _DEFECTS)
    left = [name for name in (*fitting, "packed_parcel") if name not in plot.done]
    return left[: plot.random.choice((1, 1, 2))]
