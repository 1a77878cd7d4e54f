"""The words of a kit held to the platforms' editorial rules and to the brief."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.kit_checker_finding import Finding
from tests.kit_checker_limits import HOUSE, LIMITS

Row = Mapping[str, Any]
HEADLINES = ("headline", "long_headline", "title", "subject")
NO_SYMBOLS = ("google_rsa", "pmax", "tiktok", "wechat_moments", "app_store", "display")
NAMES = ("business_name", "path", "hashtag")
_GIMMICK = re.compile(
    r"[!！?？]{2,}|\.{2,}|[,，、;；:：。]{2,}|~|～|[★☆♥❤→►✔✓●◆■※]|(?:\b\w\.){3,}"
    r"|\*|__|\|\||==|\bf r e e\b"
)
_SYMBOL = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
_STRAY = re.compile(r"[\x00-\x08\x0b-\x1f\ufffd<>\[\]]|\\|^\W*$")
_TWICE = re.compile(r"\b(\w+)\s+\1\b|([\u4e00-\u9fff]{2,})\2", re.I)
_CUT = re.compile(
    r"(?:\b(?:and|or|but|the|a|an|of|for|with|to|in|at|by|from|your|our|its|is|are|that|than)"
    r"|[,，、;；:：\-–—(（“]|[和与及把被向从])$",
    re.I,
)
_ABSOLUTE = re.compile(
    r"最(?![后近初终])|第一(?![次步口眼])|唯一|首个|首选|首创|顶级|顶尖|极致|极品|国家级|世界级|全球级|宇宙级|独一无二|绝对|永久"
    r"|100%|百分百|百分之百|完美|王牌|冠军|之王|史上|史无前例|前无古人|万能|遥遥领先|全网|驰名|特级|终极|零风险|根治|无敌|绝无仅有|顶峰|至尊|巅峰"
)
_SUPERLATIVE = re.compile(
    r"\b(?:best|greatest|finest|cheapest|world-class|guaranteed|guarantee|#1|no\.? ?1|number one"
    r"|unbeatable|risk-free|miracle|cures?|heals?|100 ?%)(?!\w)",
    re.I,
)
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_COUNTED_ZH = re.compile(
    r"([二三四五六七八九十百千万两\d]+)(?:个|款|种|分钟|小时|天|年|元|块|折|倍|克|人|次|家|秒|米|公里|成|周|点|度|层|道|项|位)"
)
_COUNTED_EN = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred|thousand|million)"
    r"[ -](?:minutes?|hours?|days?|weeks?|months?|years?|percent|times|people|stores|customers)",
    re.I,
)
_ZH_DIGITS = {"两": "二"} | dict(zip("23456789", "二三四五六七八九", strict=True))


def check_copy(channels: Sequence[Row], inputs: Row) -> Iterator[Finding]:
    """Every finding of every channel. `inputs` is the brief as the recipe holds it."""
    said = _brief_text(inputs) + _points(inputs)
    banned = _banned_words(inputs)
    for channel in channels:
        name, rows = str(channel["channel"]), list(channel["fields"])
        yield from _counts(name, rows)
        yield from _alike(name, rows)
        yield from _exclamations(name, rows)
        for row in rows:
            where = f"{name}/{row['name']}"
            for rule, detail in _of_text(name, row, said, banned):
                yield Finding(rule, where, f"{detail}: {row['text']!r}")


def check_tables(table: str, channels: Sequence[Row], google: str) -> Iterator[Finding]:
    """copy.csv says what copy.json says; google-ads.csv imports and keeps its own limits."""
    listed = [(row["channel"], row["name"], row["text"]) for row in _rows(table)]
    told = [(c["channel"], row["name"], row["text"]) for c in channels for row in c["fields"]]
    if listed != told:
        yield Finding("copy_csv", "copy.csv", f"{len(listed)} rows, copy.json has {len(told)}")
    search = next((c for c in channels if c["channel"] == "google_rsa"), None)
    if search is not None:
        yield from _google(_rows(google), search)


def counted(channel: str, field: str, text: str) -> tuple[int, int]:
    """Length as the channel counts it, and its limit."""
    limit = LIMITS.get(channel, {}).get(field) or HOUSE.get(field)
    return (limit.count(text), limit.most) if limit else (0, -1)


def _rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"), newline="")))


def _google(rows: Sequence[Mapping[str, str]], search: Row) -> Iterator[Finding]:
    if len(rows) != 1:
        yield Finding("google_csv", "google-ads.csv", f"{len(rows)} ads")
        return
    row = rows[0]
    if row.get("Ad type") != "Responsive search ad" or not row.get("Campaign"):
        yield Finding("google_csv", "google-ads.csv", "no responsive search ad of a campaign")
    for kind, most, limit, fewest in (
        ("Headline", 15, 30, 3), ("Description", 4, 90, 2), ("Path", 2, 15, 0)
    ):  # fmt: skip
        texts = [row.get(f"{kind} {at + 1}") for at in range(most)]
        filled = [each for each in texts if each]
        told = [each["text"] for each in search["fields"] if each["name"] == kind.lower()]
        if None in texts or len(filled) < fewest or filled != told[:most]:
            yield Finding("google_csv", f"google-ads.csv/{kind}", f"{filled} of {told}")
        for each in filled:
            if counted("google_rsa", kind.lower(), each)[0] > limit:
                yield Finding("over_limit", f"google-ads.csv/{kind}", each)


def _counts(channel: str, rows: Sequence[Row]) -> Iterator[Finding]:
    found = Counter(row["name"] for row in rows)
    limits = LIMITS.get(channel)
    if limits is None:
        yield Finding("unknown_channel", channel, "no published limits known to the checker")
        return
    for name, limit in limits.items():
        if not limit.fewest_texts <= found[name] <= limit.most_texts:
            told = f"{found[name]}, allowed {limit.fewest_texts}-{limit.most_texts}"
            yield Finding("field_count", f"{channel}/{name}", told)
        texts = [str(row["text"]) for row in rows if row["name"] == name]
        if limit.one_within and not any(limit.count(each) <= limit.one_within for each in texts):
            yield Finding("one_within", f"{channel}/{name}", f"none within {limit.one_within}")
    for name in found:
        if name not in limits and name not in HOUSE:
            yield Finding("unknown_field", f"{channel}/{name}", "no limit known to the checker")


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _alike(channel: str, rows: Sequence[Row]) -> Iterator[Finding]:
    for (name, _), many in Counter((r["name"], _bare(r["text"])) for r in rows).items():
        if many > 1 and name not in NAMES:
            yield Finding("same_text", f"{channel}/{name}", f"{many} texts are one")


def _exclamations(channel: str, rows: Sequence[Row]) -> Iterator[Finding]:
    marks = sum(len(re.findall("[!！]", row["text"])) for row in rows)
    if marks > 1:
        yield Finding("exclamations", channel, f"{marks} in one ad")


def _of_text(channel: str, row: Row, said: str, banned: Sequence[str]) -> Iterator[tuple[str, str]]:
    text, name = str(row["text"]), str(row["name"])
    used, most = counted(channel, name, text)
    if most >= 0 and used > most:
        yield "over_limit", f"{used}/{most}"
    if row.get("used") not in (None, used):
        yield "used_told", f"told {row['used']}, counted {used}"
    if text != text.strip() or _STRAY.search(text):
        yield "stray", "empty, space around or stray character"
    if name in HEADLINES and re.search("[!！]", text):
        yield "headline_exclamation", "!"
    yield from _style(channel, name, text, said)
    yield from _claims(text, said)
    phrases = said.split("\n")
    if name == "business_name":
        phrases = [each for each in phrases if counted(channel, name, each)[0] <= most]
    if name != "path" and any(_is_stump(text, each, name) for each in phrases):
        yield "cut", "a phrase of the brief broken off"
    for word in banned:
        if _has_word(text, word):
            yield "dont_word", word


def _is_stump(text: str, phrase: str, name: str) -> bool:
    """The first word of a longer phrase standing alone, or a name without its end."""
    words, given = text.rstrip(".").casefold().split(), phrase.casefold().split()
    alone = (
        len(words) == 1 and len(given) > 2 and re.search("(?:ly|ary|able|ing|al|ive)$", given[0])
    )
    if name == "business_name" or alone:
        return len(words) < len(given) and words == given[: len(words)]
    return False


def _style(channel: str, name: str, text: str, said: str) -> Iterator[tuple[str, str]]:
    for word in re.findall(r"\b[A-Z]{4,}\b", text):
        if word not in said:
            yield "all_caps", word
    for each in _GIMMICK.finditer(text):
        if each[0] not in said:
            yield "gimmick", each[0]
    if channel in NO_SYMBOLS and (found := _SYMBOL.search(text)):
        yield "symbol", found[0]
    if (found := _TWICE.search(text)) and found[0] not in said:
        yield "repeated_word", found[0]
    if (
        name not in NAMES
        and (found := _CUT.search(text.rstrip()))
        and _bare(text) not in _bare(said)
    ):
        yield "cut", f"ends in {found[0]}"
    if name not in NAMES and any(
        text.count(a) != text.count(b) for a, b in ("()", "（）", "“”", "《》")
    ):
        yield "unbalanced", "brackets or quotes"


def _claims(text: str, said: str) -> Iterator[tuple[str, str]]:
    for rule, found in (("absolute_word", _ABSOLUTE), ("superlative", _SUPERLATIVE)):
        for each in found.finditer(text):
            if each[0].casefold() not in said.casefold():
                yield rule, each[0]
    numbers = set(_DIGITS.findall(unicodedata.normalize("NFKC", said)))
    known = _numerals(said)
    unlisted = re.sub("[\u2460-\u2473]", "", text)
    for digits in _DIGITS.findall(unicodedata.normalize("NFKC", unlisted)):
        if digits not in numbers and _numerals(digits) not in known:
            yield "number", digits
    for each in _COUNTED_ZH.finditer(text):
        if _numerals(each[1]) not in known:
            yield "number", each[0]
    for each in _COUNTED_EN.finditer(text):
        if each[1].casefold() not in said.casefold():
            yield "number", each[0]


def _numerals(text: str) -> str:
    return "".join(_ZH_DIGITS.get(each, each) for each in text)


def _has_word(text: str, word: str) -> bool:
    if re.search(r"[\u4e00-\u9fff]", word):
        return word in text
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I) is not None


def _card(inputs: Row) -> Row:
    card = inputs.get("brand_card") or "{}"
    found = json.loads(card) if isinstance(card, str) else card
    return found if isinstance(found, dict) else {}


def _brief_text(inputs: Row) -> str:
    card = _card(inputs)
    own = [inputs.get(k, "") for k in ("brand", "product", "text", "audience", "keyword")]
    lists = [inputs.get("benefits", ()), inputs.get("do_words", ()), card.get("do_words", ())]
    claims = [each.get("text", "") for each in card.get("claims", ())]
    more = [each for one in lists for each in ([one] if isinstance(one, str) else one)]
    return "\n".join(str(each) for each in (*own, *more, *claims, card.get("audience", "")))


def _points(inputs: Row) -> str:
    """ "Three points" is no claim where the brief lists three."""
    many = len(inputs.get("benefits") or ())
    return f"\n{_ZH_DIGITS.get(str(many), '')}点" if many > 1 else ""


def _banned_words(inputs: Row) -> list[str]:
    own = inputs.get("dont_words") or ()
    listed = own.split("\n") if isinstance(own, str) else own
    return [str(each) for each in (*listed, *_card(inputs).get("dont_words", ())) if str(each)]
