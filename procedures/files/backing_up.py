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
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

SQLITE, POSTGRES = "database.sqlite3", "database.dump"


class NotEmpty(Exception):
    """There is something already where the backup or the office would be written."""


class NoBackup(Exception):
    """The folder holds no backup of a database as the one in use here."""


def back_up(folder: Path) -> None:
    """Write the backup into a folder that does not exist yet. Raises :class:`NotEmpty`."""
    if folder.exists():
        raise NotEmpty(_("Thư mục %(folder)s đã có. Chọn một tên khác.") % {"folder": folder})
    folder.mkdir(parents=True, mode=0o700)
    if connection.vendor == "sqlite":
        _copy_sqlite(folder / SQLITE)
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={folder / POSTGRES}")
    for name, place in _folders():
        if place.exists():
            shutil.copytree(place, folder / name, symlinks=True)


def restore(folder: Path) -> None:
    """Make an office of a backup, where none is; an administrator may have said already who is
    trusted. Raises :class:`NoBackup` and :class:`NotEmpty`."""
    copied = folder / (SQLITE if connection.vendor == "sqlite" else POSTGRES)
    if not copied.is_file():
        raise NoBackup(_("Không thấy %(file)s: không có gì để khôi phục.") % {"file": copied})
    kept = Path(settings.MEDIA_ROOT)
    if connection.introspection.table_names() or (kept.exists() and any(kept.iterdir())):
        raise NotEmpty(_("Ở đây đã có dữ liệu. Chỉ khôi phục vào một nơi trống."))
    # The database comes last: an office is there only once everything its rows name is.
    for name, place in _folders():
        if (folder / name).exists():
            shutil.copytree(folder / name, place, symlinks=True, dirs_exist_ok=True)
    if connection.vendor == "sqlite":
        connection.close()
        shutil.copyfile(copied, connection.settings_dict["NAME"])
    else:
        _postgres("pg_restore", "--no-owner", "--single-transaction", str(copied))


def _folders() -> Iterator[tuple[str, Path]]:
    """What belongs to an office besides its database, by its name in the backup."""
    yield "files", Path(settings.MEDIA_ROOT)
    yield "trust", Path(settings.TRUST_ROOTS)
    yield "crl", Path(settings.CRL_FOLDER)
    yield "demo-ca", Path(settings.VAR) / "demo-ca"


def _copy_sqlite(target: Path) -> None:
    """A whole copy of a database that may be written to meanwhile."""
    source = f"file:{connection.settings_dict['NAME']}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as one, closing(sqlite3.connect(target)) as two:
        one.backup(two)


def _postgres(program: str, *options: str) -> None:
    """Run a program of PostgreSQL's on our database, with the same address and password."""
    args, env = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    *where, database = args[1:]
    command = [program, *where, f"--dbname={database}", *options]
    # The program is one of two named here, the address is the one in the settings.
    subprocess.run(command, check=True, env={**os.environ, **(env or {})})  # noqa: S603
