from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "procedures"
    verbose_name = _("Thủ tục của xã, phường")

    def ready(self) -> None:
        # The engine knows a procedure once its page is imported; the others hear of its acts.
        from . import flows  # noqa: F401
        from .finding import indexing  # noqa: F401
        from .messages import merit_notices, notices  # noqa: F401
        from .targets import assigned  # noqa: F401
