"""Gate, pagoda, communal houses, memorials and the old port."""
import math
import random

from brush import *  # noqa: F403


def arch(cx, y, half, height, fill):
    """An opening that stands on y, round at the top."""
    return path(f"M{n(cx - half)} {n(y)}V{n(y - height + half)}A{n(half)} {n(half)} 0 0 1 "
                f"{n(cx + half)} {n(y - height + half)}V{n(y)}Z", fill)


def pillar(x, y, h, w=58, fill="sand"):
    """A gate pillar with a lantern box and a lotus bud."""
    out = rect(x - w * .7, y - h * .08, w * 1.4, h * .08, "stone", 3)
    out += rect(x - w / 2, y - h, w, h * .93, fill)
    out += rect(x + w * .12, y - h, w * .38, h * .93, "sand2", 0, 'opacity=".7"')
    out += rect(x - w * .26, y - h * .78, w * .52, h * .56, "terra", 3, 'opacity=".85"')
    for k in range(5):
        out += circle(x, y - h * .72 + k * h * .11, w * .11, "gold")
    out += rect(x - w * .72, y - h - 12, w * 1.44, 18, "stone", 3)
    out += rect(x - w * .42, y - h - 62, w * .84, 52, "cream") + rect(
        x - w * .2, y - h - 54, w * .4, 36, "terra", 3)
    out += rect(x - w * .66, y - h - 74, w * 1.32, 15, "stone", 3)
    out += path(f"M{n(x)} {n(y - h - 140)}q{n(w * .5)} 34 {n(w * .3)} 66h{n(-w * .6)}q{n(-w * .2)} "
                f"-32 {n(w * .3)} -66Z", "clay")
    return out


def gate(cx, y, scale=1.0):
    """The village gate, standing on (0, 0)."""
    out = rect(-470, -236, 940, 240, "sand") + rect(-470, -236, 940, 240, "url(#bricks)")
    for s in (-1, 1):
        out += rect(s * 372 - 100, -252, 200, 20, "terra", 4)
        out += arch(s * 345, 0, 52, 176, "wood2") + arch(s * 345, 0, 44, 168, "jade2")
        out += roof(s * 345, -236, 112, 74, lift=20)
    out += rect(-262, -470, 524, 474, "sand") + rect(-262, -470, 524, 474, "url(#bricks)")
    out += rect(-262, -470, 524, 474, "url(#fall)")
    out += arch(0, 0, 150, 376, "stone") + arch(0, 0, 132, 356, "gold2")
    out += ('<clipPath id="opening"><path d="M-132 0V-224A132 132 0 0 1 132 -224V0Z"/></clipPath>'
            '<g clip-path="url(#opening)">' + rect(-140, -380, 280, 200, "cream")
            + path("M-140 -150Q-60 -215 -10 -150Q60 -220 140 -140V0H-140Z", "jade3")
            + roof(46, -118, 84, 46, fill="clay") + rect(-6, -116, 104, 40, "sand")
            + path("M-140 -92Q0 -112 140 -86V0H-140Z", "leaf")
            + path("M-26 -100Q20 -60 -96 4H110Q50 -60 4 -100Z", "sand") + '</g>')
    out += person(26, -14, 92, "maroon")
    out += rect(-196, -456, 392, 62, "maroon", 8) + rect(-184, -446, 368, 42, "gold", 6)
    out += rect(-176, -439, 352, 28, "maroon", 4)
    for k in range(-2, 3):
        out += circle(k * 62, -425, 9, "gold2") + circle(k * 62, -425, 4, "maroon")
    out += roof(0, -470, 352, 104, lift=52)
    out += rect(-150, -640, 300, 92, "cream") + rect(-150, -640, 300, 92, "url(#bricks)")
    out += circle(0, -592, 36, "terra") + circle(0, -592, 27, "gold2")
    for k in range(8):
        a = math.radians(k * 45)
        out += line(f"M0 -592l{n(math.cos(a) * 25)} {n(math.sin(a) * 25)}", "terra", 4)
    for s in (-1, 1):
        out += doors(s * 98 - 34, -626, 68, 66, 2)
    out += roof(0, -636, 246, 112, lift=44) + ridge_sun(0, -756, 20)
    for s in (-1, 1):
        out += at(s * 292, 0, pillar(0, 4, 340))
    return at(cx, y, out, scale)


