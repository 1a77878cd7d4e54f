"""What a model wraps around a text, and how a text that ran out of room is ended."""

from __future__ import annotations

import re

_PREAMBLE = re.compile(
    r"\A\s*(?:(?:sure|certainly|of course|absolutely|okay|ok)[,.!]?\s*)?"
    r"(?:here(?:'s| is| are)\b[^\n]{0,140}?(?::\s*\n*|\.\s*\n+)"
    r"|(?:sure|certainly|of course)[,.!]\s*\n+"
    r"|(?:re-?write|revise|shorten|summari[sz]e|expand)\b[^\n]{0,100}:[ \t]*\n+"
    r"|(?:the )?(?:rewritten|revised|shortened|summary|text)(?: text| version)?\s*(?:is)?:\s*)"
    r"|\A\s*(?:好的|当然|没问题)[，。！,!][^\n]{0,40}[：:]\s*\n+"
    r"|\A\s*(?:以下是|下面是)[^\n：:]{0,40}[：:]\s*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\A\s*(?:#{1,4}\s+|(?:title|标题|题目)\s*[:：]\s*|\*\*(?=[^\n*]{1,80}\*\*\s*\n)|"
    r"(?=《[^》\n]{1,30}》\s*\n))"
    r"[\"“《]?(?P<title>[^\n*\"”》]{1,80})[\"”》]?\**\s*\n+",
    re.IGNORECASE,
)
_EPILOGUE = re.compile(
    r"\n+\s*(?:---\s*\n+)?(?:(?:i hope|let me know|feel free|note:|word count|please let me)\b"
    r"|希望(?:这|您|你)|如果(?:您|你)需要|（?全文约?\d+字)[^\n]*\Z",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\*\*([^*\n]+)\*\*|(?<![*\w])\*([^*\n]+)\*(?![*\w])|^#{1,4}\s+", re.MULTILINE)
_QUOTED = re.compile(r"\A[\"“]([^\"“”]+)[\"”]\Z", re.DOTALL)
_END = re.compile(r"[.!?…](?:[\"”’')\]]+|(?=\s|\Z))|[。！？…]+[”’」』）]*")
_LOOSE_LINES = re.compile(
    r"(?:\n+(?:[A-Z][A-Z .'’-]*|[\u4e00-\u9fff]{1,6}|[A-Z][\w .'-]{0,24}:))+\s*\Z"
)
"""Cues and slug lines at the end that nothing follows."""
_LEAST_KEPT = 0.4
"""A cut back to the last sentence may not cost more than the rest of the text."""


def tidied(text: str) -> tuple[str, str]:
    """(text, title): without greeting, markup and farewell; a heading becomes the title."""
    left = _PREAMBLE.sub("", text, count=1)
    heading = _HEADING.match(left)
    title = heading.group("title").strip() if heading else ""
    left = left[heading.end() :] if heading else left
    left = _MARKUP.sub(lambda hit: hit.group(1) or hit.group(2) or "", _EPILOGUE.sub("", left))
    left = re.sub(r"[ \t]*\n[ \t]*", "\n", left)
    left = re.sub(r"\n{3,}", "\n\n", left).strip()
    quoted = _QUOTED.match(left)
    return (quoted.group(1).strip() if quoted else left), title


def to_sentence_end(text: str) -> str:
    """`text` up to its last finished sentence; an ellipsis where that would cost too much."""
    text = _LOOSE_LINES.sub("", text)
    ends = [hit.end() for hit in _END.finditer(text)]
    if ends and ends[-1] >= _LEAST_KEPT * len(text):
        return text[: ends[-1]].rstrip()
    kept = text.rstrip(" ,;:-–—，；：、\n")
    return f"{kept}…" if kept else text


def ends_sentence(text: str) -> bool:
    """Whether the last mark ends a sentence."""
    return bool(re.search(r"[.!?…。！？][\"”’'」』）)\]]*\s*\Z", text))
