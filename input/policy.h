/* From assignments to sets of parameters: who has which values from which month on. */
#ifndef ECH_POLICY_H
#define ECH_POLICY_H

#include "input/loading.h"

/**
 * A set under construction with the assignment that won each row (NULL: the default), so that a
 * contradiction can name its lines.
 */
struct ech_draft_set {
    struct ech_params params;
    const struct ech_assignment *by[ECH_N_PARAMS];
    int from_month; /* from which it holds; 0: the start */
};

/**
 * Gathers the assignments of all documents that act within the run, sorted by layer, target, row,
 * month and order; of those equal up to the month only the last is left, and besides it the last one
 * for everybody where that one spares whoever is in office.
 */
void ech_assignments_gather(struct ech_loading *loading);

/** Whether recruits or selected graduates come. */
static inline bool ech_policy_recruits(const struct ech_params *params)
{
    return params->hiring_quota > 0 || params->selected_quota > 0;
}

/** Whether posts may be filled from outside the county. */
static inline bool ech_policy_takes_outsiders(const struct ech_params *params)
{
    return params->selection_scope == ECH_CIRCLE_OUTSIDE ||
           params->selection_nobody == ECH_NOBODY_OUTSIDE;
}

/** Records what contradicts itself in a set. */
void ech_contradictions_check(struct ech_loading *loading, const struct ech_draft_set *set);

#endif
