"""The palette, the patterns and the small shapes that every drawing shares."""
import math
import random

C = dict(
    lacquer="#2a120f", lacquer2="#43201a", maroon="#5d2419", brick="#a8442c", terra="#8a3522",
    clay="#c8683f", clay2="#dd8f5f", gold="#e5ae45", gold2="#f4d68c", straw="#d9b45c",
    cream="#fbf2dc", sand="#ecd9b0", sand2="#d6bb88", jade="#3f7d62", jade2="#24503f",
    jade3="#7fae86", leaf="#5f9a5a", lime="#a9c171", indigo="#24345c", night="#141c38",
    mist="#8aa3c4", sky="#bcd3d6", wood="#6b3a22", wood2="#4a2616", stone="#a89f8d",
    stone2="#7d7567", rose="#d9788a", rose2="#f0b3b5", white="#fffaf0", ink="#1c0f0c")


def n(value):
    return f"{value:.1f}".rstrip("0").rstrip(".")


def path(d, fill="none", extra=""):
    return f'<path d="{d}" fill="{C.get(fill, fill)}" {extra}/>'


def line(d, color, width, extra=""):
    return (f'<path d="{d}" fill="none" stroke="{C.get(color, color)}" stroke-width="{n(width)}" '
            f'stroke-linecap="round" stroke-linejoin="round" {extra}/>')


def rect(x, y, w, h, fill, r=0, extra=""):
    return (f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" rx="{n(r)}" '
            f'fill="{C.get(fill, fill)}" {extra}/>')


def circle(x, y, r, fill, extra=""):
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{C.get(fill, fill)}" {extra}/>'


def ellipse(x, y, rx, ry, fill, extra=""):
    return (f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(rx)}" ry="{n(ry)}" '
            f'fill="{C.get(fill, fill)}" {extra}/>')


def poly(points, fill, extra=""):
    d = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points) + "Z"
    return path(d, fill, extra)


def group(content, transform="", extra=""):
    t = f' transform="{transform}"' if transform else ""
    return f"<g{t} {extra}>{content}</g>"


def at(x, y, content, scale=1.0, turn=0, flip=False):
    sx = -scale if flip else scale
    spin = f" rotate({n(turn)})" if turn else ""
    size = f" scale({n(sx) if abs(sx) >= 1 else f'{sx:.2f}'} {scale:.2f})" if (
        flip or scale != 1.0) else ""
    return group(content, f"translate({n(x)} {n(y)}){spin}{size}")


def layer(name, content):
    """A group that the films render by itself."""
    return f'<g id="{name}" class="layer">{content}</g>'


def vertical(name, *stops):
    body = "".join(
        f'<stop offset="{o}" stop-color="{C.get(c, c)}" stop-opacity="{a}"/>'
        for o, c, a in [(s + (1,))[:3] for s in stops])
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1">{body}</linearGradient>'


def sideways(name, *stops):
    return vertical(name, *stops).replace('x2="0" y2="1"', 'x2="1" y2="0"')


def radial(name, *stops):
    return vertical(name, *stops).replace("linearGradient", "radialGradient").replace(
        ' x1="0" y1="0" x2="0" y2="1"', "")


COMMON = [
    radial("glow", (0, "gold2", 0.95), (0.35, "gold2", 0.45), (1, "gold2", 0)),
    vertical("fall", (0, "ink", 0), (1, "ink", 0.42)),
    vertical("rise", (0, "cream", 0.35), (1, "cream", 0)),
    '<pattern id="tiles" width="26" height="18" patternUnits="userSpaceOnUse">'
    f'<path d="M0 0Q13 18 26 0M-13 9Q0 27 13 9M13 9Q26 27 39 9" fill="none" stroke="{C["ink"]}" '
    'stroke-opacity=".3" stroke-width="2"/></pattern>',
    '<pattern id="bricks" width="56" height="36" patternUnits="userSpaceOnUse">'
    f'<path d="M0 0H56M0 18H56M14 0V18M42 18V36" fill="none" stroke="{C["ink"]}" '
    'stroke-opacity=".16" stroke-width="2"/></pattern>',
    '<pattern id="ripple" width="120" height="30" patternUnits="userSpaceOnUse">'
    f'<path d="M0 8Q30 2 60 8T120 8M-30 23Q0 17 30 23T90 23T150 23" fill="none" '
    f'stroke="{C["cream"]}" stroke-opacity=".2" stroke-width="2.5"/></pattern>',
    '<pattern id="weave" width="28" height="28" patternUnits="userSpaceOnUse">'
    f'<path d="M0 0L28 28M28 0L0 28" stroke="{C["ink"]}" stroke-opacity=".35" '
    'stroke-width="2.5"/></pattern>',
]


