"""Makes the Chinese fonts of assets/fonts: subsets of Noto Sans CJK SC and Noto Serif CJK SC.

    python -m studio.training.font_subsets --noto /usr/share/fonts/opentype/noto --root .

Each face is two files, so that none passes a megabyte: `common` holds level 1 of GB 2312 (the
3,755 commonest characters) and its symbols, `rare` holds level 2 and every further character that
the verse model's vocabulary, the corpora and the page can produce. Hints and layout tables are
left out: text is set large, and kerning is done by `render.typography`. Source of the fonts: the
Debian package fonts-noto-cjk (github.com/notofonts/noto-cjk), SIL Open Font License 1.1, whose
reserved name "Source" is not used.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

from fontTools import subset
from fontTools.ttLib import TTFont

FACES = MappingProxyType(
    {
        "sans-sc-regular": "NotoSansCJK-Regular.ttc",
        "sans-sc-bold": "NotoSansCJK-Bold.ttc",
        "serif-sc-regular": "NotoSerifCJK-Regular.ttc",
        "serif-sc-bold": "NotoSerifCJK-Bold.ttc",
    }
)
SIMPLIFIED = 2
"""Which font of a Noto CJK collection draws characters as they are written in mainland China."""
MOST_BYTES = 1_000_000
EXTRA = "¥€£№½⅓¼¾✓✕★☆♥♡♪→←↑↓•·–—…‘’“”「」『』〈〉《》【】〔〕﹏～￥％＋－＝／＠＃＆＊"
ROWS_OF_SYMBOLS, ROWS_LEVEL_1, ROWS_LEVEL_2 = (1, 2, 3), range(16, 56), range(56, 88)
READ = (
    "assets/corpora/*.jsonl",
    "assets/locales/*.toml",
    "studio/**/*.py",
    "studio/**/*.t[sx][vt]",
)
KEPT_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 13, 14)
"""Copyright, names, version, trademark and licence stay inside the file."""
DROPPED = ("vhea", "vmtx", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "DSIG")


def gb2312(rows: Iterable[int]) -> set[str]:
    """The characters of these rows of GB 2312-80."""
    found = set()
    for row in rows:
        raw = b"".join(bytes((0xA0 + row, 0xA0 + cell)) for cell in range(1, 95))
        found |= set(raw.decode("gb2312", errors="ignore"))
    return found


def chinese_of(root: Path) -> set[str]:
    """Every Chinese character that this tree can show: its texts and its verse vocabulary."""
    tokenizer = root / "models" / "lm" / "verse-zh" / "tokenizer.json"
    texts = [path.read_text("utf-8") for pattern in READ for path in sorted(root.glob(pattern))]
    if tokenizer.exists():
        texts += list(json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"])
    return {each for text in texts for each in text if "\u2e80" <= each <= "\U0003ffff"}


def made(source: Path, characters: set[str]) -> bytes:
    """One WOFF2 of `characters`: outlines, widths and names, nothing else."""
    options = subset.Options(
        hinting=False,
        desubroutinize=True,
        layout_features=[],
        name_IDs=list(KEPT_NAMES),
        notdef_outline=True,
    )
    options.drop_tables += list(DROPPED)
    font = TTFont(source, fontNumber=SIMPLIFIED, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(each) for each in characters])
    subsetter.subset(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--noto", type=Path, required=True, help="folder of the .ttc files")
    reader.add_argument("--root", type=Path, default=Path(), help="root of the repository")
    given = reader.parse_args()
    common = gb2312((*ROWS_OF_SYMBOLS, *ROWS_LEVEL_1)) | set(EXTRA)
    rare = (gb2312(ROWS_LEVEL_2) | chinese_of(given.root)) - common
    for name, source in FACES.items():
        for part, characters in (("common", common), ("rare", rare)):
            content = made(given.noto / source, characters)
            if len(content) > MOST_BYTES:
                raise SystemExit(f"{name}-{part} has {len(content)} bytes")
            (given.root / "assets" / "fonts" / f"noto-{name}-{part}.woff2").write_bytes(content)
            print(f"{name}-{part}: {len(characters)} characters, {len(content)} bytes")


if __name__ == "__main__":
    main()
