// Where SOCI's exceptions end: a statement's outcome as a Result, with a kind and a code.
//
//   return sql_guard("kiosk " + id, [&] { session_ << "…", soci::use(id), soci::into(name); });
//
// Inside, use typed soci::use and soci::into only, never soci::row: on SQLite a computed
// column comes through it as text, and 64-bit integers are cut (SOCI issues 779, 1185).
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "playlists/base/result.h"

namespace conglang::server {

// The error that an exception of SOCI means. `subject` is what the statement was about.
// conflict: code "duplicate" (a unique value is there already), "reference" (a foreign key
// does not hold) or "busy"; storage: code "damaged-database", "disk-full", "read-only" or
// "timeout" (it took more steps than one statement may), otherwise none.
Error sql_error(std::string_view subject, const std::runtime_error& thrown);

// PostgreSQL takes neither a NUL nor what is no UTF-8, and SOCI cuts silently at a NUL; so
// both are refused before a text from outside is bound.
// Fails: malformed, naming `subject`.
Status checked_text(std::string_view subject, std::string_view text);

namespace sql_guard_detail {

template <typename T>
struct Guarded {
  using Type = Result<T>;
};
template <typename T>
struct Guarded<Result<T>> {
  using Type = Result<T>;
};

}  // namespace sql_guard_detail

// What `work` returns, as a Result (a Result stays one), or the error of what it threw.
template <typename Work>
auto sql_guard(std::string_view subject, Work&& work) ->
    typename sql_guard_detail::Guarded<std::invoke_result_t<Work>>::Type {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
      std::forward<Work>(work)();
      return {};
    } else {
      return std::forward<Work>(work)();
    }
  } catch (const std::runtime_error& thrown) {
    return sql_error(subject, thrown);
  }
}

}  // namespace conglang::server
