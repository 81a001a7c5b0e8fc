"""The password of a PDF, asked twice before it is saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from ui.theme import space, theme
from ui.widgets import Button, ErrorLine, Text, column, row
from ui.widgets.dialog_size import fit_on_screen
from ui.widgets.passphrase_field import NewPassphrase
from ui.widgets.scroll import LightScroll

ABOUT = _(
    "The PDF opens only with this password. Tell it to the readers separately from the file, for example by "
    "telephone. The program does not keep it: if you forget it, save the report again. A screen reader can read "
    "this copy (PDF/UA), but it is not suitable for archiving (PDF/A)."
)


class PdfPassword(QDialog):
    """Asks twice for a password that is not soon guessed; emits `chosen(password)`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("A PDF with a password"))
        self.password = NewPassphrase(
            _("Password of the PDF"), _("Use words that are not connected."), repeat=_("Repeat password"),
            differ=_("The two passwords are different."),
        )  # fmt: skip
        self.error = ErrorLine()
        self.save, cancel = Button(_("Save…"), kind="primary"), Button(_("Cancel"))
        self.save.clicked.connect(self._on_save)
        self.password.entered.connect(self._on_save)
        cancel.clicked.connect(self.reject)
        # What is said of the password comes and goes, and in large text not all of it fits a small screen.
        body = LightScroll(margin=0, gap=3)
        body.add(Text(ABOUT), self.password, self.error, None)
        layout = column(body, row(None, cancel, self.save), gap=3, margin=6)
        # The dialog is as large as it is asked to be: a window that may not be smaller is not known everywhere.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(layout)
        inner = theme().px(space(130)) - 2 * space(6)
        # With room for what may be said of the password.
        fit_on_screen(self, space(130), high=body.body.totalHeightForWidth(inner) + theme().px(space(38)))

    @Slot()
    def _on_save(self) -> None:
        from reviewapp.report.pdf.encryption import check_password

        self.error.set_text()
        password = self.password.chosen()
        if not password:
            return
        try:
            check_password(password)
        except Invalid as error:
            self.error.set_text(f"{error.what}; {error.do}")
            self.password.first.setFocus()
            self.password.first.selectAll()
            return
        self.password.clear()
        self.accept()
        self.chosen.emit(password)