def svg(title, content, defs=()):
    wanted = [d for d in list(COMMON) + list(defs) if f'url(#{d.split(chr(34))[1]})' in content]
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080" width="1920" '
            f'height="1080">\n<title>{title}</title>\n<defs>{"".join(wanted)}</defs>\n'
            + content.replace("<g id=", "\n<g id=") + "\n</svg>\n")


# --- sky, ground, water ---

def sky(top, bottom, name="air"):
    grad = vertical(name, (0, top), (1, bottom))
    return grad, rect(-260, -160, 2440, 1400, f"url(#{name})")


def sun(x, y, r, fill="gold2"):
    return circle(x, y, r * 3.2, "url(#glow)") + circle(x, y, r, fill)


def cloud(x, y, w, fill="cream", opacity=0.8):
    """A cloud of flat bars with round ends, as in old woodblock prints."""
    h = w * 0.09
    bars = [(0, 0, 1), (0.14, -1, 0.62), (0.3, -2, 0.34), (0.22, 1, 0.6)]
    body = "".join(rect(x + dx * w, y + row * h, ww * w, h + 1, fill, h / 2) for dx, row, ww in bars)
    return group(body, extra=f'opacity="{opacity}"')


def treeline(y, height, fill, seed, x0=-260, x1=2180):
    rnd = random.Random(seed)
    d = f"M{x0} {y + 400}L{x0} {y}"
    x = x0
    while x < x1:
        w = rnd.uniform(50, 130)
        h = height * rnd.uniform(0.45, 1)
        d += f"C{n(x + w * .1)} {n(y - h)} {n(x + w * .9)} {n(y - h)} {n(x + w)} {n(y - h * .1)}"
        x += w
    return path(d + f"L{n(x)} {y + 400}Z", fill)


def field(y0, y1, colors, seed=1, bend=26):
    """Strips of rice field that widen towards the viewer."""
    out = ""
    rnd = random.Random(seed)
    count = len(colors)
    for i, color in enumerate(colors):
        a = y0 + (y1 - y0) * (i / count) ** 1.6
        b = bend * (0.3 + i / count) * rnd.choice([-1, 1])
        out += path(f"M-260 {n(a)}Q960 {n(a + b)} 2180 {n(a)}V1240H-260Z", color)
    return out


def rice(x, y, h, color, rnd, ear="gold"):
    out = ""
    for _ in range(5):
        lean = rnd.uniform(-.5, .5) * h
        hh = h * rnd.uniform(.7, 1.1)
        out += line(f"M{n(x)} {n(y)}Q{n(x)} {n(y - hh * .7)} {n(x + lean)} {n(y - hh)}", color, 4)
    for _ in range(2):
        lean = rnd.uniform(-.6, .6) * h
        tip = y - h * rnd.uniform(.75, 1)
        out += line(f"M{n(x)} {n(y)}Q{n(x)} {n(tip - h * .3)} {n(x + lean)} {n(tip)}", ear, 7)
    return out


def rice_row(y, h, color, seed, step=46, ear="gold", x0=-260, x1=2180):
    rnd = random.Random(seed)
    out = ""
    x = x0
    while x < x1:
        out += rice(x, y + rnd.uniform(-6, 10), h * rnd.uniform(.8, 1.15), color, rnd, ear)
        x += step * rnd.uniform(.7, 1.3)
    return out


def ripples(y, h):
    return rect(-260, y, 2440, h, "url(#ripple)")


def glints(x, y, w, h, color, seed, count=26):
    rnd = random.Random(seed)
    out = ""
    for _ in range(count):
        t = rnd.random()
        ww = 30 + 120 * t
        out += rect(x + rnd.uniform(-w, w) * (.3 + .7 * t) - ww / 2, y + h * t, ww, 4 + 5 * t,
                    color, 4, f'opacity="{.25 + .5 * rnd.random():.2f}"')
    return out


# --- roofs and houses ---

