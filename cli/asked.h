/* Measures that are asked for by name on the command line. */
#ifndef ECH_ASKED_H
#define ECH_ASKED_H

#include "cli/call.h"
#include "results/results.h"

/** ECH_ERR_UNKNOWN_NAME for a measure, with the nearest of all rows of the tables as hint. */
enum ech_status ech_asked_refuse(const char *name, struct ech_error *error);

/**
 * Whether the file of an opened call knows every measure of --measure: stored ones by their full
 * names, and those that come of a comparison. All that it does not know are told at once.
 */
enum ech_status ech_asked_check(const struct ech_call *call, const struct ech_results *results,
                                struct ech_error *error);

#endif
