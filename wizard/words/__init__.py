"""Every text that people read, for windows, command line and documents; without Qt."""

from wizard.words.words import LANGUAGES, Words, mark, open_words, pick_language, system_language

__all__ = ["LANGUAGES", "Words", "mark", "open_words", "pick_language", "system_language"]
