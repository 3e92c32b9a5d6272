/* The manifest of a results file: version, seed, scenarios with their settings, groups, levels,
   notes, files and the state of each replication. No time, host, thread count or absolute path goes
   in. */
#ifndef ECH_MANIFEST_H
#define ECH_MANIFEST_H

#include "results/schema.h"
#include "results/store.h"

/** Writes everything that is known before the first replication; all replications are not done. */
void ech_manifest_write(struct ech_sql *sql, const struct ech_store_plan *plan,
                        const struct ech_shape *shape);

#endif
