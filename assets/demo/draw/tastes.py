"""Soybean sauce, longans, lotus and a tray of local products."""
import math
import random

from brush import *  # noqa: F403


def jar(h, clay="terra", lid=True):
    """A brown glazed sauce jar standing on (0, 0)."""
    w = h * .42
    shape = (f"M{n(-w * .55)} 0Q{n(-w * 1.16)} {n(-h * .34)} {n(-w)} {n(-h * .64)}Q{n(-w * .9)} "
             f"{n(-h * .84)} {n(-w * .62)} {n(-h * .88)}H{n(w * .62)}Q{n(w * .9)} {n(-h * .84)} {n(w)} "
             f"{n(-h * .64)}Q{n(w * 1.16)} {n(-h * .34)} {n(w * .55)} 0Z")
    out = ellipse(0, 0, w * .9, h * .05, "ink", 'opacity=".25"') + path(shape, clay)
    out += path(f"M{n(w * .1)} 0H{n(w * .55)}Q{n(w * 1.16)} {n(-h * .34)} {n(w)} {n(-h * .64)}Q{n(w * .9)}"
                f" {n(-h * .84)} {n(w * .62)} {n(-h * .88)}H{n(w * .3)}Q{n(w * .76)} {n(-h * .5)} "
                f"{n(w * .1)} 0Z", "ink", 'opacity=".2"')
    out += path(f"M{n(-w * .66)} {n(-h * .72)}Q{n(-w * .92)} {n(-h * .5)} {n(-w * .74)} {n(-h * .24)}"
                f"Q{n(-w * .62)} {n(-h * .5)} {n(-w * .5)} {n(-h * .74)}Z", "clay2", 'opacity=".75"')
    out += line(f"M{n(-w * .97)} {n(-h * .6)}Q0 {n(-h * .52)} {n(w * .97)} {n(-h * .6)}", "gold",
                h * .016, 'opacity=".8"')
    out += rect(-w * .68, -h * .93, w * 1.36, h * .07, "maroon", h * .03)
    if lid:
        out += path(f"M0 {n(-h * 1.2)}Q{n(w * .5)} {n(-h * 1.1)} {n(w * 1.14)} {n(-h * .93)}Q0 "
                    f"{n(-h * .84)} {n(-w * 1.14)} {n(-h * .93)}Q{n(-w * .5)} {n(-h * 1.1)} 0 "
                    f"{n(-h * 1.2)}Z", "straw")
        for k in (-.6, -.2, .2, .6):
            out += line(f"M0 {n(-h * 1.18)}Q{n(w * k * .6)} {n(-h * 1.05)} {n(w * k * 1.5)} "
                        f"{n(-h * .91)}", "wood", 2.5, 'opacity=".55"')
        out += circle(0, -h * 1.2, h * .025, "wood")
    return out


def sauce_bowl(x, y, r):
    out = path(f"M{n(-r)} 0Q{n(-r * .8)} {n(r * .62)} {n(-r * .3)} {n(r * .66)}H{n(r * .3)}Q{n(r * .8)} "
               f"{n(r * .62)} {n(r)} 0Z", "cream")
    out += path(f"M{n(-r * .93)} {n(r * .2)}Q0 {n(r * .46)} {n(r * .93)} {n(r * .2)}L{n(r * .86)} "
                f"{n(r * .34)}Q0 {n(r * .58)} {n(-r * .86)} {n(r * .34)}Z", "indigo")
    out += ellipse(0, 0, r, r * .28, "sand") + ellipse(0, 2, r * .88, r * .22, "#b8722c")
    out += ellipse(-r * .25, -2, r * .36, r * .07, "gold", 'opacity=".8"')
    return at(x, y, out)


