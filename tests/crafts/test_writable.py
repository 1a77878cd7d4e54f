"""What no file can hold is left out; everything else stays as it was written."""

from __future__ import annotations

import json

from studio.crafts.writable import writable, writable_json


def test_letters_lines_and_tabs_stay() -> None:
    text = "one\ttwo\r\n雨后\U0001f600\u200d\u202e"
    assert writable(text) == text


def test_controls_and_lone_surrogates_go() -> None:
    assert writable("a\x00b\x1bc\ud800d\uffffe") == "abcde"


def test_escapes_of_them_go_and_pairs_stay() -> None:
    told = {"text": "a\x00\ud800b\ude00\x08\x0c", "words": "\U0001f600 \\beta \\u0000 雨"}
    for ascii_only in (True, False):
        read = json.loads(writable_json(json.dumps(told, ensure_ascii=ascii_only)))
        assert read == {"text": "ab", "words": "\U0001f600 \\beta \\u0000 雨"}