def village_gate():
    air, back = sky("#9fc4cc", "#fbe6b8")
    sky_part = back + sun(1330, 372, 84)
    clouds = (cloud(120, 250, 420) + cloud(1360, 170, 380, opacity=.75) + cloud(700, 120, 260,
              opacity=.55) + cloud(-180, 420, 300, opacity=.5) + cloud(1700, 430, 340, opacity=.55))
    far = treeline(640, 110, "#9dbb94", 3) + treeline(690, 90, "jade3", 8)
    far += field(690, 1000, ["lime", "leaf", "#8fb45c", "leaf"], 2)
    road = path("M905 850Q960 930 560 1240H1360Q960 930 1015 850Z", "sand")
    road += path("M930 850Q960 950 820 1240H1100Q960 950 990 850Z", "cream", 'opacity=".5"')
    mid = path("M-260 862Q960 826 2180 862V1240H-260Z", "leaf") + road
    for x, h, seed in ((420, 420, 5), (300, 360, 6), (1530, 430, 7), (1650, 350, 9)):
        mid += palm(x, 872, h, seed=seed)
    mid += ellipse(960, 866, 520, 26, "ink", 'opacity=".16"') + gate(960, 862)
    mid += person(800, 960, 150, "indigo") + at(690, 985, person(0, 0, 160, "jade2"))
    left = "".join(bamboo(x, 1130, h, lean, "jade", "leaf", s, 22) for x, h, lean, s in (
        (-40, 1000, 190, 1), (60, 880, 120, 2), (-110, 820, 260, 3), (150, 700, 60, 4)))
    right = "".join(bamboo(x, 1130, h, lean, "jade2", "jade", s, 22) for x, h, lean, s in (
        (1970, 1020, -200, 5), (1860, 860, -110, 6), (2040, 780, -230, 7), (1770, 660, -50, 8)))
    grass = path("M-260 1010Q300 960 700 1060T1240 1060Q1600 970 2180 1010V1240H-260Z", "jade")
    near = left + right + grass + rice_row(1110, 110, "jade2", 4, 58, "gold")
    egrets = egret(640, 300, .8) + egret(520, 350, .62) + egret(760, 345, .55)
    return svg("Village gate in the morning", layer("sky", sky_part) + layer("clouds", clouds)
               + layer("far", far) + layer("birds", egrets) + layer("mid", mid)
               + layer("near", near), [air])


def pagoda_gate():
    air, back = sky("#e9b98b", "#fbeccb")
    out = back + sun(960, 330, 120, "gold2") + cloud(200, 300, 420, opacity=.7)
    out += cloud(1350, 240, 460, opacity=.7) + treeline(700, 130, "#a3b487", 12)
    out += treeline(730, 90, "jade3", 4)
    for x, h, s in ((210, 470, 2), (80, 400, 3), (1740, 480, 4), (1860, 390, 5)):
        out += palm(x, 850, h, seed=s)
    out += rect(-260, 700, 2440, 110, "sand") + rect(-260, 700, 2440, 110, "url(#bricks)")
    out += rect(-260, 690, 2440, 20, "terra")
    body = ""
    for s in (-1, 1):
        body += rect(s * 420 - 130, -300, 260, 304, "cream") + rect(s * 420 - 130, -300, 260, 304,
                                                                   "url(#bricks)")
        body += arch(s * 420, 0, 74, 216, "wood2") + arch(s * 420, 0, 62, 203, "#c98d53")
        body += roof(s * 420, -298, 190, 96, lift=38)
        body += pillar(s * 620, 4, 400, 60)
    body += rect(-250, -380, 500, 384, "cream") + rect(-250, -380, 500, 384, "url(#bricks)")
    body += arch(0, 0, 124, 300, "wood2") + arch(0, 0, 110, 285, "gold2")
    body += path("M-110 0V-60Q0 -110 110 -60V0Z", "jade3")
    body += roof(0, -108, 86, 52, fill="clay") + rect(-52, -106, 104, 66, "sand")
    body += path("M-34 -52L-86 0H86L34 -52Z", "cream")
    body += roof(0, -380, 330, 110, lift=54)
    body += rect(-170, -566, 340, 104, "cream") + rect(-170, -566, 340, 104, "url(#bricks)")
    for s in (-1, 1):
        body += column(s * 158, -566, 20, 104)
    body += path("M-40 -486Q-44 -546 0 -548Q44 -546 40 -486Z", "jade2")  # the bell
    body += rect(-46, -492, 92, 11, "jade", 5) + rect(-5, -562, 10, 16, "ink")
    for s in (-1, 1):
        body += doors(s * 104 - 32, -550, 64, 82, 2)
    body += roof(0, -566, 270, 126, lift=50) + ridge_sun(0, -702, 22)
    out += path("M-260 806H2180V1240H-260Z", "sand2")
    out += rect(-260, 806, 2440, 60, "url(#bricks)")
    out += ellipse(960, 834, 700, 24, "ink", 'opacity=".18"') + at(960, 830, body)
    out += path("M-260 912Q960 872 2180 912V1240H-260Z", "#6f9a93")
    out += path("M-260 912Q960 872 2180 912V926Q960 886 -260 926Z", "stone") + ripples(925, 300)
    out += glints(960, 930, 230, 150, C["gold2"], 5)
    rnd = random.Random(4)
    for x in range(-40, 1960, 116):
        y = 968 + rnd.uniform(-14, 70)
        out += lotus_leaf(x + rnd.uniform(-30, 30), y, rnd.uniform(66, 110),
                          rnd.choice(["jade", "jade2", "leaf"]))
    for x, y, r in ((330, 940, 70), (640, 1010, 84), (1290, 1000, 86), (1610, 950, 70), (960, 1030,
                    92), (90, 1010, 76), (1850, 1020, 80)):
        out += line(f"M{x} {y}V1100", "jade2", 8) + lotus(x, y, r)
    return svg("Three-door gate of a pagoda", out, [air])


