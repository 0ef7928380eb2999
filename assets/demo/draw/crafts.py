"""Toys, incense, fish traps, silver and chrysanthemums."""
import math
import random

from brush import *  # noqa: F403


def lion_head(x, y, r):
    """The papier-mache lion head of the Mid-Autumn dance."""
    out = ""
    for k in range(26):  # the mane
        a = math.radians(k * 360 / 26)
        out += at(math.cos(a) * r * .92, math.sin(a) * r * .86, circle(0, 0, r * .22, "cream" if k % 2
                                                                      else "gold2"))
    out += ellipse(0, 0, r, r * .94, "brick") + ellipse(0, r * .1, r * .9, r * .82, "#c2523a")
    for s in (-1, 1):
        out += at(s * r * .82, -r * .62, ellipse(0, 0, r * .26, r * .17, "brick") + ellipse(
            0, 0, r * .16, r * .09, "gold2"), turn=s * -36)
        for k in range(5):
            out += circle(s * r * (.26 + k * .14), -r * (.66 - k * .05), r * .075, "gold")
        out += ellipse(s * r * .42, -r * .2, r * .29, r * .3, "cream")
        out += ellipse(s * r * .42, -r * .2, r * .25, r * .26, "jade")
        out += circle(s * r * .42, -r * .18, r * .17, "cream") + circle(s * r * .41, -r * .16, r * .11,
                                                                       "ink")
        out += circle(s * r * .38, -r * .21, r * .035, "white")
        out += line(f"M{n(s * r * .16)} {n(-r * .46)}Q{n(s * r * .44)} {n(-r * .66)} {n(s * r * .74)} "
                    f"{n(-r * .42)}", "gold", r * .08)
        out += circle(s * r * .66, r * .2, r * .16, "rose") + circle(s * r * .66, r * .2, r * .08,
                                                                    "rose2")
        out += line(f"M{n(s * r * .7)} {n(r * .42)}q{n(s * r * .2)} {n(-r * .06)} {n(s * r * .16)} "
                    f"{n(-r * .24)}", "gold", r * .04)
    out += ellipse(0, r * .1, r * .22, r * .16, "jade2") + ellipse(0, r * .05, r * .15, r * .08, "jade3")
    out += path(f"M{n(-r * .72)} {n(r * .38)}Q0 {n(r * .2)} {n(r * .72)} {n(r * .38)}Q{n(r * .6)} "
                f"{n(r * .84)} 0 {n(r * .88)}Q{n(-r * .6)} {n(r * .84)} {n(-r * .72)} {n(r * .38)}Z",
                "maroon")
    out += path(f"M{n(-r * .36)} {n(r * .66)}Q0 {n(r * .46)} {n(r * .36)} {n(r * .66)}Q{n(r * .2)} "
                f"{n(r * .98)} 0 {n(r)}Q{n(-r * .2)} {n(r * .98)} {n(-r * .36)} {n(r * .66)}Z", "rose")
    for k in range(7):
        xx = (-.54 + k * .18) * r
        yy = r * .36 - abs(k - 3) * -.012 * r - (.06 * r if abs(k - 3) < 2 else 0)
        out += rect(xx - r * .065, yy, r * .13, r * .14, "cream", 4)
    for k in range(-4, 5):
        out += path(f"M{n(k * r * .17 - r * .08)} {n(r * .86)}q{n(r * .08)} {n(r * .34)} {n(r * .16)} 0Z",
                    "cream" if k % 2 else "gold2")
    out += circle(0, -r * .62, r * .2, "gold") + circle(0, -r * .62, r * .13, "mist")
    out += circle(-r * .04, -r * .66, r * .05, "white")
    out += path(f"M0 {n(-r * .84)}q{n(-r * .14)} {n(-r * .2)} 0 {n(-r * .42)}q{n(r * .14)} {n(r * .22)} 0 "
                f"{n(r * .42)}Z", "gold")
    return at(x, y, out)


