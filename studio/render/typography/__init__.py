"""Type: fonts, measuring, line breaking, fitting and drawing, for banners and print."""

from studio.render.typography.outline import Outline
from studio.render.typography.set_text import set_text
from studio.render.typography.setting import SetLine, Setting, draw_setting
from studio.render.typography.typeface import Typeface, typeface

__all__ = ["Outline", "SetLine", "Setting", "Typeface", "draw_setting", "set_text", "typeface"]
