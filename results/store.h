/* Writing a results file: one writer, one commit a replication. While it is written the file is
   called <path>.part; <path> appears only complete. Contents do not depend on the order of the
   calls. */
#ifndef ECH_STORE_H
#define ECH_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/error.h"
#include "model/scenario.h"
#include "results/intake.h"

/** What will be written. The scenarios must stand in order of their names and outlive the store. */
struct ech_store_plan {
    const char *path;
    bool overwrite; /* replace `path` and what an interrupted run left behind */
    uint64_t seed;
    int n_replications; /* asked for */
    unsigned keep;      /* details beyond the usual, a set of enum ech_keep */
    int part_items;     /* width of a part of the wide tables; 0: ECH_PART_ITEMS */
    int n_scenarios;
    const struct ech_scenario *const *scenarios;
};

/** Bytes that the file will take, about: a little more than less. */
double ech_store_bytes(const struct ech_store_plan *plan);

/** A results file that is being written. */
struct ech_store;

/**
 * Checks that the plan can be written without calling for anything to be run: ECH_ERR_EXISTS for a
 * file or a .part without `overwrite`, ECH_ERR_BUSY for a .part that a living process writes,
 * ECH_ERR_SAME_NAME, ECH_ERR_CONFLICT for scenarios with
 * different ladders, ECH_ERR_TOO_LARGE where the database or the free space of the disk cannot hold
 * what would be kept, ECH_ERR_WRITE where no file can be made. Then makes <path>.part with the
 * manifest. On failure *store is NULL and nothing is left behind.
 */
enum ech_status ech_store_create(const struct ech_store_plan *plan, struct ech_store **store,
                                 struct ech_error *error);

/** Makes an intake for replications of scenario s; any thread. Free it with ech_intake_free(). */
enum ech_status ech_store_intake(const struct ech_store *store, int s, struct ech_intake *intake,
                                 struct ech_error *error);

/** Writes and commits the replication that came in last. One thread at a time. */
enum ech_status ech_store_put(struct ech_store *store, const struct ech_intake *intake,
                              struct ech_error *error);

/**
 * Takes the sums of an intake that is done, to be freed then. With the last replication of a
 * scenario its sums are written. One thread at a time.
 */
enum ech_status ech_store_merge(struct ech_store *store, struct ech_intake *intake,
                                struct ech_error *error);

/** Replications put so far, of all scenarios. */
long ech_store_n_done(const struct ech_store *store);

/** Completes the file: <path> appears, <path>.part goes. Frees the store, also on failure. */
enum ech_status ech_store_finish(struct ech_store *store, struct ech_error *error);

/**
 * Ends early: the sums of what was put are written and <path>.part stays, or goes if nothing was
 * put. Frees the store; NULL is allowed.
 */
enum ech_status ech_store_stop(struct ech_store *store, struct ech_error *error);

/** Removes <path>.part and frees the store; NULL is allowed. */
void ech_store_discard(struct ech_store *store);

#endif
