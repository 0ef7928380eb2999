"""Road, factory and the lacquer ground of the text cards."""
import random

from brush import *  # noqa: F403


def truck(color, box="cream"):
    """A container lorry that drives to the right, wheels at y = 0."""
    out = ellipse(0, 4, 150, 8, "ink", 'opacity=".3"')
    out += rect(-150, -104, 210, 84, box, 5) + rect(-150, -104, 210, 16, color, 4)
    for k in range(1, 9):
        out += rect(-150 + k * 23, -84, 3, 60, "ink", 0, 'opacity=".14"')
    out += rect(-152, -24, 304, 12, "ink", 4)
    out += path("M66 -16V-92Q66 -98 74 -98H108Q124 -98 132 -70L150 -46V-16Z", color)
    out += path("M84 -86H108Q116 -84 122 -60L124 -54H84Z", "sky") + rect(142, -34, 10, 10, "gold2", 2)
    for x in (-112, -72, 30, 106):
        out += circle(x, -12, 17, "ink") + circle(x, -12, 8, "stone")
    return out


def car(color):
    out = ellipse(0, 3, 70, 5, "ink", 'opacity=".3"')
    out += path("M-70 -10V-26Q-70 -34 -58 -36L-36 -58Q-32 -62 -24 -62H16Q24 -62 30 -56L48 -38L64 -34Q72 "
                "-32 72 -22V-10Z", color)
    out += path("M-44 -38L-30 -54H-6V-38Z", "sky") + path("M2 -38V-54H16L34 -38Z", "sky")
    out += rect(64, -28, 9, 7, "gold2", 2)
    for x in (-42, 42):
        out += circle(x, -10, 14, "ink") + circle(x, -10, 6, "stone")
    return out


def lamp(x, y, h):
    return (line(f"M{x} {y}V{y - h}Q{x} {y - h - 34} {x + 60} {y - h - 34}", "stone2", 7)
            + rect(x + 50, y - h - 42, 44, 12, "ink", 4))


def expressway():
    air, back = sky("#7fb0c2", "#fbe9bf")
    sky_part = back + sun(960, 280, 90)
    clouds = (cloud(140, 190, 480, opacity=.85) + cloud(1300, 150, 460, opacity=.8)
              + cloud(720, 110, 280, opacity=.55))
    far = ""
    rnd = random.Random(31)
    for k in range(26):  # the city, far off
        x = 420 + k * 42
        h = rnd.uniform(40, 150) * (1 - abs(x - 960) / 900)
        far += rect(x, 520 - h, 34, h + 60, "#9fb9ba")
    far += treeline(560, 70, "#9fbf9c", 161) + treeline(600, 60, "jade3", 162)
    far += field(604, 1000, ["lime", "gold", "leaf", "straw", "gold"], 4, 18)
    for x in (260, 480, 1400, 1640):
        far += at(x, 636, rect(-56, -40, 112, 44, "cream") + roof(0, -38, 78, 44, ridge=54, lift=10))
        far += palm(x + 84, 640, 120, seed=x)
    for x, y, h in ((380, 700, 60), (700, 690, 56), (1260, 706, 62), (1560, 694, 56)):
        far += person(x, y, h, "indigo") + rice(x + 28, y, 30, "leaf", rnd)
    road = rect(-260, 806, 2440, 120, "stone2") + rect(-260, 806, 2440, 10, "sand")
    road += rect(-260, 916, 2440, 14, "stone") + rect(-260, 806, 2440, 120, "ink", 0, 'opacity=".28"')
    for x in range(-240, 2200, 130):
        road += rect(x, 860, 70, 6, "cream", 3)
    for x in range(-200, 2200, 240):
        road += path(f"M{x} 930h56l-14 120h-28Z", "stone2") + path(f"M{x} 930h20l-6 120h-4Z", "stone")
    for x in range(-220, 2200, 48):
        road += rect(x, 784, 6, 24, "stone")
    road += rect(-260, 782, 2440, 8, "cream") + "".join(lamp(x, 806, 150) for x in range(-160, 2200, 420))
    cars_back = (at(420, 850, car("jade"), flip=True) + at(1010, 850, truck("indigo"), flip=True)
                 + at(1590, 850, car("cream"), flip=True))
    cars_front = (at(180, 912, truck("brick", "gold2")) + at(800, 912, car("gold")) + at(1330, 912,
                  truck("jade2")) + at(1760, 912, car("brick")))
    near = path("M-260 1010Q300 985 960 1004T2180 1000V1240H-260Z", "leaf")
    near += rice_row(1120, 120, "jade", 33, 44, "gold") + rice_row(1150, 110, "jade2", 34, 50, "gold2")
    birds = egret(620, 420, .7) + egret(520, 460, .5) + egret(1320, 400, .6)
    return svg("Expressway through the rice fields", layer("sky", sky_part) + layer("clouds", clouds)
               + layer("far", far) + layer("birds", birds) + layer("road", road)
               + layer("cars-back", cars_back) + layer("cars-front", cars_front) + layer("near", near),
               [air])


