// A file layer between a program and the system, for drills: counts every write, flush and
// rename below one folder, and at the n-th of them kills the program or fails the call.
//
// Loaded with LD_PRELOAD. CONGLANG_FAULTS names the control file (see Control), which the
// drill maps too; CONGLANG_FAULTS_ROOT the folder whose files count.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum Act : std::int64_t { act_none = 0, act_kill = 1, act_io_error = 2, act_disk_full = 3 };

// Little-endian in the file; 64 bytes.
struct Control {
  std::atomic<std::int64_t> calls;      // counted so far
  std::atomic<std::int64_t> act_at;     // at this count; 0: never
  std::atomic<std::int64_t> act;        // Act
  std::atomic<std::int64_t> acted;      // how often it acted
  std::atomic<std::int64_t> act_until;  // fails go on to this count (disk full stays full)
  std::int64_t spare[3];
};
static_assert(sizeof(Control) == 64);

Control* map_control() {
  const char* path = ::getenv("CONGLANG_FAULTS");
  if (path == nullptr) return nullptr;
  const int file = ::open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* memory = ::mmap(nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  return memory == MAP_FAILED ? nullptr : static_cast<Control*>(memory);
}

Control* control() {
  static Control* const mapped = map_control();
  return mapped;
}

bool counts(const char* path) {
  static const char* const root = ::getenv("CONGLANG_FAULTS_ROOT");
  return root != nullptr && path != nullptr && std::strncmp(path, root, std::strlen(root)) == 0;
}

bool counts(int file) {
  char name[64];
  char path[PATH_MAX];
  ::snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  const ssize_t length = ::readlink(name, path, sizeof path - 1);
  if (length <= 0) return false;
  path[length] = '\0';
  return counts(path);
}

// 0: go on; otherwise the errno to fail with.
int strike() {
  Control* const shared = control();
  if (shared == nullptr) return 0;
  const std::int64_t call = shared->calls.fetch_add(1) + 1;
  const std::int64_t at = shared->act_at.load();
  if (at == 0 || call < at || (call > at && call > shared->act_until.load())) return 0;
  shared->acted.fetch_add(1);
  switch (shared->act.load()) {
    case act_kill:
      ::kill(::getpid(), SIGKILL);
      ::pause();
      return 0;
    case act_io_error:
      return EIO;
    case act_disk_full:
      return ENOSPC;
    default:
      return 0;
  }
}

template <typename Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

// The call itself, unless its turn has come.
template <typename Call>
auto struck(bool counted, Call call) -> decltype(call()) {
  if (control() != nullptr && counted) {
    if (const int error = strike(); error != 0) {
      errno = error;
      return -1;
    }
  }
  return call();
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t count) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t)>("write");
  return struck(counts(file), [=] { return next(file, bytes, count); });
}

ssize_t writev(int file, const struct iovec* parts, int count) {
  static const auto next = real<ssize_t (*)(int, const struct iovec*, int)>("writev");
  return struck(counts(file), [=] { return next(file, parts, count); });
}

ssize_t pwrite(int file, const void* bytes, size_t count, off_t offset) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  return struck(counts(file), [=] { return next(file, bytes, count, offset); });
}

ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t offset) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return struck(counts(file), [=] { return next(file, bytes, count, offset); });
}

int fsync(int file) {
  static const auto next = real<int (*)(int)>("fsync");
  return struck(counts(file), [=] { return next(file); });
}

int fdatasync(int file) {
  static const auto next = real<int (*)(int)>("fdatasync");
  return struck(counts(file), [=] { return next(file); });
}

int ftruncate(int file, off_t length) {
  static const auto next = real<int (*)(int, off_t)>("ftruncate");
  return struck(counts(file), [=] { return next(file, length); });
}

int ftruncate64(int file, off64_t length) {
  static const auto next = real<int (*)(int, off64_t)>("ftruncate64");
  return struck(counts(file), [=] { return next(file, length); });
}

int rename(const char* from, const char* to) {
  static const auto next = real<int (*)(const char*, const char*)>("rename");
  return struck(counts(to), [=] { return next(from, to); });
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  static const auto next = real<int (*)(int, const char*, int, const char*)>("renameat");
  const bool counted = to[0] == '/' ? counts(to) : counts(to_folder);
  return struck(counted, [=] { return next(from_folder, from, to_folder, to); });
}

int unlink(const char* path) {
  static const auto next = real<int (*)(const char*)>("unlink");
  return struck(counts(path), [=] { return next(path); });
}

int unlinkat(int folder, const char* path, int flags) {
  static const auto next = real<int (*)(int, const char*, int)>("unlinkat");
  const bool counted = path[0] == '/' ? counts(path) : counts(folder);
  return struck(counted, [=] { return next(folder, path, flags); });
}

int link(const char* from, const char* to) {
  static const auto next = real<int (*)(const char*, const char*)>("link");
  return struck(counts(to), [=] { return next(from, to); });
}
}
