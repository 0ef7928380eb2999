// By which names and addresses the server is called: for its certificate, for the check of
// where a request was made, and for what people type.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "content-server/app/own_addresses.h"
#include "content-server/app/settings.h"
#include "content-server/http/local_ca.h"

namespace conglang::server {

// What the certificate shall be good for: the settings' names, this machine's own name (also
// with ".local"), its addresses and loopback. Pure.
CertificateNames certificate_names(const Settings& settings, const OwnAddresses& own);

// What people and kiosks use: the setting, or the first address of this machine. Pure.
std::string public_address(const Settings& settings, const OwnAddresses& own,
                           std::uint16_t port);

// Every "https://name:port" that is us; behind a proxy only the public address. Pure.
std::vector<std::string> own_origins(const Settings& settings, const CertificateNames& names,
                                     const std::string& public_address, std::uint16_t port);

}  // namespace conglang::server
