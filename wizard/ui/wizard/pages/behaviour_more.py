"""What the page of the behaviour folds away at first: the start progress and the two logos."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wizard.core.integration import PROGRESS_RANGE
from wizard.core.problems import Field
from wizard.flow.wizard.behaviour import LOGOS, BehaviourPresenter, BehaviourView, LogoView
from wizard.flow.wizard.logo_preview import PreviewStatus
from wizard.ui.context import Context
from wizard.ui.widgets.field import FieldBox, LiveFieldBox
from wizard.ui.widgets.number_edit import NumberEdit
from wizard.ui.wizard.pages.logo import LogoPreview


class MoreAnswers(QWidget):
    """Fields that few people fill in; `fields` has them by the answers they hold."""

    def __init__(self, context: Context, presenter: BehaviourPresenter) -> None:
        super().__init__()
        say, theme = context.words.say, context.theme
        self._start_progress_sentence = ""
        self.start_progress = NumberEdit(theme, *PROGRESS_RANGE, suffix=say("%"))
        self.start_progress.setObjectName("startProgress")
        self.start_progress.valueChanged.connect(presenter.choose_start_progress)
        self.logo, self.unicolor_logo = QLineEdit(), QLineEdit()
        self.logo.setObjectName("logoUrl")
        self.unicolor_logo.setObjectName("unicolorLogoUrl")
        transparent = say("A picture with a transparent background looks best. The address starts with https://")
        without = say("Without it the logo above is used.")
        logo, unicolor = say("Address of the logo"), say("Address of the single-colour logo")
        self.fields: dict[Field, FieldBox] = {
            Field.START_PROGRESS: LiveFieldBox(
                theme, say("Progress when a learner starts"), self.start_progress, units=6
            ),
            Field.LOGO: FieldBox(theme, logo, self.logo, help_text=transparent, units=34),
            Field.UNICOLOR_LOGO: FieldBox(theme, unicolor, self.unicolor_logo, help_text=without, units=34),
        }
        self.previews = {
            Field.LOGO: LogoPreview(context, "previewLogo", say("Preview the logo")),
            Field.UNICOLOR_LOGO: LogoPreview(context, "previewUnicolorLogo", say("Preview the single-colour logo")),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        for field, box in self.fields.items():
            column.addWidget(box)
            if field in self.previews:
                box.add_beside(self.previews[field].button)
                column.addWidget(self.previews[field])
        for field, edit in zip(LOGOS, (self.logo, self.unicolor_logo), strict=True):
            self._connect(presenter, field, edit)

    def _connect(self, presenter: BehaviourPresenter, field: Field, edit: QLineEdit) -> None:
        edit.textChanged.connect(lambda text: presenter.type_logo(field, text))
        edit.editingFinished.connect(presenter.leave_logos)
        self.previews[field].fetch_clicked.connect(lambda: presenter.preview(field))
        self.previews[field].stop_clicked.connect(lambda: presenter.stop_preview(field))

    def show_view(self, view: BehaviourView) -> None:
        """Show the answers of this view state."""
        if self.start_progress.value() != view.start_progress:
            blocker = QSignalBlocker(self.start_progress)
            self.start_progress.setValue(view.start_progress)
            blocker.unblock()
        if view.start_progress_sentence != self._start_progress_sentence:
            self._start_progress_sentence = view.start_progress_sentence
            self.fields[Field.START_PROGRESS].set_live(view.start_progress_sentence)
        self._show_logo(Field.LOGO, self.logo, view.logo)
        self._show_logo(Field.UNICOLOR_LOGO, self.unicolor_logo, view.unicolor_logo)

    def _show_logo(self, field: Field, edit: QLineEdit, view: LogoView) -> None:
        if edit.text() != view.text:
            blocker = QSignalBlocker(edit)
            edit.setText(view.text)
            blocker.unblock()
        if self.previews[field].show_view(view.preview):
            is_refused = view.preview.status is PreviewStatus.REFUSED
            self.fields[field].describe_more(view.preview.sentence if is_refused else "")
