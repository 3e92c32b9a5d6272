/* Places of the establishment, numbered within unit and track; the lowest free one is taken first. */
#ifndef ECH_PLACES_H
#define ECH_PLACES_H

#include "model/state.h"

/** Free places of a unit: not held and not promised, overrun allowed; never below 0. */
int ech_places_free(const struct ech_run *run, ech_id unit, enum ech_track track);

/** Free places within the establishment, without the overrun: what may be hired into. */
int ech_places_vacant(const struct ech_run *run, ech_id unit, enum ech_track track);

/** The lowest free place, or ECH_NONE. */
ech_id ech_place_lowest(const struct ech_run *run, ech_id unit, enum ech_track track);

/** Holds the lowest free place for a person; there must be one. */
ech_id ech_place_take(struct ech_run *run, ech_id unit, enum ech_track track, ech_id person);

/** Gives a place of this unit and track back; where head count is free there is none to give. */
void ech_place_release(struct ech_run *run, ech_id unit, enum ech_track track, ech_id place);

/** Identity of whoever enters the county on this place this month: its n-th filling is always the
    first, because nobody who enters can leave in the same month. */
ech_key ech_place_entrant_key(const struct ech_run *run, ech_id unit, enum ech_track track,
                              ech_id place);

#endif
