/* Step 5: incidents in units, and the chiefs who answer for them (问责). */
#ifndef ECH_INCIDENTS_H
#define ECH_INCIDENTS_H

#include "model/state.h"

/** The step of the month. */
void ech_incidents_step(struct ech_run *run);

/** The largest hazard of each unit under the policy in force; called by ech_policy_apply. */
void ech_incidents_prepare(struct ech_run *run);

/**
 * Hazard of an incident in a unit in 1/year: rate x (1 - veto items cut) x rate ratios to the power of
 * load - 1 and accountability - 1.
 */
double ech_incident_hazard(const struct ech_run *run, ech_id unit);

#endif
