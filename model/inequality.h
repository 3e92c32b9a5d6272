/* How unequally vacancy, reserve and performance fall on the units of the base level. */
#ifndef ECH_INEQUALITY_H
#define ECH_INEQUALITY_H

#include "model/state.h"

/**
 * Step 11: adds up the month, and at the end of a year (months that are multiples of 12) counts for each
 * quantity x over the n units of the base level that have it the parts of the Gini coefficient
 * G = sum over i, j of |x_i - x_j| / (2 n sum of x) (Sen 1973), which lies in 0 ... 1 - 1 / n, and the worst
 * unit. Nothing is counted, so that both are undefined, in other months, without such a unit, and of G
 * where all x are 0. Performance is measured from an arbitrary 0 and may be negative, so that a ratio to
 * its mean says nothing: of the teams' means, those of the last month, the distances are held against the
 * pairs alone, sum over i, j of |x_i - x_j| / (2 n^2) (the absolute Gini, half of Gini's mean difference), in
 * standard deviations of entrants.
 */
void ech_inequality_record(struct ech_run *run);

#endif
