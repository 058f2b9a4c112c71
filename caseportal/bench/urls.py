"""The product's addresses, and one bare page: full middleware, session and user loaded, an empty answer."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from caseportal import urls
from core import policy


@policy.staff()
def floor(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user.pk}")


urlpatterns = [path("bench/floor/", floor, name="bench-floor"), path("", include(urls.urlpatterns))]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
