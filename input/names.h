/* Finding names: an index from strings to numbers, and "did you mean". */
#ifndef ECH_NAMES_H
#define ECH_NAMES_H

#include "input/arena.h"

/** From names to numbers; { 0 } is empty and valid. Names are the caller's and must stay. */
struct ech_names {
    const char **name; /* [n_slots], owned by the arena; NULL: free */
    int *number;       /* [n_slots] */
    int n_slots;       /* a power of two, or 0 */
    int n;
};

/** Number of a name, or -1. */
int ech_names_find(const struct ech_names *names, const char *name);

/** Adds a name unless it is there; gives the number that the name has then. */
int ech_names_add(struct ech_names *names, const char *name, int number, struct ech_arena *arena);

/**
 * The best of many candidates for a misspelt word, by edit distance (insert, delete, replace, swap
 * neighbours); { 0 } plus `word` starts one.
 */
struct ech_guess {
    const char *word;
    const char *best; /* NULL: nothing is near enough */
    int rank;
};

/** Considers one candidate; at equal distance the first stays. */
void ech_guess_try(struct ech_guess *guess, const char *candidate);

/** The hint "did you mean 'best'?" in both languages, or NULL. Owned by the arena. */
const char *ech_guess_hint(const struct ech_guess *guess, struct ech_arena *arena);

#endif
