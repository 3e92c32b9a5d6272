/* Team reviews (班子分析研判): what is counted of each unit's leaders. */
#ifndef ECH_REVIEW_H
#define ECH_REVIEW_H

#include "model/state.h"

/** Counts the teams of all units of the county: the first of the month's measures. Teams are looked at
    anew when a leader of theirs is (model/stocks.h), or grows into another band. */
void ech_review_record(struct ech_run *run);

/** Band of ech_age_band_names for completed years. */
int ech_age_band(int years);

/** Completed years with which the next band begins; ECH_AGES after the last. */
int ech_next_age_band(int years);

#endif
