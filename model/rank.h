/* The order of people and posts by keyed numbers. */
#ifndef ECH_RANK_H
#define ECH_RANK_H

#include "model/state.h"

/** Sorts ranks[n], whose keys differ, by first, second, tie, key. */
void ech_rank_sort(struct ech_rank *ranks, int n);

/** Brings the first `most` of that order to the front, in any order. */
void ech_rank_select(struct ech_rank *ranks, int n, int most);

/** Piles ranks[n] up so that the first of that order stands at the front. */
void ech_rank_pile(struct ech_rank *ranks, int n);

/** Takes the front of n piled ranks away; the rest, one fewer, are piled up. */
void ech_rank_take(struct ech_rank *ranks, int n);

/**
 * A number that exactly n_first of values[n] are below, which it reorders: the border of the n_first
 * smallest. NAN where equal values would stand on both sides of it.
 */
double ech_rank_border(double *values, int n, int n_first);

#endif
