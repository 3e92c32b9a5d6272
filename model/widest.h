/* For loops that are the same instructions over and over. */
#ifndef ECH_WIDEST_H
#define ECH_WIDEST_H

/** Before such a function: it is made for the widest registers that the machine has. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_ADDRESS__)
#define ECH_WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ECH_WIDEST
#endif

#endif
