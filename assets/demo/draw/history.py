"""The physician's table, the old port and the river temple."""
import random

from brush import *  # noqa: F403


def window_moon(cx, cy, r):
    out = circle(cx, cy, r + 26, "wood2") + circle(cx, cy, r, "sky")
    out += f'<clipPath id="pane"><circle cx="{cx}" cy="{cy}" r="{r}"/></clipPath>'
    inner = rect(cx - r, cy - r, 2 * r, 2 * r, "#f6e6bd") + circle(cx + 90, cy - 80, 60, "gold2")
    inner += path(f"M{cx - r} {cy + 70}Q{cx - 60} {cy + 10} {cx + r} {cy + 80}V{cy + r}H{cx - r}Z",
                  "jade3")
    inner += bamboo(cx - 110, cy + r, 420, 90, "jade", "leaf", 5, 18)
    inner += bamboo(cx - 170, cy + r, 380, 150, "jade2", "jade", 9, 18)
    return out + f'<g clip-path="url(#pane)">{inner}</g>'


def herb_bunch(x, y, kind, seed):
    rnd = random.Random(seed)
    out = line("M0 -120V0", "sand2", 4)
    for _ in range(16):
        a, length = rnd.uniform(60, 120), rnd.uniform(110, 190)
        out += at(0, 0, branch_leaf(length * .5, kind, "jade3") if rnd.random() < .6 else
                  line(f"M0 0L{n(length)} 0", kind, 5) + circle(length, 0, 11, "gold"), turn=a)
    out += rect(-26, -12, 52, 30, "terra", 8)
    return at(x, y, out)


def book(x, y, w, h, cover, turn=0):
    out = rect(0, 0, w, h, cover, 5) + rect(w * .06, h * .78, w * .9, h * .14, "cream")
    out += rect(w * .06, h * .06, w * .03, h * .66, "gold2")
    return at(x, y, out, turn=turn)


def medicine_books():
    wall = vertical("air", (0, "#5d2419"), (1, "#8a4a2e"))
    out = rect(-260, -160, 2440, 1400, "url(#air)")
    for x in range(-200, 2200, 160):
        out += rect(x, -160, 4, 1000, "ink", 0, 'opacity=".18"')
    out += window_moon(960, 350, 250)
    out += rect(-260, 60, 2440, 26, "wood2")
    for x, k, s in ((250, "jade", 1), (430, "leaf", 2), (600, "jade3", 3), (1330, "leaf", 4), (1500,
                    "jade3", 5), (1680, "jade", 6)):
        out += herb_bunch(x, 190, k, s)
    for s, x0 in ((-1, 30), (1, 1500)):  # the drawers of the medicine chest
        out += rect(x0, 470, 390, 330, "wood2", 8)
        for r in range(3):
            for c in range(4):
                out += rect(x0 + 16 + c * 92, 486 + r * 102, 82, 92, "wood", 5)
                out += rect(x0 + 34 + c * 92, 500 + r * 102, 46, 30, "sand", 3)
                out += circle(x0 + 57 + c * 92, 552 + r * 102, 9, "gold")
    out += rect(-260, 790, 2440, 40, "clay") + rect(-260, 826, 2440, 420, "wood2")
    out += rect(-260, 790, 2440, 10, "gold2", 0, 'opacity=".5"')
    # an open book with lines of writing drawn as plain strokes
    out += path("M690 796Q810 720 958 782Q1110 720 1230 796L1206 640Q1090 590 960 640Q830 590 714 640"
                "Z", "cream")
    out += path("M690 796Q810 720 958 782L960 640Q830 590 714 640Z", "sand")
    out += line("M960 642V782", "sand2", 5)
    for k in range(8):
        x = 736 + k * 27
        out += line(f"M{x} {650 - k * 3}L{x - 6} {756 - k * 4}", "wood", 6,
                    'stroke-dasharray="10 8" opacity=".75"')
        x = 990 + k * 27
        out += line(f"M{x} {628 + k * 3}L{x + 5} {736 + k * 5}", "wood", 6,
                    'stroke-dasharray="10 8" opacity=".75"')
    for i, cover in enumerate(("indigo", "jade2", "maroon", "indigo", "terra")):
        out += book(470 - (i % 2) * 12, 754 - i * 42, 200, 42, cover)
    for i, cover in enumerate(("maroon", "indigo", "jade2")):
        out += book(1266 + (i % 2) * 10, 754 - i * 42, 190, 42, cover)
    # mortar, pestle, slices of root
    out += path("M1270 560H1440Q1436 640 1392 664H1318Q1274 640 1270 560Z", "stone")
    out += ellipse(1355, 560, 85, 18, "sand2") + ellipse(1355, 562, 66, 11, "jade2")
    out += line("M1372 556L1436 456", "stone2", 24)
    for y in (946, 992, 1034):
        out += line(f"M-260 {y}Q400 {y - 14} 900 {y}T2180 {y}", "wood", 4, 'opacity=".8"')
    for x, y, r in ((620, 880, 44), (720, 906, 36), (1210, 884, 42), (1310, 910, 34)):
        out += ellipse(x, y, r * 1.3, r * .62, "sand2") + ellipse(x, y - 5, r, r * .42, "straw")
        out += ellipse(x, y - 5, r * .5, r * .2, "clay")
    out += ellipse(960, 900, 190, 48, "ink", 'opacity=".3"')
    out += ellipse(960, 888, 180, 46, "sand2") + ellipse(960, 882, 156, 36, "cream")
    rnd = random.Random(3)
    for _ in range(26):
        out += at(960 + rnd.uniform(-110, 110), 880 + rnd.uniform(-18, 18), branch_leaf(
            rnd.uniform(34, 60), rnd.choice(["jade", "leaf", "jade2"]), "lime"),
            turn=rnd.uniform(0, 360))
    for x, y in ((930, 872), (990, 888), (960, 896), (1030, 874), (890, 886)):
        out += circle(x, y, 11, "brick") + circle(x - 3, y - 3, 4, "rose2")
    return svg("A physician's table", out, [wall])


