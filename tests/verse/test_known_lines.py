from __future__ import annotations

from studio.verse.known_lines import KnownLines, known_lines


def test_it_never_misses_a_line_and_seldom_takes_another_for_one() -> None:
    kept = KnownLines.of((f"第{number}行" for number in range(1000)), 4000)
    assert all(f"第{number}行" in kept for number in range(1000))
    assert sum(f"新{number}行" in kept for number in range(1000)) < 20
    assert "第7行" in KnownLines(kept.to_bytes())


def test_a_famous_line_is_known_and_a_made_one_is_not() -> None:
    assert "黄河入海流" in known_lines()
    assert "黄河咖啡流" not in known_lines()
