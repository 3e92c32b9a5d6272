/* One run: a scenario under one seed and replication, month by month. Never prints or opens a file. */
#ifndef ECH_RUN_H
#define ECH_RUN_H

#include <stdint.h>

#include "model/error.h"
#include "model/measures.h"
#include "model/scenario.h"

enum ech_event_type {
    ECH_EV_START,
    ECH_EV_ENTRY,
    ECH_EV_EXIT,
    ECH_EV_PROMOTE,
    ECH_EV_MOVE,
    ECH_EV_STEP_DOWN,
    ECH_EV_NOMINATE,
    ECH_EV_REJECT,
    ECH_EV_RESERVE_IN,
    ECH_EV_RESERVE_OUT,
    ECH_EV_SECONDMENT_START,
    ECH_EV_SECONDMENT_END,
    ECH_EV_DECLINE,
    ECH_EV_SANCTION,
    ECH_EV_GRADE,
    ECH_EV_TRAIN,
    ECH_EV_RATING,
    ECH_N_EVENT_TYPES
};
/** Words of the event log: "start", "entry", ... */
extern const char *const ech_event_names[ECH_N_EVENT_TYPES];

/** One line of the event log. Ids are rows of the scenario's arrays, ECH_NONE where not given. */
struct ech_event {
    int month;
    enum ech_event_type type;
    ech_key person;
    const char *cause; /* static word; "" if none */
    ech_id from_unit, from_post, to_unit, to_post;
    ech_id from_level, to_level;
    ech_id chain_post; /* the chain is called post@month */
    int chain_month;
    const char *detail; /* valid during the call only; "" if none */
};

/** Takes events in the order in which they happen; keeps its own errors. */
struct ech_sink {
    void (*take)(void *context, const struct ech_event *event);
    void *context;
};

/**
 * Counters of every month 0 ... n_months of one replication, the caller's memory:
 * county[(month * n_counties + c) * layout.n + slot], type[(month * n_types + t) * layout.n + slot],
 * unit[(month * n_units + u) * layout.n_unit + slot].
 */
struct ech_output {
    int64_t *county;
    int64_t *type;
    int64_t *unit;
};

/** Memory of a run; made once for a scenario and used for many replications by one thread. */
struct ech_run;

/** Takes all memory that replications of this scenario need; the scenario must outlive the run. */
enum ech_status ech_run_create(const struct ech_scenario *scenario, struct ech_run **run,
                               struct ech_error *error);
/** Frees a run; NULL is allowed. */
void ech_run_free(struct ech_run *run);
/** The layout of this run's counters. */
struct ech_layout ech_run_layout(const struct ech_run *run);

/**
 * Simulates one replication (counted from 1). `output` and `sink` may be NULL. Fails only if the
 * initial people cannot be drawn within the county's limits.
 */
enum ech_status ech_run_replication(struct ech_run *run, uint64_t seed, int replication,
                                    const struct ech_output *output, const struct ech_sink *sink,
                                    struct ech_error *error);

/** Called after every process of every month in tests; NULL otherwise. */
typedef void (*ech_check_fn)(const struct ech_run *run, const char *process, void *context);
/** Sets the hook of the next replications. */
void ech_run_set_check(struct ech_run *run, ech_check_fn check, void *context);

/** Bytes that ech_run_create would take for this scenario. */
size_t ech_run_bytes(const struct ech_scenario *scenario);

#endif
