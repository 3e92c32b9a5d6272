/* The candidates for posts of a level, collected once a month, and the clauses that each of them fails
   under each set of values that the posts of the level have. Whoever is nominated or moves later in the
   month is looked at no more, so that what is noted here holds to the end of the step. */
#ifndef ECH_POOL_H
#define ECH_POOL_H

#include "model/opening.h"

/** Everybody who may be a candidate for posts of this level: run->pool [n_pool]. */
void ech_pool_collect(struct ech_run *run, ech_id level);

/** Notes which of the level's sets of values an opening has; needs its demand and its source. */
void ech_pool_set(struct ech_run *run, struct ech_opening *opening);

/**
 * Clauses that somebody in the pool fails for an opening, but for the reserve list and the free place.
 * The same as ech_eligibility_failed().
 */
unsigned ech_pool_failed(const struct ech_run *run, const struct ech_opening *opening,
                         const struct ech_person *person);

/**
 * Whether an opening that has looked before looks at somebody in the pool again: he became a candidate
 * since, or meets the clauses, if need be with one waived. Sides with yes.
 */
static inline bool ech_pool_again(const struct ech_run *run, const struct ech_opening *opening,
                                  const struct ech_person *person)
{
    return (run->suited[person - run->people] & opening->suits) != 0;
}

/** Of the pool whom the opening looks at: everybody the first time, afterwards who may still be found,
    the new ones first (run->n_new). */
int ech_pool_of(const struct ech_run *run, const struct ech_opening *opening,
                const ech_id **people);

/** Sets of values that the posts of any level have at most, as far as they are remembered. */
int ech_pool_most_sets(const struct ech_scenario *scenario);

#endif