def toy_drum(x, y, r):
    out = ellipse(0, r * .96, r * 1.02, r * .12, "ink", 'opacity=".3"')
    out += path(f"M{n(-r)} {n(-r * .2)}V{n(r * .62)}A{n(r)} {n(r * .34)} 0 0 0 {n(r)} {n(r * .62)}V"
                f"{n(-r * .2)}Z", "brick")
    for k in range(-4, 5):
        out += rect(k * r * .22 - 3, r * .02 + (1 - abs(k) / 4) * r * .08, 6, r * .66, "gold", 3)
    out += ellipse(0, -r * .2, r, r * .34, "gold") + ellipse(0, -r * .22, r * .9, r * .28, "cream")
    out += ellipse(0, -r * .22, r * .34, r * .1, "clay2")
    for s in (-1, 1):
        out += line(f"M{n(s * r * .2)} {n(-r * .26)}L{n(s * r * .95)} {n(-r * .86)}", "wood", r * .07)
        out += circle(s * r * .2, -r * .26, r * .09, "terra")
    return at(x, y, out)


def mask(x, y, r, face, turn=0):
    out = ellipse(0, 0, r * .84, r, face)
    for s in (-1, 1):
        out += path(f"M{n(s * r * .12)} {n(-r * .14)}Q{n(s * r * .36)} {n(-r * .34)} {n(s * r * .62)} "
                    f"{n(-r * .14)}Q{n(s * r * .36)} {n(-r * .06)} {n(s * r * .12)} {n(-r * .14)}Z", "ink")
        out += line(f"M{n(s * r * .1)} {n(-r * .36)}Q{n(s * r * .36)} {n(-r * .54)} {n(s * r * .66)} "
                    f"{n(-r * .34)}", "ink", r * .06)
        out += circle(s * r * .48, r * .2, r * .15, "rose")
    out += path(f"M{n(-r * .36)} {n(r * .42)}Q0 {n(r * .82)} {n(r * .36)} {n(r * .42)}Q0 {n(r * .56)} "
                f"{n(-r * .36)} {n(r * .42)}Z", "brick") + ellipse(0, r * .16, r * .09, r * .06, "clay")
    out += path(f"M{n(-r * .78)} {n(-r * .4)}Q0 {n(-r * 1.34)} {n(r * .78)} {n(-r * .4)}Q0 {n(-r * .92)} "
                f"{n(-r * .78)} {n(-r * .4)}Z", "ink") + circle(0, -r * 1.02, r * .14, "brick")
    return at(x, y, out, turn=turn)


