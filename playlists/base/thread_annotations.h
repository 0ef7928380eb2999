// Names for Clang's thread-safety attributes, which GCC does not know.
//
// The only macros of the project: the attributes have no other portable spelling.
// Source: clang.llvm.org/docs/ThreadSafetyAnalysis.html, checked with -Wthread-safety.
#pragma once

#if defined(__clang__)
#define CONGLANG_CAPABILITY(name) __attribute__((capability(name)))
#define CONGLANG_SCOPED_CAPABILITY __attribute__((scoped_lockable))
#define CONGLANG_GUARDED_BY(mutex) __attribute__((guarded_by(mutex)))
#define CONGLANG_REQUIRES(...) __attribute__((requires_capability(__VA_ARGS__)))
#define CONGLANG_ACQUIRE(...) __attribute__((acquire_capability(__VA_ARGS__)))
#define CONGLANG_RELEASE(...) __attribute__((release_capability(__VA_ARGS__)))
#else
#define CONGLANG_CAPABILITY(name)
#define CONGLANG_SCOPED_CAPABILITY
#define CONGLANG_GUARDED_BY(mutex)
#define CONGLANG_REQUIRES(...)
#define CONGLANG_ACQUIRE(...)
#define CONGLANG_RELEASE(...)
#endif
