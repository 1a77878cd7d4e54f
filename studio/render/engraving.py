"""A tune as MEI (Music Encoding Initiative 5.0), which verovio engraves.

MEI rather than ABC: every note has a name of its own ("n0", "n1", ... in the order of
`Tune.notes()`; the later parts of a tied one are "n1-1", "n1-2"), lyrics are laid exactly, and the
tempo, the chords and the line breaks stand where they are put.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from xml.sax.saxutils import escape

from studio.music.abc_writer import BASS_BELOW, felt_ticks, tempo_word
from studio.music.meter import QUARTER
from studio.music.tune import Bar, Tune, bar_ticks

SHAPES = MappingProxyType(
    {
        144: (1, 1), 96: (1, 0), 72: (2, 1), 48: (2, 0), 36: (4, 1), 24: (4, 0), 18: (8, 1),
        12: (8, 0), 9: (16, 1), 6: (16, 0), 3: (32, 0),
    }
)  # fmt: skip
"""Ticks -> note value and dots."""
THIRDS = MappingProxyType({16: 4, 8: 8, 4: 16})
"""Ticks of a triplet's member -> its note value."""
SIGNS = MappingProxyType({1: "s", 2: "ss", -1: "f", -2: "ff", 0: "n"})
GLYPHS = MappingProxyType({2: "\ueca3", 4: "\ueca5", 8: "\ueca7"})
DOT_GLYPH = "\uecb7"
"""Notes and the dot as text (SMuFL 1.4, metronome marks)."""
TITLE_SIZE, TITLE_LETTERS = 190, 46
"""Per cent of the lyrics, and how many letters of that size fit over a page."""
BARS_A_LINE = 4
CROWDED = 58
"""Letters that stand legibly under one line; more, and it takes half as many bars."""
WIDE_FROM = "\u2e80"
"""From here on a character is as wide as two letters."""


@dataclass(slots=True)
class _Piece:
    """One drawn symbol: its XML, place and length in the bar, whether a beam may hold it."""

    xml: str
    at: int
    ticks: int
    beamed: bool
    triplet: int = -1
    """Number of its triplet in the bar; -1 outside."""


def mei(tune: Tune, chords: Sequence[tuple[Fraction, str]] = (), title: str = "") -> str:
    """The MEI text of a tune. `chords` are (onset in quarters from the very start, name)."""
    writer = _Writer(tune, tuple(chords))
    clef = 'shape="F" line="4"' if _middle(tune) < BASS_BELOW else 'shape="G" line="2"'
    fifths = tune.key.fifths
    keysig = f"{abs(fifths)}{'s' if fifths > 0 else 'f'}" if fifths else "0"
    return (
        '<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc>'
        f"<titleStmt><title>{escape(title or tune.title)}</title></titleStmt><pubStmt/></fileDesc>"
        f'</meiHead><music><body><mdiv><score><scoreDef keysig="{keysig}" '
        f'meter.count="{tune.meter.beats}" meter.unit="{tune.meter.unit}">'
        f"{_head(tune, title or tune.title)}<staffGrp>"
        f'<staffDef n="1" lines="5"><clef {clef}/></staffDef></staffGrp></scoreDef><section>'
        f"{''.join(writer.measures())}</section></score></mdiv></body></music></mei>"
    )


