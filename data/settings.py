"""What is set once for the whole desk: its time zone, and whether its data are made up."""

from data.commits import run
from data.database import Database

DEFAULT_TIME_ZONE = "Europe/Moscow"
_TIME_ZONE = "time_zone"
_SYNTHETIC = "data_are_synthetic"


class Settings:
    """Reads and writes the desk's settings by name."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def get(self, key: str, default: str = "") -> str:
        """The setting, or `default` where it was never set."""
        rows = self.database.read("store/setting", {"key": key})
        return rows[0][0] if rows else default

    def set(self, key: str, value: str) -> None:
        """Keep the setting."""
        with self.database.writing() as cursor:
            run(cursor, "store/save_setting", {"key": key, "value": value})

    @property
    def time_zone(self) -> str:
        """The zone, an IANA name, in which the desk counts days and shows times."""
        return self.get(_TIME_ZONE, DEFAULT_TIME_ZONE)

    @time_zone.setter
    def time_zone(self, name: str) -> None:
        self.set(_TIME_ZONE, name)

    @property
    def data_are_synthetic(self) -> bool:
        """Whether every page must say that the data are made up."""
        return self.get(_SYNTHETIC) == "true"

    @data_are_synthetic.setter
    def data_are_synthetic(self, value: bool) -> None:
        self.set(_SYNTHETIC, "true" if value else "false")
