/* What the programs that measure share: a scenario run over and over, and its cost. */
#ifndef BENCH_TIMING_H
#define BENCH_TIMING_H

#include "model/run.h"

/** Seconds of this thread's own processor time, which other programs disturb least. */
double timing_thread_seconds(void);

/** Seconds of the clock on the wall, for several threads. */
double timing_wall_seconds(void);

/** Memory for the counters of one replication, as a batch holds it; freed with timing_free_output. */
struct ech_output timing_make_output(const struct ech_scenario *scenario);
void timing_free_output(struct ech_output *output);

/** People on the books of one replication, both tracks, summed over months 1 ... n. */
double timing_person_months(const struct ech_scenario *scenario, const struct ech_output *output);

/** Best of three passes over replications 1 ... n on one thread, in nanoseconds for each person and
    month. */
double timing_ns(const struct ech_scenario *scenario, int n_replications);

/** The same for the plain model of 8,000 people over 240 months. */
double timing_plain_ns(void);

/** Loads a scenario or ends the program with words. */
void timing_load(const char *path, struct ech_scenario *scenario);

#endif
