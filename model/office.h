/* Posts that open and are taken, and units that people move between. The state of posts and places
   changes through these only. */
#ifndef ECH_OFFICE_H
#define ECH_OFFICE_H

#include "model/state.h"

/** The post falls vacant: a chain of its own unless it continues that of `chain`. */
void ech_open_post(struct ech_run *run, ech_id post, const struct ech_post_state *chain);

/** The nominee of a post takes office; the post that he leaves opens in the same chain. */
void ech_take_office(struct ech_run *run, ech_id post);

/** The opening starts again: the nomination is undone. */
void ech_withdraw(struct ech_run *run, ech_id post);

/** Somebody without a leading post moves to a free place of another unit: `move` with this cause. */
void ech_transfer(struct ech_run *run, ech_id id, ech_id unit, const char *cause);

/**
 * Holders of one level, no two neighbours in one unit, move on in a circle: each takes unit, place and
 * post of the next one, the last those of the first. Two exchange theirs. `cause` is that of the event.
 */
void ech_rotate(struct ech_run *run, const ech_id *movers, int n, const char *cause);

#endif
