"""Passphrase, recovery code and key file from the command line, and what is left on the disk."""

from __future__ import annotations

from reviewapp.base.paths import home_key_file, spare_key_files
from tests.core.cli.support import EVERY_KIND, Shell


def test_the_recovery_code_is_written_once_and_opens_the_laptop(shell: Shell) -> None:
    code = (shell.folder / "code").read_text()
    assert (shell.folder / "code").stat().st_mode & 0o077 == 0
    shell("R2", "visits")
    assert (shell.folder / "code").read_text() == code
    shell.file("new", "another passphrase")
    shell(
        "R2",
        "passphrase",
        "recover",
        "--code-file",
        shell.folder / "code",
        "--new-passphrase-file",
        shell.folder / "new",
    )
    shell("R2", "visits", code=1)
    (shell.folder / "pass").write_text("another passphrase")
    shell("R2", "visits")


def test_the_words_of_the_phrase_are_kept_private_and_used_again(shell: Shell) -> None:
    phrase = shell.folder / "phrase"
    words = phrase.read_text()
    assert phrase.stat().st_mode & 0o077 == 0 and len(words.split()) == 6
    shell("L1", "visit", "pack", shell.visit, shell.folder / "pack2", "--phrase-file", phrase)
    assert phrase.read_text() == words
    shell("R4", "visit", "join-as", shell.folder / "pack2", "--as", "R4", "--phrase-file", phrase)


def test_a_backup_is_restored_and_verify_finds_nothing_wrong(shell: Shell) -> None:
    shell.record("L1", '{"kind":"rating","standard":"4","value":"met"}', me="L1")
    shell("L1", "visit", "backup", shell.visit, shell.folder / "b")
    digest = shell.json("L1", "visit", "status", shell.visit)["digest"]
    assert shell("elsewhere", "visit", "restore", shell.folder / "b").strip() == shell.visit
    assert shell.json("elsewhere", "visit", "status", shell.visit)["digest"] == digest
    verified = shell.json("elsewhere", "visit", "verify", shell.visit)
    assert verified["ok"] and set(verified["checks"][0]) == {"name", "ok", "what", "do"}


def test_words_planted_in_notes_are_in_no_file_of_a_laptop(shell: Shell) -> None:
    shell.record("R2", EVERY_KIND.replace('"n"', '"plantedword"').replace('"q"', '"plantedword"'), me="R2")
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    shell("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    for home in ("L1", "R2"):
        files = [path for path in (shell.folder / home).rglob("*") if path.is_file()]
        assert files and not [path for path in files if b"plantedword" in path.read_bytes()]


def test_a_damaged_store_is_named_as_that_and_verify_says_what_to_do(shell: Shell) -> None:
    shell.record("L1", EVERY_KIND, me="L1")
    store = shell.folder / "L1" / "visits" / shell.visit / "visit.db"
    raw = bytearray(store.read_bytes())
    for page in range(3, len(raw) // 4096):
        raw[page * 4096 + 100] ^= 1
    store.write_bytes(bytes(raw))
    verified = shell.json("L1", "visit", "verify", shell.visit)
    assert not verified["ok"] and any("restore" in check["do"] for check in verified["checks"])
    shell("L1", "visit", "status", shell.visit, code=1)
    assert "damaged" in shell.err


def test_a_refused_first_command_sets_no_passphrase(shell: Shell) -> None:
    (shell.folder / "code").unlink()
    wrong = shell.file("wrong", "six words that are not it")
    shell("new", "visit", "join-as", shell.folder / "pack", "--as", "R4", "--phrase-file", wrong, code=1)
    assert not (shell.folder / "new").exists() and not (shell.folder / "code").exists()
    shell("pass", "visits", code=1)


def test_a_lost_key_file_is_put_back_from_a_copy_and_never_taken_for_a_first_use(shell: Shell) -> None:
    home = shell.folder / "R2"
    (home / "home.json").unlink()
    shell("R2", "visits")
    assert "note: " in shell.err and "home.json is missing" in shell.err and (home / "home.json").exists()
    for path in (home_key_file(home), *spare_key_files(home)):
        path.unlink()
    shell("R2", "visits", code=1)
    assert "home.json is missing" in shell.err and not (home / "home.json").exists()


def test_a_new_code_ends_the_old_one_and_a_new_passphrase_keeps_it(shell: Shell) -> None:
    old, new = shell.folder / "code", shell.folder / "code2"
    new.write_text(shell("R2", "passphrase", "new-code"))
    shell.file("new", "another passphrase")
    change = ("R2", "passphrase", "change", "--new-passphrase-file", shell.folder / "new")
    shell(*change)
    assert "the recovery code stays as it is" in shell.err
    shell("R2", "visits", code=1)
    recover = ("R2", "passphrase", "recover", "--new-passphrase-file", shell.folder / "pass", "--code-file")
    shell(*recover, old, code=1)
    assert "the recovery code is wrong" in shell.err
    shell(*recover, new)
    shell("R2", "visits")


def test_an_old_key_file_put_back_is_told_in_one_line(shell: Shell) -> None:
    home = shell.folder / "R2"
    old = (home / "home.json").read_bytes()
    shell("R2", "passphrase", "new-code")
    for path in (home_key_file(home), *spare_key_files(home)):
        path.write_bytes(old)
    for words in (("visits",), ("visit", "status", shell.visit), ("passphrase", "new-code")):
        shell("R2", *words, code=1)
        assert "is from before the passphrase or the recovery code was changed" in shell.err
        assert len(shell.err.splitlines()) == 1


def test_a_key_file_comes_back_from_a_backup(shell: Shell) -> None:
    home = shell.folder / "L1"
    shell("L1", "visit", "backup", shell.visit, shell.folder / "b")
    for path in (home_key_file(home), *spare_key_files(home)):
        path.unlink()
    shell("L1", "visits", code=1)
    assert "passphrase repair" in shell.err
    shell("L1", "passphrase", "repair", shell.folder / "b")
    shell("L1", "visit", "status", shell.visit)
    for words in (("change",), ("new-code",), ("repair", shell.folder / "b")):
        shell("not yet", "passphrase", *words, code=1)
        assert "no passphrase has been set here" in shell.err and not (shell.folder / "not yet").exists()
