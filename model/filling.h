/* Step 8: appointments that are due take office; then openings are worked off from the top level. */
#ifndef ECH_FILLING_H
#define ECH_FILLING_H

#include "model/state.h"

/** The step of the month. */
void ech_filling_step(struct ech_run *run);

/** Month in which somebody who is nominated for an open post now takes office. */
int ech_filling_arrival(const struct ech_run *run, ech_id post, ech_key person);

/** Key of an opening, which its post keeps: of the post and the month in which it fell vacant. */
ech_key ech_opening_key(const struct ech_run *run, ech_id post);

#endif
