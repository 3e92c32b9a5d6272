/* Counts that may add up to another one: the same measure by a dimension, or by level besides. */
#ifndef ECH_TOTALS_H
#define ECH_TOTALS_H

#include "results/schema.h"

/** Columns of a part of a wide table, the key not counted: first, first + stride, ... (n of them) add
    up to `column`, which stands before them, or may. */
struct ech_total {
    int column;
    int first;
    int stride;
    int n;
};

/**
 * All that may add up by what the measures are, in order of `column`; whether it does is for the rows
 * to say. Of sums over replications the sums, not their spreads; none of ECH_TABLE_UNIT_YEAR. Gives
 * their number and, unless it is NULL, writes them into totals[].
 */
int ech_part_totals(const struct ech_shape *shape, const struct ech_part *part,
                    struct ech_total *totals);

#endif
