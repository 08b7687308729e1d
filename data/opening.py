"""Opens a desk: its file, its lifecycles and policies, and the use cases on top of them."""

import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from data.clock import now
from data.composing.templates import seed_templates
from data.database import Database
from data.keeping import refresh
from data.lifecycle_shelf import save_lifecycle, save_policies, stored_lifecycles
from data.previews import holds_picture
from data.service.shelf import seed_service_levels
from data.settings import Settings
from data.store import DuckTicketStore, evidence_root
from workflow.desk import Desk
from workflow.ids import new_ids
from workflow.lifecycle import Lifecycles
from workflow.loading import BUILT_IN, load_directory
from workflow.policies import PolicyBook
from workflow.rules import Rules

DEFAULT_PATH = Path("var") / "desk.duckdb"


@dataclass(slots=True)
class OpenDesk:
    """A desk that is open in this process. `desk` acts, `store` reads cases, `database` answers questions."""

    database: Database
    store: DuckTicketStore
    settings: Settings
    desk: Desk

    @property
    def rules(self) -> Rules:
        """The lifecycles and policies in force."""
        return self.desk.rules

    def refresh(self) -> None:
        """Take note of lifecycles that were added meanwhile, such as an import's."""
        self.desk = _desk(self.database, self.store)

    def is_empty(self) -> bool:
        """Whether there is no ticket yet."""
        return self.database.read("store/is_empty")[0][0]

    def is_synthetic(self) -> bool:
        """Whether the desk says that its data are made up."""
        return self.settings.data_are_synthetic

    def time_zone(self) -> str:
        """The zone, an IANA name, in which the desk counts days and shows times."""
        return self.settings.time_zone

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def default_path() -> Path:
    """The file that `DESK_DATABASE` names, else `var/desk.duckdb` below the current folder."""
    named = os.environ.get("DESK_DATABASE", "").strip()
    return Path(named) if named else DEFAULT_PATH


def lifecycle_directories() -> tuple[Path, ...]:
    """The built-in lifecycles, then the folders that `DESK_LIFECYCLES` names."""
    named = os.environ.get("DESK_LIFECYCLES", "").split(os.pathsep)
    return (BUILT_IN, *(Path(name) for name in named if name.strip()))


def open_desk(path: Path | None = None) -> OpenDesk:
    """Open the desk's file (default: `default_path`), bring lifecycles, policies and what is kept up to date."""
    database = Database.open(path or default_path())
    try:
        seed(database, lifecycle_directories())
        refresh(database)
        store = DuckTicketStore(database, evidence_root(database.path))
        return OpenDesk(database=database, store=store, settings=Settings(database), desk=_desk(database, store))
    except BaseException:
        database.close()
        raise


def seed(database: Database, directories: tuple[Path, ...]) -> None:
    """Take over the lifecycles and policies of `directories`; what is known already is left alone.

    A desk without service policies or reply templates gets those that every desk begins with.
    """
    lifecycles, policies = load_directory(*directories)
    store = DuckTicketStore(database, evidence_root(database.path))
    save_policies(database, store.policy_rows(), policies)
    seed_service_levels(database, now())
    for lifecycle in lifecycles:
        save_lifecycle(database, lifecycle)
    seed_service_levels(database, now())
    seed_templates(database, now())


def _desk(database: Database, store: DuckTicketStore) -> Desk:
    lifecycles = Lifecycles(stored_lifecycles(database))
    return Desk(store, Rules(lifecycles, PolicyBook(store.policy_rows()), new_ids(), holds_picture))
