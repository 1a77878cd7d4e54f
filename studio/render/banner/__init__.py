"""Banners: a picture in a brand's colours with the copy set on it, in the sizes ads come in."""

from studio.render.banner.banner import Banner, banner
from studio.render.banner.banner_files import banner_files
from studio.render.banner.banner_look import BannerLook
from studio.render.banner.banner_size import BannerSize
from studio.render.banner.sizes import LAYOUTS, SIZES

__all__ = ["Banner", "BannerLook", "BannerSize", "LAYOUTS", "SIZES", "banner", "banner_files"]
