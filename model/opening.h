/* An opening as those who fill it see it: what its candidates share. */
#ifndef ECH_OPENING_H
#define ECH_OPENING_H

#include "model/eligibility.h"

/** Holds for one look at the candidates, on the state as it is. */
struct ech_opening {
    ech_id post;
    ech_id type; /* of its unit */
    ech_key key;
    struct ech_demand demand;  /* kind, policy, unit */
    bool has_place;            /* a free place, or somebody to exchange with */
    int last_tried;            /* month in which it last looked: */
    bool is_first;             /* never */
    bool again;                /* not before last month: only who may still be found matters */
    int row;                   /* of the pool, shared with openings that ask the same; see pool.h */
    bool has_source;           /* the matrix of sources says where it is filled from: */
    ech_id source;             /* from units of this type; ECH_NONE: from outside */
    bool any_suffices;         /* nobody is nominated any more: whether there is anybody matters */
    bool excepting;            /* nobody is eligible: one clause may be waived */
    int n_shortlisted;         /* people who are inspected; 1: the selection rule decides alone */
    int n_first;               /* people found, these and some who may follow them */
    bool has_preference;       /* something counts at equal merit */
    bool prefers_listed;       /* who stands on a reserve list comes first */
    bool by_seniority;         /* and then who has had his level longest; nothing is drawn */
    bool asks_all;             /* who fails nothing in the row, but for the place and refusals */
    bool by_tie;               /* scores are often equal, or always */
    bool team_has_young;       /* somebody under 35, where the policy asks */
    unsigned team_specialties; /* a bit each, likewise */
};

/** Month in which somebody became a candidate for posts of a level. */
static inline int ech_candidate_since(const struct ech_person *person, ech_id level)
{
    int since = person->joined_month;
    since = person->level_month > since ? person->level_month : since;
    return person->level == level && person->post_month > since ? person->post_month : since;
}

/** Whether this opening has not looked at him before: either it looks for the first time, or he became
    a candidate since it last looked. */
static inline bool ech_first_considered(const struct ech_opening *opening,
                                        const struct ech_person *person)
{
    return ech_candidate_since(person, opening->demand.kind->level) >= opening->last_tried;
}

#endif