def hall(x, y, w, h, wall="cream", roof_fill="jade"):
    """A factory hall with a saw-tooth roof."""
    out = rect(x, y - h, w, h, wall) + rect(x, y - h, w, h, "url(#fall)", 0, 'opacity=".5"')
    teeth = max(3, int(w / 130))
    tw = w / teeth
    for k in range(teeth):
        tx = x + k * tw
        out += poly([(tx, y - h), (tx, y - h - 66), (tx + tw, y - h)], roof_fill)
        out += poly([(tx + 8, y - h - 6), (tx + 8, y - h - 46), (tx + 30, y - h - 34), (tx + 30, y - h - 6)],
                    "sky")
    out += rect(x, y - h, w, 14, "brick")
    for k in range(int(w / 60)):
        out += rect(x + 20 + k * 60, y - h * .72, 38, 24, "mist", 3)
    for k in range(int(w / 150)):
        out += rect(x + 40 + k * 150, y - h * .42, 78, h * .42, "stone2", 3)
        for j in range(1, 5):
            out += rect(x + 40 + k * 150, y - h * .42 * j / 5, 78, 3, "ink", 0, 'opacity=".3"')
    return out


def industrial_park():
    air, back = sky("#8cb9c6", "#fdeec8")
    out = back + sun(1380, 270, 80) + cloud(160, 190, 470, opacity=.85) + cloud(880, 140, 340, opacity=.7)
    out += cloud(1530, 210, 330, opacity=.7)
    out += treeline(640, 110, "#a2c0a0", 171) + treeline(680, 80, "jade3", 172)
    out += hall(80, 740, 520, 170) + hall(1330, 740, 560, 176, roof_fill="indigo")
    # the office house in the middle
    out += rect(690, 400, 540, 350, "cream") + rect(690, 400, 540, 350, "url(#fall)", 0, 'opacity=".35"')
    for r in range(4):
        for c in range(7):
            out += rect(716 + c * 72, 428 + r * 74, 56, 50, "mist", 4)
            out += poly([(716 + c * 72, 478 + r * 74), (716 + c * 72, 448 + r * 74), (742 + c * 72, 428 + r *
                        74), (762 + c * 72, 428 + r * 74)], "sky")
    out += rect(670, 384, 580, 24, "brick", 5) + rect(880, 666, 160, 90, "indigo") + rect(892, 676, 64, 80,
                                                                                        "mist")
    out += rect(964, 676, 64, 80, "mist") + rect(850, 650, 220, 18, "brick", 5)
    out += path("M800 384Q960 318 1120 384Z", "jade")
    out += rect(1420, 430, 40, 140, "stone") + rect(1420, 450, 40, 16, "brick") + rect(1420, 490, 40, 16,
                                                                                     "brick")
    for x, h, s in ((650, 210, 1), (1270, 215, 2), (60, 260, 3), (1880, 260, 4)):
        out += palm(x, 752, h, seed=s)
    out += rect(-260, 748, 2440, 26, "leaf")
    for x in range(-220, 2180, 74):
        if abs(x - 960) > 190:
            out += circle(x, 752, 30, "jade") + circle(x + 26, 756, 22, "leaf")
    out += rect(-260, 768, 2440, 96, "stone2") + rect(-260, 768, 2440, 96, "ink", 0, 'opacity=".25"')
    out += rect(-260, 768, 2440, 8, "sand")
    for x in range(-240, 2200, 130):
        out += rect(x, 814, 70, 6, "cream", 3)
    out += at(390, 808, truck("jade2"), flip=True) + at(1500, 850, truck("brick", "gold2")) + at(700, 850, car("gold"))
    out += at(1190, 806, car("brick"), flip=True)
    for x, h, r in ((860, 104, "indigo"), (916, 108, "jade2"), (1056, 104, "maroon")):
        out += person(x, 772, h, r)
    out += field(862, 1080, ["leaf", "gold", "straw", "gold"], 9, 14)
    for y, h, seed in ((930, 60, 41), (1000, 84, 42), (1090, 116, 43)):
        out += rice_row(y, h, "leaf" if seed < 43 else "jade", seed, 30 + (seed - 41) * 8, "gold2" if seed ==
                        42 else "#f0c65a")
    for x, y, h, robe in ((620, 985, 150, "maroon"), (1300, 990, 154, "indigo")):
        out += person(x, y, h, robe)
    out += rice_row(1130, 120, "jade2", 47, 46, "gold")
    return svg("Industrial park beside the fields", out, [air])


