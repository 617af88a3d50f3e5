"""Files that another process may read at any moment."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Put ``data`` in place of the file at once: a reader sees the old or the new, never half."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        os.fsync(file.fileno())
    os.chmod(name, mode)
    os.replace(name, path)
