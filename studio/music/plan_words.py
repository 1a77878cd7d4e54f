"""Words that tell style, meter, mode, sound and speed, in English and Chinese (CC0-1.0)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

STYLE: Mapping[str, str] = MappingProxyType(
    {
        "jig": "jig jigs slip-jig double-jig 吉格 快步舞",
        "reel": "reel reels 里尔 里尔舞 barn-dance 提琴拉得飞快 爱尔兰快舞",
        "hornpipe": "hornpipe 角笛舞",
        "waltz": "waltz* 华尔兹 圆舞曲 三步舞",
        "march": "march marches marching procession parade 进行曲 行军 军歌 战鼓",
        "lullaby": "lullab* cradle bedtime 摇篮曲 催眠曲 睡前 哄睡",
        "hymn": ("hymn* psalm* choral* anthem prayer 圣歌 赞美诗 颂歌 圣诗 教堂 晚祷 校歌"),
        "chiptune": (
            "chiptune* 8-bit 8bit pixel* arcade console boss video-game game-over robots 芯片 "
            "像素 红白机 游戏 电子 机器人"
        ),
        "jingle": (
            "jingle* commercial* advert* ad brand* campaign slogan logo sting spot app "
            "mnemonic hold-music 广告 品牌 宣传 应用 短片 新品"
        ),
        "chinese": (
            "chinese china guzheng erhu pipa dizi pentatonic mid-autumn emperor* ink 古筝 "
            "二胡 琵琶 笛子 江南 中国风 国风 民乐 戏曲 唢呐 古琴 五声 水乡 寺 竹 荷 江湖 灯笼 "
            "糖葫芦 除夕 清明 春节 丝竹 茶 黄河 长城 断桥"
        ),
        "cinematic": (
            "cinematic film movie trailer soundtrack score documentary titles suspense chase "
            "epic 电影 史诗 配乐 纪录片 慢镜头 片头"
        ),
        "ballad": "ballad* love-song slow-dance 情歌 民谣吉他 抒情 叙事曲",
        "folk": (
            "folk* irish celtic scottish tune fiddle* campfire shanty country 民歌 民谣 山歌 "
            "号子 小调儿 童谣 儿歌"
        ),
    }
)

INSTRUMENT: Mapping[str, str] = MappingProxyType(
    {
        "piano": "piano pianoforte harpsichord clavichord keys 钢琴 羽管键琴",
        "music_box": (
            "music-box music-boxes celesta toy-piano kalimba thumb-piano "
            "八音盒 音乐盒 钢片琴 拇指琴"
        ),
        "guitar": (
            "guitar* harp harps lute ukulele* banjo* mandolin* lyre plucked-strings 吉他 竖琴 "
            "尤克里里 曼陀林 班卓琴"
        ),
        "guzheng": (
            "guzheng koto pipa guqin zither* yangqin sitar dulcimer 古筝 琵琶 古琴 筝 扬琴 阮 "
            "三弦 柳琴"
        ),
        "dizi": "dizi xiao bamboo-flute* hulusi xun shakuhachi 笛子 竹笛 箫 葫芦丝 埙 笛声 牧笛",
        "flute": (
            "flute* tin-whistle* penny-whistle* recorder recorders ocarina* clarinet* oboe* "
            "piccolo* panpipe* saxophone* woodwind* 长笛 口哨 陶笛 单簧管 双簧管 竖笛 萨克斯 排箫"
        ),
        "strings": (
            "strings violin* viola violas cello* fiddle* orchestra* erhu string-quartet "
            "string-section string-orchestra 弦乐 小提琴 大提琴 中提琴 二胡 提琴 管弦 马头琴 胡琴 "
            "京胡 板胡 高胡"
        ),
        "organ": (
            "organ organs accordion* harmonium harmonica* concertina* bagpipe* melodica 管风琴 "
            "手风琴 风琴 口琴 风笛"
        ),
        "bell": (
            "glockenspiel* vibraphone* xylophone* marimba* tubular-bells handbell* chimes "
            "carillon steel-drum* gamelan 钟琴 马林巴 木琴 编钟 管钟 风铃 颤音琴"
        ),
        "bass": (
            "bass-guitar double-bass upright-bass contrabass bass-line bassline bassoon* "
            "on-bass 贝斯 低音提琴 低音吉他 巴松"
        ),
        "chip": (
            "chip chip-lead chiptune* 8-bit 8bit square-wave* nes game-boy gameboy 芯片 红白机 "
            "方波 像素音 八位机"
        ),
        "pad": (
            "pad pads synth-pad* soft-pad* synth synths synthesizer* synthesiser* choir choirs "
            "voices 合成器 铺底 合唱 人声 电子音色"
        ),
        "brass": (
            "brass trumpet* french-horn* horns trombone* fanfare bugle* tuba tubas cornet* "
            "suona 铜管 小号 圆号 长号 大号 号角 唢呐"
        ),
    }
)
"""Each instrument of the studio with those that are nearest to it. Names of the studio's own list;
the first one named in a text is taken."""

SAID_MOOD: Mapping[str, str] = MappingProxyType(
    {
        "happy": (
            r"\b(?:happ(?:y|ier|iness|ily)|joy(?:ful|ous|fully)?|cheer(?:ful|y)|merry|gleeful"
                r"|jubilant|upbeat)\b"
            r"|快乐|欢快|高兴|开心|喜悦|愉快|欢乐|喜庆|欢喜"
        ),
        "sad": (
            r"\b(?:sad(?:ness|der|ly)?|sorrow(?:ful)?|mournful|melanchol(?:y|ic)|heartbroken"
                r"|grie(?:f|ving))\b"
            r"|悲伤|忧伤|伤心|难过|哀伤|悲哀|伤感|悲凉|忧郁|哀怨|凄凉"
        ),
        "angry": (
            r"\b(?:angry|angrily|anger|furious|fury|rage|raging|wrathful|enraged)\b"
            r"|愤怒|生气|暴怒|气愤|狂怒|恼火|怒火|愤慨"
        ),
        "calm": (
            r"\b(?:calm(?:ly|ing|er)?|peaceful|serene|serenity|tranquil|relax(?:ed|ing)"
                r"|soothing)\b"
            r"|平静|宁静|安宁|祥和|恬静|静谧|放松|悠扬"
        ),
        "tense": (
            r"\b(?:tense|tension|suspense(?:ful)?|anxious|anxiety|nervous)\b"
            r"|紧张|焦虑|悬疑|惊险|不安"
        ),
        "playful": (
            r"\b(?:playful(?:ly)?|silly|cheeky|mischievous|whimsical|funny|comic(?:al)?)\b"
            r"|俏皮|调皮|顽皮|淘气|滑稽|诙谐|搞笑|好玩"
        ),
        "romantic": r"\b(?:romantic(?:ally)?|romance|amorous)\b|浪漫|深情|爱情|甜蜜",
        "heroic": (
            r"\b(?:heroic|triumphant|triumphal|majestic|victorious|valiant|epic)\b"
            r"|英雄气|英勇|豪迈|雄壮|壮丽|激昂|凯旋|史诗"
        ),
        "mysterious": (
            r"\b(?:mysterious(?:ly)?|mystery|eerie|enigmatic|spooky|uncanny)\b"
            r"|神秘|诡异|诡秘|阴森|玄秘"
        ),
        "nostalgic": (
            r"\b(?:nostalgic|nostalgia|wistful|homesick|reminiscent)\b|怀旧|怀念|乡愁|思乡|念旧"
        ),
    }
)  # fmt: skip
"""Mood -> how it is called outright. HINTS and NAMES of mood_words only hint at moods."""

SAID_STYLE: Mapping[str, str] = MappingProxyType(
    {
        "jig": r"\bjigs?\b|吉格",
        "reel": r"\breels?\b|里尔舞",
        "hornpipe": r"\bhornpipes?\b|角笛舞",
        "waltz": r"\bwaltz(?:es)?\b(?! time)|华尔兹|圆舞曲",
        "march": r"\bmarch(?:es)?\b(?! past| time| on\b| across)|进行曲|军歌",
        "lullaby": r"\b(?:lullab\w+|cradle[\s-]songs?|berceuse)\b|摇篮曲|催眠曲|安眠曲",
        "hymn": r"\b(?:hymns?|psalms?|chorales?)\b|圣歌|赞美诗|圣咏|颂歌",
        "chiptune": (
            r"\b(?:chip[\s-]?tunes?|8[\s-]?bit|chip music|eight-bit)\b|芯片音乐|8位"
            r"|红白机音乐|像素风"
        ),
        "jingle": r"\bjingles?\b(?! bells)|广告曲|广告歌|广告小曲",
        "chinese": (
            r"\bchinese[\s-](?:style|music|folk|melod\w+|tunes?|air|song)\b"
                r"|\bin (?:a )?chinese style\b"
            r"|中国风|国风|民乐|古风|丝竹|戏曲"
        ),
        "cinematic": r"\b(?:cinematic|film (?:score|music)|movie (?:score|music)|soundtrack)\b"
            r"|电影配乐|电影感|影视配乐",
        "ballad": r"\b(?:ballads?|love songs?)\b|情歌|抒情曲|叙事曲|抒情歌",
        "folk": r"\b(?:folk(?:[\s-](?:song|tune|dance|music|air)s?)?|shant(?:y|ies))\b(?! tale)"
            r"|民歌|民谣|山歌|号子",
    }
)  # fmt: skip
"""Style -> how it is called outright; the words of STYLE hint at it."""

SAID_REGISTER: Mapping[str, str] = MappingProxyType(
    {
        "high": (
            r"\bhigh(?:er)?(?:[\s-](?:register|pitch(?:ed)?|notes?|voice|octaves?|range|flutes?|strings"
            r"|violins?|whistle))|\boctave (?:higher|up)\b|高八度|\b(?:treble|soprano)\b"
            r"|(?:^|[,;.:]\s*|\band |\bbut |\bvery |\btoo |\bkeep it |\bup |\bplay(?:ed)? "
            r"|\bsung )high(?:er)?"
            r"(?=\s*(?:$|[,;.:!]|\band\b|\bbut\b))"
            r"|高音(?!贝)|音区?[^，。]{0,2}高|高亢|高一点|高些|尖高"
        ),
        "low": (
            r"\blow(?:er)?(?:[\s-](?:register|pitch(?:ed)?|notes?|voice|octaves?|range|cellos?|brass"
            r"|strings|drone))|\boctave (?:lower|down)\b|低八度|\bdeep voice\b"
            r"|\bbass (?:register|range|notes?)\b"
            r"|(?:^|[,;.:]\s*|\band |\bbut |\bvery |\btoo |\bkeep it |\bdown |\bplay(?:ed)? "
            r"|\bsung )low(?:er)?"
            r"(?=\s*(?:$|[,;.:!]|\band\b|\bbut\b))"
            r"|(?<!最)低音(?!提琴|吉他|炮)|音区?[^，。]{0,2}低|低沉|浑厚|低一点|低些"
        ),
        "mid": r"\b(?:middle|mid|medium)[\s-](?:register|range|pitch(?:ed)?)\b|中音",
    }
)
"""Register -> how it is asked for outright."""

LIGHT = "hope hopeful hopefully warm warmth bright light sunrise comfort* 希望 温暖 光 暖 明亮"
HEAVY = "hopeless dark bitter grim cold desolate 绝望 黑暗 冰冷 沉重"
SAID_SPARSE = (
    "sparse few-notes very-few-notes minimal minimalist almost-no-notes spacious "
    "one-note-at-a-time "
    "稀疏 极简 音符少 音符要少 少一点音 少几个音 几个音 留白"
)
SAID_BUSY = (
    "busy dense many-notes lots-of-notes virtuosic flurry flurries running-notes ornamented "
    "ornaments 密集 繁复 华彩 音符多 音符要多 多一点音"
)

MONTH = re.compile(
    r"\b(?:in|of|early|late|mid|every|last|this|next|since|until|a|cold|wet|windy)[\s-]March\b"
    r"(?! in| for| with| to|,)"
    r"|\bMarch (?:rain|winds?|hares?|mornings?|sun|snow|skies|sky|light|evenings?|\d)"
)
NO_MUSIC = re.compile(
    r"\bthe jig is up\b|\b(?:film|fishing|instagram|highlight|tape)[\s-]reels?\b|\breels? of\b"
    r"|\breel(?:s|ed)? (?:in|from)\b"
    r"|\b(?:tape|voice|cassette)[\s-]recorders?\b|\bcar horns?\b|\bstrings? of\b|\bno strings\b"
    r"|\b(?:kitchen|purse|heart) ?strings?\b|\borgan donors?\b|\bbass fish\w*|\b(?:house|car"
    r"|piano|door|the|my|her|his) keys\b"
    r"|\b(?:wind|knee|ink|lily|note|launch|brake)[\s-]?pads?\b|\bchips?\b(?![\s-](?:lead|tune"
    r"|music|sound))"
    r"|\b(?:many|two|three|some|hidden|angry|strange) voices\b|\bvoices (?:in|of|from|under|on"
    r"|behind)\b"
    r"|\bthe brass\b|\bjingle bells\b|\bkeys?\b(?! piano)"
    r"|高音喇叭|山羊|声音抖|风筝|生气勃勃|怒放"
)
"""What only looks like a word of music."""

REGISTER: Mapping[str, str] = MappingProxyType(
    {
        "high": (
            "high treble soprano shrill tiny twinkl* sparkl* glassy 高音 高亢 清脆 明亮 尖 轻巧"
        ),
        "low": ("low bass deep dark heavy cello* bassoon 低音 低沉 厚重 深沉 沉稳 浑厚 低声"),
        "mid": "middle-register medium-pitch 中音 中音区",
    }
)

FAST = (
    "fast quick* rapid* presto allegro vivace brisk hurr* racing urgent faster 急 飞快 迅速 "
    "快板 急促 疾 快一点 快些 快速 快节奏 节奏快 速度快 要快 太快 很快 更快 轻快 明快 "
    "越来越快 越快 加快 拉得飞快"
)
SLOW = (
    "slow* adagio largo lento unhurried leisurely gentle-pace breathing-pace calm-pace 慢 缓 "
    "慢板 徐 悠长 柔板"
)
MIDDLING = (
    "moderate moderato andante medium mid-tempo medium-tempo walking-pace 中速 适中 行板 不紧不慢"
)
SPARSE = (
    "sparse few simple plain minimal almost-nothing one-note spacious bare 留白 稀疏 简单 "
    "极简 空灵 朴素"
)
BUSY = (
    "busy ornament* virtuos* many-notes dense flurr* running racing sawing 密集 繁复 华彩 花哨 飞快"
)
