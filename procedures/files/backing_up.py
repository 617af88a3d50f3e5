"""A backup of the office, and an office made from one: the database, the files, who is trusted.

The database is copied first and the files after it: files are only ever added, under names that
carry their SHA-256, so everything a copied row names is there even while people go on working. The
key of the ledger does not lie beside them: whoever had both could write history anew.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

SQLITE, POSTGRES = "database.sqlite3", "database.dump"
# Roles are the machine's, not the office's: where it is restored there are others.
_BARE = ("--no-owner", "--no-privileges")


class Refused(Exception):
    """There is something already where the backup or the office would be written, or what should
    be restored is no backup for the office that runs here."""


def back_up(folder: Path) -> None:
    """Write the backup into a folder that does not exist yet. Raises :class:`Refused`."""
    if folder.exists():
        raise Refused(_("Thư mục %(folder)s đã có. Chọn một tên khác.") % {"folder": folder})
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Under its name it is whole: what was broken off is never taken for a backup.
    with _undone_unless_whole(Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))) as begun:
        if connection.vendor == "sqlite":
            _copy_sqlite(begun / SQLITE)
        else:
            _postgres("pg_dump", "--format=custom", *_BARE, f"--file={begun / POSTGRES}")
        for name, place in _folders():
            if place.exists():
                # What a link leads to is copied: the backup leaves the machine, the link does not.
                shutil.copytree(place, begun / name)
        begun.rename(folder)


def restore(folder: Path) -> None:
    """Make an office of a backup, where none is; an administrator may have said already who is
    trusted. Raises :class:`Refused`, and then nothing has been written."""
    copied = folder / (SQLITE if connection.vendor == "sqlite" else POSTGRES)
    if not copied.is_file():
        raise Refused(_("Không thấy %(file)s: không có gì để khôi phục.") % {"file": copied})
    _refuse_links(folder)
    _refuse_newer(copied)
    kept = Path(settings.MEDIA_ROOT)
    if connection.introspection.table_names() or (kept.exists() and any(kept.iterdir())):
        raise Refused(_("Ở đây đã có dữ liệu. Chỉ khôi phục vào một nơi trống."))
    # The database comes last: an office is there only once everything its rows name is.
    with _undone_unless_whole(kept), _taken_back_unless_whole() as copied_in:
        for name, place in _folders():
            if (folder / name).exists():
                shutil.copytree(folder / name, place, dirs_exist_ok=True, copy_function=copied_in)
        if connection.vendor == "sqlite":
            _put_sqlite(copied)
        else:
            _postgres("pg_restore", *_BARE, "--single-transaction", str(copied))


@contextmanager
def _undone_unless_whole(folder: Path) -> Iterator[Path]:
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@contextmanager
def _taken_back_unless_whole() -> Iterator[Callable[[str, str], str]]:
    """Copies a file; where the rest breaks off, those that were not there before are gone again:
    whom a backup trusts nobody trusts whom it was not restored for."""
    written: list[Path] = []

    def copy(source: str, target: str) -> str:
        if not os.path.exists(target):
            written.append(Path(target))
        return shutil.copy2(source, target)

    try:
        yield copy
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _refuse_links(folder: Path) -> None:
    """A backup holds folders and plain files: by a link the office would write outside itself."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise Refused(_("%(file)s không phải tệp của bản sao lưu.") % {"file": path})


def _refuse_newer(copied: Path) -> None:
    """A database of a later version would be read wrongly, and nothing else would say so."""
    known = set(MigrationLoader(None).disk_migrations)
    if unknown := sorted(_migrated(copied) - known):
        raise Refused(
            _("Bản sao lưu này của phiên bản mới hơn (%(name)s). Cài phiên bản đó rồi khôi phục.")
            % {"name": ".".join(unknown[0])}
        )


def _migrated(copied: Path) -> set[tuple[str, str]]:
    """The migrations that made the database of a backup, by app and name."""
    try:
        rows = _of_sqlite(copied) if connection.vendor == "sqlite" else _of_dump(copied)
        return {(app, name) for _id, app, name, *_applied in rows}
    except (sqlite3.DatabaseError, subprocess.CalledProcessError, ValueError) as error:
        raise Refused(
            _("%(file)s hỏng hoặc không phải bản sao lưu của hệ thống.") % {"file": copied}
        ) from error


def _of_sqlite(copied: Path) -> list[tuple[str, ...]]:
    with closing(_opened(copied)) as found:
        if found.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError
        return found.execute("SELECT * FROM django_migrations").fetchall()


def _of_dump(copied: Path) -> list[list[str]]:
    """The lines between COPY and its end, tabs between the columns."""
    command = ["pg_restore", "--data-only", "--table=django_migrations", "--file=-", str(copied)]
    script = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    lines = [line.split("\t") for line in script.splitlines() if "\t" in line]
    if not lines:
        raise ValueError("no migrations")
    return lines


def _folders() -> Iterator[tuple[str, Path]]:
    """What belongs to an office besides its database, by its name in the backup."""
    yield "files", Path(settings.MEDIA_ROOT)
    yield "trust", Path(settings.TRUST_ROOTS)
    yield "crl", Path(settings.CRL_FOLDER)
    yield "demo-ca", Path(settings.VAR) / "demo-ca"


def _copy_sqlite(target: Path) -> None:
    """A whole copy of a database that may be written to meanwhile."""
    source = Path(connection.settings_dict["NAME"])
    with closing(_opened(source)) as one, closing(sqlite3.connect(target)) as two:
        one.backup(two)


def _put_sqlite(copied: Path) -> None:
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    begun = place.with_name(f".{place.name}")
    shutil.copyfile(copied, begun)
    begun.replace(place)


def _opened(database: Path) -> sqlite3.Connection:
    """An SQLite file to be read alone."""
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)


def _postgres(program: str, *options: str) -> None:
    """Run a program of PostgreSQL's on our database, with the same address and password."""
    args, env = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    *where, database = args[1:]
    command = [program, *where, f"--dbname={database}", *options]
    try:
        # The program is one of two named here, the address is the one in the settings.
        subprocess.run(command, check=True, env={**os.environ, **(env or {})})  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(
            _("%(program)s không làm được: %(why)s") % {"program": program, "why": error}
        ) from error
