/* Seats of month 0: who holds which place and post before anything has happened. */
#ifndef ECH_SEATS_H
#define ECH_SEATS_H

#include "model/state.h"

/** Puts a new person onto the books of a unit, on this free place; ECH_NONE where head count is free. */
ech_id ech_seat_person(struct ech_run *run, ech_key key, ech_id unit, enum ech_track track,
                       ech_id place);

/** As ech_seat_person, and into a post that nobody holds, on the place that goes with it. */
ech_id ech_seat_leader(struct ech_run *run, ech_key key, ech_id post);

/** The leader of post number i of a unit sits on its place number i; ECH_NONE if somebody is there. */
ech_id ech_seat_of_post(const struct ech_run *run, ech_id post);

/** Seats the people of the county who are given one by one; run->block_of is ECH_NONE for them. */
void ech_roster_seat(struct ech_run *run);

#endif