def mid_autumn_toys():
    air, back = sky("#141c38", "#3a3f74")
    sky_part = back
    rnd = random.Random(8)
    for _ in range(90):
        sky_part += circle(rnd.uniform(-200, 2100), rnd.uniform(-100, 640), rnd.uniform(1.4, 3.6),
                           "cream", f'opacity="{rnd.uniform(.35, .95):.2f}"')
    moon = circle(960, 330, 430, "url(#glow)", 'opacity=".8"') + circle(960, 330, 214, "#fbeab4")
    for x, y, r in ((890, 270, 34), (1020, 380, 46), (1050, 260, 22), (900, 400, 24)):
        moon += circle(x, y, r, "#f2d993")
    clouds = (cloud(200, 420, 420, "mist", .35) + cloud(1290, 360, 480, "mist", .35))
    far = treeline(760, 150, "#222a52", 121) + treeline(820, 120, "#1b2345", 122)
    far += at(300, 850, rect(-170, -100, 340, 104, "#2b1f3c") + rect(-40, -80, 80, 80, "gold")
              + roof(0, -96, 240, 120, "#4b2a3c", lift=42, shade="#2a1830"))
    far += at(1630, 850, rect(-170, -100, 340, 104, "#2b1f3c") + rect(-40, -80, 80, 80, "gold")
              + roof(0, -96, 240, 120, "#4b2a3c", lift=42, shade="#2a1830"))
    far += path("M-260 850Q960 810 2180 850V1240H-260Z", "maroon")
    far += rect(-260, 850, 2440, 400, "url(#bricks)") + ellipse(960, 960, 760, 120, "clay",
                                                               'opacity=".35"')
    toys = ellipse(960, 985, 300, 30, "ink", 'opacity=".35"')
    toys += toy_drum(560, 900, 130) + toy_drum(1390, 910, 118)
    toys += mask(330, 860, 96, "cream", -12) + mask(1620, 870, 96, "rose2", 12)
    for x, y, c in ((740, 1000, "jade"), (1200, 1004, "gold"), (180, 986, "brick"), (1780, 990, "jade")):
        toys += circle(x, y, 54, "url(#glow)") + rect(x - 30, y - 40, 60, 76, c, 12)
        toys += rect(x - 12, y - 40, 24, 76, "gold2", 6, 'opacity=".8"')
        toys += rect(x - 34, y - 46, 68, 10, "wood2", 4) + rect(x - 34, y + 32, 68, 10, "wood2", 4)
    lanterns = ""
    for i, (x, length, r) in enumerate(((250, 330, 92), (520, 180, 76), (1400, 190, 78), (1670, 320,
                                       94))):
        body = line(f"M{x} -160V{length - r}", "sand2", 4) + at(x, length, lantern_star(r))
        body += line(f"M{x} {length + r}v44", "gold", 5) + path(
            f"M{x - 12} {length + r + 40}h24l8 66h-40Z", "brick")
        lanterns += layer(f"lantern-{i + 1}", body)
    return svg("Mid-Autumn toys", layer("sky", sky_part) + layer("moon", moon) + layer("clouds", clouds)
               + layer("far", far) + lanterns + layer("toys", toys)
               + layer("lion", lion_head(960, 770, 226)), [air])


def incense_fan(x, y, r, colors, seed, squash=.5):
    """A bundle of incense opened like a flower, seen from above at a slant."""
    rnd = random.Random(seed)
    sticks = {color: "" for color in colors}
    for k in range(96):
        a = 2 * math.pi * k / 96 + rnd.uniform(-.03, .03)
        ex, ey = math.cos(a) * r * rnd.uniform(.92, 1.02), math.sin(a) * r * squash
        sticks[colors[0]] += (f"M{ex * .1:.0f} {ey * .1 - r * .1:.0f}L{ex * .6:.0f} "
                              f"{ey * .6 - r * .04:.0f}")
        sticks[rnd.choice(colors[1:])] += (f"M{ex * .55:.0f} {ey * .55 - r * .04:.0f}L{ex:.0f} "
                                           f"{ey:.0f}")
    out = ellipse(0, 10, r * .98, r * squash, "ink", 'opacity=".2"')
    for k, (color, d) in enumerate(sticks.items()):
        out += line(d, color, 7 if k == 0 else 10)
    out += ellipse(0, -r * .1, r * .16, r * .1, "gold") + ellipse(0, -r * .12, r * .11, r * .06, "brick")
    return at(x, y, out)