def sauce_jars():
    air, back = sky("#eeb65c", "#fdf0c8")
    out = back + sun(960, 250, 130) + cloud(170, 200, 380, opacity=.7) + cloud(1430, 170, 380,
                                                                               opacity=.7)
    out += treeline(560, 130, "#b6c08a", 101) + treeline(600, 90, "jade3", 102)
    for x, w in ((250, 420), (1670, 420)):
        out += at(x, 690, rect(-w * .44, -150, w * .88, 154, "sand") + doors(-w * .2, -136, w * .4, 140,
                  4) + roof(0, -146, w * .56, 120, lift=24, ridge=w * .44))
    out += rect(560, 560, 800, 130, "sand2") + rect(560, 560, 800, 130, "url(#bricks)")
    out += rect(550, 548, 820, 18, "terra", 4)
    for x, h, s in ((520, 330, 4), (1400, 340, 5)):
        out += palm(x, 690, h, seed=s)
    out += path("M-260 688H2180V1240H-260Z", "clay2") + rect(-260, 688, 2440, 560, "url(#bricks)")
    rows = ((742, 132, 128, 0), (818, 176, 172, 86), (920, 236, 240, 120), (1056, 320, 352, 0))
    rnd = random.Random(2)
    for y, h, step, off in rows:
        x = -3 * step + off + 960 - 960 // step * step
        while x < 2100:
            if not (y > 1000 and abs(x - 960) < 150):
                out += at(x, y, jar(h, rnd.choice(["terra", "brick", "terra", "#7a3a20"])))
            x += step
    out += at(960, 1060, jar(330, "terra", lid=False))
    out += ellipse(960, 1060 - 304, 80, 16, "#b8722c")
    out += line("M1000 758L1120 600", "wood", 16) + ellipse(1000, 756, 30, 12, "wood2")
    return svg("Jars of soybean sauce in the sun", out, [air])


def longan_fruit(x, y, r):
    out = circle(0, 0, r * 1.05, "wood2") + circle(0, 0, r, "#b07a3c") + path(f"M{n(-r * .95)} {n(r * .3)}A{n(r)} {n(r)} 0 0 0 {n(r)} 0"
                                            f"A{n(r)} {n(r * .7)} 0 0 1 {n(-r * .95)} {n(r * .3)}Z",
                                            "wood", 'opacity=".65"')
    for a, k in ((20, .3), (110, .5), (200, .45), (290, .55), (340, .7), (70, .7)):
        rad = math.radians(a)
        out += circle(math.cos(rad) * r * k, math.sin(rad) * r * k, r * .05, "wood2",
                      'opacity=".5"')
    return at(x, y, out + ellipse(-r * .32, -r * .36, r * .24, r * .16, "gold2", 'opacity=".75"')
              + circle(0, -r * .92, r * .14, "wood2"))


def open_longan(x, y, r):
    """A fruit half out of its shell."""
    out = ellipse(0, r * .98, r * .9, r * .12, "ink", 'opacity=".2"')
    out += circle(0, -r * .1, r * .86, "#fdf6e4")
    out += circle(r * .06, -r * .02, r * .5, "sand2", 'opacity=".5"')
    out += path(f"M{n(-r * .56)} {n(-r * .4)}Q{n(-r * .3)} {n(-r * .84)} {n(r * .1)} {n(-r * .8)}Q"
                f"{n(-r * .34)} {n(-r * .6)} {n(-r * .56)} {n(-r * .4)}Z", "white")
    out += path(f"M{n(-r)} {n(-r * .02)}L{n(-r * .7)} {n(r * .14)}L{n(-r * .5)} {n(-r * .06)}L"
                f"{n(-r * .2)} {n(r * .2)}L{n(r * .08)} {n(-r * .02)}L{n(r * .4)} {n(r * .2)}L{n(r * .66)} "
                f"{n(-r * .08)}L{n(r)} {n(r * .04)}A{n(r)} {n(r)} 0 0 1 {n(-r)} {n(-r * .02)}Z", "#a06c33")
    out += path(f"M{n(r)} {n(r * .04)}A{n(r)} {n(r)} 0 0 1 {n(-r * .6)} {n(r * .8)}Q{n(r * .6)} {n(r * .8)} "
                f"{n(r)} {n(r * .04)}Z", "wood", 'opacity=".6"')
    return at(x, y, out)


