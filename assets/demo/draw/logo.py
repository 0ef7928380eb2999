"""The mark of Cổng Làng: a village gate under a curved roof, on a lacquer seal."""
from brush import *  # noqa: F403


def conglang():
    def flat_roof(y, half, height, fill):
        top, lift = y - height, half * .2
        r = half * .56
        return path(
            f"M{n(256 - r)} {n(top)}H{n(256 + r)}C{n(256 + r + (half - r) * .3)} {n(y - height * .3)} "
            f"{n(256 + half * .96)} {n(y - lift * .4)} {n(256 + half * 1.06)} {n(y - lift * 1.5)}"
            f"C{n(256 + half * 1.08)} {n(y - lift * .1)} {n(256 + half * .8)} {n(y)} {n(256 + half * .6)} {n(y)}"
            f"H{n(256 - half * .6)}C{n(256 - half * .8)} {n(y)} {n(256 - half * 1.08)} {n(y - lift * .1)} "
            f"{n(256 - half * 1.06)} {n(y - lift * 1.5)}C{n(256 - half * .96)} {n(y - lift * .4)} "
            f"{n(256 - r - (half - r) * .3)} {n(y - height * .3)} {n(256 - r)} {n(top)}Z", fill)
    out = rect(0, 0, 512, 512, "lacquer", 112)
    out += rect(20, 20, 472, 472, "none", 94, f'stroke="{C["gold"]}" stroke-width="6"')
    out += circle(256, 104, 22, "gold2")
    out += flat_roof(206, 112, 66, "clay") + rect(196, 206, 120, 34, "cream")
    out += flat_roof(292, 176, 72, "brick")
    out += path("M122 292H390V420H318V366A62 62 0 0 0 194 366V420H122Z", "cream")
    out += path("M194 420V366A62 62 0 0 1 318 366V420Z", "gold")
    out += path("M236 352H276L306 420H206Z", "gold2")
    out += rect(98, 418, 316, 18, "gold", 9)
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">\n'
            f"<title>Cổng Làng</title>\n{out}\n</svg>\n")
