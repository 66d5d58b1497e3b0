"""Taking in no more of a file than is looked at, however much is sent."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from kith.foundations.documents.rules import LARGEST


class BoundedUpload(FileUploadHandler):
    """First among the upload handlers: passes on a little more than the largest file, and lets the rest fall."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= LARGEST else None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        return None  # whoever comes after has kept it