def incense():
    air, back = sky("#f3cf9a", "#fcefcd")
    out = back + sun(960, 250, 96) + cloud(1290, 150, 440, opacity=.75) + cloud(200, 130, 360,
                                                                               opacity=.6)
    out += treeline(400, 110, "#b5bd8d", 131) + treeline(440, 80, "jade3", 132)
    for x in (180, 640, 1330, 1760):
        out += at(x, 520, rect(-170, -110, 340, 114, "cream") + doors(-70, -100, 140, 104, 4)
                  + roof(0, -108, 220, 100, ridge=170, lift=22))
    out += palm(420, 524, 300, seed=3) + palm(1545, 524, 310, seed=5)
    out += path("M-260 516H2180V1240H-260Z", "clay2") + rect(-260, 516, 2440, 730, "url(#bricks)")
    sets = (("wood", "brick", "terra"), ("wood", "gold", "straw"), ("wood", "rose", "clay"), ("wood2",
            "maroon", "brick"), ("wood", "jade", "leaf"))
    spots = ((150, 590, 100, 1), (420, 586, 96, 0), (690, 590, 98, 2), (1230, 588, 98, 1), (1500, 586,
             100, 0), (1780, 592, 100, 3), (250, 720, 150, 3), (620, 724, 148, 1), (1310, 722, 150, 0),
             (1690, 722, 150, 2), (60, 920, 210, 0), (470, 930, 214, 2), (1460, 930, 214, 1), (1880, 925,
             210, 4), (960, 640, 130, 4))
    for i, (x, y, r, c) in enumerate(spots):
        out += incense_fan(x, y, r, sets[c], 40 + i)
    out += incense_fan(960, 930, 300, sets[0], 77, .52)
    for x, y, robe, side in ((790, 800, "jade2", 1), (1130, 796, "indigo", -1)):
        out += ellipse(x, y, 70, 12, "ink", 'opacity=".2"') + person(x, y, 250, robe)
        for k in range(7):  # a bundle in the arm
            out += line(f"M{x + side * 44} {y - 90}L{x + side * (30 + k * 9)} {y - 206}",
                        "brick" if k % 2 else "terra", 8)
        out += rect(x + side * 44 - 15, y - 112, 30, 18, "gold", 6)
    return svg("Incense drying in the sun", out, [air])


def fish_trap(x, y, h, seed, turn=0, tone="#8a4a26"):
    """A bamboo trap hanging from its narrow end."""
    w = h * .21
    top, mid = -h, -h * .42
    outline = (f"M{n(-w * .3)} {n(top)}C{n(-w * .5)} {n(top + h * .3)} {n(-w * 1.2)} {n(mid)} {n(-w * 1.1)} "
               f"{n(-h * .16)}Q{n(-w)} 0 {n(-w * .82)} 0H{n(w * .82)}Q{n(w)} 0 {n(w * 1.1)} {n(-h * .16)}"
               f"C{n(w * 1.2)} {n(mid)} {n(w * .5)} {n(top + h * .3)} {n(w * .3)} {n(top)}Z")
    out = path(outline, tone) + path(outline, "url(#weave)")
    for k in (-.75, -.45, -.15, .15, .45, .75):
        out += line(f"M{n(w * .3 * k)} {n(top)}C{n(w * .5 * k)} {n(top + h * .3)} {n(w * 1.25 * k)} {n(mid)} "
                    f"{n(w * 1.1 * k)} {n(-h * .02)}", "straw", 4, 'opacity=".85"')
    for t, k in ((.98, .32), (.8, .46), (.62, .74), (.44, 1.02), (.26, 1.12), (.1, 1.06)):
        out += line(f"M{n(-w * k)} {n(-h * t)}Q0 {n(-h * t + w * .26)} {n(w * k)} {n(-h * t)}", "gold2", 6,
                    'opacity=".9"')
    out += ellipse(0, 0, w * .82, w * .2, "wood2") + ellipse(0, 0, w * .5, w * .11, "ink")
    out += path(f"M{n(w * .5)} {n(-h * .1)}C{n(w * .8)} {n(mid)} {n(w * .3)} {n(top + h * .3)} {n(w * .24)} "
                f"{n(top)}L{n(w * .3)} {n(top)}C{n(w * .5)} {n(top + h * .3)} {n(w * 1.2)} {n(mid)} "
                f"{n(w * 1.1)} {n(-h * .16)}Z", "ink", 'opacity=".25"')
    out += line(f"M0 {n(top)}v-1", "gold", 10)
    return at(x, y, out, turn=turn)


