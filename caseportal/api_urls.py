"""The API: each app's own addresses under one prefix, and the document that describes them."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from core.policy import Audience, Policy


class Schema(SpectacularAPIView):
    """The OpenAPI document, for signed-in staff."""

    policy = Policy(Audience.STAFF)


urlpatterns = [
    path("schema/", Schema.as_view(), name="api-schema"),
    path("", include("people.api_urls")),
    path("", include("worklist.api_urls")),
    path("", include("documents.api_urls")),
    path("", include("directory.api_urls")),
    path("", include("contacts.api_urls")),
    path("", include("assessments.api_urls")),
    path("", include("safeguarding.api_urls")),
    path("", include("support_plans.api_urls")),
    path("reablement/", include("reablement.api_urls")),
    path("", include("budgets.api_urls")),
    path("", include("reporting.api_urls")),
]
