"""Words that say how a brand should feel, and what each asks of mood, colours and type.

English and Chinese; own work, CC0. English words match whole, with a trailing `*` from their
start; Chinese words match anywhere (`studio.music.wording`). Valence and arousal are judged on
Russell's circumplex (1980); which colours and letters suit is a designer's usual reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Feeling:
    """Valence and arousal -1..1; warmth, brightness and saturation 0..1 of the colours;
    serif -1 (surely sans) .. 1 (surely serif)."""

    words: str
    valence: float
    arousal: float
    warmth: float
    brightness: float
    saturation: float
    serif: float


FEELINGS: tuple[Feeling, ...] = (
    Feeling(
        "warm* friendly kind caring welcoming cosy cozy homely hearty neighbourly neighborly "
        "温暖 亲切 温馨 暖 友善 贴心 家常 热情",
        *(0.55, -0.05, 0.8, 0.7, 0.5, 0.2),
    ),
    Feeling(
        "playful* fun funny cheeky witty quirky silly whimsical cute humorous "
        "俏皮 有趣 好玩 幽默 可爱 活泼 调皮 童趣 搞怪 风趣",
        *(0.7, 0.55, 0.6, 0.75, 0.85, -0.7),
    ),
    Feeling(
        "calm* quiet* peaceful serene gentle soft soothing slow unhurried still restful "
        "安静 平静 宁静 从容 舒缓 温柔 轻柔 慢 恬淡 淡然 松弛 克制",
        *(0.3, -0.7, 0.45, 0.75, 0.2, 0.4),
    ),
    Feeling(
        "bold* loud daring brave fearless rebellious punchy edgy fierce provocative "
        "大胆 张扬 勇敢 热烈 叛逆 有力 野 酷 犀利 锋利",
        *(0.3, 0.75, 0.65, 0.35, 0.9, -0.8),
    ),
    Feeling(
        "energetic lively fast dynamic sporty active upbeat vibrant spirited "
        "活力 动感 元气 运动 有劲 热血 轻快 利索",
        *(0.65, 0.8, 0.6, 0.55, 0.95, -0.9),
    ),
    Feeling(
        "honest* sincere plain straightforward transparent trustworthy trusted reliable "
        "dependable down-to-earth humble fair "
        "诚实 真诚 诚恳 踏实 可靠 实在 朴实 靠谱 坦诚 老实 公道",
        *(0.35, -0.2, 0.4, 0.6, 0.4, 0.0),
    ),
    Feeling(
        "elegant refined graceful luxur* premium sophisticated timeless classic* exquisite "
        "优雅 精致 高级 奢华 经典 典雅 考究 雅致 尊贵",
        *(0.3, -0.3, 0.55, 0.4, 0.25, 1.0),
    ),
    Feeling(
        "modern clean minimal* sleek simple crisp precise smart technical futuristic clear "
        "efficient 现代 简洁 极简 干净 利落 精准 科技 聪明 未来 高效 清晰 简单",
        *(0.2, 0.05, 0.25, 0.7, 0.35, -1.0),
    ),
    Feeling(
        "natural* earthy organic fresh outdoor* outdoorsy breezy pure "
        "自然 清新 有机 新鲜 质朴 山野 户外 天然 清爽 纯净",
        *(0.45, -0.1, 0.45, 0.65, 0.5, 0.0),
    ),
    Feeling(
        "rugged tough sturdy durable robust practical hard-working no-nonsense dry deadpan "
        "结实 耐用 硬朗 粗犷 实用 坚韧 硬核 冷幽默",
        *(0.1, 0.1, 0.5, 0.4, 0.3, -0.4),
    ),
    Feeling(
        "poetic literary dreamy romantic tender nostalgic lyrical thoughtful bookish "
        "诗意 文艺 浪漫 怀旧 温润 细腻 梦幻 人文 书卷",
        *(0.3, -0.45, 0.55, 0.6, 0.3, 1.0),
    ),
    Feeling(
        "serious professional expert formal authoritative confident assured steady "
        "专业 严谨 权威 稳重 正式 自信 沉稳 笃定",
        *(0.15, -0.1, 0.2, 0.4, 0.45, 0.1),
    ),
    Feeling(
        "mysterious dark moody nocturnal enigmatic 神秘 暗黑 深邃 夜色 幽暗",
        *(-0.2, 0.0, 0.3, 0.12, 0.4, 0.3),
    ),
    Feeling(
        "optimistic hopeful cheerful happy joyful joyous bright sunny positive "
        "乐观 快乐 开心 明亮 阳光 喜悦 欢乐 开朗 明朗 喜庆",
        *(0.8, 0.4, 0.75, 0.85, 0.75, -0.3),
    ),
    Feeling(
        "traditional handmade crafted artisan* heritage old-fashioned rustic "
        "传统 手作 匠心 老派 古朴 手工 国风 东方 讲究",
        *(0.3, -0.25, 0.7, 0.45, 0.4, 0.9),
    ),
)

SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "#2f6f4e": "tea teas matcha hike hikers hiking forest garden* plant* vegan herb* farm* "
        "outdoor* camping tree trees salad 茶 森林 花园 植物 徒步 露营 户外 农场 草本 园艺 竹 山",
        "#6b4226": "coffee chocolate cocoa bakery bread wood* leather furniture cabin "
        "咖啡 巧克力 可可 面包 烘焙 木 皮革 家具 栗",
        "#1d6a8a": "sea ocean swim* swimmers surf* sail* boat* fish river lake "
        "海 洋 游泳 冲浪 帆 船 鱼 河 湖",
        "#4fa3c7": "water bottle* clean* laundry air dental clinic health* medical ice milk "
        "水 洗衣 清洁 空气 牙 诊所 健康 医 冰 牛奶",
        "#d98e04": "honey bee bees beer bread grain citrus lemon* orange* sun juice "
        "蜂蜜 啤酒 谷 麦 柠檬 橙 果汁 阳光",
        "#7d1d3f": "wine* opera theatre theater cherry cherries velvet "
        "葡萄酒 红酒 歌剧 剧院 樱桃 丝绒",
        "#c8452c": "spic* chili chilli pizza barbecue hotpot ramen brick* fire tomato* "
        "辣 火锅 拉面 烧烤 砖 火 番茄 川菜",
        "#1f2f6b": "bank* insurance financ* account* tax* legal law software app data security "
        "night star* 银行 保险 金融 财务 会计 法律 软件 数据 安全 夜 星",
        "#e58fa8": "skincare cosmetic* beauty baby babies flower* florist wedding* bridal "
        "护肤 美妆 婴 宝宝 花店 鲜花 婚 母婴",
        "#8a6d4b": "book* bookshop paper pencil* stationery pottery ceramic* museum "
        "书 纸 铅笔 文具 陶 瓷 博物馆",
        "#e63946": "toy toys kids children running race bike* cycl* gym sport* "
        "玩具 孩子 儿童 跑步 单车 骑行 健身 运动",
    }
)
"""What is sold, and a colour that people connect with it."""
