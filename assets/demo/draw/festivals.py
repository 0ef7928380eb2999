"""The water procession, the stone bridge and the drum of a village festival."""
import math
import random

from brush import *  # noqa: F403


def festival_flag(x, y, h, size, lean=0):
    """The five-coloured square flag of village festivals on its pole."""
    out = line(f"M0 0L{n(lean)} {n(-h)}", "wood2", 9)
    fx, fy = lean, -h + 14
    for i, color in enumerate(("indigo", "gold", "jade", "brick", "gold2")):
        k = size * (1 - i * .19)
        mid = size / 2
        top = mid - k / 2
        body = (f"M{n(fx)} {n(fy + top)}q{n(k * .3)} {n(-k * .1)} {n(k * .55)} {n(k * .02)}"
                f"t{n(k * .5)} {n(-k * .02)}q{n(-k * .06)} {n(k * .5)} {n(k * .02)} {n(k)}"
                f"q{n(-k * .26)} {n(k * .1)} {n(-k * .54)} 0t{n(-k * .53)} 0Z")
        out += path(body, color)
    for k in range(7):  # the fringe
        out += poly([(fx + size * 1.05, fy + size * k / 7), (fx + size * 1.22, fy + size *
                    (k + .5) / 7), (fx + size * 1.05, fy + size * (k + 1) / 7)], "clay")
    return at(x, y, out + circle(lean, -h - 6, 10, "gold"))


def dragon_boat(length, main="brick", trim="gold"):
    L = length
    out = path(f"M{n(-L * .56)} {n(-L * .2)}Q{n(-L * .4)} {n(-L * .07)} 0 {n(-L * .07)}"
               f"Q{n(L * .34)} {n(-L * .07)} {n(L * .44)} {n(-L * .16)}Q{n(L * .46)} {n(L * .03)} "
               f"{n(L * .3)} {n(L * .04)}L{n(-L * .36)} {n(L * .04)}Q{n(-L * .5)} {n(L * .02)} "
               f"{n(-L * .56)} {n(-L * .2)}Z", main)
    out += line(f"M{n(-L * .54)} {n(-L * .18)}Q{n(-L * .4)} {n(-L * .05)} 0 {n(-L * .05)}"
                f"Q{n(L * .34)} {n(-L * .05)} {n(L * .44)} {n(-L * .13)}", trim, L * .02)
    for k in range(-6, 7):  # scales along the side
        out += path(f"M{n(k * L * .055 - L * .026)} {n(-L * .026)}q{n(L * .026)} {n(L * .06)} "
                    f"{n(L * .052)} 0Z", trim, 'opacity=".8"')
    tail = (f"M{n(-L * .5)} {n(-L * .15)}Q{n(-L * .66)} {n(-L * .22)} {n(-L * .6)} {n(-L * .36)}"
            f"Q{n(-L * .52)} {n(-L * .3)} {n(-L * .56)} {n(-L * .24)}Q{n(-L * .5)} {n(-L * .22)} "
            f"{n(-L * .44)} {n(-L * .1)}Z")
    out += path(tail, "jade2") + line(f"M{n(-L * .6)} {n(-L * .34)}q{n(-L * .05)} {n(-L * .04)} "
                                      f"{n(-L * .02)} {n(-L * .1)}", trim, L * .018)
    return out + at(L * .4, -L * .2, dragon_head(trim), L / 900)


