"""A logo, looked at before its address is used: on click only."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from wizard.core.problems import Code, Problem
from wizard.flow.wizard.page import Shared
from wizard.flow.wizard.stoppable_job import StoppableJob
from wizard.jobs.integrations import logo_preview
from wizard.jobs.integrations.logo_preview import Decode, Preview, PreviewWanted
from wizard.words.problems import explain


class PreviewStatus(Enum):
    """How a preview stands."""

    NONE = auto()
    FETCHING = auto()
    SHOWN = auto()
    STOPPED = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class PreviewView:
    """The picture of one address, or why there is none. `image` is what the page's own decoder made of it."""

    can_fetch: bool = False
    status: PreviewStatus = PreviewStatus.NONE
    sentence: str = ""
    image: object = field(default=None, repr=False)
    can_stop: bool = False


class LogoPreview:
    """Nothing is fetched before `fetch`. Another address takes the picture away."""

    def __init__(self, shared: Shared, on_changed: Callable[[], object]) -> None:
        self._words, self._on_changed = shared.words, on_changed
        self._job = StoppableJob(shared.asker, shared.words, on_changed)
        self._url = ""
        self._status = PreviewStatus.NONE
        self._seen: Preview | None = None
        self._refusal: Problem | None = None

    def set_url(self, url: str) -> None:
        """The address that is fetched; a picture of another one goes."""
        if url != self._url:
            self._url = url
            self._job.forget()
            self._show(PreviewStatus.NONE)

    def fetch(self, decode: Decode) -> None:
        """Fetch the picture and show it, or say why not."""
        if self._job.is_running or not self._url:
            return
        self._show(PreviewStatus.FETCHING)
        self._on_changed()
        wanted = PreviewWanted(self._url, decode)
        self._job.start(logo_preview.preview, wanted, self._on_fetched, self._on_failed)

    def stop(self) -> None:
        """Stop waiting for the picture."""
        if self._job.stop():
            self._show(PreviewStatus.STOPPED)
        self._on_changed()

    def view(self) -> PreviewView:
        """What is shown now."""
        image = self._seen.image if self._seen else None
        return PreviewView(bool(self._url), self._status, self._sentence(), image, self._job.can_stop)

    def _on_fetched(self, seen: Preview) -> None:
        self._show(PreviewStatus.SHOWN, seen=seen)
        self._on_changed()

    def _on_failed(self, problem: Problem) -> None:
        is_stopped = problem.code is Code.STOPPED
        self._show(PreviewStatus.STOPPED if is_stopped else PreviewStatus.REFUSED, refusal=problem)
        self._on_changed()

    def _show(self, status: PreviewStatus, *, seen: Preview | None = None, refusal: Problem | None = None) -> None:
        self._status, self._seen, self._refusal = status, seen, refusal

    def _sentence(self) -> str:
        say, seen = self._words.say, self._seen
        if self._status is PreviewStatus.FETCHING:
            return self._job.waits_for or say("Fetching the picture…")
        if seen is not None:
            return say(
                "{kind}, {width} × {height} pixels, {weight} kB. Left on a light ground, right on a dark one.",
                kind=seen.kind,
                width=seen.width,
                height=seen.height,
                weight=max(1, round(seen.weight / 1000)),
            )
        if self._status is PreviewStatus.REFUSED and self._refusal is not None:
            shown = explain(self._words, self._refusal)
            return f"{shown.title}. {shown.text}".strip()
        return ""
