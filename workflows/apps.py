from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("Quy trình phê duyệt")

    def ready(self) -> None:
        from . import checks, triggers  # noqa: F401

        post_migrate.connect(triggers.reinstall, sender=self)
