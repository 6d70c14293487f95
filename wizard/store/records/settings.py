"""Rows of `setting`: one value each, of a type that depends on its name."""

import msgspec

from wizard.core.network_settings import NETWORK, Mode, Network
from wizard.core.store_news import NEWS, News, NewsKind


class NetworkRecord(msgspec.Struct):
    """How this computer reaches the internet."""

    mode: str = "system"
    host: str = ""
    port: int = 8080
    user: str = ""

    def to_core(self) -> Network:
        """The choice."""
        return Network(Mode(self.mode), self.host, self.port, self.user)

    @staticmethod
    def of(network: Network) -> "NetworkRecord":
        """The record of a choice."""
        return NetworkRecord(network.mode.value, network.host, network.port, network.user)


class NewsRecord(msgspec.Struct):
    """News that were not shown yet."""

    kind: str
    at: str = ""
    where: str = ""
    count: int = 0

    def to_core(self) -> News:
        """The news."""
        return News(NewsKind(self.kind), self.at, self.where, self.count)

    @staticmethod
    def of(news: News) -> "NewsRecord":
        """The record of news."""
        return NewsRecord(news.kind.value, news.at, news.where, news.count)


class SettingRecord(msgspec.Struct):
    """A row of `setting`."""

    name: str
    value: object

    def to_core(self) -> object:
        """The value, None for a setting that this program does not know."""
        kinds: dict[str, type[NetworkRecord] | type[NewsRecord]] = {NETWORK: NetworkRecord, NEWS: NewsRecord}
        kind = kinds.get(self.name)
        return kind and msgspec.convert(self.value, kind).to_core()
