/* What the measures cost, in yuan. */
#ifndef ECH_COSTS_H
#define ECH_COSTS_H

#include "model/state.h"

/** Step 11: what is paid for each head of a unit, and the sum of all items of the month. Items that other
    processes count (recruitment, reserve lists, commendations) have been counted by then. */
void ech_costs_record(struct ech_run *run);

#endif
