from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import api_schema, checks, roles  # noqa: F401

        post_migrate.connect(roles.grant, dispatch_uid="core.roles.grant")
