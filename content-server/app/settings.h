// The settings of `conglang-server serve`: one TOML file in the data folder, read once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "playlists/base/result.h"

namespace conglang::server {

// Each name stands in conglang.toml under the same name; --print-settings prints them all.
struct Settings {
  // [server]
  std::string listen = "0.0.0.0:8443";       // address and port; "" is not allowed
  std::string help_listen = "0.0.0.0:8080";  // plain HTTP, the help page only; "" for none
  std::string public_address;                // what kiosks and browsers use; "" finds one
  std::vector<std::string> names;            // more names and addresses for the certificate
  bool behind_proxy = false;                 // plain HTTP on loopback, a proxy speaks TLS
  std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};

  // [limits]
  std::int64_t upload_bytes = std::int64_t{4} << 30;  // of one asset
  std::int64_t worker_threads = 4;

  // [office]
  std::int64_t offline_days = 30;  // how long a kiosk plays what was approved without us

  bool operator==(const Settings&) const = default;
};

// The file's own values over the defaults above.
// Fails: malformed, naming file, line or setting: an unknown name, a value of another type or
// out of its range is an error.
Result<Settings> parse_settings(std::string_view toml, const std::string& file);

// As parse_settings(); a file that is not there means the defaults.
Result<Settings> read_settings(const std::filesystem::path& file);

// What the rules over several settings say: a proxy needs a public address and loopback.
Status check_settings(const Settings& settings);

// As a TOML file with every name; parse_settings() reads it back to the same values.
std::string write_settings(const Settings& settings);

struct ListenAddress {
  std::string host;  // "0.0.0.0", "::"
  std::uint16_t port = 0;
};

// "0.0.0.0:8443", "[::]:8443". Port 0 lets the system choose.
// Fails: malformed.
Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace conglang::server
