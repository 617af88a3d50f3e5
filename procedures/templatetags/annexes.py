"""Annexes that stand in files of their own, where a document's file is offered."""

from __future__ import annotations

from django import template

from documents import service as documents

register = template.Library()
register.filter("annexes_apart", documents.annexes_apart)
