"""Settings come from STUDIO_* variables, once, and a wrong one is named."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from studio.errors import InvalidInput
from studio.settings import Settings


def test_a_laptop_needs_no_variable() -> None:
    settings = Settings.from_environ({})
    assert (settings.host, settings.port, settings.fake) == ("127.0.0.1", 7860, False)
    assert settings.models_dir == Path(__file__).resolve().parent.parent / "models"


def test_a_space_listens_to_the_outside() -> None:
    assert Settings.from_environ({"SPACE_ID": "somebody/atelier"}).host == "0.0.0.0"


def test_the_data_folder_moves_everything_that_is_written(tmp_path: Path) -> None:
    settings = Settings.from_environ({"STUDIO_DATA_DIR": str(tmp_path)})
    assert all(
        each.is_relative_to(tmp_path)
        for each in (settings.cache_dir, settings.works_dir, settings.database)
    )


def test_a_wrong_number_names_its_variable() -> None:
    with pytest.raises(InvalidInput, match="STUDIO_PORT"):
        Settings.from_environ({"STUDIO_PORT": "many"})


def test_the_picture_filter_is_on_or_off() -> None:
    assert Settings.from_environ({"STUDIO_PICTURE_FILTER": "on"}).picture_filter == ""
    assert Settings.from_environ({"STUDIO_PICTURE_FILTER": "OFF"}).picture_filter == "off"
    with pytest.raises(InvalidInput, match="STUDIO_PICTURE_FILTER"):
        Settings.from_environ({"STUDIO_PICTURE_FILTER": "a little"})


def test_the_log_has_two_forms_and_four_levels() -> None:
    settings = Settings.from_environ({})
    assert (settings.log, settings.log_level) == ("text", "info")
    asked = {"STUDIO_LOG": "JSON", "STUDIO_LOG_LEVEL": "debug"}
    assert Settings.from_environ(asked).log == "json"
    with pytest.raises(InvalidInput, match="STUDIO_LOG_LEVEL"):
        Settings.from_environ({"STUDIO_LOG_LEVEL": "loud"})


def test_a_space_installs_what_the_project_depends_on() -> None:
    root = Path(__file__).resolve().parent.parent
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (root / "requirements.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == project["dependencies"]
    pins = set((root / "constraints.txt").read_text("utf-8").splitlines())
    assert set(project["dependencies"]) <= pins


def test_weights_name_people() -> None:
    settings = Settings.from_environ({"STUDIO_WEIGHTS": "ann=3, bob=0.5"})
    assert settings.weights == {"ann": 3.0, "bob": 0.5}
    for wrong in ("ann", "ann=", "ann=-1", "ann=0"):
        with pytest.raises(InvalidInput, match="STUDIO_WEIGHTS"):
            Settings.from_environ({"STUDIO_WEIGHTS": wrong})