def cluster(x, y, r, rows, seed):
    rnd = random.Random(seed)
    out, fruit = "", []
    for row in range(rows):
        count = [2, 4, 5, 5, 4, 3, 2][min(row, 6)]
        for k in range(count):
            fx = (k - (count - 1) / 2) * r * 1.74 + rnd.uniform(-8, 8)
            fy = row * r * 1.5 + rnd.uniform(-10, 10)
            fruit.append((fx, fy))
    for fx, fy in fruit:
        out += line(f"M0 {n(-r * 3)}Q{n(fx * .5)} {n(fy - r * 2)} {n(fx)} {n(fy - r * .7)}", "wood", 6)
    for fx, fy in fruit:
        out += longan_fruit(fx, fy, r * rnd.uniform(.94, 1.04))
    return at(x, y, out)


def longan():
    air, back = sky("#dfe3ae", "#fbf1cf")
    out = back + circle(960, 500, 600, "url(#glow)")
    rnd = random.Random(9)
    for _ in range(60):
        x, y = rnd.uniform(-80, 2000), rnd.uniform(-80, 1140)
        out += at(x, y, branch_leaf(rnd.uniform(150, 260), "lime", "cream"),
                  turn=rnd.uniform(0, 360)).replace("<g ", '<g opacity=".35" ', 1)
    out += line("M-80 60Q400 190 900 110T2000 170", "wood2", 30)
    out += line("M-80 52Q400 182 900 102T2000 162", "clay", 6, 'opacity=".5"')
    for x0, y0, x1, y1 in ((960, 110, 960, 260), (480, 150, 420, 300), (1450, 110, 1520, 280)):
        out += line(f"M{x0} {y0}Q{x0} {(y0 + y1) / 2} {x1} {y1}", "wood2", 16)

    def spray(x, y, angles, size):
        body = ""
        for a in angles:
            body += at(x, y, branch_leaf(size * rnd.uniform(.85, 1.1), rnd.choice(["jade", "jade2",
                       "leaf"]), "jade3"), turn=a)
        return body
    out += spray(420, 300, (-160, 170, 130, 60, 20, -20), 260)
    out += spray(1520, 290, (-160, 160, 120, 50, 12, -24), 260)
    out += cluster(420, 450, 46, 5, 3) + cluster(1520, 440, 46, 5, 4)
    out += spray(960, 250, (-178, 168, 140, 40, 12, -4), 320) + spray(960, 190, (-150, -32), 260)
    out += cluster(960, 420, 56, 6, 5)
    out += path("M-260 1000Q960 930 2180 1000V1240H-260Z", "clay2")
    out += path("M-260 1000Q960 930 2180 1000V1016Q960 946 -260 1016Z", "sand")
    out += open_longan(1150, 930, 74) + longan_fruit(1036, 962, 50) + longan_fruit(800, 966, 52)
    out += ellipse(708, 984, 34, 24, "ink") + ellipse(698, 976, 9, 6, "cream")
    out += spray(120, 80, (40, 80, 120), 230) + spray(1800, 130, (60, 100, 140), 230)
    return svg("Ripe longans", out, [air])