def dragon_head(trim):
    """Head and neck of a carved dragon that looks to the right."""
    out = ""
    for x, y, a, k in ((40, -70, 196, 130), (26, -40, 178, 120), (14, -4, 166, 110), (10, 34, 158, 96),
                       (22, 74, 150, 86), (30, 112, 146, 76)):
        flame = path(f"M0 -18Q{n(k * .6)} -34 {k} 6Q{n(k * .5)} -6 0 20Z", "clay")
        out += at(x, y, flame + path(f"M0 -8Q{n(k * .4)} -16 {n(k * .7)} 4Q{n(k * .3)} -2 0 12Z", trim),
                  turn=a)
    out += path("M-90 196C30 190 50 120 24 50C4 -14 24 -70 80 -76L150 -50C126 -20 112 0 106 40C98 120 "
                "60 214 -30 226Z", "jade2")
    out += path("M106 40C98 120 60 214 -30 226L-50 214C40 190 76 110 76 40Q76 0 100 -30L128 -30Q112 0 "
                "106 40Z", "sand2")
    for x, y in ((84, 34), (80, 66), (70, 100), (54, 134), (28, 166)):
        out += line(f"M{x} {y}l28 6", "wood", 4, 'opacity=".6"')
    for x, y in ((40, 30), (46, 64), (40, 98), (26, 130), (0, 158), (54, 0), (60, -34)):
        out += line(f"M{x - 12} {y}q14 16 26 0", "jade3", 4)
    out += path("M96 -20Q92 34 128 52Q118 20 134 -14Z", trim)  # beard
    out += path("M110 -22L196 -6Q224 -4 226 -22L150 -44Z", "jade2")
    out += path("M130 -40L218 -24L212 -40Z", "brick")
    out += path("M34 -62C40 -126 112 -136 150 -104L206 -92C216 -108 250 -100 246 -72C244 -52 224 -44 204 "
                "-46L132 -40C90 -18 40 -26 34 -62Z", "jade")
    for k in range(5):
        out += poly([(150 + k * 17, -45), (166 + k * 17, -45), (158 + k * 17, -30)], "cream")
    out += path("M94 -104Q128 -128 160 -98Q124 -106 94 -104Z", trim)
    out += circle(124, -86, 14, "cream") + circle(128, -86, 7, "ink")
    out += circle(228, -82, 6, "ink") + line("M214 -70Q200 -76 206 -90", "jade2", 5)
    out += line("M84 -112Q70 -170 10 -186", trim, 13) + line("M62 -156Q62 -190 36 -214", trim, 10)
    out += line("M240 -64q50 10 58 -46", trim, 6) + line("M232 -54q34 44 76 22", trim, 6)
    out += path("M52 -78Q20 -86 6 -116Q60 -116 74 -92Z", "jade3")
    return out


def pavilion(w, h):
    out = rect(-w * .5, -h * .1, w, h * .1, "maroon")
    for s in (-1, -.33, .33, 1):
        out += rect(s * w * .44 - 6, -h * .6, 12, h * .52, "wood2")
    out += path(f"M{n(-w * .12)} {n(-h * .1)}v{n(-h * .2)}q{n(w * .12)} {n(-h * .14)} {n(w * .24)} 0"
                f"v{n(h * .2)}Z", "gold") + rect(-w * .16, -h * .34, w * .32, h * .05, "clay", 3)
    return out + roof(0, -h * .56, w * .68, h * .36, lift=w * .13)


def rowers(length, count, robe):
    out = ""
    for i in range(count):
        x = -length * .36 + length * .66 * i / (count - 1)
        if abs(x) < length * .15:
            continue
        out += path(f"M{n(x - 17)} {n(-length * .05)}q0 -60 17 -62q17 2 17 62Z", robe)
        out += circle(x, -length * .05 - 74, 12, "clay2")
        out += path(f"M{n(x - 15)} {n(-length * .05 - 78)}q15 -22 30 0Z", "gold")
        out += line(f"M{n(x + 8)} {n(-length * .05 - 40)}L{n(x - 40)} {n(length * .08)}", "wood2", 6)
        out += ellipse(x - 44, length * .085, 9, 17, "wood2", 'transform="rotate(22 '
                       f'{n(x - 44)} {n(length * .085)})"')
    return out


def water_procession():
    air, back = sky("#8db8c4", "#fce3b0")
    water = vertical("water", (0, "#e0b98a"), (.35, "#c58a5e"), (1, "#8a4f3c"))
    out = back + sun(960, 380, 110) + cloud(130, 180, 470, opacity=.8)
    out += cloud(1330, 150, 480, opacity=.75) + treeline(520, 70, "#a8b79a", 71)
    out += treeline(560, 60, "#7fa287", 72)
    out += rect(-260, 564, 2440, 20, "jade") + rect(-260, 580, 2440, 660, "url(#water)")
    out += ripples(590, 500) + glints(960, 600, 320, 430, C["gold2"], 6, 50)
    for x, y, k, flip, main in ((236, 668, 320, False, "maroon"), (1712, 672, 330, True, "maroon")):
        b = group(rowers(k, 7, "jade2"), "translate(0 -8)") + dragon_boat(k, main)
        out += ellipse(x, y + 14, k * .5, 12, "ink", 'opacity=".2"')
        out += at(x, y, festival_flag(-k * .3, -30, 190, 60) + group(
            pavilion(120, 130), f"translate(0 {n(-k * .05)})") + b, flip=flip)
    L = 900
    big = festival_flag(-300, -40, 400, 112) + festival_flag(196, -40, 400, 112)
    big += group(pavilion(290, 320), f"translate(0 {n(-L * .05)})")
    big += group(rowers(L, 11, "indigo"), "translate(0 -34)") + dragon_boat(L)
    out += ellipse(900, 932, L * .5, 22, "ink", 'opacity=".25"') + at(900, 900, big)
    for k in range(9):
        out += rect(500 + k * 110, 960 + (k % 3) * 22, 90, 7, "cream", 4, 'opacity=".4"')
    return svg("Water procession", out, [air, water])


