/* One thread's desk: counters of replications of one scenario come in, years and sums go out. */
#ifndef ECH_INTAKE_H
#define ECH_INTAKE_H

#include "model/run.h"
#include "model/scenario.h"
#include "results/schema.h"
#include "results/sums.h"

/** Replications that are added to the sums at once. */
enum { ECH_INTAKE_BATCH = 4 };

/** Owns all arrays but those of scenario and shape, which are the caller's. { 0 } is empty. */
struct ech_intake {
    const struct ech_scenario *scenario;
    const struct ech_shape *shape;
    int s; /* row of the scenario */
    int n_whole;
    int replication;        /* the last one that came in */
    int64_t *whole_years;   /* its years [county or type][year][layout.n] */
    int64_t *unit_years;    /* its years [unit][slot][year], items of ECH_TABLE_UNIT_YEAR */
    int64_t *folded;        /* working memory of one year */
    const int64_t **groups; /* [n_whole] working memory of the writer */
    bool *at_end; /* [layout.n] of a year such a slot keeps the last month, else the sum */
    struct ech_output outputs[ECH_INTAKE_BATCH];
    int latest;            /* which of them came in last */
    int n_waiting;         /* outputs that are not yet in the sums */
    int n_summed;          /* replications that are */
    struct ech_sums whole; /* rows month * n_whole + county or type */
    struct ech_sums unit;  /* rows month * n_units + unit */
};

/** Takes the memory; ECH_ERR_MEMORY leaves the struct empty. */
enum ech_status ech_intake_init(struct ech_intake *intake, const struct ech_shape *shape, int s,
                                const struct ech_scenario *scenario, struct ech_error *error);
/** Frees everything; twice is allowed. */
void ech_intake_free(struct ech_intake *intake);

/** Where the counters of the next replication go; the memory is the intake's. */
const struct ech_output *ech_intake_output(const struct ech_intake *intake);
/** Takes in what stands there as this replication: folds its years, queues it for the sums. */
void ech_intake_add(struct ech_intake *intake, int replication);
/** Adds what still waits to the sums. */
void ech_intake_flush(struct ech_intake *intake);

#endif
