"""What the words of a description hint at: the estimate where no reader card is there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from studio.music import plan_usual as usual
from studio.music import plan_words as words
from studio.music.mood_words import HINTS, NAMES
from studio.music.plan import FEELING, METERS, MOODS, REGISTERS
from studio.music.plan_estimate import MODES, Estimate
from studio.music.said_plan import SaidPlan
from studio.music.wording import weight


def estimate_by_words(text: str, said: SaidPlan, mood: str = "", style: str = "") -> Estimate:
    """A mood or style that is given stands, then what is said; what the text leaves open follows.
    An empty text gives a calm default."""
    styles = {
        name: weight(text, listed)
        for name, listed in words.STYLE.items()
        if name not in said.not_styles
    }
    named = style or (said.styles[0] if said.styles else _heaviest(styles))
    scores = mood_scores(text, named)
    mood = mood or _mood(scores, said)
    style = named or _default_style(text, mood)
    valence, arousal = _feeling(mood, scores, said)
    beside = named or mood
    return Estimate(
        mood=mood,
        style=style,
        modes=_first("pentatonic" if style == "chinese" else usual.MODE[mood], MODES),
        meters=_first(_meter(mood, style), METERS),
        registers=_first(
            _heaviest({name: weight(text, each) for name, each in words.REGISTER.items()})
            or usual.REGISTER.get(mood, "mid"),
            REGISTERS,
        ),
        tempo_bpm=0.6 * usual.TEMPO[mood] + 0.4 * usual.TEMPO[beside],
        density=0.5 * usual.DENSITY[mood] + 0.5 * usual.DENSITY[beside],
        valence=valence,
        arousal=arousal,
    )


def mood_scores(text: str, style: str = "") -> dict[str, float]:
    """How strongly a text tells each mood; all 0 when it tells none."""
    scores = {
        mood: max(0.0, 2.0 * weight(text, NAMES[mood]) + weight(text, HINTS[mood]))
        for mood in MOODS
    }
    if style in usual.STYLE_MOOD:
        mood, vote = usual.STYLE_MOOD[style]
        scores[mood] += vote
    return scores


def hinted(text: str) -> bool:
    """Whether any word of a mood is found."""
    return any(mood_scores(text).values())


def _mood(scores: Mapping[str, float], said: SaidPlan) -> str:
    if said.moods:
        return max(said.moods, key=lambda each: scores[each])
    open_ones = [mood for mood in MOODS if mood not in said.not_moods]
    told = max(open_ones, key=lambda each: scores[each])
    return told if scores[told] > 0 else ("calm" if "calm" in open_ones else open_ones[0])


def _default_style(text: str, mood: str) -> str:
    chinese = bool(re.search("[\u4e00-\u9fff]", text))
    return "chinese" if chinese and mood == "calm" else usual.STYLE[mood]


def _feeling(mood: str, scores: Mapping[str, float], said: SaidPlan) -> tuple[float, float]:
    """Valence and arousal: the moods' own, weighted by their scores; the chosen one's twice."""
    weights = {each: score**2 for each, score in scores.items() if each not in said.not_moods}
    weights[mood] = weights.get(mood, 0.0) + 1.0 + sum(weights.values())
    total = sum(weights.values()) + 0.3
    valence = sum(FEELING[each][0] * share for each, share in weights.items()) / total
    arousal = sum(FEELING[each][1] * share for each, share in weights.items()) / total
    return valence, arousal


def _meter(mood: str, style: str) -> str:
    if style == "lullaby":
        return "6/8"
    if style in usual.STYLE_METER:
        return usual.STYLE_METER[style]
    return "2/4" if mood == "playful" or (style == "march" and mood != "sad") else "4/4"


def _heaviest(weights: Mapping[str, float]) -> str:
    """The name whose words weigh most, "" when none is found; earlier entries win ties."""
    name = max(weights, key=lambda each: weights[each])
    return name if weights[name] > 0 else ""


def _first(name: str, order: tuple[str, ...]) -> tuple[str, ...]:
    return (name, *(each for each in order if each != name))
