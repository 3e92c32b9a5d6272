/* Where people come from and what they were trained for: drawn where nothing says it. */
#ifndef ECH_BACKGROUND_H
#define ECH_BACKGROUND_H

#include "model/state.h"

/**
 * Draws specialty and base-level experience of a new person, whose key, unit and months are set, at
 * addresses of `chance`; whoever begins his career has no experience.
 */
void ech_background_draw(const struct ech_run *run, const struct ech_chance *chance,
                         struct ech_person *person);

/**
 * The base-level unit where somebody grew up, ECH_NONE for people from outside the county and in
 * counties without units of the base level. Each unit has the same chance; drawn when first asked
 * for, at addresses that do not depend on when.
 */
ech_id ech_background_home_of(const struct ech_run *run, const struct ech_person *person);
/** The same, remembered. */
ech_id ech_background_home(struct ech_run *run, ech_id id);

/** Completed months that somebody will have served in units of the base level (基层工作经历) if he
    stays where he is for `ahead` months. */
int ech_background_base_time(const struct ech_run *run, const struct ech_person *person, int ahead);

/** Books the experience of the unit that somebody leaves, before he comes to another one. */
void ech_background_leave_unit(const struct ech_run *run, struct ech_person *person);

#endif
