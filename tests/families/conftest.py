"""The family under the contract: each in turn, loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studio.engine.family import Family
from tests.families.subjects import SUBJECTS, Subject


@pytest.fixture(scope="module", params=SUBJECTS)
def subject(request: pytest.FixtureRequest) -> Subject:
    return SUBJECTS[request.param]


@pytest.fixture(scope="module")
def opened(subject: Subject, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    """The family, loaded once; every test leaves all its slots free."""
    family = subject.open(tmp_path_factory.mktemp("card"))
    yield family
    family.close()
