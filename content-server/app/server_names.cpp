#include "content-server/app/server_names.h"

#include <algorithm>
#include <cctype>

namespace conglang::server {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool is_numeric(const std::string& host) {
  if (host.find(':') != std::string::npos) return true;
  return !host.empty() && host.find_first_not_of("0123456789.") == std::string::npos;
}

void add_once(std::vector<std::string>& list, const std::string& element) {
  if (element.empty() || std::find(list.begin(), list.end(), element) != list.end()) return;
  list.push_back(element);
}

void add(CertificateNames& names, const std::string& host) {
  add_once(is_numeric(host) ? names.addresses : names.names, lower(host));
}

// "https://name:8443" gives "name", "https://[::1]" gives "::1".
std::string host_of(const std::string& address) {
  std::string host = address.substr(std::string("https://").size());
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

std::string origin_of(const std::string& host, std::uint16_t port) {
  const std::string origin = "https://" + url_host(host);
  return port == 443 ? origin : origin + ":" + std::to_string(port);
}

}  // namespace

CertificateNames certificate_names(const Settings& settings, const OwnAddresses& own) {
  CertificateNames names;
  for (const std::string& name : settings.names) add(names, name);
  if (!settings.public_address.empty()) add(names, host_of(settings.public_address));
  if (!own.host_name.empty()) {
    add(names, own.host_name);
    if (own.host_name.find('.') == std::string::npos) add(names, own.host_name + ".local");
  }
  add(names, "localhost");
  for (const std::string& address : own.addresses) add(names, address);
  add(names, "127.0.0.1");
  add(names, "::1");
  return names;
}

std::string public_address(const Settings& settings, const OwnAddresses& own,
                           std::uint16_t port) {
  if (!settings.public_address.empty()) return settings.public_address;
  const auto listen = parse_listen_address(settings.listen);
  const bool everywhere =
      !listen || listen->host == "0.0.0.0" || listen->host == "::" || listen->host.empty();
  if (!everywhere) return origin_of(listen->host, port);
  return origin_of(own.addresses.empty() ? "127.0.0.1" : own.addresses.front(), port);
}

std::vector<std::string> own_origins(const Settings& settings, const CertificateNames& names,
                                     const std::string& public_address, std::uint16_t port) {
  std::vector<std::string> origins{lower(public_address)};
  if (settings.behind_proxy) return origins;
  for (const std::string& name : names.names) add_once(origins, origin_of(name, port));
  for (const std::string& address : names.addresses)
    add_once(origins, origin_of(address, port));
  return origins;
}

}  // namespace conglang::server
