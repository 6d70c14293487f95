"""One start of a program that is nothing but its claim: says what became of it, a word a line."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from wizard.app.single_instance import SingleInstance


def main() -> int:
    """Claim a data folder: `start.py FOLDER PATIENCE_S [wedged | deaf]`."""
    folder, patience_s, kind = Path(sys.argv[1]), float(sys.argv[2]), (sys.argv[3:] or [""])[0]
    app = QCoreApplication([])
    instance = SingleInstance(folder)
    if not instance.claim(patience_s):
        _say("second")
        return 0
    if kind == "deaf":
        _say("first")
        time.sleep(60)
    instance.listen()
    _say("first" if instance.is_listening else "alone")
    if kind == "wedged":
        time.sleep(60)
    instance.second_started.connect(lambda: _say("asked"))
    QTimer.singleShot(60_000, app.quit)
    return app.exec()


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