def communal_house():
    air, back = sky("#86b3c6", "#f6e3bd")
    out = back + cloud(90, 190, 500, opacity=.75) + cloud(1340, 250, 480, opacity=.75)
    out += cloud(760, 110, 300, opacity=.5) + treeline(650, 170, "#8fb096", 21)
    out += treeline(700, 110, "jade", 22)
    body = steps(0, -34, 660, 3) + rect(-680, -60, 1360, 30, "stone")
    body += rect(-610, -290, 1220, 232, "wood2")
    body += doors(-196, -270, 392, 212, 6)
    for s in (-1, 1):
        body += doors(s * 310 - 86, -262, 172, 204, 3) + doors(s * 504 - 80, -262, 160, 204, 3)
        for x in (208, 408, 592):
            body += column(s * x, -300, 34, 244)
    body += rect(-620, -306, 1240, 34, "maroon")
    for k in range(-9, 10):
        body += circle(k * 66, -289, 8, "gold")
    body += rect(-120, -330, 240, 52, "maroon", 6) + rect(-110, -322, 220, 36, "gold", 5)
    body += rect(-102, -315, 204, 22, "maroon", 3)
    body += roof(0, -296, 800, 310, ridge=430, lift=120) + ridge_sun(0, -618, 34)
    for s in (-1, 1):  # the scrolls of stone beside the stairs
        body += path(f"M{s * 214} 10V-56H{s * 240}Q{s * 262} -8 {s * 330} 10Z", "stone2")
        body += circle(s * 230, -60, 26, "stone2") + circle(s * 230, -60, 15, "stone")
    out += path("M-260 812H2180V1240H-260Z", "clay2")
    for i, y in enumerate((830, 862, 904, 958, 1026)):
        out += rect(-260, y, 2440, 3 + i, "terra", 0, 'opacity=".35"')
    for k in range(-16, 17):
        out += line(f"M{960 + k * 62} 812L{960 + k * 150} 1090", "terra", 3, 'opacity=".3"')
    out += ellipse(960, 846, 800, 26, "ink", 'opacity=".2"') + at(960, 836, body)
    for x, h, s in ((130, 560, 2), (1790, 560, 3), (-10, 640, 5), (1930, 640, 6)):
        out += palm(x, 930, h, seed=s) + ellipse(x, 930, 52, 15, "jade2")
    for x, y, h, robe in ((760, 958, 152, "indigo"), (846, 974, 160, "maroon"), (1170, 966, 156,
                          "jade2")):
        out += ellipse(x, y, 50, 9, "ink", 'opacity=".22"') + person(x, y, h, robe)
    for x in (330, 1590):
        out += rect(x - 64, 930, 128, 96, "terra", 10) + rect(x - 76, 920, 152, 24, "clay", 8)
        for a in (-60, -30, 0, 30, 60):
            out += at(x, 922, path("M0 0Q-26 -70 0 -150Q26 -70 0 0Z", "jade"), turn=a)
        for a in (-45, 0, 42):
            out += at(x, 922, circle(0, -150, 17, "gold") + circle(0, -150, 8, "clay"), turn=a)
    return svg("Communal house", out, [air])


