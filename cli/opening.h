/* Opening a results file for a command that reads it. */
#ifndef ECH_OPENING_H
#define ECH_OPENING_H

#include "cli/call.h"
#include "results/results.h"

/**
 * Opens the call's first operand for reading. Of a run that was interrupted stderr is told how many
 * runs the file holds, unless --quiet. *results is the caller's, to close.
 */
enum ech_status ech_opening_results(const struct ech_call *call, struct ech_results **results,
                                    struct ech_error *error);

/** The same, with the scenario that others are compared with: --baseline if given. */
enum ech_status ech_opening_comparison(const struct ech_call *call, struct ech_results **results,
                                       int *baseline, struct ech_error *error);

#endif
