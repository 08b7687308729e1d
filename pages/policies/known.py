"""What policies may name, by slug, with what it is called: categories, states, triggers, people, calendars."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from pages.shared import access
from pages.shared.names import labels
from pages.shared.texts import _
from pages.shared.words import BALLS, CHANNELS, LANGUAGES, PRIORITIES
from workflow.business_time import BusinessTime
from workflow.lifecycle import Lifecycle
from workflow.service.policies import MARKETPLACE
from workflow.vocabulary import Role, Scheme

Called = Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Names by slug. `conditions` has those of each attribute that a condition may ask for."""

    conditions: Mapping[str, Called]
    states: Called
    triggers: Called
    agents: Called
    priorities: Called
    balls: Called
    clocks: Called  # the marketplace's first


def known(clocks: Mapping[str, BusinessTime]) -> Known:
    """Everything that the desk knows."""
    desk, directory = access.desk(), access.directory()
    categories = access.metrics().categories()
    priorities = {priority.value: name for priority, name in PRIORITIES.items()}
    return Known(
        conditions={
            "category": dict(zip(categories["category"], labels(categories, "category"), strict=True)),
            "priority": priorities,
            "channel": {channel.value: name for channel, name in CHANNELS.items()},
            "scheme": {scheme.value: scheme.value for scheme in Scheme},
            "seller": directory.sellers(),
            "language": {language.value: name for language, name in LANGUAGES.items()},
        },
        states=_states(access.metrics().states()),
        triggers=_triggers(desk.rules.lifecycles.declared),
        agents=directory.agents(),
        priorities=priorities,
        balls={ball.value: name for ball, name in BALLS.items()},
        clocks={MARKETPLACE: _("Marketplace: every hour counts")}
        | {name: clock.versions[-1].calendar.name or name for name, clock in clocks.items()},
    )


def with_slugs(called: Called, slugs: Iterable[str]) -> Called:
    """The names with those of `slugs` that the desk does not know, each by its own slug: nothing is dropped."""
    return dict(called) | {slug: slug for slug in slugs if slug not in called}


def calls(called: Called) -> Callable[[str], str]:
    """What a slug is called; an unknown one says itself."""
    return lambda slug: called.get(slug, slug)


def _states(states: pd.DataFrame) -> Called:
    """Each state by its slug; of several states with one name each says its slug, too."""
    found: dict[str, str] = {}
    for slug, name in zip(states["state"], labels(states, "state"), strict=True):
        found.setdefault(slug, name)
    counts = Counter(found.values())
    return {slug: f"{name} ({slug})" if counts[name] > 1 else name for slug, name in sorted(found.items())}


def _triggers(lifecycles: Iterable[Lifecycle]) -> Called:
    """The triggers of an agent that ask for nothing: a policy acts as one."""
    found: dict[str, str] = {}
    for item in lifecycles:
        for row in item.transitions:
            asks = any(use.is_required for use in row.inputs)
            if Role.SELLER_AGENT in row.by and not asks:
                found.setdefault(row.trigger, _(item.label_of(row.trigger)))
    return dict(sorted(found.items(), key=lambda pair: pair[1]))
