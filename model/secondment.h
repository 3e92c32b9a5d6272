/* Step 7: secondment (挂职) down to townships and up to departments or beyond the county; the post at home
   is held open. Secondees return in step 2 of the month that is due. */
#ifndef ECH_SECONDMENT_H
#define ECH_SECONDMENT_H

#include "model/state.h"

/** The step of the month: in its calendar month people go. */
void ech_secondment_step(struct ech_run *run);

/** Whoever is due returns, or stays with the host. */
void ech_secondment_return(struct ech_run *run);

/** Ends a secondment, if there is one: event `secondment_end` with this cause. */
void ech_secondment_end(struct ech_run *run, ech_id id, const char *cause);

/** Months at the base level that a secondment adds to those of somebody's own units so far. */
int ech_secondment_base_time(const struct ech_run *run, const struct ech_person *person);

#endif
