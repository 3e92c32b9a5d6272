/* The scenario files of a command line, loaded and checked together. */
#ifndef ECH_SCENARIOS_H
#define ECH_SCENARIOS_H

#include <stdint.h>

#include "model/error.h"
#include "model/scenario.h"

/** Loaded scenarios; { 0 } is empty and valid. */
struct ech_scenarios {
    int n;
    struct ech_scenario *scenario; /* [n], owned */
};

/**
 * Loads all files, records everything wrong with any of them and with their being together (two of
 * one name, initial people that cannot be drawn). On failure *scenarios is empty. `run` and `check`
 * both load here, so that they accept the same files.
 */
enum ech_status ech_scenarios_load(const char *const *paths, int n, uint64_t seed,
                                   struct ech_scenarios *scenarios, struct ech_error *error);
/** Prints to stderr what is accepted but does nothing, stops something or gives way to something else. */
void ech_scenario_put_remarks(const struct ech_scenario *scenario, enum ech_lang lang);
/** Frees the scenarios; twice is allowed. */
void ech_scenarios_free(struct ech_scenarios *scenarios);

#endif
