/* Who may hold a post: named clauses, each counted when it rejects (MODEL: Filling a post). */
#ifndef ECH_ELIGIBILITY_H
#define ECH_ELIGIBILITY_H

#include "model/state.h"

/** What is asked of whoever is to hold a post. */
struct ech_demand {
    const struct ech_post_kind *kind;
    const struct ech_params *policy; /* of the post */
    ech_id unit;                     /* ECH_NONE: some unit, so that homes do not matter */
    int ahead; /* months granted in advance (reserve lists: 24 means eligible within two years) */
};

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
    if (person->post == ECH_NONE) {
        return person->fallen; /* he has lost a post of this level and may come up again */
    }
    return ech_kind_of(run, person->post)->role > kind->role;
}

/** Whether somebody's last assessment is below what a parameter asks for (0: off); the unrated pass. */
static inline bool ech_is_rated_below(const struct ech_person *person, int asked)
{
    return asked > 0 && person->rating != ECH_RATING_NONE &&
           person->rating < asked + ECH_RATING_INCOMPETENT;
}

/** What a post asks of its next holder today. */
struct ech_demand ech_demand_of(const struct ech_run *run, ech_id post);

/**
 * Failed clauses of a candidate, a bit each (1 << enum ech_clause), but for the reserve list and the
 * free place, which an opening asks for besides.
 */
unsigned ech_eligibility_failed(const struct ech_run *run, const struct ech_person *person,
                                const struct ech_demand *demand);

/** Month, after this one, before which ech_eligibility_failed, and what of it may be waived where the
    policy waives anything, stay as they are unless something happens to him: a refresh, a rating, a
    block or the end of a course; ECH_NEVER where time changes nothing. */
int ech_eligibility_change(const struct ech_run *run, const struct ech_person *person,
                           const struct ech_demand *demand);

/** Of these the only one that depends on the unit: the home of a chief. */
unsigned ech_eligibility_failed_home(const struct ech_run *run, const struct ech_person *person,
                                     const struct ech_demand *demand);

/** Whether homes matter: a chief's may be avoided. */
static inline bool ech_eligibility_asks_home(const struct ech_demand *demand)
{
    return demand->policy->eligibility_home_avoidance && demand->unit != ECH_NONE &&
           ech_is_chief(demand->kind->role);
}

/** Whether the list is required and somebody would rise without it: no need for who has the level. */
static inline unsigned ech_eligibility_failed_list(const struct ech_person *person,
                                                   const struct ech_demand *demand)
{
    bool fails = demand->policy->reserve_use == ECH_RESERVE_REQUIRED &&
                 person->listed == ECH_UNLISTED && person->level < demand->kind->level;
    return fails ? 1U << ECH_CLAUSE_RESERVE_REQUIRED : 0;
}

/** Whether two policies ask the same of candidates, homes and places aside. */
bool ech_eligibility_is_same(const struct ech_params *a, const struct ech_params *b);

/**
 * Whether an exceptional promotion (破格) may waive what somebody fails: a single clause of years,
 * education, experience or training; long enough after his last promotion; not twice in a row. Never
 * over two levels, for candidates stand on the next one below.
 */
bool ech_exception_possible(const struct ech_run *run, const struct ech_person *person,
                            const struct ech_demand *demand, unsigned failed);

#endif