def _middle(tune: Tune) -> float:
    pitches = sorted(note.pitch for note in tune.notes())
    return pitches[len(pitches) // 2] if pitches else 60


@dataclass(slots=True)
class _Writer:
    """Goes through the tune once; knows which note, syllable and part of a tie comes next."""

    tune: Tune
    chords: tuple[tuple[Fraction, str], ...]
    note: int = -1
    part: int = 0
    tick: int = 0
    sounding: list[bool] = field(default_factory=list)
    """For each sound of the tune: whether the next one is tied to it."""
    place: int = 0

    def __post_init__(self) -> None:
        sounds = [sound for bar in self.tune.bars for sound in bar]
        self.sounding = [*(after.tied for after in sounds[1:]), False]

    def measures(self) -> Iterator[str]:
        tune = self.tune
        breaks = _line_breaks(tune)
        for number, bar in enumerate(tune.bars):
            if number in breaks:
                yield "<sb/>"
            start, self.tick = self.tick, self.tick + bar_ticks(bar)
            short = ' metcon="false"' if bar_ticks(bar) != tune.meter.bar else ""
            end = ' right="end"' if number == len(tune.bars) - 1 else ""
            yield (
                f'<measure n="{number + 1 - tune.upbeat}"{short}{end}><staff n="1"><layer n="1">'
                f"{self._layer(bar)}</layer></staff>{self._above(number, start)}</measure>"
            )

    def _layer(self, bar: Bar) -> str:
        return "".join(_grouped(_pieces_in_groups(self._pieces(bar), bar, self.tune)))

    def _above(self, number: int, start: int) -> str:
        """The chord names of a bar; in the first one the tempo for verovio's own clock."""
        meter = self.tune.meter
        text = _clock(self.tune) if number == 0 else ""
        for onset, name in self.chords:
            beat = float(onset * QUARTER - start) / (4 * QUARTER / meter.unit) + 1
            if start <= onset * QUARTER < self.tick:
                text += f'<harm place="above" staff="1" tstamp="{beat:g}">{escape(name)}</harm>'
        return text

    def _pieces(self, bar: Bar) -> Iterator[_Piece]:
        altered: dict[tuple[str, int], int] = {}
        # An upbeat's beats are counted from the bar line backwards.
        at = -bar_ticks(bar) % self.tune.meter.beat
        for sound in bar:
            if sound.pitch is not None and not sound.tied:
                self.note, self.part = self.note + 1, 0
            shapes = written_lengths(sound.ticks)
            for number, ticks in enumerate(shapes):
                last = number == len(shapes) - 1
                goes_on = not last or self.sounding[self.place]
                comes = sound.tied or number > 0
                length = _length(ticks)
                if sound.pitch is None:
                    xml = f"<rest {length}/>"
                else:
                    xml = self._note(sound.pitch, length, comes, goes_on, altered)
                beamed = sound.pitch is not None and ticks < (16 if ticks in THIRDS else QUARTER)
                yield _Piece(xml, at, ticks, beamed)
                at += ticks
            self.place += 1

    def _note(
        self,
        pitch: int,
        length: str,
        comes: bool,
        goes_on: bool,
        altered: dict[tuple[str, int], int],
    ) -> str:
        letter, alteration, octave = self.tune.key.spell(pitch)
        name = (letter, octave)
        accid = f' accid.ges="{SIGNS[alteration]}"' if alteration else ""
        if alteration != altered.get(name, self.tune.key.signature()[letter]) and not comes:
            accid = f' accid="{SIGNS[alteration]}"'
            altered[name] = alteration
        tie = {(0, 1): ' tie="i"', (1, 1): ' tie="m"', (1, 0): ' tie="t"'}.get((comes, goes_on), "")
        number = f"n{self.note}" + (f"-{self.part}" if self.part else "")
        self.part += 1
        verse = "" if comes else self._verse()
        return (
            f'<note xml:id="{number}" pname="{letter.lower()}" oct="{octave}" {length}{accid}{tie}>'
            f"{verse}</note>"
        )

    def _verse(self) -> str:
        words = self.tune.words
        word = words[self.note] if self.note < len(words) else ""
        if word in ("", "_"):
            return ""
        after = words[self.note + 1] if self.note + 1 < len(words) else ""
        joins = len(word) > 1 and word.endswith("-")
        con = ' con="d"' if joins else ' con="u"' if after == "_" else ""
        text = escape(word[:-1] if joins else word)
        return f'<verse n="1"><syl wordpos="{"m" if joins else "t"}"{con}>{text}</syl></verse>'


def _line_breaks(tune: Tune) -> frozenset[int]:
    """The bars that begin a line: every fourth, every second where the words are many."""
    upbeat = int(tune.upbeat)
    starts = range(BARS_A_LINE + upbeat, len(tune.bars), BARS_A_LINE)
    width, at = [0] * len(tune.bars), 0
    for number, bar in enumerate(tune.bars):
        for sound in bar:
            width[number] += 2
            if sound.pitch is not None and not sound.tied:
                word = tune.words[at] if at < len(tune.words) else ""
                width[number] += sum(2 if each >= WIDE_FROM else 1 for each in word)
                at += 1
    lines = [*zip([0, *starts], [*starts, len(tune.bars)], strict=True)]
    crowded = any(sum(width[start:end]) > 2 * CROWDED for start, end in lines)
    step = BARS_A_LINE // 2 if crowded else BARS_A_LINE
    return frozenset(range(step + upbeat, len(tune.bars), step))


def _head(tune: Tune, title: str) -> str:
    """Title and tempo. The tempo stands in the head so that no chord name runs into it."""
    letters = sum(2 if each >= WIDE_FROM else 1 for each in title)
    size = min(TITLE_SIZE, TITLE_SIZE * TITLE_LETTERS // max(1, letters))
    name = f'<rend halign="center" valign="top" fontsize="{size}%">{escape(title)}</rend>'
    return f"<pgHead>{name if title else ''}{_tempo(tune)}</pgHead>"


def _tempo(tune: Tune) -> str:
    if not tune.tempo_bpm:
        return ""
    value, dots = SHAPES.get(felt_ticks(tune.meter), (4, 0))
    glyph = GLYPHS.get(value, GLYPHS[4]) + f" {DOT_GLYPH}" * dots
    return (
        f'<rend halign="left" valign="bottom" fontsize="80%">{tempo_word(tune.tempo_bpm)}  '
        f'<rend glyph.auth="smufl" fontsize="60%">{glyph}</rend> = {tune.tempo_bpm}</rend>'
    )


def _clock(tune: Tune) -> str:
    quarters = (tune.tempo_bpm or 100) * felt_ticks(tune.meter) / QUARTER
    return f'<tempo staff="1" tstamp="1" midi.bpm="{quarters:g}"/>'


def written_lengths(ticks: int) -> list[int]:
    """The lengths of the tied notes that show so many ticks, longest first."""
    if ticks in SHAPES or ticks in THIRDS:
        return [ticks]
    found: list[int] = []
    while ticks > 0:
        fitting = [each for each in (*SHAPES, *THIRDS) if each <= ticks]
        best = max(fitting, default=ticks)
        found.append(best)
        ticks -= best
    return found


def _length(ticks: int) -> str:
    if ticks in THIRDS:
        return f'dur="{THIRDS[ticks]}"'
    value, dots = SHAPES.get(ticks, (32, 0))
    return f'dur="{value}"' + (f' dots="{dots}"' if dots else "")


def _pieces_in_groups(pieces: Iterator[_Piece], bar: Bar, tune: Tune) -> list[list[_Piece]]:
    """Pieces that stand under one beam or in one triplet together."""
    beam, groups = _beam(bar, tune), list[list[_Piece]]()
    left, triplet = 0, 0
    for piece in pieces:
        if left == 0 and piece.ticks in THIRDS:
            left, triplet = (12 if piece.ticks == 4 else 24), triplet + 1
            piece.triplet = triplet
        elif left > 0:
            piece.triplet = triplet
        left = max(0, left - piece.ticks) if piece.triplet >= 0 else 0
        before = groups[-1][-1] if groups else None
        if before is not None and _together(before, piece, beam):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _together(before: _Piece, piece: _Piece, beam: int) -> bool:
    if before.triplet != piece.triplet:
        return False
    return piece.triplet >= 0 or (before.beamed and piece.beamed and piece.at % beam != 0)


def _beam(bar: Bar, tune: Tune) -> int:
    """Ticks that one beam may span: half a bar of plain eighths in 4/4, else a beat."""
    plain = all(sound.ticks % (QUARTER // 2) == 0 for sound in bar)
    halves = tune.meter.quarters == 4 and not tune.meter.compound
    return 2 * QUARTER if plain and halves else tune.meter.beat


def _grouped(groups: Sequence[Sequence[_Piece]]) -> Iterator[str]:
    for group in groups:
        inside = "".join(piece.xml for piece in group)
        if len(group) > 1 and all(piece.beamed for piece in group):
            inside = f"<beam>{inside}</beam>"
        if group[0].triplet >= 0:
            # Above the notes: under them it would stand in the words.
            inside = f'<tuplet num="3" numbase="2" num.place="above">{inside}</tuplet>'
        yield inside
