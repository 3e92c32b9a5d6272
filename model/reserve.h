/* Reserve lists: for each unit one for its chiefs and one for its deputies. */
#ifndef ECH_RESERVE_H
#define ECH_RESERVE_H

#include "model/state.h"

/** People needed on a unit's list of a class: ratio x posts, rounded up. */
int ech_reserve_needed(const struct ech_run *run, ech_id unit, enum ech_class class);

/**
 * Whether somebody qualifies for a post of the class in his own unit within `ahead` months: in the
 * running for it and all clauses met but for the list and the place.
 */
bool ech_reserve_qualifies(const struct ech_run *run, const struct ech_person *person,
                           enum ech_class class, int ahead);

#endif