def fish_traps():
    air, back = sky("#bfd5c4", "#fbecc6")
    out = back + sun(1400, 300, 76) + cloud(180, 260, 380, opacity=.7) + cloud(1000, 210, 300,
                                                                              opacity=.55)
    out += treeline(560, 120, "#a4bf97", 141) + treeline(610, 80, "jade3", 142)
    out += rect(-260, 610, 2440, 400, "#9cc0ae") + ripples(618, 260)
    out += glints(1400, 620, 160, 180, C["gold2"], 7)
    out += at(500, 720, boat(300, "wood", None, False, "gold")) + person(470, 702, 118, "indigo")
    out += path("M-260 800Q960 770 2180 806V1240H-260Z", "clay2")
    out += rect(-260, 830, 2440, 400, "url(#bricks)")
    for x in (150, 1770):
        out += rect(x - 38, -160, 76, 1060, "wood") + rect(x - 38, -160, 20, 1060, "clay",
                                                           0, 'opacity=".35"')
        out += rect(x - 60, 880, 120, 44, "stone", 8)
    out += rect(-260, 60, 2440, 54, "wood2") + rect(-260, 60, 2440, 10, "clay")
    out += rect(-260, -160, 2440, 222, "straw") + rect(-260, -160, 2440, 222, "url(#weave)")
    for k in range(-4, 46):
        out += poly([(k * 48, 60), (k * 48 + 50, 60), (k * 48 + 25, 92 + (k * 7) % 13)], "sand2")
    for x, length, h, s in ((320, 300, 300, 1), (520, 230, 250, 2), (720, 340, 330, 3), (960, 270, 400, 4),
                            (1200, 340, 330, 5), (1400, 230, 250, 6), (1600, 300, 300, 7)):
        out += line(f"M{x} 110V{length - 40}", "wood2", 6)
        out += fish_trap(x, length + h - 60, h, s, tone=("#8a4a26", "#9c5a2e", "#7a3e20")[s % 3])
    # the weaver and what lies on the floor
    out += ellipse(960, 1000, 520, 54, "ink", 'opacity=".18"')
    out += rect(560, 950, 800, 60, "sand", 12) + rect(560, 950, 800, 60, "url(#weave)", 12,
                                                      'opacity=".4"')
    weaver = path("M-96 20Q-120 -110 -60 -190Q0 -236 60 -190Q120 -110 96 20Z", "maroon")
    weaver += path("M-130 30Q-60 -56 0 -30Q60 -56 130 30Q0 60 -130 30Z", "ink")
    weaver += circle(0, -232, 42, "clay2") + path("M0 -330L120 -250Q0 -214 -120 -250Z", "sand")
    weaver += line("M-70 -150Q-140 -70 -40 -56", "maroon", 36) + line("M70 -150Q140 -70 40 -56",
                                                                     "maroon", 36)
    weaver += circle(-36, -56, 20, "clay2") + circle(36, -56, 20, "clay2")
    out += at(960, 960, weaver)
    out += at(960, 935, fish_trap(0, 0, 210, 9, tone="straw"), .9, turn=90)
    for x, t in ((480, -80), (1440, 80)):
        out += fish_trap(x - 130 if t < 0 else x + 130, 985, 280, 8, turn=t)
    for k in range(7):
        out += line(f"M{600 + k * 9} {1030 + k * 4}L{800 + k * 6} {1044 + k * 3}", "lime", 6)
        out += line(f"M{1120 + k * 6} {1046 + k * 3}L{1320 + k * 9} {1030 + k * 4}", "straw", 6)
    return svg("Bamboo fish traps", out, [air])


def petals(r, count, inner, color, width):
    out = ""
    for k in range(count):
        out += at(0, 0, path(f"M0 {n(-inner)}C{n(-width)} {n(-(inner + r) / 2)} {n(-width * .8)} {n(-r)} 0 "
                             f"{n(-r)}C{n(width * .8)} {n(-r)} {n(width)} {n(-(inner + r) / 2)} 0 {n(-inner)}Z",
                             color, f'stroke="{C["stone2"]}" stroke-width="3"'), turn=k * 360 / count)
    return out


