/* Stable identities: 64-bit hashes of names that scenarios share. */
#ifndef ECH_KEY_H
#define ECH_KEY_H

#include "model/types.h"

/**
 * Key of the pair of names a and b (NULL counts as ""): FNV-1a 64 over the bytes of a, one zero byte
 * and the bytes of b, then the finaliser of splitmix64, so that names differing in one character give
 * unrelated bits. The zero byte keeps ("ab", "c") apart from ("a", "bc"). Source: Fowler, Noll, Vo
 * (draft-eastlake-fnv); Steele, Lea, Flood 2014.
 */
ech_key ech_key_of(const char *a, const char *b);

/** The finaliser alone: a bijection of 64 bits that spreads every input bit over the output. */
ech_key ech_key_mix(ech_key key);

#endif
