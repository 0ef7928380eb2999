#include "content-server/app/office_server.h"

#include <utility>

#include "content-server/access/people.h"
#include "content-server/access/setup.h"
#include "content-server/api/api_routes.h"
#include "content-server/api/release_writing.h"
#include "content-server/api/takedown_writing.h"
#include "content-server/app/finish_restore.h"
#include "content-server/app/help_page.h"
#include "content-server/publishing/office_root.h"
#include "content-server/publishing/space_reserve.h"

namespace conglang::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

AccessDesk server_desk(const Stores& stores, Instant now) {
  return {stores.people, stores.sessions, stores.units, stores.office,
          stores.audit,  "server",        now};
}

// Before the set-up, and before the first release, there is nothing to look after.
bool is_young(const Error& error) {
  return error.code == "no-root" || error.code == "nothing-published";
}

Response text_answer(const char* type, std::string text) {
  return {200, {{"Content-Type", type}}, std::move(text), {}};
}

}  // namespace

OfficeServer::OfficeServer(const DataFolder& folder, const Settings& settings,
                           const Clock& clock, std::function<void(const std::string&)> log)
    : folder_(folder),
      settings_(settings),
      clock_(clock),
      log_(std::move(log)),
      repository_(folder.root),
      trust_(repository_),
      link_({repository_, clock, [this] { return address_; },
             [this] { return certificates().ca_pem; }}),
      housekeeper_(clock, log_) {}

// Screens must be served, and something hidden, also after a restart on a full disk.
Result<std::unique_ptr<OfficeServer>> OfficeServer::open(
    const DataFolder& folder, const Settings& settings, const Clock& clock,
    std::function<void(const std::string&)> log) {
  auto opened = open_once(folder, settings, clock, log);
  if (opened || opened.error().code != "disk-full") return opened;
  if (!SpaceReserve(folder.root).give_up()) return opened;
  log("the disk is full: what was laid aside is used to start");
  return open_once(folder, settings, clock, std::move(log));
}

Result<std::unique_ptr<OfficeServer>> OfficeServer::open_once(
    const DataFolder& folder, const Settings& settings, const Clock& clock,
    std::function<void(const std::string&)> log) {
  if (Status prepared = prepare_data_folder(folder); !prepared) return prepared.error();
  std::unique_ptr<OfficeServer> server(
      new OfficeServer(folder, settings, clock, std::move(log)));
  if (Status opened = server->open_parts(); !opened) return opened.error();
  if (Status begun = server->begin(); !begun) return begun.error();
  server->add_routes();
  server->add_help_routes();
  if (Status listening = server->listen(); !listening) return listening.error();
  server->add_chores();
  return server;
}

Status OfficeServer::open_parts() {
  const Instant now = clock_.now();
  auto database = Database::open(folder_.database(), {.backups = folder_.backups()}, now);
  if (!database) return database.error();
  database_ = std::move(*database);
  return renew_certificate(now);
}

Status OfficeServer::renew_certificate(Instant now) {
  const CertificateNames names = certificate_names(settings_, own_addresses());
  LocalCertificates certificates;
  if (!settings_.behind_proxy) {
    auto opened = open_local_ca(folder_.tls(), names, now);
    if (!opened) return opened.error();
    certificates = std::move(*opened);
  }
  for (const std::string& name : certificates.left_out) {
    log_("certificate: " + name + " is outside of what the authority may sign");
  }
  const bool renewed = certificates.was_renewed;
  const TlsCertificate server = certificates.server;
  {
    const MutexLock lock(mutex_);
    names_ = names;
    certificates_ = std::move(certificates);
  }
  return http_ != nullptr && renewed ? http_->replace_certificate(server) : Status{};
}

LocalCertificates OfficeServer::certificates() const {
  const MutexLock lock(mutex_);
  return certificates_;
}

CertificateNames OfficeServer::names() const {
  const MutexLock lock(mutex_);
  return names_;
}

Status OfficeServer::begin() {
  const Instant now = clock_.now();
  if (Status restored = finish_restore(folder_.root, *database_, repository_, now); !restored) {
    return restored;
  }
  if (Status followed = follow_published_root(now); !followed) {
    log_("root: " + followed.error().message);
  }
  // What cannot be brought to an end now is tried again by a chore; hiding must work meanwhile.
  if (Status resumed = resume_releases(*database_, repository_, clock_, now); !resumed) {
    log_("releases: " + resumed.error().message);
  }
  const auto told = publish_takedowns(*database_, repository_, clock_);
  if (!told && !is_young(told.error())) log_("takedowns: " + told.error().message);
  if (Status kept = SpaceReserve(folder_.root).lay_aside(); !kept) log_(kept.error().message);
  return database_->write(Durability::power_cut, [&](const Stores& stores) -> Status {
    auto code = begin_office(server_desk(stores, now));
    if (!code) return code.error();
    setup_code_ = std::move(*code);
    return {};
  });
}