def banyan_courtyard():
    air, back = sky("#a9cbbd", "#fdf0c9")
    out = back + sun(560, 300, 76) + cloud(80, 210, 380, opacity=.7) + cloud(1180, 150, 330,
                                                                              opacity=.5)
    out += treeline(670, 120, "#9cbf98", 31) + field(720, 1000, ["lime", "leaf"], 5)
    house = rect(-330, -180, 660, 184, "wood2") + doors(-140, -170, 280, 172, 4)
    for s in (-1, 1):
        house += doors(s * 236 - 76, -166, 152, 168, 2) + column(s * 152, -190, 26, 192)
        house += column(s * 318, -190, 26, 192)
    house += roof(0, -176, 440, 186, ridge=240, lift=70) + ridge_sun(0, -370, 22)
    house += steps(0, 2, 360, 2)
    out += path("M-260 800Q960 770 2180 800V1240H-260Z", "#d9b27a")
    out += at(760, 812, house)
    trunk = ("M1130 890Q1190 800 1180 640Q1150 560 1080 480L1112 462Q1180 520 1216 560Q1230 470 1216"
             " 390L1254 386Q1262 470 1262 548Q1320 500 1360 430L1394 452Q1350 540 1312 600Q1296 760 "
             "1390 890Q1330 870 1300 884Q1270 862 1240 886Q1190 868 1130 890Z")
    crown = ""
    rnd = random.Random(11)
    for x, y, r, f in ((1000, 420, 150, "jade2"), (1480, 420, 170, "jade2"), (1250, 300, 220,
                       "jade2"), (1120, 330, 150, "jade"), (1400, 320, 160, "jade"), (1250, 220, 150,
                       "jade"), (1010, 390, 96, "leaf"), (1470, 370, 104, "leaf"), (1180, 240, 96,
                       "leaf"), (1350, 240, 90, "leaf")):
        crown += circle(x, y, r, f)
        for _ in range(14):
            a = rnd.uniform(0, 6.28)
            crown += circle(x + math.cos(a) * r * .86, y + math.sin(a) * r * .8, r * .2, f)
    for _ in range(70):
        a, k = rnd.uniform(0, 6.28), rnd.random() ** .5
        crown += bamboo_leaf(1245 + math.cos(a) * 330 * k, 330 + math.sin(a) * 190 * k,
                             rnd.uniform(26, 44), rnd.uniform(0, 180), rnd.choice(["lime", "leaf",
                                                                                   "jade3"]))
    roots = "".join(line(f"M{x} {y}Q{x + d} {y + 150} {x + d * .4} {y + h}", "wood", 5)
                    for x, y, d, h in ((1040, 500, 12, 250), (1100, 520, -8, 210), (1420, 500, 10,
                    260), (1476, 520, -14, 200), (1366, 520, 8, 220)))
    out += ellipse(1270, 892, 330, 34, "ink", 'opacity=".2"') + roots + path(trunk, "wood")
    out += path("M1216 880Q1240 760 1226 620Q1250 760 1262 880Z", "wood2")
    out += path("M1190 640Q1216 700 1196 800Q1236 700 1210 600Z", "clay", 'opacity=".4"') + crown
    # the well and its yard
    out += ellipse(880, 985, 300, 54, "clay2") + ellipse(880, 985, 300, 54, "url(#bricks)")
    out += rect(760, 880, 240, 96, "stone") + ellipse(880, 976, 120, 26, "stone")
    out += rect(760, 880, 240, 96, "url(#bricks)") + ellipse(880, 880, 120, 28, "sand")
    out += ellipse(880, 882, 96, 20, "indigo") + ellipse(866, 880, 48, 8, "mist")
    out += person(1050, 1000, 190, "maroon")
    for x in (1092, 1002):
        out += line(f"M{x} 866L{x} 940", "wood2", 4)
    out += line("M980 868Q1050 846 1116 868", "wood2", 9)
    out += path("M1066 936h52l-8 48h-36Z", "wood") + path("M976 936h52l-8 48h-36Z", "wood")
    out += path("M-260 1010Q200 950 560 1050T1500 1050Q1800 960 2180 1000V1240H-260Z", "leaf")
    out += rice_row(1120, 84, "jade", 14, 52, "gold2")
    out += egret(380, 420, .6) + egret(300, 460, .45)
    return svg("Banyan tree and well", out, [air])


