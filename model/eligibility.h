/* Who may hold a post: named clauses, each counted when it rejects (MODEL: Filling a post). */
#ifndef ECH_ELIGIBILITY_H
#define ECH_ELIGIBILITY_H

#include "model/state.h"

/**
 * Whether somebody is in the running for posts of this kind at all: on the administrative track, one
 * level below, or at the same level in a lower role.
 */
static inline bool ech_is_candidate(const struct ech_run *run, const struct ech_person *person,
                                    const struct ech_post_kind *kind)
{
    if (person->track != ECH_ADMIN || person->level > kind->level ||
        person->level + 1 < kind->level) {
        return false;
    }
    if (person->level < kind->level || person->stepped_down) {
        return true;
    }
    return person->post != ECH_NONE && ech_kind_of(run, person->post)->role > kind->role;
}

/**
 * Failed clauses of a candidate, a bit each (1 << enum ech_clause), but for the reserve list and the
 * free place. `policy` is that of the post; `ahead` months are granted in advance (reserve lists: 24
 * means eligible within two years).
 */
unsigned ech_eligibility_failed(const struct ech_run *run, const struct ech_person *person,
                                const struct ech_post_kind *kind, const struct ech_params *policy,
                                int ahead);

#endif