// A ceremony whose end was interrupted.
Status OfficeServer::follow_published_root(Instant now) {
  return database_->write(Durability::power_cut, [&](const Stores& stores) -> Status {
    const auto followed = follow_root(server_desk(stores, now), repository_);
    return followed ? Status{} : Status(followed.error());
  });
}

void OfficeServer::add_routes() {
  parts_.emplace(ApiParts{
      *database_, clock_, streams_, hasher_, trust_, link_, repository_, folder_.root,
      [this] { return own_origins(settings_, names(), address_, http_->ports().front()); },
      log_, settings_.upload_bytes, static_cast<int>(settings_.offline_days)});
  add_api_routes(routes_, *parts_);
  add_repository_routes(routes_, folder_.repository());
}

void OfficeServer::add_help_routes() {
  help_routes_.add({Method::get,
                    "/",
                    BodyRule::none(),
                    [this](const Request&) {
                      return text_answer("text/html; charset=utf-8",
                                         help_page({address_, certificates().ca_fingerprint}));
                    },
                    {}});
  help_routes_.add({Method::get,
                    "/ca.crt",
                    BodyRule::none(),
                    [this](const Request&) {
                      return text_answer("application/x-x509-ca-cert", certificates().ca_pem);
                    },
                    {}});
}

Status OfficeServer::listen() {
  const OwnAddresses own = own_addresses();
  const auto main = parse_listen_address(settings_.listen);
  if (!main) return main.error();
  HttpSettings http;
  http.listeners.push_back({main->host, main->port, !settings_.behind_proxy, nullptr, {}});
  const bool helps = !settings_.help_listen.empty() && !settings_.behind_proxy;
  if (helps) {
    const auto help = parse_listen_address(settings_.help_listen);
    if (!help) return help.error();
    http.listeners.push_back({help->host, help->port, false, &help_routes_,
                              public_address(settings_, own, main->port)});
  }
  http.tls = certificates().server;
  if (settings_.behind_proxy) http.trusted_proxies = settings_.trusted_proxies;
  http.upload_folder = folder_.uploads();
  auto server = HttpServer::create(std::move(http), routes_, {clock_, log_});
  if (!server) return server.error();
  http_ = std::move(*server);
  streams_.become(*http_);
  address_ = public_address(settings_, own, http_->ports().front());
  if (helps) {
    const std::string host = own.addresses.empty() ? "127.0.0.1" : own.addresses.front();
    help_address_ = "http://" + url_host(host) + ":" + std::to_string(http_->ports().at(1));
  }
  return {};
}

void OfficeServer::add_chores() {
  housekeeper_.add({"certificate", [this](Instant now) -> Result<Instant> {
                      if (Status renewed = renew_certificate(now); !renewed) {
                        return renewed.error();
                      }
                      return now + hours{1};  // addresses change when a cable moves
                    }});
  housekeeper_.add({"signatures", [this](Instant now) -> Result<Instant> {
                      const auto renewed = repository_.renew(now);
                      if (!renewed && !is_young(renewed.error())) return renewed.error();
                      return now + minutes{10};
                    }});
  housekeeper_.add({"releases", [this](Instant now) -> Result<Instant> {
                      // Those of a moment ago are still being written.
                      const Status done =
                          resume_releases(*database_, repository_, clock_, now - minutes{10});
                      if (!done) return done.error();
                      return now + minutes{1};
                    }});
  housekeeper_.add({"takedowns", [this](Instant now) -> Result<Instant> {
                      const auto told = publish_takedowns(*database_, repository_, clock_);
                      if (!told && !is_young(told.error())) return told.error();
                      if (told && *told) streams_.publish("kiosks", "look", kLookAtTakedown);
                      return now + minutes{1};
                    }});
  housekeeper_.add({"reserve", [this](Instant now) -> Result<Instant> {
                      const Status kept = SpaceReserve(folder_.root).lay_aside();
                      if (!kept) return kept.error();
                      return now + minutes{1};
                    }});
  housekeeper_.add({"sweep", [this](Instant now) -> Result<Instant> {
                      const auto swept = repository_.sweep(now);
                      if (!swept && !is_young(swept.error())) return swept.error();
                      return now + hours{6};
                    }});
  housekeeper_.add({"accounts", [this](Instant now) -> Result<Instant> {
                      const Status done = database_->write(
                          Durability::power_cut, [&](const Stores& stores) -> Status {
                            const auto closed = close_ended_people(server_desk(stores, now));
                            if (!closed) return closed.error();
                            Status forgotten = stores.sessions.remove_stale(now - kSessionLife,
                                                                            now - kSessionIdle);
                            if (!forgotten) return forgotten;
                            return stores.sessions.remove_attempts_before(now - hours{24});
                          });
                      if (!done) return done.error();
                      return now + minutes{10};
                    }});
}

}  // namespace conglang::server