def silver_work():
    wood = vertical("air", (0, "#5d2c1c"), (1, "#3a1811"))
    shine = ('<linearGradient id="silver" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color='
             '"#ffffff"/><stop offset=".35" stop-color="#d5dade"/><stop offset=".6" stop-color="#eef1f2"/>'
             '<stop offset="1" stop-color="#8f999f"/></linearGradient>')
    out = rect(-260, -160, 2440, 1400, "url(#air)")
    for k in range(14):
        y = -40 + k * 90
        out += line(f"M-260 {y}Q300 {y + 30} 900 {y}T2180 {y + 10}", "ink", 4, 'opacity=".25"')
    out += circle(960, 520, 720, "url(#glow)", 'opacity=".35"')
    out += circle(974, 556, 420, "ink", 'opacity=".4"')
    out += circle(960, 530, 416, "url(#silver)") + circle(960, 530, 396, "#b9c1c6")
    out += circle(960, 530, 388, "url(#silver)")
    for k in range(72):
        a = math.radians(k * 5)
        out += circle(960 + math.cos(a) * 372, 530 + math.sin(a) * 372, 8, "#8f999f")
        out += circle(958 + math.cos(a) * 372, 528 + math.sin(a) * 372, 5, "#ffffff")
    rim = ""
    for k in range(12):
        rim += at(0, 0, path("M-70 -330Q-40 -366 0 -340Q40 -366 70 -330Q40 -296 0 -318Q-40 -296 -70 -330Z",
                             "#dfe4e7", 'stroke="#7d878d" stroke-width="4"') + circle(0, -330, 9, "#7d878d"),
                  turn=k * 30)
    rim += f'<circle r="284" fill="none" stroke="#7d878d" stroke-width="5"/>'
    rim += f'<circle r="274" fill="none" stroke="#ffffff" stroke-width="4"/>'
    flower = petals(262, 16, 120, "#d3d9dd", 46) + petals(206, 12, 70, "#e4e8ea", 46)
    flower += petals(146, 10, 40, "#f2f4f5", 38) + circle(0, 0, 56, "#c3cacf") + circle(0, 0, 44, "#e9edef")
    for k in range(18):
        a, r = k * 2.4, 5 + k * 2
        flower += circle(math.cos(a) * r, math.sin(a) * r, 5, "#7d878d")
    out += at(960, 530, rim + flower)
    hammer = line("M0 0L0 380", "clay", 30) + line("M-6 20L-6 370", "clay2", 7)
    hammer += path("M-96 -36Q-110 0 -96 36L-30 26H40L100 10V-10L40 -26H-30Z", "#aeb6bb")
    hammer += path("M-96 -36Q-110 0 -96 36L-84 34V-34Z", "#e6eaec")
    out += at(320, 380, hammer, 1.25, turn=14)
    for i, (x, t) in enumerate(((1500, -22), (1590, -14), (1680, -6), (1770, 2))):
        out += at(x, 330 + i * 20, path("M-15 0H15V300L8 400L0 420L-8 400L-15 300Z", "#9aa4aa")
                  + rect(-15, 0, 8, 300, "#e6eaec") + rect(-18, -10, 36, 22, "#c8cfd3", 5), 1.1, turn=t)
    ring = ""
    for r, w in ((96, 26), (96, 8)):
        ring += f'<circle r="{r}" fill="none" stroke="{"#c9d0d4" if w > 10 else "#ffffff"}" stroke-width="{w}"/>'
    out += at(1560, 920, ring, 1.0) + at(1705, 880, ring, .7)
    for k in range(16):
        a = math.radians(k * 22.5)
        out += circle(1560 + math.cos(a) * 96, 920 + math.sin(a) * 96, 6, "#7d878d")
    out += at(270, 960, rect(-130, -40, 260, 70, "#b0b9be", 12) + rect(-130, -40, 260, 18, "#eef1f2", 9))
    return svg("Chased silver", out, [wood, shine])


