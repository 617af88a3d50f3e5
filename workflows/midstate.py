"""SHA-256 stopped half way: what proves that a hidden line of the ledger continues another.

The last thing in the text of a line is the hash of the line before. Whoever is given the state of
SHA-256 before that end, and the end itself, recomputes the hash of the line and sees the link,
without reading what the line says. :mod:`hashlib` does not show its state, so this is the
algorithm of FIPS 180-4 itself; a test holds it against :mod:`hashlib`.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

BLOCK = 64
_MASK = 0xFFFFFFFF


def _root_bits(number: int, power: int) -> int:
    """The first 32 bits of the fraction of a square or cube root, in whole numbers."""
    scaled = number << (32 * power)
    root = math.isqrt(scaled) if power == 2 else _cube_root(scaled)
    return root & _MASK


def _cube_root(number: int) -> int:
    root = 1 << -(-number.bit_length() // 3)
    while (better := (2 * root + number // (root * root)) // 3) < root:
        root = better
    return root


_PRIMES = [n for n in range(2, 312) if all(n % d for d in range(2, math.isqrt(n) + 1))]
START = tuple(_root_bits(prime, 2) for prime in _PRIMES[:8])
_ROUNDS = tuple(_root_bits(prime, 3) for prime in _PRIMES)


def state_after(data: bytes) -> tuple[int, ...]:
    """The eight words after the blocks of ``data``, whose length is a multiple of 64."""
    state: Sequence[int] = START
    for at in range(0, len(data), BLOCK):
        state = _compressed(state, data[at : at + BLOCK])
    return tuple(state)


def _turned(word: int, by: int) -> int:
    return (word >> by | word << 32 - by) & _MASK


def _schedule(block: bytes) -> list[int]:
    words = list(struct.unpack(">16L", block))
    for n in range(16, 64):
        a, b = words[n - 15], words[n - 2]
        small = _turned(a, 7) ^ _turned(a, 18) ^ a >> 3
        large = _turned(b, 17) ^ _turned(b, 19) ^ b >> 10
        words.append(words[n - 16] + small + words[n - 7] + large & _MASK)
    return words


def _compressed(state: Sequence[int], block: bytes) -> list[int]:
    a, b, c, d, e, f, g, h = state
    for word, constant in zip(_schedule(block), _ROUNDS, strict=True):
        mixed = h + (_turned(e, 6) ^ _turned(e, 11) ^ _turned(e, 25))
        mixed += (e & f ^ ~e & g) + constant + word
        chosen = (_turned(a, 2) ^ _turned(a, 13) ^ _turned(a, 22)) + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = mixed + chosen & _MASK, a, b, c, d + mixed & _MASK, e, f, g
    return [old + new & _MASK for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True)]
