"""Each channel as a person would meet the ad there, drawn plainly in the page's own hand: no
logos, no trade dress. A channel that has no drawing of its own is shown as a card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from markupsafe import Markup

from studio.ui.ad_scene import Scene
from studio.ui.markup import NOTHING, fragment, joined

TITLES = ("headline", "title", "short_headline", "subject", "name")
BODIES = ("primary_text", "post", "body", "text", "caption", "ad_text", "description")
SUBLINES = ("description", "subtitle", "preheader", "subline", "long_headline")


def ad_preview(channel: str, scene: Scene) -> Markup:
    """The channel's drawing of the ad."""
    drawn = PREVIEWS.get(channel, _card)(scene)
    return fragment(
        '<div class="pv pv-{channel}" style="--pv-brand:{colour}">{drawn}</div>',
        channel=channel or "none",
        colour=scene.colour,
        drawn=drawn,
    )


def _search(scene: Scene) -> Markup:
    """A result of a search: address, headlines on one line, descriptions."""
    titles = [scene.slot("headline", at=at, css="pv-part") for at in range(3)]
    return fragment(
        '<div class="pv-page"><p class="pv-small">{ad}</p>{site}'
        '<p class="pv-title pv-link">{titles}</p><p class="pv-text">{texts}</p></div>',
        ad=scene.said("preview.sponsored"),
        site=_site(scene),
        titles=joined(each for each in titles if each),
        texts=joined(scene.slot("description", at=at, css="pv-sentence") for at in range(2)),
    )


def _site(scene: Scene) -> Markup:
    paths = [scene.slot("path", at=at, css="pv-path") for at in range(2)]
    return fragment(
        '<p class="pv-who">{avatar}<span><b>{brand}</b>'
        '<small class="pv-soft">example.com{paths}</small></span></p>',
        avatar=scene.avatar("round"),
        brand=scene.sender,
        paths=joined(each for each in paths if each),
    )


def _discovery(scene: Scene) -> Markup:
    """An asset group as one card of a feed: wide picture, headline, description, button."""
    return fragment(
        '<div class="pv-card">{picture}<div class="pv-inside"><p class="pv-title">{title}</p>'
        '<p class="pv-text">{text}</p><p class="pv-foot"><span class="pv-who">{avatar}<span>'
        '<b>{brand}</b> <small class="pv-soft">{ad}</small></span></span>{cta}</p></div></div>',
        picture=scene.picture("wide"),
        title=scene.slot("long_headline", "headline", "short_headline"),
        text=scene.slot("description", "short_description"),
        avatar=scene.avatar("round"),
        brand=scene.sender,
        ad=scene.said("preview.ad"),
        cta=scene.cta(),
    )


def _feed(scene: Scene) -> Markup:
    """A card of a feed: text above a square picture, headline and button below it."""
    return fragment(
        '<div class="pv-card">{who}<p class="pv-text">{text} {tags}</p>{picture}'
        '<div class="pv-strip"><span><small class="pv-soft">example.com</small>'
        '<b>{title}</b><small class="pv-soft">{line}</small></span>{cta}</div>{acts}</div>',
        who=_who(scene, "preview.sponsored"),
        text=scene.slot("primary_text", *BODIES),
        tags=scene.tags(),
        picture=scene.picture("square"),
        title=scene.slot("headline", "title"),
        line=scene.slot("description"),
        cta=scene.cta("pv-cta quiet"),
        acts=_acts(scene),
    )


def _story(scene: Scene) -> Markup:
    """A full screen, upright: the picture behind, words and button at the foot."""
    return _screen(scene, scene.slot("primary_text", *BODIES), scene.slot(*TITLES))


def _video(scene: Scene) -> Markup:
    """A full screen with the name and the caption at the foot, the actions at the side."""
    words = fragment("{text} {tags}", text=scene.slot(*BODIES), tags=scene.tags())
    rail = joined(fragment("<i></i>") for _ in range(4))
    side = fragment('<span class="pv-rail" aria-hidden="true">{rail}</span>', rail=rail)
    return _screen(scene, words, scene.slot("headline", "title"), side)