def roof(cx, y, half, height, fill="brick", ridge=None, lift=None, shade="terra"):
    """A tiled roof with raised corners: `y` is the eaves, `half` the half width at the eaves."""
    ridge = half * .62 if ridge is None else ridge
    lift = half * .17 if lift is None else lift
    top = y - height

    def side(s):
        return (f"{n(cx + s * ridge)} {n(top)}", f"{n(cx + s * (ridge + (half - ridge) * .35))} "
                f"{n(y - height * .3)}", f"{n(cx + s * half * .97)} {n(y - lift * .45)}",
                f"{n(cx + s * half * 1.05)} {n(y - lift * 1.25)}")
    r, l = side(1), side(-1)
    under = (f"C{n(cx + half * .97)} {n(y + lift * .12)} {n(cx + half * .74)} {n(y)} "
             f"{n(cx + half * .55)} {n(y)}L{n(cx - half * .55)} {n(y)}"
             f"C{n(cx - half * .74)} {n(y)} {n(cx - half * .97)} {n(y + lift * .12)} {l[3]}")
    shape = f"M{l[0]}L{r[0]}C{r[1]} {r[2]} {r[3]}{under}C{l[2]} {l[1]} {l[0]}Z"
    edge = f"M{r[3]}{under}"
    bar = max(8, height * .085)
    horn = bar * 2.4
    out = path(shape, fill) + path(shape, "url(#tiles)") + path(shape, "url(#fall)")
    out += line(f"M{r[0]}C{r[1]} {r[2]} {r[3]}", shade, bar * .8)
    out += line(f"M{l[0]}C{l[1]} {l[2]} {l[3]}", shade, bar * .8)
    out += line(edge, "sand2", bar * .62) + line(edge, shade, bar * .2)
    out += line(f"M{n(cx - ridge - bar)} {n(top)}L{n(cx + ridge + bar)} {n(top)}", shade, bar * 1.3)
    for s in (1, -1):
        x = cx + s * (ridge + bar)
        out += line(f"M{n(x)} {n(top)}c{n(s * horn * .6)} {n(-horn * .1)} {n(s * horn * .9)} "
                    f"{n(-horn)} {n(s * horn * .1)} {n(-horn * 1.1)}", shade, bar * .8)
        tip_x, tip_y = cx + s * half * 1.05, y - lift * 1.25
        out += line(f"M{n(tip_x)} {n(tip_y)}c{n(s * bar)} {n(-bar)} {n(s * bar * .9)} "
                    f"{n(-bar * 2.4)} {n(-s * bar * .5)} {n(-bar * 2.3)}", shade, bar * .62)
    return out


def ridge_sun(cx, y, r):
    """The flaming sun with two clouds that crowns a ridge."""
    out = circle(cx, y - r, r, "gold") + circle(cx, y - r, r * .55, "gold2")
    out += line(f"M{n(cx)} {n(y - 2 * r)}q{n(r * .5)} {n(-r * .5)} 0 {n(-r * 1.1)}", "gold", r * .3)
    for s in (1, -1):
        out += line(f"M{n(cx + s * r * 1.4)} {n(y)}c{n(s * r)} {n(-r * 1.6)} {n(s * r * 2)} "
                    f"{n(-r * .2)} {n(s * r * 3.4)} {n(-r * .5)}", "terra", r * .55)
    return out


def doors(x, y, w, h, panels, leaf="brick", frame="wood2"):
    out = rect(x, y, w, h, frame)
    pw = w / panels
    for i in range(panels):
        px = x + i * pw + pw * .07
        iw = pw * .86
        out += rect(px, y + h * .03, iw, h * .95, leaf)
        out += rect(px + iw * .12, y + h * .09, iw * .76, h * .34, frame)
        for k in range(1, 5):
            out += rect(px + iw * .12 + iw * .76 * k / 5 - 2, y + h * .09, 4, h * .34, "clay")
        out += rect(px + iw * .12, y + h * .5, iw * .76, h * .13, "clay", 4)
        out += rect(px + iw * .12, y + h * .68, iw * .76, h * .24, "terra", 4)
        out += circle(px + iw / 2, y + h * .8, iw * .16, "gold")
    return out


def column(x, y, w, h, fill="maroon"):
    return (rect(x - w / 2, y, w, h, fill) + rect(x - w / 2, y, w * .3, h, "clay", 0,
                                                  'opacity=".35"')
            + rect(x - w * .8, y + h - w * .5, w * 1.6, w * .55, "stone", 4))


def steps(cx, y, half, count, rise=16, fill="stone"):
    out = ""
    for i in range(count):
        hw = half + i * 26
        out += rect(cx - hw, y + i * rise, hw * 2, rise + 1, fill)
        out += rect(cx - hw, y + i * rise, hw * 2, 4, "sand", 0, 'opacity=".55"')
    return out


# --- plants ---

