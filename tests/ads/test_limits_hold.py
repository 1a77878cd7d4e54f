"""Whatever is briefed and whatever a model answers, no text of any channel is over its limit."""

from __future__ import annotations

import random

import pytest

from studio.ads.channels import CHANNELS
from studio.ads.compliance import verdicts
from studio.ads.rewrites import rewrite_of
from studio.ads.rules import RULES
from studio.crafts.ad_kit import Candidate, kit_of
from tests.ads.random_briefs import random_brief, random_text

ALL = tuple(CHANNELS.values())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("seed", range(8))
def test_no_text_of_a_kit_is_over_its_limit(seed, lang):
    brief, draw = random_brief(seed, lang), random.Random(seed)
    for channel in ALL:
        answers = [
            Candidate(field.name, "benefit", random_text(draw, 40))
            for field in channel.fields
            for _ in range(3)
        ]
        for trusted in (False, True):
            kit = kit_of(channel, brief, answers, trusted=trusted)
            for each in kit:
                field = channel.field(each.name)
                assert field.fits(each.text), (channel.name, each)
                assert (each.used, each.limit) == (field.used(each.text), field.limit)
            for field in channel.fields:
                assert sum(each.name == field.name for each in kit) <= field.most


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("seed", range(20))
def test_a_rewrite_fits_and_keeps_its_rule(seed, lang):
    draw = random.Random(seed)
    brief = random_brief(seed, lang)
    channel = draw.choice(ALL)
    field = draw.choice(channel.fields)
    text = random_text(draw, 30)
    for verdict in verdicts(channel, field, text, lang, brief.said, dont_words=brief.dont_words):
        mended = "" if verdict.passed else rewrite_of(verdict.rule, text, brief, field)
        if mended:
            assert field.fits(mended)
            again = verdicts(channel, field, mended, lang, brief.said, dont_words=brief.dont_words)
            assert all(each.passed for each in again if each.rule == verdict.rule)


def test_every_rule_says_who_made_it_and_when_that_was_read():
    for rule in RULES.values():
        assert rule.source == "house" or rule.source.startswith("https://")
        assert rule.checked_on.startswith("2026-")