def stone_bridge():
    air, back = sky("#a5c9c4", "#fbeed0")
    water = vertical("water", (0, "#a8c9b6"), (1, "#3d7470"))
    out = back + cloud(150, 180, 430, opacity=.8) + cloud(1380, 130, 390, opacity=.75)
    out += treeline(520, 160, "#9dbf9d", 81) + treeline(590, 130, "jade3", 82)
    out += at(960, 612, rect(-190, -120, 380, 124, "sand") + rect(-190, -120, 380, 124,
              "url(#bricks)") + path("M-56 0V-50A56 56 0 0 1 56 -50V0Z", "wood2")
              + roof(0, -118, 240, 90, lift=44) + ridge_sun(0, -214, 18))
    for x, w in ((330, 250), (620, 200), (1300, 200), (1590, 250)):
        out += at(x, 612, rect(-w * .42, -86, w * .84, 90, "cream") + doors(-w * .22, -78, w * .44, 82,
                  4) + roof(0, -84, w * .56, 74, lift=18, ridge=w * .42))
    for x, h, s in ((120, 400, 1), (1800, 420, 2), (470, 260, 3), (1450, 270, 5)):
        out += palm(x, 620, h, seed=s)
    out += rect(-260, 608, 2440, 60, "leaf") + rect(-260, 640, 2440, 600, "url(#water)")
    out += ripples(648, 440)
    # nine spans: ten piers of stone slabs, seen from the side, gently arched

    def deck(x):
        return 742 - 62 * (1 - ((x - 960) / 1000) ** 2)
    left, right, spans = 60, 1860, 9
    step = (right - left) / spans
    for i in range(spans + 1):
        x = left + i * step
        y = deck(x)
        out += rect(x - 20, y, 40, 900 - y, "stone2") + rect(x - 20, y, 14, 900 - y, "stone")
        out += rect(x - 52, y + 4, 104, 24, "stone", 3) + rect(x - 36, y + 26, 72, 20, "stone2", 3)
        out += ellipse(x, 902, 66, 9, "cream", 'opacity=".35"')
        out += rect(x - 18, 908, 36, 80, "ink", 0, 'opacity=".10"')
    top = "M-260 {0}Q960 {1} 2180 {0}".format(n(deck(left) + 6), n(2 * deck(960) - deck(left) + 14))
    out += line(top, "stone", 34) + line(top, "sand", 10)
    for i in range(0, 37):
        x = left + i * step / 4
        out += rect(x - 4, deck(x) - 44, 8, 40, "stone2", 2)
        out += circle(x, deck(x) - 48, 8, "stone")
    rail = "M-260 {0}Q960 {1} 2180 {0}".format(n(deck(left) - 28), n(2 * deck(960) - deck(left) - 22))
    out += line(rail, "stone2", 7)
    for x, h, robe in ((650, 120, "maroon"), (760, 116, "indigo"), (880, 122, "brick"), (1010, 118,
                       "jade2"), (1110, 120, "maroon"), (1240, 116, "indigo")):
        out += person(x, deck(x) - 6, h, robe)
    out += festival_flag(820, deck(820) - 8, 230, 74) + festival_flag(1066, deck(1066) - 8, 230, 74)
    out += at(960, 985, boat(330, "wood", None, True, "gold")) + person(1020, 962, 96, "jade2")
    out += ellipse(960, 998, 165, 10, "ink", 'opacity=".2"')
    rnd = random.Random(5)
    for x in (40, 190, 330, 500, 1390, 1540, 1700, 1880):
        out += lotus_leaf(x, 1010 + rnd.uniform(-16, 44), rnd.uniform(60, 100))
    for x in (120, 430, 1470, 1790):
        out += line(f"M{x} 990V1070", "jade2", 7) + lotus(x, 994, 62)
    return svg("Stone bridge of nine spans", out, [air, water])


def blossom(x, y, r, petal="rose"):
    out = ""
    for k in range(5):
        a = math.radians(k * 72 - 90)
        out += circle(math.cos(a) * r * .55, math.sin(a) * r * .55, r * .5, petal)
    return at(x, y, out + circle(0, 0, r * .3, "gold2") + circle(0, 0, r * .14, "brick"))


