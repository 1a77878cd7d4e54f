"""Paper, ink and one accent: the seal's cinnabar. Light and dark, checked by axe in both."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from studio.ui.markup import file_url

SANS = (
    "Instrument Sans",
    "system-ui",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
)
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Noto Sans Mono CJK SC", "monospace")

SHEETS = (
    "studio.css", "pictures.css", "melody.css", "ads.css", "brand.css", "handover.css",
    "engine.css",
)  # fmt: skip
FACES = (
    ("Newsreader", "newsreader-latin-wght-normal.woff2", "normal", "200 800"),
    ("Newsreader", "newsreader-latin-wght-italic.woff2", "italic", "200 800"),
    ("Instrument Sans", "instrument-sans-latin-wght-normal.woff2", "normal", "400 700"),
)
"""family, file in assets/fonts, style, weights."""


def studio_theme() -> gr.themes.Base:
    """The theme of the page: gradio's own parts in the studio's colours."""
    theme = gr.themes.Base(
        primary_hue="red",
        neutral_hue="stone",
        radius_size="sm",
        spacing_size="lg",
        text_size="md",
        font=list(SANS),
        font_mono=list(MONO),
    )
    return theme.set(**_surfaces(), **_text(), **_buttons(), **_inputs())


def studio_css(assets: Path) -> str:
    """The style sheets, with the studio's own fonts."""
    faces = "".join(_face(assets / "fonts" / file, *rest) for file, rest in _files())
    sheets = ((assets / "css" / name).read_text(encoding="utf-8") for name in SHEETS)
    return faces + "\n".join(sheets)


def _files() -> list[tuple[str, tuple[str, str, str]]]:
    return [(file, (family, style, weights)) for family, file, style, weights in FACES]


def _face(path: Path, family: str, style: str, weights: str) -> str:
    return (
        f"@font-face{{font-family:'{family}';font-style:{style};font-weight:{weights};"
        f"font-display:swap;src:url('{file_url(path)}') format('woff2')}}\n"
    )


def _surfaces() -> dict[str, str]:
    return _both(
        body_background_fill=("#f7f5f0", "#171613"),
        background_fill_primary=("#fffdfa", "#1f1d1a"),
        background_fill_secondary=("#f0ede6", "#262420"),
        block_background_fill=("transparent", "transparent"),
        block_border_color=("transparent", "transparent"),
        block_border_width=("0px", "0px"),
        block_label_background_fill=("transparent", "transparent"),
        block_shadow=("none", "none"),
        panel_background_fill=("transparent", "transparent"),
        border_color_primary=("#dcd6ca", "#3a3630"),
        border_color_accent=("#9f2d1c", "#ef8a73"),
        color_accent_soft=("#f6e6e1", "#3a2620"),
        accordion_text_color=("#1c1a17", "#ece7dc"),
    ) | {"color_accent": "#9f2d1c", "block_padding": "0px", "layout_gap": "20px"}


def _text() -> dict[str, str]:
    return _both(
        body_text_color=("#1c1a17", "#ece7dc"),
        body_text_color_subdued=("#5e584e", "#b3ab9d"),
        block_label_text_color=("#5e584e", "#b3ab9d"),
        block_title_text_color=("#5e584e", "#b3ab9d"),
        block_info_text_color=("#5e584e", "#b3ab9d"),
        link_text_color=("#9f2d1c", "#ef8a73"),
        link_text_color_hover=("#7f2213", "#f6a794"),
        link_text_color_visited=("#9f2d1c", "#ef8a73"),
    ) | {"block_title_text_weight": "500", "block_label_text_weight": "500"}


def _buttons() -> dict[str, str]:
    return _both(
        button_primary_background_fill=("#9f2d1c", "#b93d2a"),
        button_primary_background_fill_hover=("#862314", "#a83523"),
        button_primary_text_color=("#ffffff", "#ffffff"),
        button_primary_border_color=("#9f2d1c", "#b93d2a"),
        button_secondary_background_fill=("transparent", "transparent"),
        button_secondary_background_fill_hover=("#ebe6dc", "#2c2925"),
        button_secondary_text_color=("#1c1a17", "#ece7dc"),
        button_secondary_border_color=("#bdb5a6", "#5a544a"),
        button_cancel_background_fill=("#ebe6dc", "#2c2925"),
        button_cancel_text_color=("#1c1a17", "#ece7dc"),
    ) | {
        "button_border_width": "1px",
        "button_large_radius": "999px",
        "button_small_radius": "999px",
    }


def _inputs() -> dict[str, str]:
    return _both(
        input_background_fill=("#fffdfa", "#1f1d1a"),
        input_background_fill_focus=("#fffdfa", "#1f1d1a"),
        input_border_color=("#cfc8ba", "#48433b"),
        input_border_color_focus=("#9f2d1c", "#ef8a73"),
        input_placeholder_color=("#6f685d", "#a29a8b"),
        input_shadow=("none", "none"),
        input_shadow_focus=("none", "none"),
        checkbox_background_color=("#fffdfa", "#1f1d1a"),
        checkbox_background_color_selected=("#9f2d1c", "#b93d2a"),
        checkbox_border_color=("#8f8778", "#7b7467"),
        checkbox_label_background_fill=("transparent", "transparent"),
        checkbox_label_background_fill_hover=("#ebe6dc", "#2c2925"),
        checkbox_label_background_fill_selected=("#1c1a17", "#ece7dc"),
        checkbox_label_text_color_selected=("#fffdfa", "#171613"),
        checkbox_label_border_color=("#cfc8ba", "#48433b"),
        slider_color=("#9f2d1c", "#ef8a73"),
    )


def _both(**pairs: tuple[str, str]) -> dict[str, str]:
    light = {name: pair[0] for name, pair in pairs.items()}
    return light | {f"{name}_dark": pair[1] for name, pair in pairs.items()}
