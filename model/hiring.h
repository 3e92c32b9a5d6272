/* Step 9 in its parts: recruits, institution staff who pass over, transfers in. */
#ifndef ECH_HIRING_H
#define ECH_HIRING_H

#include "model/state.h"

/** Whole people whom a quota a year allows in this year of the simulation: floor(q y) -
    floor(q (y - 1)), without carry-over; without a quota more than there are places. */
int64_t ech_hiring_quota(const struct ech_run *run, double quota);

/** The recruitment of the year: selected graduates and the exam, within gaps, quota and budget. */
void ech_recruit_year(struct ech_run *run);

/** Institution staff pass to free administrative places of their units. */
void ech_convert_staff(struct ech_run *run);

#endif
