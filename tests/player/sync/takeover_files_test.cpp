// The takeover drill, the films: what a server sends instead of a large file, and instead of
// metadata. A film that is not the one signed for is never put together on the disk.

#include "tests/player/sync/takeover_drill.h"

namespace conglang::player {
namespace {

class TakeoverOfFiles : public TakeoverDrill {
 protected:
  // Every request for the film of the newest edition is answered like this.
  using Answer = std::function<FakeAnswer(const std::string& film, const HttpRequest&)>;

  // Serves a new edition whose film comes as `answer` says.
  Expected tamper(TestRepository& evil, const std::string& what, const std::string& fault,
                  const Answer& answer) {
    evil = next_edition();
    world.kiosk->restart();  // each fault of files is told once in a run
    const std::string film = evil.files.at(world.film_path);
    const std::string path = "/repository/" + world.film_path;
    world.kiosk->http.on_the_way =
        [answer, film, path](const HttpRequest& request) -> std::optional<FakeAnswer> {
      if (request.path != path) return std::nullopt;
      return answer(film, request);
    };
    return {what, {fault + " files"}};
  }
};

TEST_F(TakeoverOfFiles, AnotherFilmOfTheSameLength) {
  drill([this](TestRepository& evil, int number) {
    const Answer answer = [number](const std::string& film, const HttpRequest& request) {
      std::string bytes(film.size(), static_cast<char>('a' + number));
      if (number % 2 == 0) bytes = film;
      if (number % 2 == 0)
        bytes[at(number) % film.size()] ^= static_cast<char>(1 << number % 7);
      return FakeHttp::file_answer(request, bytes);
    };
    return tamper(evil, "another film", "wrong-hash", answer);
  });
}

TEST_F(TakeoverOfFiles, AFilmThatIsShorter) {
  drill([this](TestRepository& evil, int number) {
    return tamper(evil, "a shorter film", "wrong-length",
                  [number](const std::string& film, const HttpRequest& request) {
                    const std::size_t length = film.size() - 1 - at(number) % film.size();
                    return FakeHttp::file_answer(request, film.substr(0, length));
                  });
  });
}

// With its length stated, or going on without an end.
TEST_F(TakeoverOfFiles, AFilmThatIsLonger) {
  drill([this](TestRepository& evil, int number) {
    return tamper(evil, "a longer film", "endless-data",
                  [number](const std::string& film, const HttpRequest& request) {
                    const std::string more(number % 4 < 2 ? 1 + at(number) : 1u << 20, 'x');
                    FakeAnswer answer = FakeHttp::file_answer(request, film + more);
                    if (number % 2 == 0) answer.head.content_length.reset();
                    return answer;
                  });
  });
}

TEST_F(TakeoverOfFiles, AFilmThatIsNotThere) {
  const std::vector<int> refusals = {404, 410, 403, 400, 405, 451};
  drill([&](TestRepository& evil, int number) {
    const int status = refusals[at(number) % refusals.size()];
    return tamper(
        evil, "no film but " + std::to_string(status), "status",
        [status](const std::string&, const HttpRequest&) { return answer_status(status); });
  });
}

TEST_F(TakeoverOfFiles, AFilmThatEndsTooEarly) {
  drill([this](TestRepository& evil, int number) {
    return tamper(evil, "a film that is cut", "cut",
                  [number](const std::string& film, const HttpRequest& request) {
                    FakeAnswer answer = FakeHttp::file_answer(request, film);
                    answer.cut_after = at(number) % 2;  // never enough of it
                    return answer;
                  });
  });
}

TEST_F(TakeoverOfFiles, APartFromAnotherPlace) {
  drill([this](TestRepository& evil, int number) {
    const Answer answer = [number](const std::string& film, const HttpRequest&) {
      const std::size_t from = 1 + at(number) % (film.size() - 1);
      FakeAnswer part = answer_with(film.substr(from), "application/octet-stream");
      part.head.status = 206;
      const std::size_t last = film.size() - 1;
      part.head.content_range = "bytes " + std::to_string(from) + "-" + std::to_string(last) +
                                "/" + std::to_string(film.size());
      if (number % 3 == 1) part.head.content_range = "bytes 0-" + std::to_string(last + 1);
      if (number % 3 == 2) part.head.content_range = "bytes */" + std::to_string(1 + number);
      return part;
    };
    return tamper(evil, "a part from another place", "wrong-offset", answer);
  });
}

// The first half of the genuine film, and then the second half of another.
TEST_F(TakeoverOfFiles, TwoHalvesOfDifferentFilms) {
  drill([this](TestRepository& evil, int number) {
    const Answer answer = [number](const std::string& film, const HttpRequest& request) {
      FakeAnswer whole = FakeHttp::file_answer(request, film);
      if (!request.range) {
        whole.cut_after = 2 + at(number) % (film.size() - 4);
        return whole;
      }
      const auto from = static_cast<std::size_t>(request.range->from);
      FakeAnswer part =
          answer_with(std::string(film.size() - from, '?'), "application/octet-stream");
      part.head.status = 206;
      part.head.etag = number % 2 == 0 ? FakeHttp::etag_of(film) : "";
      part.head.content_range = "bytes " + std::to_string(from) + "-" +
                                std::to_string(film.size() - 1) + "/" +
                                std::to_string(film.size());
      return part;
    };
    Expected expected = tamper(evil, "two halves", "wrong-hash", answer);
    expected.faults.insert("cut files");
    return expected;
  });
}

TEST_F(TakeoverOfFiles, APartThatSaysItIsOfAnotherFile) {
  drill([this](TestRepository& evil, int number) {
    const Answer answer = [number](const std::string& film, const HttpRequest& request) {
      FakeAnswer whole = FakeHttp::file_answer(request, film);
      if (!request.range) {
        whole.cut_after = 2 + at(number) % (film.size() - 4);
        return whole;
      }
      const auto from = static_cast<std::size_t>(request.range->from);
      FakeAnswer part = answer_with(film.substr(from), "application/octet-stream");
      part.head.status = 206;
      part.head.etag = "\"another\"";
      part.head.content_range = "bytes " + std::to_string(from) + "-" +
                                std::to_string(film.size() - 1) + "/" +
                                std::to_string(film.size());
      return part;
    };
    Expected expected = tamper(evil, "another etag", "changed", answer);
    expected.faults.insert("cut files");
    return expected;
  });
}

// --- instead of anything ---

TEST_F(TakeoverOfFiles, AWebPageInsteadOfWhatWasAskedFor) {
  drill([this](TestRepository& evil, int number) -> Expected {
    const std::string page = "<html>" + std::string(at(number) * 100, 'x') + "</html>";
    if (number % 2 == 0) {
      return tamper(evil, "a page for a film", "captive-portal",
                    [page](const std::string&, const HttpRequest&) {
                      return answer_with(page, "text/html");
                    });
    }
    world.catch_up();
    evil = world.seized();
    world.kiosk->restart();
    const std::string type = number % 4 == 1 ? "text/html" : "application/json";
    const bool is_root = number % 3 == 0;
    world.kiosk->http.on_the_way =
        [=](const HttpRequest& request) -> std::optional<FakeAnswer> {
      const std::string path = is_root ? "2.root.json" : "timestamp.json";
      if (!request.path.ends_with(path)) return std::nullopt;
      return answer_with(page, type);
    };
    return {"a page for metadata", {"captive-portal repository"}};
  });
}

TEST_F(TakeoverOfFiles, BeingSentElsewhere) {
  const std::vector<int> elsewhere = {300, 301, 302, 303, 307, 308};
  drill([&](TestRepository& evil, int number) {
    const int status = elsewhere[at(number) % elsewhere.size()];
    return tamper(evil, "sent elsewhere", "captive-portal",
                  [status](const std::string&, const HttpRequest&) {
                    FakeAnswer answer = answer_status(status);
                    answer.head.location = "https://attacker.example/";
                    return answer;
                  });
  });
}

}  // namespace
}  // namespace conglang::player