def shop(x, y, w, h, wall, floors, seed):
    rnd = random.Random(seed)
    out = rect(x, y - h, w, h, wall) + rect(x, y - h, w, h, "url(#fall)")
    fh = h / floors
    for f in range(floors):
        fy = y - h + f * fh
        if f == floors - 1:
            out += doors(x + w * .14, fy + fh * .22, w * .72, fh * .78, 4, "clay")
            out += path(f"M{n(x)} {n(fy + fh * .2)}h{n(w)}l18 34h{n(-w - 36)}Z", "straw")
        else:
            for k in range(2):
                wx = x + w * (.14 + .42 * k)
                out += rect(wx, fy + fh * .26, w * .3, fh * .5, "wood2", 4)
                out += rect(wx + 6, fy + fh * .3, w * .13, fh * .42, "jade", 2)
                out += rect(wx + w * .3 - 6 - w * .13, fy + fh * .3, w * .13, fh * .42, "jade", 2)
            out += rect(x - 6, fy + fh * .92, w + 12, 12, "maroon")
    out += roof(x + w / 2, y - h + 6, w * .6, 74 + rnd.uniform(0, 18), ridge=w * .46, lift=18)
    return out


def hung_lantern(x, y, r, fill="brick"):
    out = line(f"M{n(x)} {n(y - r * 1.9)}V{n(y)}", "ink", 3) + circle(x, y, r * 2, "url(#glow)",
                                                                     'opacity=".6"')
    out += ellipse(x, y, r, r * .86, fill) + ellipse(x, y, r * .5, r * .86, "clay2",
                                                    'opacity=".75"')
    out += rect(x - r * .4, y - r, r * .8, r * .22, "gold", 2) + rect(x - r * .4, y + r * .78, r * .8,
                                                                      r * .22, "gold", 2)
    return out + line(f"M{n(x)} {n(y + r)}v{n(r * .8)}", "gold", 4)


