/* What can happen to somebody: enter, take office, step down, swap, leave. Every process changes the
   state through these, so that places, posts, counters and the event log always agree. */
#ifndef ECH_CAREERS_H
#define ECH_CAREERS_H

#include "model/state.h"

/** A row for a new person, who is ECH_PENDING with everything else unset. */
ech_id ech_person_new(struct ech_run *run);

/** Emits an event of this month; `event` needs type and what is not ECH_NONE. */
void ech_emit(const struct ech_run *run, struct ech_event event);

/** An event with every id ECH_NONE and empty words. */
struct ech_event ech_event_of(enum ech_event_type type, ech_key person);

/** Room for the facts of a person: eight words of at most 64 bytes with their keys. */
enum { ECH_DETAIL_SIZE = 256 };

/** An event between somebody, where he is, and the opening of a post, with the opening's chain. */
struct ech_event ech_opening_event(const struct ech_run *run, enum ech_event_type type, ech_id post,
                                   const struct ech_person *person);

/** Writes the facts of a person for the detail of `start` and `entry` into text[size]. */
void ech_person_detail(struct ech_run *run, ech_id id, char *text, size_t size);

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

/** The nominee of a post takes office; the post that he leaves opens in the same chain. */
void ech_take_office(struct ech_run *run, ech_id post);

/** The opening starts again: the nomination is undone. */
void ech_withdraw(struct ech_run *run, ech_id post);

/** Somebody without a leading post moves to a free place of another unit: `move` with this cause. */
void ech_transfer(struct ech_run *run, ech_id id, ech_id unit, const char *cause);

/** Somebody without a leading post passes to another level in his unit: `promote` or `move`. */
void ech_change_level(struct ech_run *run, ech_id id, ech_id level, const char *cause);

/**
 * Holders of one level, no two neighbours in one unit, move on in a circle: each takes unit, place and
 * post of the next one, the last those of the first. Two exchange theirs. `cause` is that of the event.
 */
void ech_rotate(struct ech_run *run, const ech_id *movers, int n, const char *cause);

/** Takes somebody off the reserve list. */
void ech_unlist(struct ech_run *run, ech_id id, const char *cause);

/** What his post, his unit and the policy say of leaving is looked up anew: the month of retirement
    now, the exit threshold before the next draw. */
void ech_refresh(struct ech_run *run, ech_id id);

#endif
