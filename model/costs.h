/* What the measures cost, in yuan. */
#ifndef ECH_COSTS_H
#define ECH_COSTS_H

#include "model/state.h"

/** For how many people of a unit something is paid. */
struct ech_paid {
    int heads; /* administrative track */
    int leaders;
    int listed; /* on its reserve lists */
};

/** Adds `by` times what a month costs in a unit under the policy of an epoch to the stocks: items for each
    head, audits of leaders and places on the lists. */
void ech_costs_add(struct ech_run *run, ech_id unit, int epoch, const struct ech_paid *paid,
                   int by);

/** Step 11: the sum of all items of the month, once the stocks are handed out. */
void ech_costs_record(struct ech_run *run);

#endif
