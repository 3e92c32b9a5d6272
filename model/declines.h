/* Who has declined which opening: nobody is asked twice. */
#ifndef ECH_DECLINES_H
#define ECH_DECLINES_H

#include "model/state.h"

/** Words of 64 people each that one post needs; 0 where no policy lets anybody decline. */
int ech_declines_words(const struct ech_scenario *scenario, int capacity);

/** Whether somebody who has declined something has declined the present opening of this post. */
bool ech_declines_of(const struct ech_run *run, ech_id post, ech_id id);

/** Whether somebody has declined the present opening of a post. */
static inline bool ech_has_declined(const struct ech_run *run, ech_id post, ech_id id)
{
    return run->people[id].declined && ech_declines_of(run, post, id);
}

/** Asks a nominee. If he declines, that is counted, told and remembered. */
bool ech_declines(struct ech_run *run, ech_id post, ech_id id);

/** A new opening of the post: everybody can be asked. */
void ech_declines_forget_post(struct ech_run *run, ech_id post);

/** Whoever had this row is forgotten. */
void ech_declines_forget_person(struct ech_run *run, ech_id id);

#endif
