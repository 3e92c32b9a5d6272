/* Many runs: scenarios x replications in parallel, one writer, one results file. */
#ifndef ECH_BATCH_H
#define ECH_BATCH_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "model/error.h"
#include "model/scenario.h"

/** What to run. The arrays are the caller's. */
struct ech_batch {
    int n_scenarios;
    const struct ech_scenario *scenarios;
    int n_replications;
    uint64_t seed;
    int n_threads; /* 0: all processors */
    const char *path;
    unsigned keep; /* details of each replication beyond the usual, a set of enum ech_keep */
    bool overwrite;
    const volatile sig_atomic_t *stop; /* becomes non-zero to stop after the running replications */
    /** Told of each replication by one thread at a time; may be NULL. */
    void (*progress)(void *context, long done, long total);
    void *context;
};

/** Bytes that the results file will take, about; NAN without memory to say. */
double ech_batch_bytes(const struct ech_batch *batch);

/**
 * Runs everything and writes `path` (while running: `path`.part). ECH_INTERRUPTED when stopped: the
 * .part file stays with the replications that were finished. The scenarios are written in order of
 * their names, whatever the order of the array.
 */
enum ech_status ech_batch_run(const struct ech_batch *batch, struct ech_error *error);

#endif
