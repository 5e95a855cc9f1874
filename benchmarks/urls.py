"""The product's addresses, and two that nobody needs but the benchmarks."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from rest_framework import pagination, permissions, routers, serializers, viewsets

from verification.models import Claim


def constant(request: HttpRequest) -> JsonResponse:
    """The limit: what Django takes to answer at all."""
    return JsonResponse({"results": [], "next": None, "previous": None})


class PlainSerializer(serializers.ModelSerializer[Claim]):
    """Every field, as the tutorial has it."""

    class Meta:
        model = Claim
        fields = "__all__"


class PlainPages(pagination.PageNumberPagination):
    """Numbered pages with their count, as the tutorial has them."""

    page_size = 25


class PlainClaims(viewsets.ModelViewSet[Claim]):
    """What one writes in ten lines."""

    queryset = Claim.objects.filter(public=True).order_by("-id")
    serializer_class = PlainSerializer
    pagination_class = PlainPages
    permission_classes = [permissions.AllowAny]


router = routers.SimpleRouter()
router.register("claims", PlainClaims)

urlpatterns = [
    path("constant/", constant),
    path("plain/", include(router.urls)),
    path("", include("tracker.urls")),
]
