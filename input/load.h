/* From scenario files to a checked struct ech_scenario. */
#ifndef ECH_LOAD_H
#define ECH_LOAD_H

#include "model/error.h"
#include "model/scenario.h"

/**
 * Reads scenario file `path` with all that it extends and the tables that it names, and fills
 * *scenario. Everything wrong is recorded in one pass in `error`, sorted by file, line and column;
 * then the status is ECH_USAGE (ECH_MEMORY when too large) and *scenario is empty. File names in
 * settings and in the manifest are relative to `base` (the folder of the first scenario of a run;
 * NULL: the folder of `path`).
 */
enum ech_status ech_scenario_load(const char *path, const char *base, struct ech_scenario *scenario,
                                  struct ech_error *error);

/** Frees a scenario; { 0 } is allowed, twice too. */
void ech_scenario_free(struct ech_scenario *scenario);

#endif
