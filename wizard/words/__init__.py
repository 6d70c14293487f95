"""Every sentence that people read. No Qt: windows, command line and documents speak with the same words."""

from wizard.words.words import LANGUAGES, Words, mark, open_words, pick_language, system_language

__all__ = ["LANGUAGES", "Words", "mark", "open_words", "pick_language", "system_language"]