def lacquer_ground():
    """A calm ground for words: the middle stays empty and dark."""
    ground = ('<radialGradient id="air" cx=".5" cy=".45" r=".8"><stop offset="0" stop-color="#5d2419"/>'
              '<stop offset=".6" stop-color="#3a1811"/><stop offset="1" stop-color="#200d0b"/>'
              '</radialGradient>')
    out = rect(-260, -160, 2440, 1400, "url(#air)")
    rnd = random.Random(55)
    for _ in range(420):  # gold dust towards the edges
        x, y = rnd.uniform(0, 1920), rnd.uniform(0, 1080)
        far = max(abs(x - 960) / 960, abs(y - 540) / 540)
        if rnd.random() < far ** 3:
            out += circle(x, y, rnd.uniform(1, 3.4), "gold", f'opacity="{rnd.uniform(.2, .6):.2f}"')

    def swirl(k, flip):
        d = ("M0 0H210A46 46 0 1 0 164 -46A24 24 0 1 0 188 -22M40 0H-120A38 38 0 1 1 -82 -38M-60 26H250"
             "M-10 52H150")
        return group(line(d, "gold", 7), f"scale({-k if flip else k} {k})", 'opacity=".5"')
    for x, y, k, flip in ((230, 190, .9, False), (1690, 190, .9, True), (960, 118, .8, False)):
        out += at(x, y, swirl(k, flip))
    for layer_y, step, size, color, op in ((1016, 150, 86, "maroon", .9), (1052, 150, 86, "terra", .85),
                                           (1088, 150, 86, "maroon", 1)):
        off = 75 if color == "terra" else 0
        for x in range(-150 + off, 2100, step):
            for s in (1, .74, .48, .24):
                out += f'<circle cx="{x}" cy="{layer_y}" r="{n(size * s)}" fill="{C[color]}" ' \
                       f'stroke="{C["gold"]}" stroke-opacity=".45" stroke-width="3" opacity="{op}"/>'
    for x, y, r in ((170, 960, 120), (1750, 960, 120), (360, 1010, 84), (1560, 1010, 84), (760, 1020, 76),
                    (1160, 1020, 76), (960, 1000, 100)):
        out += lotus(x, y, r, "clay", "gold")
    return svg("Lacquer ground", out, [ground])
