// How large the parts of a publication may be.
//
// Chosen: ten times what a commune needs, and little enough that a hostile document
// costs a kiosk neither memory nor time.
#pragma once

#include <cstddef>
#include <cstdint>

namespace conglang::bounds {

constexpr std::size_t kDocumentBytes = 8u << 20;

constexpr std::size_t kEntries = 2000;
constexpr std::size_t kAssets = 10000;
constexpr std::size_t kPlaylists = 200;
constexpr std::size_t kItems = 2000;  // of one playlist
constexpr std::size_t kPlaces = 500;
constexpr std::size_t kTakedowns = 10000;  // acts of one list, and ids that are reinstated
// Layouts, categories, regions of a variant, facts, pictures of a gallery, names, domains.
constexpr std::size_t kFew = 50;

constexpr std::int64_t kTitleCharacters = 200;
constexpr std::int64_t kTextCharacters = 20000;
constexpr std::int64_t kPathCharacters = 500;  // also of a link: a QR code stays readable

constexpr std::int64_t kLeastDurationMs = 100;
constexpr std::int64_t kMostDurationMs = 86'400'000;  // a day
constexpr std::int64_t kMostFadeMs = 10'000;
constexpr std::int64_t kMostPixels = 16384;
constexpr std::int64_t kMostFileBytes = std::int64_t{8} << 30;  // a long film

}  // namespace conglang::bounds
