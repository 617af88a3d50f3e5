"""The product's settings with a folder of their own for every test process."""

import atexit
import os
import secrets
import shutil
import tempfile

_var = tempfile.mkdtemp(prefix="trinhky-test-")
atexit.register(shutil.rmtree, _var, ignore_errors=True)
os.environ["VAR"] = _var
os.environ.pop("PRODUCTION", None)

from project.settings import *  # noqa: E402, F403
from project.settings import LEDGER_KEY_FILE, STATIC_ROOT  # noqa: E402

LEDGER_KEY_FILE.write_text(secrets.token_hex(32))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir()