def lotus_pond():
    air, back = sky("#f2c9b0", "#fdf1da")
    water = vertical("water", (0, "#a7c5b3"), (1, "#2c5a56"))
    out = back + sun(960, 300, 130) + cloud(180, 220, 420, opacity=.75) + cloud(1350, 170, 430,
                                                                              opacity=.75)
    out += treeline(520, 120, "#a9bf9b", 111) + treeline(560, 80, "jade3", 112)
    out += at(420, 566, rect(-100, -60, 200, 64, "wood2") + roof(0, -56, 150, 76, lift=32))
    out += rect(-260, 560, 2440, 700, "url(#water)") + ripples(570, 500)
    out += glints(960, 580, 250, 300, C["gold2"], 8, 26)
    rnd = random.Random(21)
    for y, size, count in ((600, 54, 19), (660, 80, 15), (740, 112, 11), (850, 150, 9), (985, 200, 7)):
        for k in range(count):
            x = -60 + 2040 * k / (count - 1) + rnd.uniform(-40, 40)
            out += lotus_leaf(x, y + rnd.uniform(-20, 20), size * rnd.uniform(.85, 1.15),
                              rnd.choice(["jade", "jade2", "leaf", "jade"]))
            if rnd.random() < .42:
                r = size * .62
                fx, fy = x + rnd.uniform(-50, 50), y - size * .66
                out += line(f"M{n(fx)} {n(fy)}V{n(y + 10)}", "jade2", size * .07) + lotus(fx, fy, r)
    out += at(1380, 742, boat(300, "wood", None, False, "gold")) + person(1350, 722, 128, "rose")
    for x, y, r in ((960, 900, 210), (560, 1000, 150), (1370, 1010, 160)):
        out += line(f"M{x} {y}Q{x + 14} {y + 90} {x} 1180", "jade2", 18) + lotus(x, y, r)
    out += line("M1140 1100Q1150 880 1128 770", "jade2", 12)
    out += path("M1128 790Q1074 730 1128 640Q1182 730 1128 790Z", "rose")
    out += path("M1128 790Q1104 730 1128 640Q1150 730 1128 790Z", "rose2")
    out += line("M764 1100Q756 930 778 850", "jade2", 12)
    out += path("M730 842H826Q818 902 778 906Q738 902 730 842Z", "leaf") + ellipse(778, 842, 48, 16,
                                                                                  "lime")
    for k in (-26, 0, 26):
        out += circle(778 + k, 841, 6, "jade2")
    return svg("Lotus pond", out, [air, water])


def local_products():
    cloth = vertical("air", (0, "#6b2a1d"), (1, "#43201a"))
    out = rect(-260, -160, 2440, 1400, "url(#air)")
    out += circle(960, 540, 700, "url(#glow)", 'opacity=".5"')
    for k in range(-4, 5):
        out += line(f"M{960 + k * 240} -60L{960 + k * 240} 1140", "gold", 2, 'opacity=".12"')
    for k in range(-2, 3):
        out += line(f"M-60 {540 + k * 240}L1980 {540 + k * 240}", "gold", 2, 'opacity=".12"')
    out += circle(972, 566, 492, "ink", 'opacity=".35"') + circle(960, 540, 490, "wood")
    out += circle(960, 540, 470, "straw") + circle(960, 540, 440, "sand") + circle(960, 540, 440,
                                                                                "url(#weave)",
                                                                                'opacity=".45"')
    for k in range(60):
        a = math.radians(k * 6)
        out += line(f"M{n(960 + math.cos(a) * 445)} {n(540 + math.sin(a) * 445)}L"
                    f"{n(960 + math.cos(a + .06) * 486)} {n(540 + math.sin(a + .06) * 486)}", "wood2",
                    4, 'opacity=".5"')
    rnd = random.Random(4)
    for a in range(0, 360, 30):
        out += at(960, 560, branch_leaf(rnd.uniform(330, 400), rnd.choice(["jade", "jade2"]), "jade3"),
                  turn=a + 10)
    out += at(960, 640, jar(400, "terra"))
    for k in range(9):
        out += at(1190, 640, line("M0 0L0 -330", "brick" if k % 2 else "clay", 10) + rect(
            -5, -40, 10, 80, "gold", 4), turn=-8 + k * 7)
    out += rect(1150, 560, 90, 44, "gold", 10)
    out += cluster(752, 620, 40, 4, 6)
    out += lotus(1180, 830, 130)
    for x, y, r in ((760, 850, 46), (850, 880, 46), (690, 800, 44)):
        out += longan_fruit(x, y, r)
    out += open_longan(940, 850, 62) + sauce_bowl(1010, 720, 92)
    for x in (250, 1670):
        for y in (300, 790):
            out += lotus_leaf(x, y + 70, 130, "jade2") + lotus(x, y + 60, 90, "clay", "clay2")
    return svg("A tray of local products", out, [cloth])
