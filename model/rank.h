/* The order of people and posts by keyed numbers. */
#ifndef ECH_RANK_H
#define ECH_RANK_H

#include "model/state.h"

/** Sorts ranks[n], whose keys differ, by first, second, tie, key. */
void ech_rank_sort(struct ech_rank *ranks, int n);

/** Brings the first `most` of that order to the front, in any order. */
void ech_rank_select(struct ech_rank *ranks, int n, int most);

#endif
