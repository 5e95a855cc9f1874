"""`/metrics`: what Prometheus reads, of the whole installation, whichever web process it asks.

There is no such page without METRICS_TOKEN, and with it nobody reads it who does not say the token.
"""

from __future__ import annotations

import logging
import platform
from collections.abc import Iterable, Iterator

import django
from django.conf import settings
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector, CollectorRegistry

from tracker import sums
from tracker.measures import ALL, Measure
from tracker.sums import Sums
from tracker.tally import tally
from verification.services import database, gauges
from verification.services.gauges import Gauge, one

log = logging.getLogger(__name__)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Every metric, in the format that the asker prefers."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(
            "This takes the header “Authorization: Bearer …” with METRICS_TOKEN.\n",
            status=401,
            content_type="text/plain; charset=utf-8",
            headers={"WWW-Authenticate": "Bearer"},
        )
    tally.put_away()
    registry = CollectorRegistry()
    registry.register(Everything())
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(registry), content_type=content_type)


class Everything(Collector):
    """What is counted by the processes, and what database and broker tell of this moment."""

    def collect(self) -> Iterator[Metric]:
        """Each metric with its values; what cannot be asked has none."""
        yield from map(_family, self.gauges())
        found = sums.read()
        yield _family(one("borneout_counts_up", "Whether counts can be kept.", found is not None))
        for measure in ALL:
            yield _counted(measure, (found or {}).get(measure, {}))

    def gauges(self) -> Iterator[Gauge]:
        """The figures of this moment."""
        versions = (settings.RELEASE, platform.python_version(), django.get_version())
        yield Gauge(
            "borneout_build_info",
            "Which release answers; always 1.",
            ("release", "python", "django"),
            {versions: 1},
        )
        asked = _asked()
        yield one("borneout_database_up", "Whether the database answers.", asked is not None)
        yield from asked or ()
        yield from gauges.of_the_broker()


def _asked() -> Iterable[Gauge] | None:
    """The figures of the database. None where it does not answer."""
    try:
        if database.answers():
            return list(gauges.of_the_database(timezone.now()))
    except DatabaseError as error:
        log.warning("the database does not tell its metrics: %s", error)
    return None


def _family(gauge: Gauge) -> Metric:
    found = GaugeMetricFamily(gauge.name, gauge.help, labels=gauge.labels)
    for labels, value in gauge.values.items():
        found.add_metric(labels, value)
    return found


def _counted(measure: Measure, counted: Sums) -> Metric:
    if not measure.buckets:
        counter = CounterMetricFamily(measure.name, measure.help, labels=measure.labels)
        for labels, parts in sorted(counted.items()):
            counter.add_metric(labels, parts.get("", 0.0))
        return counter
    histogram = HistogramMetricFamily(measure.name, measure.help, labels=measure.labels)
    for labels, parts in sorted(counted.items()):
        rising, total = sums.buckets(measure, parts)
        histogram.add_metric(labels, rising, sum_value=total)
    return histogram
