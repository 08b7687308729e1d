"""A lifecycle of four states that is right, to be made wrong in one place at a time."""

import pytest

from workflow.errors import LifecycleError
from workflow.lifecycle import Lifecycle
from workflow.loading import load_lifecycle
from workflow.policies import PolicyRow

SMALL = """
category = "lost_key"
version = 3
initial = "new"
name = { en = "Lost key", ru = "Ключ", zh = "钥匙" }
policies = [{ key = "patience", hours = 6, valid_from = 2026-01-01, source = "Us" }]
timers = [
  { trigger = "give_up", clock = "asked", budget = "patience" },
  { trigger = "give_up", clock = "state", budget = "patience", is_since_entry = true },
]
transitions = [
  { do = "ask", from = "new", to = "asked", by = ["seller_agent"], facts = ["contact_log_present"], inputs = ["reply_text", "eta?"], advice = ["replied"], effect = "public_reply", starts = ["asked", "reply?", "promise=eta"], raises = ["was_asked"], counts = "questions" },
  { do = "give_up", from = "asked", to = "done", by = ["system_timer"], facts = ["flag:was_asked", "count_below:questions:3"], effect = "resolution", stops = ["asked"], clears = ["was_asked"], reason = "no_response" },
  { do = "say", from = "asked", to = "=", by = ["buyer"], effect = "contact" },
  { do = "say", from = "*", to = "=", by = ["buyer", "system_sync"], effect = "contact" },
  { do = "finish", from = ["new", "done"], to = "over", by = ["seller_agent"], effect = "internal" },
]

[states]
new = { kind = "open", ball = "seller", en = "New", ru = "Новое", zh = "新建" }
asked = { kind = "waiting", ball = "buyer", ball_by_scheme = { FBO = "platform" }, en = "Asked", ru = "Спрошено", zh = "已问" }
done = { kind = "done", ball = "nobody", en = "Done", ru = "Готово", zh = "完成" }
over = { kind = "final", ball = "nobody", en = "Over", ru = "Конец", zh = "结束" }

[actions]
ask = "Ask"
"""  # noqa: E501 - a row of a table is one line
NONE: frozenset[str] = frozenset()
EXTRA = '  { do = "finish", from = ["new", "done"]'


def loaded(text: str = SMALL) -> tuple[Lifecycle, tuple[PolicyRow, ...]]:
    """The table, read."""
    return load_lifecycle(text, "lost_key.toml", NONE)


def changed(old: str, new: str) -> str:
    """The table with one place of it changed."""
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def refusal(text: str, policy_keys: frozenset[str] = NONE) -> LifecycleError:
    """Why the table is refused."""
    with pytest.raises(LifecycleError) as refused:
        load_lifecycle(text, "lost_key.toml", policy_keys)
    return refused.value
