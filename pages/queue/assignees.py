"""To whom a ticket can be given, as the menus call them: who is away, and until when, is said before it is chosen."""

from pages.shared import access
from pages.shared.formats import instant
from pages.shared.people import Person
from pages.shared.texts import _


def assignees(person: Person) -> dict[str, str]:
    """Names by id: the agents whom `person` may choose, and `person`.

    How many tickets each has is not said here: it would be one more question for every drawing of a ticket.
    """
    now, zone = access.now(), access.zone()
    until = {
        profile.agent_id: instant(profile.absent_until_at, zone)
        for profile in access.staff().profiles()
        if profile.absent_until_at and profile.is_absent_at(now)
    }
    names = {person.id: person.name, **access.directory().agents(person.scope)}
    away = _("{name} · away until {instant}")
    return {
        agent_id: away.format(name=name, instant=until[agent_id]) if agent_id in until else name
        for agent_id, name in names.items()
    }
