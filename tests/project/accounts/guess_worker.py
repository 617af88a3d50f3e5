"""One process that guesses a password: ``python -m ...guess_worker GATE TRIES``.

Runs on the database its environment names. Waits for the gate file, guesses as fast as it can and
prints how many of its guesses were looked at. ``COUNT_IN=memory`` counts in a cache of the process
instead of the database: the positive control.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
django.setup()

from django.contrib.auth import authenticate, forms  # noqa: E402
from django.core.cache.backends.locmem import LocMemCache  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from project.accounts import limits  # noqa: E402

memory = LocMemCache("guesses", {})


def count_in_memory(name, limit):
    """What ``limits._count`` would be with counts that no other process sees."""
    memory.add(name, 0, limits.WINDOW)
    if memory.incr(name) > limit:
        raise limits.TooManyTries(timezone.now().timestamp() + limits.WINDOW)


if os.environ.get("COUNT_IN") == "memory":
    limits._count = count_in_memory

looked_at = 0


def watched(*args, **kwargs):
    global looked_at
    looked_at += 1
    return authenticate(*args, **kwargs)


def main(gate, tries):
    forms.authenticate = watched
    client = Client(headers={"host": "127.0.0.1"})
    client.get("/vao/")
    Path(f"{gate}.{os.getpid()}").touch()
    while not Path(gate).exists():
        time.sleep(0.002)
    for number in range(int(tries)):
        client.post("/vao/", {"username": "tq.chutich", "password": f"doan-{number}"})
    print(looked_at)


if __name__ == "__main__":
    main(*sys.argv[1:])
