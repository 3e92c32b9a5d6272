/* Reserve lists: for each unit one for its chiefs and one for its deputies, or one pool of each for
   the county. Who comes onto them at a renewal stands in listing.c. */
#ifndef ECH_RESERVE_H
#define ECH_RESERVE_H

#include "model/state.h"

/** What follows from the policy in force: people needed by unit, and what posts ask of a pool. */
void ech_reserve_prepare(struct ech_run *run);

/**
 * Whether somebody qualifies for a post of the class in his own unit, or in any unit where the county
 * has one pool, within `ahead` months: in the running for it and all clauses met but for the list and
 * the place.
 */
bool ech_reserve_qualifies(const struct ech_run *run, const struct ech_person *person,
                           enum ech_class class, int ahead);

/** Month before which that stays as it is for `ahead` 0 unless something happens to him; see
    ech_eligibility_change. */
int ech_reserve_change(const struct ech_run *run, const struct ech_person *person,
                       enum ech_class class);

/** Whether somebody may be put on a list of this class when it is renewed. */
bool ech_reserve_may_be_listed(const struct ech_run *run, const struct ech_person *person,
                               enum ech_class class);

/** What the years on the lists add to somebody's score, in standard deviations. */
double ech_reserve_growth(const struct ech_run *run, const struct ech_person *person);

/** Factor on voluntary exits of who has waited too long on a list; its centre is 0, because nobody
    has waited at month 0. */
double ech_reserve_impatience(const struct ech_run *run, const struct ech_person *person);

/** First month whose draw this factor acts on; long past for who stands on no list, and where waiting
    makes nobody leave. */
int ech_reserve_impatient_from(const struct ech_run *run, const struct ech_person *person);

/** Somebody has come onto a list or off it: he is counted anew, and what that says of leaving is looked
    up anew. */
void ech_reserve_refresh(struct ech_run *run, ech_id id);

/** Part of step 3: people drop off the lists, by chance or after the longest time. */
void ech_reserve_drop_out(struct ech_run *run);

#endif
