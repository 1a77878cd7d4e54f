"""Held-out numbers of a generator."""

from __future__ import annotations

from collections.abc import Mapping

from studio.families.composition import Composition
from studio.training.picture_corpus import PictureCorpus


def gan_measures(network: Composition, corpus: PictureCorpus) -> Mapping[str, float]:
    return {}
