/* Push flows: people without a leading post change levels by chance. Their risks are entries of the
   exit draw (exits.c); here stands what they are and what happens then. */
#ifndef ECH_PUSH_H
#define ECH_PUSH_H

#include "model/exits.h"

/** Whether a set of values pushes anybody. */
static inline bool ech_push_is_on(const struct ech_params *policy)
{
    return !ech_rate_is_off(&policy->push_up_rate) || !ech_rate_is_off(&policy->push_down_rate);
}

/** Whether push flows may act on somebody: on the administrative track, without a leading post. */
static inline bool ech_is_pushed(const struct ech_run *run, const struct ech_person *person)
{
    return run->push_on && person->post == ECH_NONE && person->track == ECH_ADMIN;
}

/** Adds the risks of the push flows in the current month; as a bound for any month, of all flows as if
    they acted in it. */
void ech_push_add(const struct ech_run *run, const struct ech_person *person,
                  const struct ech_rate_facts *facts, bool any_month, struct ech_risks *risks);

/** First month after this one in which that bound changes, if before `month`. */
int ech_push_change(const struct ech_run *run, const struct ech_person *person, int month);

/** Somebody passes to another level, unless he is about to exchange places with a successor. */
void ech_push(struct ech_run *run, ech_id id, ech_id level);

#endif
