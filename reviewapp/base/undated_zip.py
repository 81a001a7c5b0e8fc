"""ZIP files whose parts bear one fixed date: they reveal no clock, and no clock can keep them from being written."""

from __future__ import annotations

from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


class UndatedZip(ZipFile):
    """A new archive, deflated; `zipfile` itself refuses to write one while the clock is before 1980 or after 2107."""

    def __init__(self, file: Any, compresslevel: int | None = None) -> None:
        """`file`: a path or a stream."""
        super().__init__(file, "w", ZIP_DEFLATED, compresslevel=compresslevel)

    def writestr(
        self, zinfo_or_arcname: str | ZipInfo, data: Any, compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:  # fmt: skip
        """Write one part under the fixed date."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        info = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        super().writestr(info, data, compress_type or ZIP_DEFLATED, compresslevel or self.compresslevel)
