/* What can happen to somebody: enter, leave, step down, change levels; office.h: take office and move.
   Every process changes the state through these two, so that places, posts, counters and the event log
   always agree. */
#ifndef ECH_CAREERS_H
#define ECH_CAREERS_H

#include "model/state.h"

/** A row for a new person, who is ECH_PENDING with everything else unset. */
ech_id ech_person_new(struct ech_run *run);

/** A pending person comes onto the books of his unit, on the place held for him. */
void ech_enter(struct ech_run *run, ech_id id, enum ech_channel channel);

/** Somebody leaves the county; his post opens, nominations and pledges are undone. */
void ech_leave(struct ech_run *run, ech_id id, enum ech_cause cause);

/** A holder gives up his post and keeps place and level; the post opens. `detail` may be "". */
void ech_step_down(struct ech_run *run, ech_id id, const char *cause, const char *detail);

/** Somebody of the institution track passes to a free administrative place of his unit; his time in
    level begins anew. */
void ech_convert(struct ech_run *run, ech_id id);

/** A holder loses his post and falls to `level`, or keeps his; he is blocked until that month. */
void ech_fall(struct ech_run *run, ech_id id, const char *cause, ech_id level, int blocked_until);

/** A block by a sanction, to the first month without it; of two the one that ends later holds. */
void ech_block(struct ech_run *run, ech_id id, int until_month);

/** Somebody without a leading post passes to another level in his unit: `promote` or `move`. */
void ech_change_level(struct ech_run *run, ech_id id, ech_id level, const char *cause);

/** A new level, whose clock begins; counted in his unit. The event is the caller's. */
void ech_set_level(struct ech_run *run, struct ech_person *person, ech_id level);

/** Takes somebody off the reserve list. */
void ech_unlist(struct ech_run *run, ech_id id, const char *cause);

/** What his post, his unit and the policy say of leaving is looked up anew: the month of retirement
    now, the exit threshold before the next draw; and what openings find of him. */
void ech_refresh(struct ech_run *run, ech_id id);

#endif
