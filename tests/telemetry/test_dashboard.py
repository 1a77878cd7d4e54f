"""What a studio tells about itself after some work, and the dashboard and the table made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.parser import text_string_to_metric_families

from studio.api import create_app
from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings
from studio.top.scrape import read_exposition

ASSETS = Path(__file__).resolve().parents[2] / "assets"
DASHBOARD = ASSETS / "grafana" / "atelier.json"
TABLE = ASSETS / "grafana" / "METRICS.md"
NAME = re.compile(r"\b(?:studio|process)_[a-z_]+\b")
ANN = {"X-Studio-User": "ann-" + "a" * 20}
POEM = {"text": "first frost", "form": "haiku", "lang": "en", "n": 1}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A studio that has made a work, failed on one, refused one, and met a wrong address."""
    folder = tmp_path_factory.mktemp("seen")
    studio = Studio.open(
        Settings.from_environ({"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(folder)})
    )
    with TestClient(
        create_app(studio, Locales.load(ASSETS / "locales")),
        raise_server_exceptions=False,
        client=("127.0.0.1", 50000),
    ) as client:
        client.post("/api/generate/poetry", json=POEM, headers=ANN)
        story = {"text": "[[fail]] a lamp", "kind": "story", "lang": "en"}
        client.post("/api/generate/writing", json=story, headers=ANN)
        client.post("/api/generate/poetry", json={**POEM, "form": "ode"}, headers=ANN)
        client.get("/api/works/a-secret-id", headers=ANN)
        client.get("/nowhere/at-all")
        yield client
    studio.close()


@pytest.fixture(scope="module")
def families(client: TestClient) -> Mapping[str, Family]:
    found = text_string_to_metric_families(client.get("/metrics").text)
    return {_full_name(each): each for each in found}


def _full_name(family: Family) -> str:
    """The parser takes the ending of a counter away."""
    return family.name + "_total" * (family.type == "counter")


def test_the_text_is_prometheus_own_format(client: TestClient) -> None:
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    names = re.findall(r"^# TYPE (\S+)", answer.text, re.M)
    assert len(names) == len(set(names)) > 40


def test_what_happened_is_in_the_counters(families: Mapping[str, Family]) -> None:
    def value(name: str, **labels: str) -> float:
        fits = (s for s in families[name].samples if labels.items() <= s.labels.items())
        return sum(each.value for each in fits)

    assert value("studio_works_total", craft="poetry") == 1
    assert value("studio_failures_total", code="model_failed") >= 1
    assert value("studio_refused_total") == 1
    assert value("studio_tokens_total") > 0
    assert value("studio_http_requests_total", route="/api/works/{work_id}", status="404") == 1
    assert value("studio_http_requests_total", route="(none)", status="404") == 1
    assert value("process_resident_memory_bytes") > 10**7


def test_answers_are_timed_by_route_and_kind_of_status(families: Mapping[str, Family]) -> None:
    timed, family = dict[tuple[str, str], dict[str, float]](), "studio_http_request_seconds"
    for each in families[family].samples:
        if not each.name.endswith("_bucket"):
            key = each.labels["route"], each.labels["status_class"]
            timed.setdefault(key, {})[each.name.removeprefix(f"{family}_")] = each.value
    made = timed["/api/generate/{craft}", "2xx"]
    assert made["count"] == 1
    assert made["sum"] > 0
    assert timed["/api/works/{work_id}", "4xx"]["count"] == 1
    assert timed["(none)", "4xx"]["count"] == 1
    answered = sum(each.value for each in families["studio_http_requests_total"].samples)
    assert sum(each["count"] for each in timed.values()) == answered


def test_buckets_grow_and_end_with_the_count(families: Mapping[str, Family]) -> None:
    histograms = [each for each in families.values() if each.type == "histogram"]
    assert len(histograms) >= 8
    for family in histograms:
        rows: dict[tuple[str, ...], list[tuple[float, float]]] = {}
        for each in family.samples:
            if each.name.endswith("_bucket"):
                rest = tuple(v for k, v in sorted(each.labels.items()) if k != "le")
                rows.setdefault(rest, []).append((float(each.labels["le"]), each.value))
        counts = {
            tuple(v for _, v in sorted(e.labels.items())): e.value
            for e in family.samples
            if e.name.endswith("_count")
        }
        for rest, buckets in rows.items():
            numbers = [number for _, number in sorted(buckets)]
            assert numbers == sorted(numbers), family.name
            assert numbers[-1] == counts[rest], family.name


def test_nobodys_words_and_ids_are_in_the_numbers(client: TestClient) -> None:
    text = client.get("/metrics").text
    for private in ("frost", "a lamp", "a-secret-id", ANN["X-Studio-User"], "at-all"):
        assert private not in text


def test_the_terminal_reads_what_prometheus_reads(
    client: TestClient, families: Mapping[str, Family]
) -> None:
    scrape = read_exposition(client.get("/metrics").text, at=0.0)
    tokens = sum(each.value for each in families["studio_tokens_total"].samples)
    assert scrape.value("studio_tokens_total") == tokens
    assert scrape.histogram("studio_request_seconds").number >= 1


def test_the_dashboard_can_be_imported() -> None:
    board = _dashboard()
    assert board["uid"] == "atelier"
    assert {each["type"] for each in board["templating"]["list"]} == {"datasource", "query"}
    panels = board["panels"]
    assert len({each["id"] for each in panels}) == len(panels) > 20
    for panel in panels:
        place = panel["gridPos"]
        assert 0 <= place["x"] < place["x"] + place["w"] <= 24
        if panel["type"] != "row":
            assert panel["datasource"]["uid"] == "${datasource}"
            assert panel["title"]
            assert panel["targets"]
            refs = [each["refId"] for each in panel["targets"]]
            assert len(set(refs)) == len(refs)


def test_the_dashboard_names_only_what_a_studio_tells(families: Mapping[str, Family]) -> None:
    known = {sample.name for family in families.values() for sample in family.samples} | set(
        families
    )
    named = set(NAME.findall(" ".join(_expressions())))
    assert len(named) > 30
    assert named <= known


def test_the_dashboard_leaves_none_of_our_numbers_out(families: Mapping[str, Family]) -> None:
    shown = " ".join(_expressions())
    unseen = {
        name for name in families if not re.search(rf"\b{name}(_bucket|_sum|_count)?\b", shown)
    }
    assert unseen <= {
        "studio_tokens_per_second",
        "studio_queue_limit",
        "studio_resident_cards",
        "studio_failed_total",
        "process_start_time_seconds",
        "studio_build_info",
    }


def test_the_table_of_all_numbers_is_true(families: Mapping[str, Family]) -> None:
    rows = {
        name: f"| `{name}` | {family.type} | {family.documentation} |"
        for name, family in families.items()
    }
    written = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert written == [rows[name] for name in sorted(rows)]


def _dashboard() -> Any:
    return json.loads(DASHBOARD.read_text("utf-8"))


def _expressions() -> list[str]:
    variables = [str(each["query"]) for each in _dashboard()["templating"]["list"]]
    panels = (each.get("targets", []) for each in _dashboard()["panels"])
    return [*variables, *(target["expr"] for targets in panels for target in targets)]
