#!/usr/bin/env python3
"""Writes the drawings of the demo commune: draw.py [NAME...] -> ../drawings/NAME.svg"""
import importlib
import pathlib
import sys

ROOMS = {
    "heritage": ["village_gate", "pagoda_gate", "communal_house", "banyan_courtyard", "stele_house"],
    "history": ["medicine_books", "old_port", "river_temple"],
    "festivals": ["water_procession", "stone_bridge", "festival_drum"],
    "tastes": ["sauce_jars", "longan", "lotus_pond", "local_products"],
    "crafts": ["mid_autumn_toys", "incense", "fish_traps", "silver_work", "chrysanthemum"],
    "investment": ["expressway", "industrial_park", "lacquer_ground"],
}
NAMES = {"lotus_pond": "lotus"}


def main():
    out = pathlib.Path(__file__).resolve().parent.parent / "drawings"
    out.mkdir(exist_ok=True)
    wanted = set(sys.argv[1:])
    for room, scenes in ROOMS.items():
        for scene in scenes:
            name = NAMES.get(scene, scene).replace("_", "-")
            if wanted and name not in wanted:
                continue
            picture = getattr(importlib.import_module(room), scene)()
            (out / f"{name}.svg").write_text(picture, encoding="utf-8")
            print(f"drawings/{name}.svg")
    if not wanted or "conglang" in wanted:
        icons = out.parent.parent / "icons"
        icons.mkdir(exist_ok=True)
        (icons / "conglang.svg").write_text(importlib.import_module("logo").conglang(), encoding="utf-8")
        print("icons/conglang.svg")


if __name__ == "__main__":
    sys.exit(main())
