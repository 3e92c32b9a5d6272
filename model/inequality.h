/* How unequally vacancy and reserve fall on the units of the base level. */
#ifndef ECH_INEQUALITY_H
#define ECH_INEQUALITY_H

#include "model/state.h"

/**
 * Step 11: adds up the month, and at the end of a year (months that are multiples of 12) counts for each
 * quantity x over the n units of the base level that have it the parts of the Gini coefficient
 * G = sum over i, j of |x_i - x_j| / (2 n sum of x) (Sen 1973), which lies in 0 ... 1 - 1 / n, and the worst
 * unit. Nothing is counted, so that both are undefined, in other months, without such a unit, and of G
 * where all x are 0.
 */
void ech_inequality_record(struct ech_run *run);

#endif
