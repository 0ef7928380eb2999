// JSON in and out of the API, and errors in the one form that openapi.json promises.
#pragma once

#include <string>
#include <string_view>

#include "content-server/http/request.h"
#include "content-server/http/response.h"
#include "playlists/base/document_error.h"
#include "playlists/base/json.h"
#include "playlists/base/result.h"

namespace conglang::server {

Response answer(const JsonValue& value, int status = 200);

// Done, and there is nothing to say.
Response answer_nothing();

// The status that tells a client what kind of error it is; see openapi.json.
int status_of(const Error& error);

// {"error":{"code","message","details"}}. The message of a storage error becomes the
// response's fault, for the log: a client learns only that the server could not keep it, and
// with 507 that its disk is full.
Response refuse(const Error& error, const JsonValue& details = {});
Response refuse(int status, std::string_view code, std::string_view message);

// 400 with every error of the document and its place.
Response refuse(const DocumentErrors& errors);

// The body as JSON. Fails: unsupported (code "not-json") when it is of another type;
// malformed.
Result<JsonValue> json_body(const Request& request);

}  // namespace conglang::server