def reed(x, y, h, lean, stem, head):
    tip_x, tip_y = x + lean, y - h
    out = line(f"M{n(x)} {n(y)}Q{n(x)} {n(y - h * .6)} {n(tip_x)} {n(tip_y)}", stem, 5)
    out += path(f"M{n(tip_x)} {n(tip_y + 60)}q-26 -60 {n(lean * .4)} -150q34 90 {n(-lean * .4)} 150Z",
                head)
    for k in (.35, .55):
        out += line(f"M{n(x)} {n(y - h * k)}q{n(lean)} {n(-h * .16)} {n(lean * 2 + 20)} {n(-h * .1)}",
                    stem, 5)
    return out


def stele_house():
    air, back = sky("#3d2b4f", "#e89a5b")
    out = back + rect(-260, 300, 2440, 480, "url(#dusk)") + sun(960, 560, 150, "gold2")
    out += cloud(150, 300, 460, "clay2", .45) + cloud(1320, 240, 480, "clay2", .45)
    out += treeline(740, 90, "#7d4a45", 41) + treeline(780, 70, "maroon", 42)
    out += path("M-260 800H2180V1240H-260Z", "#6b3a32") + ripples(820, 260)
    rnd = random.Random(7)
    for _ in range(46):
        x = rnd.uniform(-60, 1980)
        if abs(x - 960) > 330:
            out += reed(x, 900, rnd.uniform(150, 320), rnd.uniform(10, 60), "wood2", "#c99a68")
    base = steps(0, -24, 300, 4, 22)
    base += rect(-320, -50, 640, 30, "stone")
    for s in (-1, 1):
        base += column(s * 250, -390, 40, 344) + column(s * 150, -380, 26, 334, "wood2")
    base += rect(-270, -400, 540, 36, "maroon")
    for k in range(-4, 5):
        base += circle(k * 58, -382, 8, "gold")
    # the stele on its tortoise
    base += path("M-150 -50Q-150 -116 -60 -124H70Q140 -120 150 -96Q186 -112 196 -84Q190 -62 156 -66L"
                 "150 -50Z", "stone2") + circle(178, -88, 5, "ink")
    base += path("M-104 -118V-290Q-104 -352 0 -356Q104 -352 104 -290V-118Z", "stone")
    base += path("M-86 -122V-284Q-86 -334 0 -338Q86 -334 86 -284V-122Z", "sand2")
    base += circle(0, -294, 24, "clay") + circle(0, -294, 15, "gold2")
    for s in (-1, 1):
        base += line(f"M{s * 30} -292q{s * 22} -20 {s * 42} 0", "clay", 7)
    for k in range(5):
        for r in range(7):
            base += rect(-62 + k * 28, -258 + r * 18, 12, 10, "stone2", 2, 'opacity=".7"')
    base += roof(0, -396, 390, 120, lift=70)
    base += rect(-150, -560, 300, 50, "maroon") + roof(0, -548, 260, 130, lift=56)
    base += ridge_sun(0, -688, 22)
    out += path("M-260 930Q960 860 2180 930V1240H-260Z", "maroon")
    out += at(960, 890, base)
    out += path("M760 980H1160L1330 1240H590Z", "clay2", 'opacity=".55"')
    out += rect(890, 940, 140, 46, "wood", 8) + ellipse(960, 940, 78, 16, "gold")
    for dx, dy in ((-20, 80), (0, 100), (22, 84)):
        out += line(f"M{960 + dx * .4} 938L{960 + dx} {938 - dy}", "terra", 5)
        out += circle(960 + dx, 938 - dy, 5, "gold2")
    for _ in range(38):
        x = rnd.uniform(-80, 2000)
        if abs(x - 960) > 300:
            out += reed(x, 1110, rnd.uniform(220, 420), rnd.uniform(14, 80), "#3a1a16",
                        rnd.choice(["sand2", "#d7a877", "clay2"]))
    dusk = vertical("dusk", (0, "clay", 0), (1, "gold", .75))
    return svg("Stele house among the reeds", out, [air, dusk])