def old_port():
    air, back = sky("#f0c58a", "#fdf0cf")
    water = vertical("water", (0, "#a9b79a"), (1, "#3f6f73"))
    sky_part = back + sun(960, 300, 96) + cloud(1280, 180, 420, opacity=.7)
    clouds = cloud(140, 210, 460, opacity=.75) + cloud(620, 130, 280, opacity=.5)
    town = treeline(560, 120, "#a8a878", 51)
    specs = ((-240, 210, 270, "sand", 2), (-20, 190, 320, "cream", 2), (180, 220, 250, "clay2", 1),
             (410, 180, 330, "sand", 2), (600, 200, 280, "cream", 2), (1150, 200, 300, "cream", 2),
             (1360, 210, 250, "sand", 1), (1580, 190, 330, "clay2", 2), (1780, 220, 280, "cream", 2),
             (2010, 200, 260, "sand", 1))
    for i, (x, w, h, wall, floors) in enumerate(specs):
        town += shop(x, 690, w, h, wall, floors, i)
    gate_body = rect(-160, -250, 320, 254, "sand") + rect(-160, -250, 320, 254, "url(#bricks)")
    gate_body += path("M-80 0V-100A80 80 0 0 1 80 -100V0Z", "wood2")
    gate_body += path("M-66 0V-98A66 66 0 0 1 66 -98V0Z", "gold2")
    gate_body += roof(0, -248, 220, 90, lift=42)
    gate_body += rect(-96, -400, 192, 74, "cream") + doors(-60, -392, 120, 62, 4)
    gate_body += roof(0, -392, 160, 92, lift=36) + ridge_sun(0, -490, 16)
    town += at(976, 690, gate_body)
    for x in (470, 700, 800, 1160, 1250, 1450):
        town += hung_lantern(x, 520, 20)
    town += rect(-260, 686, 2440, 64, "stone") + rect(-260, 686, 2440, 64, "url(#bricks)")
    town += rect(-260, 682, 2440, 12, "sand")
    for k in range(4):
        town += rect(880 - k * 22, 694 + k * 15, 192 + k * 44, 16, "sand" if k % 2 else "sand2")
    for x, h, robe in ((330, 92, "maroon"), (560, 88, "indigo"), (760, 96, "jade2"), (920, 94,
                       "maroon"), (1030, 90, "indigo"), (1210, 94, "maroon"), (1500, 92, "jade2")):
        town += person(x, 694, h, robe)
    for x in (640, 672, 656, 1320, 1352, 1386):
        y = 656 if x in (656, 1352) else 688
        town += path(f"M{x - 18} {y}q-6 -26 6 -36h24q12 10 6 36Z", "terra")
    river = rect(-260, 742, 2440, 500, "url(#water)") + ripples(752, 340)
    river += glints(960, 760, 260, 300, C["gold2"], 9, 34)
    def moored(x, y, length, hull, sail, flip=False):
        shadow = ellipse(0, 18, length * .48, 13, "ink", 'opacity=".22"')
        return at(x, y, shadow + boat(length, hull, sail, trim="gold"), flip=flip)
    return svg("The old port", layer("sky", sky_part) + layer("clouds", clouds)
               + layer("far", town) + layer("river", river)
               + layer("boat-left", moored(560, 860, 430, "wood", "clay"))
               + layer("boat-right", moored(1370, 850, 400, "maroon", "sand", True))
               + layer("boat-near", moored(980, 990, 560, "wood2", "brick")), [air, water])


def river_temple():
    air, back = sky("#7fa9bb", "#fbe9c4")
    water = vertical("water", (0, "#9fc0b5"), (1, "#2f5d66"))
    out = back + cloud(120, 170, 480, opacity=.8) + cloud(1360, 230, 430, opacity=.75)
    out += cloud(800, 90, 260, opacity=.5) + sun(1500, 320, 60)
    out += treeline(560, 150, "#8db39b", 61) + treeline(640, 120, "jade", 62)

    def house(w, h):
        b = rect(-w * .72, -h * .62, w * 1.44, h * .66, "wood2")
        b += doors(-w * .6, -h * .56, w * 1.2, h * .58, 6)
        for s in (-1, 1):
            b += column(s * w * .68, -h * .62, w * .06, h * .66)
        return b + roof(0, -h * .56, w, h * .62, ridge=w * .58, lift=w * .2)
    rows = ((560, .62, (180, 440, 700, 960, 1220, 1480, 1740)), (650, .8, (300, 630, 960, 1290, 1620)),
            (770, 1.05, (130, 545, 1375, 1790)))
    for y, k, xs in rows:
        for x in xs:
            out += at(x, y, house(170 * k, 190 * k))
        out += rect(-260, y, 2440, 60, "#c9b27f" if y > 700 else "jade3")
    out += rect(-260, 776, 2440, 70, "sand2") + rect(-260, 776, 2440, 70, "url(#bricks)")
    out += at(960, 800, house(300, 300) + ridge_sun(0, -358, 24)) + steps(960, 800, 240, 4, 15)
    out += rect(-260, 848, 2440, 400, "url(#water)") + ripples(856, 260)
    out += steps(960, 846, 300, 2, 14)
    out += glints(960, 880, 300, 180, C["cream"], 12, 30)
    for x, h, s in ((40, 520, 3), (1880, 540, 4)):
        out += palm(x, 800, h, seed=s)
    out += at(520, 985, boat(360, "maroon", None, True, "gold"))
    out += at(1400, 975, boat(330, "wood", None, True, "gold"), flip=True)
    out += ellipse(520, 1000, 180, 11, "ink", 'opacity=".22"') + ellipse(1400, 990, 165, 11, "ink",
                                                                       'opacity=".22"')
    for x in (450, 640):
        out += person(x, 962, 104, "indigo")
    out += person(1330, 955, 96, "brick")
    rnd = random.Random(2)
    for x in (-20, 110, 230, 740, 960, 1170, 1660, 1790, 1930):
        out += lotus_leaf(x, 1050 + rnd.uniform(-20, 14), rnd.uniform(60, 96))
    for x in (60, 870, 1040, 1720):
        out += line(f"M{x} 1010V1070", "jade2", 7) + lotus(x, 1014, 58)
    return svg("Curved roofs beside the river", out, [air, water])
