"""What a dossier says that a specialist began and that carries no line of change.

Its matter is one row of its own model: an announcement, a registration for training, a
commendation. The roster stays what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.db import models
from django.utils.functional import cached_property

from workflows.states import Step

from ..people import names

if TYPE_CHECKING:
    from workflows.authority import Capacity
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = object


class Matter(models.Model):
    """What one dossier says, as the page of its procedure names it. ``TYPED`` are the columns its
    author types.

    Nothing is required before it is sent (:mod:`procedures.rules.drafted`).
    """

    TYPED: ClassVar[tuple[str, ...]] = ()
    # Why nobody decides on his own, where an article says so.
    ARTICLE: ClassVar[str] = ""
    # Whether the Chairman alone may sign it, nobody for him.
    in_person: ClassVar[bool] = False

    dossier = models.OneToOneField("procedures.Dossier", models.CASCADE, related_name="%(class)s")

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """What people call the case."""
        raise NotImplementedError

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.TYPED}

    def write(self, typed: dict[str, Any], step: Step) -> None:
        """Replace what is said by ``typed``: {column: value}. Subclasses write their lists too."""
        for name in self.TYPED:
            if name in typed:
                value = typed[name]
                setattr(self, name, names.clean(value) if isinstance(value, str) else value)
        self.save()
        self.__dict__.pop("listed", None)

    @cached_property
    def listed(self) -> list[Any]:
        """The people it lists, read once; :meth:`write` reads them anew."""
        return []

    def snapshot(self) -> list[Any]:
        """What the ledger's digest says of it."""
        return list(self.columns().values())

    def public_lines(self) -> list[str]:
        """What a text for everybody tells of it; no person is named."""
        return []

    def named(self) -> list[str]:
        """The names its paper prints: they are content, not form."""
        return []

    def rewards(self, user: Any) -> bool:
        """Whether it would reward ``user``, who then decides nothing about it."""
        return False

    def when_signed(self, step: Step) -> None:
        """What its signature brings about before its release."""

    def when_voided(self, step: Step) -> None:
        """Undo what its signature brought about."""

    @property
    def signing_wish(self) -> str:
        """The kind of capacity ("KT") it is to be signed in, where its author asks for one."""
        return ""

    def refuses_signer(self, capacity: Capacity) -> str:
        """Why who may sign such a paper in this capacity does not sign this one; else empty."""
        return ""

    @classmethod
    def closed_to(cls, capacity: Capacity) -> models.Q | None:
        """Filter of the dossiers for which :meth:`refuses_signer` holds; None for no such filter,
        or where it would have to read a text."""
        return None

    def lacks_signer(self) -> str:
        """Why nobody may sign it, where that is for what it says; else empty."""
        return ""

    def take_effect(self, step: Step) -> None:
        """What its release brings about besides the paper."""


class Drafted(Base):
    """What a dossier does with its matter; nothing for every other dossier."""

    @property
    def _dossier(self) -> Dossier:
        return cast("Dossier", self)

    @property
    def is_drafted(self) -> bool:
        return self._dossier.flow.matter is not None

    @cached_property
    def matter(self) -> Any:
        """Its row of :class:`Matter`; an empty one while there is none."""
        model = self._dossier.flow.matter
        assert model is not None  # asked only of what :attr:`is_drafted`
        kept = model._default_manager.filter(dossier=self._dossier.pk).first()
        if kept:
            kept.dossier = self._dossier
        return kept or model(dossier=self._dossier)

    def write_matter(self, step: Step) -> None:
        """Replace what it says by ``step.data["said"]``."""
        self.matter.write(step.data["said"], step)
        self._dossier.name = self.matter.title[:300]

    def told_matter(self) -> dict[str, Any]:
        """What the ledger's digest says of it; nothing for other dossiers."""
        return {"said": self.matter.snapshot()} if self.is_drafted else {}

    def public_lines(self) -> list[str]:
        return self.matter.public_lines() if self.is_drafted else []

    def rewards(self, user: Any) -> bool:
        return bool(self.is_drafted and self.matter.rewards(user))

    @property
    def interest_article(self) -> str:
        return self.matter.ARTICLE if self.is_drafted else ""

    def signed_in_person(self, slot: str) -> bool:
        """Whether what stands in ``slot`` is signed by the holder of the post himself."""
        matter = self._dossier.flow.matter
        return slot == "decision" and matter is not None and matter.in_person

    def when_signed(self, step: Step) -> None:
        if self.is_drafted:
            self.matter.when_signed(step)

    def when_voided(self, step: Step) -> None:
        if self.is_drafted:
            self.matter.when_voided(step)

    def signing_wish(self, slot: str) -> str:
        """The kind of capacity ("KT") its author asks the signature in; empty for none."""
        return str(self.matter.signing_wish) if slot == "decision" and self.is_drafted else ""

    def refuses_signer(self, slot: str, capacity: Capacity) -> str:
        """Why this person does not sign what stands in ``slot``, though the kind admits it."""
        if slot != "decision" or not self.is_drafted:
            return ""
        return str(self.matter.refuses_signer(capacity))

    def lacks_signer(self, slot: str) -> str:
        return str(self.matter.lacks_signer()) if slot == "decision" and self.is_drafted else ""

    def take_effect(self, step: Step) -> None:
        if self.is_drafted:
            self.matter.take_effect(step)
