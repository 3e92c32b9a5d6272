/* Moving people on in a circle so that everybody comes to another unit. */
#ifndef ECH_CYCLE_H
#define ECH_CYCLE_H

#include "model/state.h"

/**
 * Moves the people of ranks[n], holders of posts of one level and class, in a circle in which nobody
 * stays in his unit; their order is drawn anew by keyed numbers. Where one unit has more than half of
 * them, those of it who stand last in ranks stay, and with one left nobody moves. Gives the number of
 * those who moved. Uses run->movers; ranks is laid out anew.
 */
int ech_cycle(struct ech_run *run, struct ech_rank *ranks, int n, const char *cause);

#endif
