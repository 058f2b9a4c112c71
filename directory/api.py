"""Services in the API, for signed-in staff and their systems. Providers are found beside the plans that name them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from accounts.requests import SignedInApiRequest
from core.api import ApiView, Problem, listed
from core.policy import Audience, Policy
from directory.forms import Wish
from directory.models import ServiceEntry

STAFF = Policy(Audience.STAFF)


class ServiceOutput(serializers.ModelSerializer):
    provider = serializers.CharField(source="provider.ref", allow_null=True, default=None)

    class Meta:
        model = ServiceEntry
        fields = (
            "ref",
            "name",
            "provider",
            "category",
            "for_whom",
            "summary",
            "description",
            "how_to_get_it",
            "cost",
            "cost_words",
            "area",
            "address",
            "opening",
            "phone",
            "email",
            "website",
            "accessibility",
            "checked_on",
        )


class ServicesPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ServiceOutput(many=True)


class Services(ApiView):
    policy = STAFF

    @extend_schema(
        operation_id="services_list",
        parameters=[
            OpenApiParameter("q", str, description="Words of its name, sentence or place."),
            OpenApiParameter("category", str, enum=ServiceEntry.Category.values),
            OpenApiParameter("for", str, enum=ServiceEntry.ForWhom.values),
            OpenApiParameter("free", str, enum=["yes"]),
        ],
        responses={200: ServicesPage},
    )
    def get(self, request: SignedInApiRequest) -> Response:
        """The published services, by name, narrowed as on the public pages."""
        wish = Wish.of(request.GET)
        rows = ServiceEntry.objects.published().matching(wish.words)
        rows = rows.narrowed(category=wish.category, for_whom=wish.for_whom, free=wish.free)
        return listed(request, rows, ServiceOutput, ordering=("name", "pk"))


class ShowService(ApiView):
    policy = STAFF

    @extend_schema(operation_id="services_show", responses={200: ServiceOutput, 404: Problem})
    def get(self, request: SignedInApiRequest, ref: str) -> Response:
        """One published service."""
        service = get_object_or_404(ServiceEntry.objects.published(), ref=ref)
        return Response(ServiceOutput(service).data)
