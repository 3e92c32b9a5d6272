/* Who may be moved to another unit, and in which order: what the processes of rotation share. */
#ifndef ECH_ROTATION_H
#define ECH_ROTATION_H

#include "model/state.h"

/** A leader in office who is not nominated and has not moved this month. */
bool ech_rotation_movable(const struct ech_run *run, const struct ech_person *person);

/**
 * Movable, long enough in post (or promoted into a springboard post and due to leave it), and no chief
 * into whose unit another chief has just come by rotation.
 */
bool ech_rotation_unguarded(const struct ech_run *run, const struct ech_person *person);

/** People in a leading post or unit for longer than the limits allow, and who leave a springboard. */
bool ech_rotation_overdue(const struct ech_run *run, const struct ech_person *person);
/** Month before which that stays as it is unless something happens to him. */
int ech_rotation_change(const struct ech_run *run, const struct ech_person *person);

/** A chief who would come to the unit where he grew up, where that is avoided. */
bool ech_rotation_avoids(struct ech_run *run, ech_id id, ech_id unit);

/** Two leaders who may exchange posts: other units, one level, both chiefs or neither, none to his home. */
bool ech_rotation_may_swap(struct ech_run *run, ech_id first, ech_id second);

/** A rotation that leads out of the county. */
void ech_rotation_send_out(struct ech_run *run, ech_id id);

/** Where somebody stands in the order of rotation: the longest in post first. */
struct ech_rank ech_rotation_rank(const struct ech_run *run, ech_id id);

/** Most people that may have changed posts by rotation up to this month of the calendar year. */
int ech_rotation_year_cap(const struct ech_run *run);

/**
 * Moves somebody to the longest vacant post of his level and class in another unit with a free place,
 * of his type only where arcs say so; false if there is none. His own post opens in that chain.
 */
bool ech_rotation_into_vacancy(struct ech_run *run, ech_id id, const char *cause);

#endif
