/* Load of units and strain of people: whoever leaves adds to the load of those who stay. */
#ifndef ECH_STRAIN_H
#define ECH_STRAIN_H

#include "model/state.h"

/** Most that a load can be. */
#define ECH_MOST_LOAD 3.0

/** Step 2: the loads of the units are taken, and strain follows them; before the exits. */
void ech_strain_step(struct ech_run *run);

/** Month 0: loads, and the people at the fixed point of strain. */
void ech_strain_start(struct ech_run *run);

/** Strain of a person, 0 to 1; whoever enters begins at 0. */
static inline double ech_strain_of(const struct ech_run *run, ech_id id)
{
    return run->strain != NULL ? run->strain[id] : 0;
}

/** Strain of a person falls by so much, to 0 at most. */
void ech_strain_relieve(struct ech_run *run, ech_id id, double by);

/** Workload of a unit after the cuts of the policy; 1 = average. */
double ech_unit_workload(const struct ech_run *run, ech_id unit);

/** Accountability of a unit after the cuts of the policy; 1 = average. */
double ech_unit_accountability(const struct ech_run *run, ech_id unit);

/** People of the administrative track who work in their unit now. */
int ech_heads_present(const struct ech_run *run, ech_id unit);

/** Load of a unit now: workload x establishment of the county file / heads present, at most
    ECH_MOST_LOAD; 0 where nobody is present. */
double ech_load_now(const struct ech_run *run, ech_id unit);

#endif
