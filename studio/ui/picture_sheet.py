"""Pictures: a contact sheet while they come, framed prints when they are done."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

from markupsafe import Markup
from PIL import Image

from studio.requests import Picture
from studio.ui.markup import NOTHING, file_url, fragment, joined
from studio.ui.strings import Tongue
from studio.ui.text_sheet import file_links
from studio.ui.verdicts import verdicts
from studio.works import Work, WorkOutput

PREVIEW_EDGE_PX = 384


def picture_previews(pictures: Sequence[Picture], tongue: Tongue) -> Markup:
    """Pictures that are not on disk yet."""
    prints = joined(
        fragment(
            '<figure class="print"><img src="{url}" alt="{alt}"></figure>',
            url=_data_url(each),
            alt=tongue("picture.alt", number=index + 1, text=""),
        )
        for index, each in enumerate(pictures)
    )
    return fragment(
        '<div class="sheets picture n{count}">{prints}</div>',
        count=min(9, len(pictures)),
        prints=prints,
    )


def picture_sheet(
    output: WorkOutput, index: int, work: Work, tongue: Tongue, blind: bool
) -> Markup:
    """One print: click to see it large; its seed and files below."""
    path = next((p for name, p in output.files.items() if name.endswith(".png")), None)
    if path is None:
        return NOTHING
    alt = tongue("picture.alt", number=index + 1, text=work.text)
    return fragment(
        '<figure class="print"><button type="button" data-enlarge aria-label="{enlarge}">'
        '<img src="{url}" alt="{alt}" loading="lazy"></button>{caption}{verdicts}</figure>',
        enlarge=f"{tongue('picture.enlarge')}: {alt}",
        url=file_url(path),
        alt=alt,
        caption=NOTHING if blind else _caption(output, work, tongue),
        verdicts=verdicts(output.checks, work.craft, tongue),
    )


def _caption(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '<figcaption><span class="seed">{seed}</span>'
        '<span class="tools">{files}</span></figcaption>',
        seed=tongue("picture.seed", seed=output.seed),
        files=file_links(output, work, tongue),
    )


def _data_url(picture: Picture) -> str:
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)
    image.thumbnail((PREVIEW_EDGE_PX, PREVIEW_EDGE_PX))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()
