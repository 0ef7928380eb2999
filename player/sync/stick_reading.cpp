#include "player/sync/stick_reading.h"

#include <utility>

namespace conglang::player {
namespace {

constexpr const char* kRecordsFolder = "records";

SyncEvent event_of(const Error& error) {
  return {error.code.empty() ? to_string(error.kind) : error.code, "stick", error.message};
}

}  // namespace

StickReading::StickReading(Parts parts)
    : parts_(std::move(parts)), import_({parts_.stick, parts_.store, parts_.keeper}) {}

StickReading::News StickReading::step(const ClockReading& clock) {
  if (!is_imported_) return import(clock);
  leave_records();
  return {};
}

StickReading::News StickReading::import(const ClockReading& clock) {
  ImportNews step = import_.step(clock, parts_.rules.bytes_at_once);
  for (SyncEvent& event : step.events) troubles_.push_back(std::move(event));
  if (step.show && step.show->current && !step.at_once) {
    report_.received = step.show->current->version;
  }
  if (step.is_over) {
    is_imported_ = true;
    report_.is_ours = step.is_ours;
    is_over_ = !step.is_ours;
    if (step.is_ours) begin_records();
  }
  return {std::move(step.show), step.at_once};
}

void StickReading::begin_records() {
  auto folder = PosixStateFolder::open_inside(parts_.stick, kRecordsFolder);
  const auto free = folder ? folder->free_bytes() : Result<std::int64_t>(folder.error());
  if (!free) {
    troubles_.push_back(event_of(free.error()));
    is_over_ = true;
    return;
  }
  ExportRules rules;
  rules.room = *free - parts_.rules.keep_free;
  folder_ = std::move(*folder);
  export_ = std::make_unique<RecordExport>(parts_.records, parts_.kiosk, *folder_, rules);
}

void StickReading::leave_records() {
  const auto done = export_->step();
  if (!done) troubles_.push_back(event_of(done.error()));
  is_over_ = !done || *done;
}

StickReport StickReading::report() const {
  StickReport report = report_;
  if (export_) report.batches = export_->batches();
  if (!troubles_.empty()) report.trouble = troubles_.front().name;
  return report;
}

}  // namespace conglang::player
