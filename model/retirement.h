/* When somebody retires: at the statutory age, or by choice some months earlier or later. */
#ifndef ECH_RETIREMENT_H
#define ECH_RETIREMENT_H

#include "model/state.h"

/** Month in which somebody retires under the policy that binds him; ECH_NEVER without a rule. */
int ech_retire_month(const struct ech_run *run, const struct ech_person *person);

/**
 * Month in which somebody whom a change spares would retire if he took another post today; ECH_NEVER for
 * everybody else. Later it may only become later, as long as it has not come.
 */
int ech_retire_month_in_new_post(const struct ech_run *run, const struct ech_person *person);

/**
 * Whether a new post would bind somebody by a retirement that has passed: he still serves because a change
 * spares whoever is in office.
 */
bool ech_retired_in_new_post(const struct ech_run *run, const struct ech_person *person);

#endif
