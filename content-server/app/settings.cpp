#include "content-server/app/settings.h"

#include <toml++/toml.h>

#include <charconv>
#include <functional>
#include <map>
#include <sstream>
#include <utility>

#include "content-server/publishing/repository_files.h"
#include "playlists/base/json.h"

namespace conglang::server {
namespace {

constexpr std::int64_t kMaxBytes = 64 << 10;
constexpr std::size_t kMaxNames = 32;
constexpr std::size_t kMaxText = 255;

using Problem = std::string;  // empty: well
using TakeValue = std::function<Problem(const toml::node&)>;
using Takers = std::map<std::string, TakeValue, std::less<>>;

Problem take_text(const toml::node& node, std::string& out) {
  if (!node.is_string()) return "must be a text";
  const std::string& text = node.as_string()->get();
  if (text.size() > kMaxText) return "is longer than 255 bytes";
  out = text;
  return {};
}

TakeValue text(std::string& out) {
  return [&out](const toml::node& node) { return take_text(node, out); };
}

TakeValue texts(std::vector<std::string>& out) {
  return [&out](const toml::node& node) -> Problem {
    const toml::array* list = node.as_array();
    if (list == nullptr || list->size() > kMaxNames) return "must be a list of at most 32";
    std::vector<std::string> values(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (Problem problem = take_text(*list->get(i), values[i]); !problem.empty()) {
        return "has an element that " + problem;
      }
    }
    out = std::move(values);
    return {};
  };
}

TakeValue flag(bool& out) {
  return [&out](const toml::node& node) -> Problem {
    if (!node.is_boolean()) return "must be true or false";
    out = node.as_boolean()->get();
    return {};
  };
}

TakeValue number(std::int64_t& out, std::int64_t least, std::int64_t most) {
  return [&out, least, most](const toml::node& node) -> Problem {
    const auto range = std::to_string(least) + " to " + std::to_string(most);
    if (!node.is_integer()) return "must be a whole number from " + range;
    const std::int64_t value = node.as_integer()->get();
    if (value < least || value > most) return "must be from " + range;
    out = value;
    return {};
  };
}

std::map<std::string, Takers, std::less<>> takers_of(Settings& settings) {
  return {{"server",
           {{"listen", text(settings.listen)},
            {"help_listen", text(settings.help_listen)},
            {"public_address", text(settings.public_address)},
            {"names", texts(settings.names)},
            {"behind_proxy", flag(settings.behind_proxy)},
            {"trusted_proxies", texts(settings.trusted_proxies)}}},
          {"limits",
           {{"upload_bytes", number(settings.upload_bytes, 1 << 20, std::int64_t{64} << 30)},
            {"worker_threads", number(settings.worker_threads, 1, 64)}}},
          {"office", {{"offline_days", number(settings.offline_days, 1, 366)}}}};
}

Problem take_table(const toml::table& table, const std::string& section, const Takers& takers) {
  for (const auto& [name, node] : table) {
    const std::string full = section + "." + std::string(name.str());
    const auto taker = takers.find(std::string_view(name.str()));
    if (taker == takers.end()) return full + " is not a setting";
    if (const Problem problem = taker->second(node); !problem.empty()) {
      return full + " " + problem;
    }
  }
  return {};
}

bool is_loopback(std::string_view listen) {
  return listen.starts_with("127.") || listen.starts_with("[::1]") ||
         listen.starts_with("localhost:");
}

// TOML's basic strings escape as JSON's do.
std::string quoted(const std::string& text) { return write_json(JsonValue(text)); }

std::string quoted(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? ", " : "") + quoted(text);
  return out + "]";
}

}  // namespace

Result<Settings> parse_settings(std::string_view bytes, const std::string& file) {
  Settings settings;
  const auto sections = takers_of(settings);
  try {
    const toml::table document = toml::parse(bytes);
    for (const auto& [name, node] : document) {
      const auto section = sections.find(std::string_view(name.str()));
      if (section == sections.end() || !node.is_table()) {
        return Error{ErrorKind::malformed,
                     file + ": [" + std::string(name.str()) + "] is not a section of settings"};
      }
      const Problem problem = take_table(*node.as_table(), section->first, section->second);
      if (!problem.empty()) return Error{ErrorKind::malformed, file + ": " + problem};
    }
  } catch (const toml::parse_error& error) {
    return Error{ErrorKind::malformed, file + ": line " +
                                           std::to_string(error.source().begin.line) + ": " +
                                           std::string(error.description())};
  }
  if (Status checked = check_settings(settings); !checked) {
    return Error{checked.error().kind, file + ": " + checked.error().message};
  }
  return settings;
}

Result<Settings> read_settings(const std::filesystem::path& file) {
  const Result<std::string> bytes = read_file(file, kMaxBytes);
  if (!bytes.ok() && bytes.error().kind == ErrorKind::missing) return Settings{};
  if (!bytes.ok()) return bytes.error();
  return parse_settings(*bytes, file.string());
}

Status check_settings(const Settings& settings) {
  if (const auto listen = parse_listen_address(settings.listen); !listen) {
    return Error{ErrorKind::malformed, "server.listen: " + listen.error().message};
  }
  if (!settings.help_listen.empty()) {
    const auto help = parse_listen_address(settings.help_listen);
    if (!help)
      return Error{ErrorKind::malformed, "server.help_listen: " + help.error().message};
  }
  const std::string& address = settings.public_address;
  if (!address.empty() &&
      (!address.starts_with("https://") || address.ends_with('/') || address.size() < 10)) {
    return Error{ErrorKind::malformed,
                 "server.public_address must look like https://name or https://name:port"};
  }
  if (settings.behind_proxy && !is_loopback(settings.listen)) {
    return Error{ErrorKind::malformed,
                 "server.behind_proxy needs server.listen on 127.0.0.1: without TLS nobody "
                 "else may reach it"};
  }
  if (settings.behind_proxy && address.empty()) {
    return Error{ErrorKind::malformed,
                 "server.behind_proxy needs server.public_address, the address of the proxy"};
  }
  return {};
}

std::string write_settings(const Settings& settings) {
  std::ostringstream out;
  out << "[server]\n"
      << "listen = " << quoted(settings.listen) << "\n"
      << "help_listen = " << quoted(settings.help_listen) << "\n"
      << "public_address = " << quoted(settings.public_address) << "\n"
      << "names = " << quoted(settings.names) << "\n"
      << "behind_proxy = " << (settings.behind_proxy ? "true" : "false") << "\n"
      << "trusted_proxies = " << quoted(settings.trusted_proxies) << "\n\n"
      << "[limits]\n"
      << "upload_bytes = " << settings.upload_bytes << "\n"
      << "worker_threads = " << settings.worker_threads << "\n\n"
      << "[office]\n"
      << "offline_days = " << settings.offline_days << "\n";
  return out.str();
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const Error error{ErrorKind::malformed,
                    "\"" + std::string(text) + "\" is no address with a port (0.0.0.0:8443)"};
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return error;
  std::string_view host = text.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return error;
  }
  const std::string_view digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (host.empty() || digits.empty() || failure != std::errc{} ||
      end != digits.data() + digits.size()) {
    return error;
  }
  return ListenAddress{std::string(host), port};
}

}  // namespace conglang::server
