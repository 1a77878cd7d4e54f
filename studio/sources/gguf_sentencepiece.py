"""SentencePiece's BPE in GGUF: pieces with scores, "▁" for a space, bytes for the rest.

The file has no merges. A piece's score is minus its rank, so every way to put a piece together
from two others is a merge of that rank (Kudo and Richardson 2018, arXiv 1808.06226).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tokenizers import AddedToken, Tokenizer, decoders, normalizers, processors
from tokenizers.models import BPE

from studio.sources.gguf_file import CONTROL_TOKEN, DEFINED_TOKEN, NORMAL_TOKEN, GgufFacts
from studio.sources.unavailable import SourceUnavailable

SPACE = "▁"


def sentencepiece_bpe(facts: GgufFacts) -> Tokenizer:
    """The tokenizer of a `llama` vocabulary. SourceUnavailable when it puts a space in front."""
    if facts.of_tokenizer("add_space_prefix") is not False:
        raise SourceUnavailable("GGUF whose vocabulary puts a space in front can not be converted.")
    tokens = facts.tokens
    tokenizer = Tokenizer(
        BPE(
            vocab={token: i for i, token in enumerate(tokens)},
            merges=_merges(facts),
            unk_token=tokens[facts.of_tokenizer("unknown_token_id")],
            fuse_unk=True,
            byte_fallback=True,
        )
    )
    tokenizer.normalizer = normalizers.Replace(" ", SPACE)
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    _add_tokens(tokenizer, facts)
    if facts.of_tokenizer("add_bos_token"):
        tokenizer.post_processor = _starting_with(facts.of_tokenizer("bos_token_id"), tokens)
    return tokenizer


def _merges(facts: GgufFacts) -> list[tuple[str, str]]:
    """All pairs that make a scored piece, best score first."""
    normal = set(facts.tokens_of_type(NORMAL_TOKEN))
    ids = {token: i for i, token in enumerate(facts.tokens) if token in normal}
    scores = facts.of_tokenizer("scores")
    found = [
        (-scores[i], ids[first], first, second)
        for piece, i in ids.items()
        for first, second in _pairs(piece, ids)
    ]
    return [(first, second) for _, _, first, second in sorted(found)]


def _pairs(piece: str, ids: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for cut in range(1, len(piece)):
        if piece[:cut] in ids and piece[cut:] in ids:
            yield piece[:cut], piece[cut:]


def _add_tokens(tokenizer: Tokenizer, facts: GgufFacts) -> None:
    # Found in the text as it was written, before spaces become "▁".
    special, defined = (facts.tokens_of_type(kind) for kind in (CONTROL_TOKEN, DEFINED_TOKEN))
    tokenizer.add_special_tokens([AddedToken(each, normalized=False) for each in special])
    tokenizer.add_tokens([AddedToken(each, normalized=False) for each in defined])


def _starting_with(token: int, tokens: list[str]) -> processors.TemplateProcessing:
    name = tokens[token]
    return processors.TemplateProcessing(
        single=f"{name} $A", pair=f"{name} $A {name} $B", special_tokens=[(name, token)]
    )
