"""What somebody gives to the program: told by what is in a file, whatever its name is."""

from reviewapp.file_kinds.recognise import FileKind, recognise

__all__ = ["FileKind", "recognise"]