def peach_branch():
    rnd = random.Random(17)
    out = line("M-40 620Q120 500 210 330T420 60", "wood2", 20)
    out += line("M160 430Q90 300 130 180", "wood2", 12) + line("M250 270Q350 240 430 250", "wood2", 11)
    spots = [(130, 180), (110, 260), (145, 320), (210, 330), (250, 260), (300, 210), (340, 240),
             (430, 250), (390, 130), (420, 60), (350, 160), (170, 410), (90, 520), (60, 470),
             (200, 200), (290, 300), (460, 110)]
    for x, y in spots:
        out += blossom(x + rnd.uniform(-18, 18), y + rnd.uniform(-18, 18), rnd.uniform(26, 44),
                       rnd.choice(["rose", "rose2", "rose"]))
        out += bamboo_leaf(x, y, 46, rnd.uniform(-70, 30), "lime")
        out += circle(x + rnd.uniform(-44, 44), y + rnd.uniform(-44, 44), 9, "rose")
    return out


def festival_drum():
    air, back = sky("#f3d9a0", "#fdf3d9")
    out = back + circle(960, 470, 520, "gold2", 'opacity=".35"') + circle(960, 470, 380, "gold2",
                                                                         'opacity=".4"')
    out += treeline(800, 110, "#b9c79a", 91) + treeline(840, 80, "jade3", 92)
    out += at(960, 850, rect(-420, -130, 840, 140, "wood2") + doors(-170, -124, 340, 130, 6)
              + "".join(doors(s * 300 - 90, -120, 180, 126, 3) for s in (-1, 1))
              + roof(0, -126, 560, 170, ridge=300, lift=84) + ridge_sun(0, -304, 22), 1.0)
    out += path("M-260 850H2180V1240H-260Z", "clay2") + rect(-260, 850, 2440, 400, "url(#bricks)")
    for x, h, s, lean in ((420, 640, 180, -16), (1440, 640, 180, -16), (190, 500, 150, -20), (1660, 500,
                          150, -10)):
        out += ellipse(x, 938, 40, 10, "ink", 'opacity=".25"') + festival_flag(x, 936, h, s, lean)
    # the drum on its stand
    drum = ellipse(0, 250, 330, 30, "ink", 'opacity=".25"')
    for s in (-1, 1):
        drum += line(f"M{s * 150} 30L{s * 236} 250", "wood2", 34)
        drum += line(f"M{s * 150} 30L{s * 236} 250", "wood", 12)
        drum += path(f"M{s * 206} 232h{s * 66}v26h{s * -92}Z", "maroon")
    drum += line("M-200 176H200", "wood2", 26) + line("M-200 170H200", "clay", 6)
    drum += circle(0, -70, 262, "maroon") + circle(0, -70, 248, "brick")
    for k in range(36):
        a = math.radians(k * 10)
        drum += circle(math.cos(a) * 234, -70 + math.sin(a) * 234, 8, "gold")
    drum += circle(0, -70, 214, "sand") + circle(0, -70, 200, "cream")
    drum += f'<circle cy="-70" r="176" fill="none" stroke="{C["sand2"]}" stroke-width="5"/>'
    rays = []
    for k in range(28):
        a, r = math.radians(k * 360 / 28), 96 if k % 2 == 0 else 38
        rays.append((math.sin(a) * r, -70 - math.cos(a) * r))
    drum += circle(0, -70, 112, "brick") + circle(0, -70, 104, "gold2") + poly(rays, "brick")
    drum += circle(0, -70, 20, "gold")
    for k in range(12):
        a = math.radians(k * 30)
        drum += at(math.cos(a) * 138, -70 + math.sin(a) * 138, path(
            "M0 -22Q16 0 0 22Q-16 0 0 -22Z", "clay2"), turn=k * 30)
    for s in (-1, 1):  # the sticks with red tassels
        drum += line(f"M{s * 330} -250L{s * 150} -130", "wood", 18) + circle(s * 150, -130, 19,
                                                                             "straw")
        drum += path(f"M{s * 330} -250q{s * 40} 30 {s * 26} 110l{s * -16} -36l{s * -18} 30Z", "brick")
    out += at(960, 730, drum, 1.12)
    out += at(-70, -170, peach_branch(), 1.0, turn=14) + at(1990, -170, peach_branch(), 1.0, turn=-14,
                                                            flip=True)
    rnd = random.Random(6)
    for _ in range(26):
        x, y = rnd.uniform(40, 1880), rnd.uniform(120, 1040)
        out += ellipse(x, y, 10, 6, rnd.choice(["rose", "rose2"]),
                       f'transform="rotate({rnd.randint(0, 180)} {n(x)} {n(y)})"')
    return svg("Festival drum", out, [air])
