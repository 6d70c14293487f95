"""What happened to the list on this computer, as cards above the page that is shown first."""

from wizard.core.store_news import News
from wizard.ui.context import Context
from wizard.ui.widgets.card import NoteCard, Tint
from wizard.ui.wizard.pages.base import named
from wizard.words.labels import store_news


def news_cards(context: Context, news: tuple[News, ...], tint: Tint = "warning") -> list[NoteCard]:
    """A card for each piece of news."""
    cards = []
    for piece in news:
        title, text = store_news(context.words, piece)
        card = NoteCard(context.theme, tint, title, (text,))
        named(card, "storeNews")
        cards.append(card)
    return cards
