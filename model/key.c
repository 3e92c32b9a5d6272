#include "model/key.h"

#include <stddef.h>

static ech_key fnv1a(ech_key hash, const char *text)
{
    for (const char *c = text; c != NULL && *c != '\0'; c++) {
        hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
    }
    return hash;
}

ech_key ech_key_mix(ech_key key)
{
    key = (key ^ (key >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    key = (key ^ (key >> 27)) * UINT64_C(0x94d049bb133111eb);
    return key ^ (key >> 31);
}

ech_key ech_key_of(const char *a, const char *b)
{
    ech_key hash = fnv1a(UINT64_C(0xcbf29ce484222325), a);
    hash *= UINT64_C(0x100000001b3); /* the zero byte between the names */
    return ech_key_mix(fnv1a(hash, b));
}
