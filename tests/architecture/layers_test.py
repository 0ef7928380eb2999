"""The map test itself: each kind of disagreement, in a small tree, is named."""

import pathlib
import tempfile
import unittest

import layers

MAP = """
```layers
low/sand   ->
low/stone  -> low/sand
high/roof  -> low/*
```
"""


class MapTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("ARCHITECTURE.md", MAP)
        self.write("low/sand/grain.h", "#pragma once\n")
        self.write("low/stone/brick.h", '#include "low/sand/grain.h"\n')
        self.write("high/roof/tile.cpp", '#include <vector>\n#include "low/stone/brick.h"\n')

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def assert_only_fault(self, *parts):
        faults = layers.all_faults(self.root)
        self.assertEqual(len(faults), 1, faults)
        for part in parts:
            self.assertIn(part, faults[0])

    def test_says_nothing_about_a_tree_that_follows_the_map(self):
        self.assertEqual(layers.all_faults(self.root), [])

    def test_names_both_rooms_of_a_forbidden_include(self):
        self.write("low/sand/dune.h", '#include "low/stone/brick.h"\n')
        self.assert_only_fault("low/sand/dune.h", "low/sand may not use low/stone")

    def test_sees_a_forbidden_include_behind_a_blank_before_the_hash(self):
        self.write("low/sand/dune.h", '  # include "low/stone/brick.h"\n')
        self.assert_only_fault("low/sand may not use low/stone")

    def test_names_the_rooms_of_a_circle_in_the_map(self):
        self.write("ARCHITECTURE.md", MAP.replace("low/sand   ->", "low/sand -> high/roof"))
        faults = layers.all_faults(self.root)
        self.assertTrue(any("circle" in f and "low/sand" in f and "high/roof" in f
                            for f in faults), faults)

    def test_names_a_room_that_the_tree_has_not(self):
        self.write("ARCHITECTURE.md", MAP.replace("high/roof", "high/attic ->\nhigh/roof"))
        self.assert_only_fault("high/attic", "absent from the tree")

    def test_names_a_source_file_outside_of_every_room(self):
        self.write("low/pebble.cpp", "")
        self.assert_only_fault("low/pebble.cpp", "in no room")

    def test_takes_the_innermost_room_as_the_home_of_a_file(self):
        self.write("ARCHITECTURE.md", MAP.replace("high/roof", "low/stone/vein ->\nhigh/roof"))
        self.write("low/stone/vein/gold.h", '#include "low/stone/brick.h"\n')
        self.assert_only_fault("low/stone/vein may not use low/stone")

    def test_refuses_an_include_that_is_no_path_from_the_root(self):
        self.write("low/stone/wall.h", '#include "brick.h"\n')
        self.assert_only_fault("low/stone/wall.h", "no such path")

    def test_refuses_an_arrow_to_a_room_without_a_line(self):
        self.write("ARCHITECTURE.md", MAP.replace("-> low/sand", "-> low/snow"))
        self.assert_only_fault("low/snow")

    def test_refuses_a_room_that_is_listed_twice(self):
        self.write("ARCHITECTURE.md", MAP.replace("high/roof", "low/sand ->\nhigh/roof"))
        self.assert_only_fault("low/sand", "twice")

    def test_refuses_a_map_without_the_block(self):
        self.write("ARCHITECTURE.md", "Words only.\n")
        self.assert_only_fault("no block named layers")

    def test_names_a_library_outside_of_its_room(self):
        for header in ("libavcodec/avcodec.h", "libyuv.h", "SDL2/SDL_ttf.h", "SDL.h",
                       "nlohmann/json.hpp", "sqlite3.h", "qrencode.h", "openssl/evp.h",
                       "sodium.h", "CLI/CLI.hpp", "toml++/toml.h"):
            with self.subTest(header):
                self.write("low/sand/dune.h", f"#include <{header}>\n")
                self.assert_only_fault("low/sand/dune.h", header, "belongs to")

    def test_names_a_call_of_the_other_half_of_sdl(self):
        self.write("low/sand/dune.cpp", "int x = SDL_OpenAudioDevice(nullptr);\n")
        self.assert_only_fault("SDL_OpenAudioDevice", "player/sound")
        self.write("low/sand/dune.cpp", "int x = SDL_PollEvent(&event);\n")
        self.assert_only_fault("SDL_PollEvent", "player/platform")

    def test_names_a_thread_a_clock_and_an_environment_outside_of_the_programs(self):
        for code, place in (("std::jthread worker(work);", "player/app"),
                            ("auto now = std::chrono::steady_clock::now();", "player/platform"),
                            ("auto home = std::getenv(\"HOME\");", "content-server/app")):
            with self.subTest(code):
                self.write("low/sand/dune.cpp", code + "\n")
                self.assert_only_fault("low/sand/dune.cpp", place)

    def test_does_not_take_a_comment_for_a_call(self):
        self.write("low/sand/dune.cpp", "// not SDL_PollEvent(): see platform\n")
        self.assertEqual(layers.all_faults(self.root), [])

    def test_names_a_test_that_nothing_would_build(self):
        self.write("tests/low/snad/grain_test.cpp", "")
        self.assert_only_fault("tests/low/snad/grain_test.cpp", "nothing builds it")

    def test_names_a_file_that_is_too_long(self):
        self.write("low/sand/dune.cpp", "\n" * layers.LONGEST_FILE)
        self.assertEqual(layers.all_faults(self.root), [])
        self.write("low/sand/dune.cpp", "\n" * (layers.LONGEST_FILE + 1))
        self.assert_only_fault("low/sand/dune.cpp", f"{layers.LONGEST_FILE + 1} lines")


if __name__ == "__main__":
    unittest.main()
