// A value, or the reason why there is none.
//
// Used for everything the world can do to us; a broken invariant of our own
// aborts instead (check.h).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace conglang {

enum class ErrorKind {
  malformed,    // the bytes do not have the form they must have
  missing,      // the thing named is not there
  unsupported,  // well formed, but not something we can do
  too_large,    // over a stated bound
  untrusted,    // a signature, hash or version does not hold
  storage,      // the disk or a file operation failed
  conflict,     // it was changed by somebody else, or exists already
  stopped,      // the caller asked to stop
};

// The name used in logs and on command lines ("malformed", "missing", ...).
std::string to_string(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::malformed;
  std::string message;  // names the thing involved: "assets/x.jpg: no such file"

  // A stable word for programs that must tell errors of one kind apart ("stale-approval");
  // empty when the kind says enough.
  std::string code = {};

  bool operator==(const Error&) const = default;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Requires: ok().
  T& value() & { return std::get<0>(content_); }
  const T& value() const& { return std::get<0>(content_); }
  T&& value() && { return std::get<0>(std::move(content_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Requires: !ok().
  const Error& error() const { return std::get<1>(content_); }

 private:
  std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }

  // Requires: !ok().
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace conglang