def _screen(scene: Scene, text: Markup, title: Markup, side: Markup = NOTHING) -> Markup:
    return fragment(
        '<div class="pv-screen">{picture}<div class="pv-over high"><i class="pv-time" '
        'aria-hidden="true"></i>{who}</div>{side}<div class="pv-over low">{title}'
        '<p class="pv-text">{text}</p>{cta}</div></div>',
        picture=scene.picture("tall"),
        who=_who(scene, "preview.sponsored"),
        side=side,
        title=fragment('<p class="pv-title">{title}</p>', title=title) if title else NOTHING,
        text=text,
        cta=scene.cta("pv-cta wide"),
    )


def _post(scene: Scene) -> Markup:
    """A short message: name, text, one picture, the actions."""
    return fragment(
        '<div class="pv-card pv-message">{avatar}<div><p class="pv-name"><b>{brand}</b> '
        '<small class="pv-soft">@{handle} · {ad}</small></p><p class="pv-text">{text} {tags}</p>'
        "{picture}{acts}</div></div>",
        avatar=scene.avatar("round"),
        brand=scene.sender,
        handle="".join(scene.brand.split()).lower(),
        ad=scene.said("preview.ad"),
        text=scene.slot("post", *BODIES),
        tags=scene.tags(),
        picture=scene.picture("wide", "rounded"),
        acts=_acts(scene),
    )


def _company(scene: Scene) -> Markup:
    """A company's post: introduction above a wide picture, headline and button below it."""
    return fragment(
        '<div class="pv-card">{who}<p class="pv-text">{text} {tags}</p>{picture}'
        '<div class="pv-strip"><span><b>{title}</b><small class="pv-soft">{line}</small></span>'
        "{cta}</div>{acts}</div>",
        who=_who(scene, "preview.promoted", "square"),
        text=scene.slot("introductory_text", "intro", *BODIES),
        tags=scene.tags(),
        picture=scene.picture("wide"),
        title=scene.slot("headline", "title"),
        line=scene.slot("description") or fragment("example.com"),
        cta=scene.cta("pv-cta outline"),
        acts=_acts(scene),
    )


def _note(scene: Scene) -> Markup:
    """A note: an upright picture, a bold title, the body, its topics."""
    return fragment(
        '<div class="pv-card pv-phone">{who}{picture}<div class="pv-inside">'
        '<p class="pv-title">{title}</p><p class="pv-text long">{text}</p>{tags}'
        '<p class="pv-soft pv-small">{when}</p></div>{acts}</div>',
        who=_who(scene, "preview.sponsored", follow=True),
        picture=scene.picture("square", "upright"),
        title=scene.slot(*TITLES),
        text=scene.slot("body", *BODIES),
        tags=scene.tags(),
        when=scene.said("preview.today"),
        acts=_acts(scene),
    )


def _moment(scene: Scene) -> Markup:
    """A message among those of friends: square portrait, name, text, picture, a line below."""
    return fragment(
        '<div class="pv-card pv-message pv-phone">{avatar}<div><p class="pv-name">'
        '<b class="pv-link">{brand}</b><small class="pv-badge">{ad}</small></p>'
        '<p class="pv-text">{text}</p>{title}{picture}<p class="pv-link pv-small">{cta} ›</p>'
        '<p class="pv-soft pv-small">{when}</p></div></div>',
        avatar=scene.avatar("square"),
        brand=scene.sender,
        ad=scene.said("preview.ad"),
        text=scene.slot("text", "outer_text", "post", *BODIES),
        title=_line(scene.slot("headline", "title", "card_title"), "pv-title"),
        picture=scene.picture("square", "small"),
        cta=scene.cta("pv-word"),
        when=scene.said("preview.just_now"),
    )


def _mail(scene: Scene) -> Markup:
    """One line of an inbox between two that are not read."""
    ghost = fragment('<p class="pv-mail ghost" aria-hidden="true"><i></i><i></i><i></i></p>')
    return fragment(
        '<div class="pv-card pv-inbox"><p class="pv-head"><b>{inbox}</b></p>{ghost}'
        '<p class="pv-mail">{avatar}<span class="pv-lines"><span class="pv-name"><b>{brand}</b>'
        '<small class="pv-soft">{now}</small></span><b class="pv-subject">{subject}</b>'
        '<span class="pv-soft">{line}</span></span></p>{ghost}</div>',
        inbox=scene.said("preview.inbox"),
        ghost=ghost,
        avatar=scene.avatar("round"),
        brand=scene.sender,
        now=scene.said("preview.just_now"),
        subject=scene.slot("subject", *TITLES),
        line=scene.slot("preheader", *SUBLINES),
    )


