"""What the person chose on this computer, and the news that were not shown yet."""

import msgspec

from wizard.core.network_settings import NETWORK, Network
from wizard.core.store_news import NEWS, News
from wizard.store.database import Database
from wizard.store.records.settings import NetworkRecord, NewsRecord, SettingRecord
from wizard.store.tables import SETTINGS


class Settings:
    """The settings in the ledger. One that cannot be read counts as not chosen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def network(self) -> Network:
        """How this computer reaches the internet."""
        found = self._get(NETWORK)
        return found if isinstance(found, Network) else Network()

    def keep_network(self, network: Network) -> None:
        """Choose how this computer reaches the internet."""
        self._keep(NETWORK, NetworkRecord.of(network))

    def news(self) -> News | None:
        """The news that were not shown yet, if there are any."""
        found = self._get(NEWS)
        return found if isinstance(found, News) else None

    def keep_news(self, news: News) -> None:
        """Keep news until they are shown."""
        self._keep(NEWS, NewsRecord.of(news))

    def forget_news(self) -> None:
        """Forget the news: they were shown."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM setting WHERE name = ?", (NEWS,))

    def _get(self, name: str) -> object:
        with self._database.reading() as db:
            return next(iter(SETTINGS.values(db, "WHERE name = ?", name)), None)

    def _keep(self, name: str, record: NetworkRecord | NewsRecord) -> None:
        with self._database.transaction() as db:
            SETTINGS.put(db, SettingRecord(name, msgspec.to_builtins(record)))
