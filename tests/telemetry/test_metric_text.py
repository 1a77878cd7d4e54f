"""The text of the numbers, read by Prometheus' own parser."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from studio.telemetry.counter import Counter
from studio.telemetry.histogram import Histogram, together
from studio.telemetry.metric import exposition, labelled, single
from studio.telemetry.process import process_metrics, process_now
from studio.telemetry.tally import Tally


def test_a_histogram_reads_back_as_it_was_counted() -> None:
    tally = Tally((0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 7.0):
        tally.add("text", seconds)
    text = exposition([labelled("a_seconds", "histogram", "Time.", "lane", tally.histograms())])
    (family,) = text_string_to_metric_families(text)
    found = {(each.name, each.labels.get("le")): each.value for each in family.samples}
    assert family.type == "histogram"
    assert [found["a_seconds_bucket", bound] for bound in ("0.1", "1", "+Inf")] == [2, 3, 4]
    assert (found["a_seconds_count", None], found["a_seconds_sum", None]) == (4, 7.65)


def test_odd_labels_come_back_whole() -> None:
    odd = 'we"ird\\\n{}=, 中文'
    text = exposition([labelled("a", "gauge", "Odd.", "card", {odd: 2})])
    (family,) = text_string_to_metric_families(text)
    assert family.samples[0].labels == {"card": odd}


def test_the_process_tells_its_memory_threads_and_version() -> None:
    text = exposition(process_metrics(process_now()))
    found = {each.name: each.samples[0] for each in text_string_to_metric_families(text)}
    assert found["process_resident_memory_bytes"].value > 10**7
    assert found["process_threads"].value >= 1
    assert found["studio_build_info"].labels["version"]
    assert found["studio_build_info"].value == 1


def test_large_numbers_keep_every_digit() -> None:
    assert "a 1795403899" in exposition([single("a", "gauge", "Time.", 1795403899)])
    assert "b 1795403899.13" in exposition([single("b", "gauge", "Time.", 1795403899.13)])


def test_a_quantile_lies_between_its_bounds() -> None:
    histogram = Histogram((1.0, 2.0, 4.0), (0, 10, 20, 20))
    assert histogram.quantile(0.5) == 2.0
    assert histogram.quantile(0.25) == 1.5
    assert histogram.quantile(0.75) == 3.0
    assert Histogram((1.0,), (0, 5)).quantile(0.5) == 1.0
    assert Histogram((1.0,), (0, 0)).quantile(0.5) == 0.0


def test_histograms_of_several_cards_add_up() -> None:
    one, two = Histogram((1.0,), (1, 3), 4.0), Histogram((1.0,), (2, 2), 1.0)
    assert together([one, two]) == Histogram((1.0,), (3, 5), 5.0)


def test_a_counter_tells_its_labels_in_order() -> None:
    counter = Counter()
    for labels in (("b", "2"), ("a", "1"), ("b", "2")):
        counter.add(*labels)
    assert list(counter.numbers().items()) == [(("a", "1"), 1), (("b", "2"), 2)]
