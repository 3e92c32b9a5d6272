/* Step 9: planned recruitment into units with free head count (push models): a number, up to a total,
   or by a growth rate, every so many months. */
#ifndef ECH_ENTRIES_H
#define ECH_ENTRIES_H

#include "model/state.h"

/** The step of the month. */
void ech_entries_step(struct ech_run *run);

/** Month 0: the heads from which growth is counted. */
void ech_entries_start(struct ech_run *run);

#endif
