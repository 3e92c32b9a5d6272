/* The table that a planner wants after a run. */
#ifndef ECH_SUMMARY_H
#define ECH_SUMMARY_H

#include "results/results.h"

/**
 * Prints for each scenario (and county, when there are several): vacant posts, vacancy rate, posts
 * without anybody eligible or without a place, reserve, heads at the end; 80 columns, on stdout.
 * `baseline` is a row of the results, or ECH_NONE.
 */
enum ech_status ech_summary_put(const struct ech_results *results, int baseline, enum ech_lang lang,
                                struct ech_error *error);

#endif
