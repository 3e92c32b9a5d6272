/* Who serves on the administrative track, by unit and level (a rung): in small blocks, so that going
   through a rung reads memory in its order. The order of the people says nothing. */
#ifndef ECH_RUNGS_H
#define ECH_RUNGS_H

#include "model/state.h"

/** Blocks that the people of a county need at most. */
int ech_rungs_most_blocks(int capacity, int most_rungs);

/** Nobody stands anywhere. */
void ech_rungs_empty(struct ech_run *run);

/** The rung of a unit of the county and a level. */
static inline int ech_rung_of(const struct ech_run *run, ech_id unit, ech_id level)
{
    return (unit - run->county->first_unit) * run->scenario->n_levels + level;
}

/** Somebody stands on a rung from now on, or on none (ECH_NONE). */
void ech_rungs_put(struct ech_run *run, ech_id id, int rung);

/** Writes the people of a rung into ids[capacity] and gives their number. */
int ech_rungs_list(const struct ech_run *run, int rung, ech_id *ids);

#endif
