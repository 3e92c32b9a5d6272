/* What most comparisons begin with: each replication's mean over some years. */
#ifndef ECH_MEANS_H
#define ECH_MEANS_H

#include "results/results.h"

/** Of what the means are taken: a group of a scenario, by rows, and the years from ... to. */
struct ech_means_key {
    int scenario;
    int group;
    const char *measure;
    int from, to; /* inclusive, 0 is the start; years after the run's last are left out */
};

/** A value for each replication that was done, in order of their numbers; NAN where undefined in all
    of the years. Owns the array. */
struct ech_means {
    int n;
    double *value; /* [n] */
};

/** Reads them from the file. The caller frees; after an error there is nothing to free. */
enum ech_status ech_means_read(const struct ech_results *results, const struct ech_means_key *key,
                               struct ech_means *means, struct ech_error *error);
/** Frees; twice is allowed. */
void ech_means_free(struct ech_means *means);

#endif
