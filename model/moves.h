/* Moves inside the county without a procedure: secondees who stay, wishes that are granted. */
#ifndef ECH_MOVES_H
#define ECH_MOVES_H

#include "model/state.h"

/**
 * The open post of a unit, without a nominee, that somebody may take at his level and in no higher role
 * than his own; the first of the highest such role, ECH_NONE if there is none.
 */
ech_id ech_move_post(const struct ech_run *run, const struct ech_person *person, ech_id unit);

/** Whether a unit has room for somebody: a free place, and for a leader such a post. */
bool ech_move_has_room(const struct ech_run *run, const struct ech_person *person, ech_id unit);

/** Moves him there, where there is room: event `move` with this cause. */
void ech_move(struct ech_run *run, ech_id id, ech_id unit, const char *cause);

#endif