def _store(scene: Scene) -> Markup:
    """One row of a shop for apps: icon, name, subtitle, button; pictures below."""
    return fragment(
        '<div class="pv-card pv-store"><p class="pv-app">{icon}<span class="pv-lines">'
        '<b>{name}</b><span class="pv-soft">{line}</span></span>'
        '<span class="pv-cta outline">{get}</span></p><p class="pv-text">{text}</p>'
        '<p class="pv-shots" aria-hidden="true">{shots}</p></div>',
        icon=scene.avatar("icon"),
        name=scene.slot("name", "app_name", "title") or scene.brand,
        line=scene.slot("subtitle", "short_description", *TITLES),
        get=scene.said("preview.get"),
        text=scene.slot("promotional_text", "promo", "description"),
        shots=joined(scene.picture("tall", "small") for _ in range(3)),
    )


def _banner(scene: Scene) -> Markup:
    """A medium rectangle beside a text that nobody reads."""
    lines = joined(fragment("<i></i>") for _ in range(7))
    return fragment(
        '<div class="pv-page pv-article"><p class="pv-ghosts" aria-hidden="true">{lines}</p>'
        '<div class="pv-box">{picture}<div><p class="pv-title">{title}</p>'
        '<p class="pv-text">{text}</p><p class="pv-foot">{cta}<small>{brand}</small></p></div>'
        "</div></div>",
        lines=lines,
        picture=scene.picture("wide"),
        title=scene.slot("headline", "short_headline", *TITLES),
        text=scene.slot("subline", *SUBLINES),
        cta=scene.cta(),
        brand=scene.sender,
    )


def _card(scene: Scene) -> Markup:
    """Any channel: name, title, text, button."""
    return fragment(
        '<div class="pv-card">{who}{picture}<div class="pv-inside">{title}'
        '<p class="pv-text">{text} {tags}</p>{cta}</div></div>',
        who=_who(scene, "preview.ad"),
        picture=scene.picture("wide"),
        title=_line(scene.slot(*TITLES), "pv-title"),
        text=scene.slot(*BODIES),
        tags=scene.tags(),
        cta=scene.cta(),
    )


def _line(text: Markup, css: str) -> Markup:
    return fragment('<p class="{css}">{text}</p>', css=css, text=text) if text else NOTHING


def _who(scene: Scene, label: str, shape: str = "round", *, follow: bool = False) -> Markup:
    return fragment(
        '<p class="pv-who">{avatar}<span><b>{brand}</b><small class="pv-soft">{label}</small>'
        "</span>{follow}</p>",
        avatar=scene.avatar(shape),
        brand=scene.sender,
        label=scene.said(label),
        follow=fragment('<span class="pv-follow">{text}</span>', text=scene.said("preview.follow"))
        if follow
        else NOTHING,
    )


def _acts(scene: Scene) -> Markup:
    """What a reader could do, without anyone's signs for it."""
    return fragment(
        '<p class="pv-acts" aria-hidden="true"><span>{like}</span><span>{comment}</span>'
        "<span>{share}</span></p>",
        like=scene.said("preview.like"),
        comment=scene.said("preview.comment"),
        share=scene.said("preview.share"),
    )


PREVIEWS: Mapping[str, Callable[[Scene], Markup]] = MappingProxyType(
    {
        "google_rsa": _search,
        "pmax": _discovery,
        "google_pmax": _discovery,
        "meta_feed": _feed,
        "meta_story": _story,
        "x": _post,
        "linkedin": _company,
        "tiktok": _video,
        "xiaohongshu": _note,
        "wechat_moments": _moment,
        "email": _mail,
        "app_store": _store,
        "display": _banner,
        "display_banner": _banner,
    }
)
