"""A work as the HTTP API tells it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from studio.works import Work, WorkOutput


def work_json(work: Work) -> dict[str, Any]:
    """The whole work; its files as addresses below `/api/works/{id}`."""
    return {
        "id": work.id,
        "craft": work.craft,
        "lang": work.lang,
        "title": work.title,
        "text": work.text,
        "created": work.created,
        "starred": work.starred,
        "inputs": dict(work.inputs),
        "plan": dict(work.plan),
        "outputs": [
            output_json(f"/api/works/{work.id}/files/{number}", each)
            for number, each in enumerate(work.outputs, 1)
        ],
        "recipe": dict(work.recipe),
        "usage": dict(work.usage),
    }


def output_json(place: str, output: WorkOutput) -> dict[str, Any]:
    """One version; its files as addresses below `place`."""
    return {
        "title": output.title,
        "text": output.text,
        "seed": output.seed,
        "data": dict(output.data),
        "checks": [asdict(check) for check in output.checks],
        "files": {name: f"{place}/{name}" for name in output.files},
    }