def bamboo_leaf(x, y, length, turn, fill):
    return at(x, y, path(f"M0 0Q{n(length * .45)} {n(-length * .13)} {n(length)} 0"
                         f"Q{n(length * .45)} {n(length * .13)} 0 0Z", fill), turn=turn)


def bamboo(x, y, h, lean, fill, leaf, seed, width=16):
    rnd = random.Random(seed)
    out = ""
    count = int(h / 70)
    pts = []
    for i in range(count + 1):
        t = i / count
        pts.append((x + lean * t ** 2.2, y - h * t))
    for i, (a, b) in enumerate(zip(pts, pts[1:])):
        w = width * (1 - .5 * i / count)
        out += line(f"M{n(a[0])} {n(a[1])}L{n(b[0])} {n(b[1] + 5)}", fill, w)
    for i, (px, py) in enumerate(pts[count // 3:]):
        for _ in range(4):
            s = rnd.choice([0, 180])
            out += bamboo_leaf(px, py, rnd.uniform(60, 120), s + rnd.uniform(5, 55) * (
                1 if s == 0 else -1), leaf if rnd.random() < .7 else fill)
    return out


def palm(x, y, h, trunk="stone2", frond="jade2", seed=1):
    """An areca palm."""
    rnd = random.Random(seed)
    out = path(f"M{n(x - 9)} {n(y)}Q{n(x - 4)} {n(y - h / 2)} {n(x - 6)} {n(y - h)}L{n(x + 6)} "
               f"{n(y - h)}Q{n(x + 5)} {n(y - h / 2)} {n(x + 9)} {n(y)}Z", trunk)
    for i in range(1, 9):
        out += rect(x - 8, y - h * i / 9, 16, 4, "ink", 0, 'opacity=".25"')
    out += rect(x - 9, y - h - 40, 18, 46, "leaf", 8)
    for a in (-172, -150, -122, -92, -60, -32, -8):
        length = h * rnd.uniform(.33, .42)
        rad = math.radians(a)
        ex, ey = math.cos(rad) * length, math.sin(rad) * length * .8 + length * .32
        mx, my = math.cos(rad) * length * .6, math.sin(rad) * length * .85
        stem = f"M0 0Q{n(mx)} {n(my)} {n(ex)} {n(ey)}"
        back = f"Q{n(mx * .82)} {n(my * .62 + 26)} 0 0Z"
        out += at(x, y - h - 30, path(stem + back, frond) + line(stem, "jade", 3))
    return out


def lotus(x, y, r, petal="rose", inner="rose2"):
    out = ""
    for a, k, fill in ((-62, 1, petal), (62, 1, petal), (-38, 1.08, inner), (38, 1.08, inner),
                       (-18, 1.12, petal), (18, 1.12, petal), (0, 1.16, inner)):
        rr = r * k
        out += at(0, 0, path(f"M0 0C{n(-rr * .42)} {n(-rr * .35)} {n(-rr * .3)} {n(-rr * .85)} 0 "
                             f"{n(-rr)}C{n(rr * .3)} {n(-rr * .85)} {n(rr * .42)} {n(-rr * .35)} "
                             "0 0Z", fill, f'stroke="{C["brick"]}" stroke-opacity=".35" '
                             'stroke-width="2"'), turn=a)
    return at(x, y, out)


def lotus_leaf(x, y, rx, fill="jade", vein="jade3"):
    ry = rx * .34
    out = ellipse(0, 0, rx, ry, fill)
    for a in range(0, 360, 40):
        rad = math.radians(a + 12)
        out += line(f"M0 0L{n(math.cos(rad) * rx * .86)} {n(math.sin(rad) * ry * .86)}", vein, 2.5,
                    'opacity=".7"')
    return at(x, y, out + ellipse(0, 0, rx * .1, ry * .12, "lime"))


def branch_leaf(length, fill, vein):
    return (path(f"M0 0C{n(length * .25)} {n(-length * .22)} {n(length * .75)} {n(-length * .2)} "
                 f"{n(length)} 0C{n(length * .75)} {n(length * .2)} {n(length * .25)} "
                 f"{n(length * .22)} 0 0Z", fill)
            + line(f"M0 0L{n(length * .9)} 0", vein, 3))


# --- life ---

def egret(x, y, size, fill="white"):
    return at(x, y, path("M-60 -14Q-22 -34 0 0Q26 -40 66 -24Q30 -18 12 10Q40 16 52 22Q20 26 -4 16"
                         "Q-20 10 -14 2Q-34 -14 -60 -14Z", fill), scale=size)


def person(x, y, h, robe="indigo", hat="sand"):
    """A figure in a conical hat, seen from behind."""
    w = h * .2
    body = path(f"M{n(-w * .55)} {n(-h * .78)}Q0 {n(-h * .86)} {n(w * .55)} {n(-h * .78)}"
                f"L{n(w * .9)} {n(-h * .08)}Q0 0 {n(-w * .9)} {n(-h * .08)}Z", robe)
    legs = rect(-w * .4, -h * .12, w * .3, h * .12, "ink") + rect(w * .1, -h * .12, w * .3, h * .12,
                                                                  "ink")
    cone = path(f"M0 {n(-h)}L{n(w * 1.15)} {n(-h * .82)}Q0 {n(-h * .77)} {n(-w * 1.15)} "
                f"{n(-h * .82)}Z", hat)
    return at(x, y, legs + body + circle(0, -h * .84, w * .36, "clay2") + cone)


def lantern_star(r, turn=0):
    pts = []
    for i in range(10):
        rad = math.radians(-90 + i * 36)
        k = r if i % 2 == 0 else r * .42
        pts.append((math.cos(rad) * k, math.sin(rad) * k))
    out = circle(0, 0, r * 1.9, "url(#glow)", 'opacity=".75"')
    out += f'<circle r="{n(r * 1.1)}" fill="none" stroke="{C["gold"]}" stroke-width="{n(r * .09)}"/>'
    out += poly(pts, "brick")
    for i in range(0, 10, 2):
        out += poly([(0, 0), pts[i], pts[(i + 1) % 10]], "clay2")
    out += circle(0, 0, r * .24, "gold2") + circle(0, 0, r * .12, "white")
    for i in range(0, 10, 2):
        out += line(f"M{n(pts[i][0])} {n(pts[i][1])}l0 0.1", "gold2", r * .14)
    return group(out, f"rotate({turn})" if turn else "")


def boat(length, hull="wood", sail=None, cargo=True, trim="brick"):
    """A river junk lying along x, the water line at y = 0."""
    L = length
    out = ""
    if sail:
        out += rect(-4, -L * .78, 9, L * .68, "wood2")
        out += path(f"M6 {n(-L * .76)}Q{n(L * .36)} {n(-L * .6)} {n(L * .3)} {n(-L * .17)}"
                    f"Q{n(L * .12)} {n(-L * .2)} 6 {n(-L * .18)}Z", sail)
        for k in range(1, 5):
            yy = -L * .76 + L * .58 * k / 5
            out += line(f"M6 {n(yy)}Q{n(L * .18)} {n(yy + L * .03)} {n(L * .3)} {n(yy + L * .075)}",
                        "wood2", 3.5, 'opacity=".6"')
    if cargo:
        out += path(f"M{n(-L * .3)} {n(-L * .1)}Q{n(-L * .28)} {n(-L * .25)} {n(-L * .15)} "
                    f"{n(-L * .25)}Q{n(-L * .02)} {n(-L * .25)} 0 {n(-L * .1)}Z", "straw")
        out += path(f"M{n(-L * .3)} {n(-L * .1)}Q{n(-L * .28)} {n(-L * .25)} {n(-L * .15)} "
                    f"{n(-L * .25)}Q{n(-L * .02)} {n(-L * .25)} 0 {n(-L * .1)}Z", "url(#weave)")
    shape = (f"M{n(-L * .52)} {n(-L * .17)}Q{n(-L * .36)} {n(-L * .08)} 0 {n(-L * .08)}"
             f"Q{n(L * .36)} {n(-L * .08)} {n(L * .54)} {n(-L * .21)}Q{n(L * .46)} {n(L * .02)} "
             f"{n(L * .3)} {n(L * .035)}L{n(-L * .32)} {n(L * .035)}Q{n(-L * .46)} {n(L * .01)} "
             f"{n(-L * .52)} {n(-L * .17)}Z")
    out += path(shape, hull)
    out += line(f"M{n(-L * .5)} {n(-L * .15)}Q{n(-L * .36)} {n(-L * .06)} 0 {n(-L * .06)}"
                f"Q{n(L * .36)} {n(-L * .06)} {n(L * .52)} {n(-L * .185)}", trim, L * .025)
    out += line(f"M{n(-L * .4)} {n(-L * .02)}Q0 {n(L * .02)} {n(L * .4)} {n(-L * .03)}", "wood2", 3,
                'opacity=".7"')
    eye = circle(L * .43, -L * .1, L * .022, "cream") + circle(L * .435, -L * .1, L * .011, "ink")
    return out + eye