def daisy(r, seed, squash):
    rnd = random.Random(seed)
    out = ""
    for ring, k, color in ((1, 16, "gold"), (.76, 14, "#f0c65a"), (.5, 11, "gold2"), (.28, 8, "#fbe9ae")):
        for i in range(k):
            a = 2 * math.pi * i / k + rnd.uniform(-.08, .08)
            px, py = math.cos(a) * r * ring * .7, math.sin(a) * r * ring * .7 * squash
            out += ellipse(px, py, r * .32 * (ring * .5 + .5), r * .17, color,
                           f'transform="rotate({n(math.degrees(math.atan2(py, px)))} {n(px)} {n(py)})" '
                           f'stroke="{C["clay2"]}" stroke-opacity=".5" stroke-width="1.2"')
    return out + ellipse(0, 0, r * .13, r * .08, "clay")


def placed(name, x, y, scale):
    return f'<use href="#{name}" transform="translate({n(x)} {n(y)}) scale({scale:.2f})"/>'


def chrysanthemum():
    air, back = sky("#a9c7cf", "#fdf0cf")
    out = back + sun(960, 330, 84) + cloud(160, 200, 440, opacity=.8) + cloud(1330, 180, 440, opacity=.8)
    out += treeline(500, 120, "#a3bca0", 151) + treeline(540, 80, "jade3", 152)
    for x in (330, 1600):
        out += at(x, 556, rect(-120, -80, 240, 84, "cream") + doors(-50, -72, 100, 76, 4)
                  + roof(0, -78, 160, 78, ridge=120, lift=18))
    out += palm(520, 560, 260, seed=2) + palm(1420, 560, 270, seed=4)
    out += path("M-260 548H2180V1240H-260Z", "jade")
    for k in range(-9, 10):  # the rows run to one point
        out += poly([(960 + k * 34, 556), (960 + k * 34 + 15, 556), (960 + k * 300 + 130, 1240), (960 + k *
                    300, 1240)], "gold", 'opacity=".55"')
    rnd = random.Random(14)
    heads = [f'<g id="daisy-{k}">{daisy(60, k, .55)}</g>' for k in range(3)]
    heads.append(f'<g id="daisy-near">{daisy(120, 9, .72)}</g>')
    y = 566.0
    while y < 1010:
        t = (y - 556) / 524
        step = 12 + 62 * t
        x = -30 + rnd.uniform(0, step)
        while x < 1950:
            if abs(x - 960) > 34 + 120 * t or y < 575:
                size = 5 + 34 * t
                if size < 15:
                    out += ellipse(x, y + rnd.uniform(-4, 4), size * 1.25, size * .8, rnd.choice(
                        ["gold", "gold2", "#f0c65a"]))
                else:
                    out += bamboo_leaf(x, y + size * .5, size * 1.2, rnd.uniform(20, 160), "jade2")
                    out += placed(f"daisy-{rnd.randrange(3)}", x, y + rnd.uniform(-8, 8), size / 52)
            x += step * rnd.uniform(1.0, 1.5)
        y += step * .55
    out += path("M940 556H980L1170 1240H750Z", "sand2") + path("M952 556H968L1020 1240H900Z", "sand")
    out += person(966, 700, 140, "brick") + ellipse(925, 652, 26, 10, "straw")
    for x, y, r in ((70, 1010, 120), (330, 1040, 132), (600, 1030, 112), (1320, 1034, 116), (1590, 1040,
                    132), (1850, 1010, 120)):
        out += line(f"M{x} {y}V1120", "jade2", 12)
        for a in (30, 150, 70, 110):
            out += at(x, y + 50, branch_leaf(120, "jade2", "jade"), turn=a)
        out += placed("daisy-near", x, y, r / 120)
    return svg("Chrysanthemum field", "<defs>" + "".join(heads) + "</defs>" + out, [air])
