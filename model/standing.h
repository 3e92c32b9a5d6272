/* How candidates stand against each other. */
#ifndef ECH_STANDING_H
#define ECH_STANDING_H

#include "model/opening.h"

/** Compared in this order. */
struct ech_standing {
    int level;     /* higher first */
    int listed;    /* on the reserve list, where that is preferred */
    double band;   /* band of equal merit, or 0 */
    int structure; /* what he brings to the structure of the team, at equal merit */
    double score;
    bool has_tie; /* the number has been drawn, */
    uint64_t tie; /* which decides between equals: lower first */
    ech_key key;
};

/** Standing of an eligible candidate who has this score, but for the tie. */
struct ech_standing ech_standing_of(const struct ech_run *run, const struct ech_opening *opening,
                                    const struct ech_person *person, double score);

/** What is known of somebody's standing before anything is drawn, as a whole number: the larger comes
    first whatever the draws are. */
static inline double ech_standing_class(const struct ech_opening *opening,
                                        const struct ech_person *person)
{
    bool listed = opening->prefers_listed && person->listed != ECH_UNLISTED;
    int month = opening->by_seniority ? person->level_month : 0;
    return (2 * person->level + listed) * 0x1p32 - month;
}

/** Whether a comes after b before ties are looked at. */
bool ech_comes_after(const struct ech_standing *a, const struct ech_standing *b);

/** Whether a comes before b; keyed numbers, which few need, are drawn where they are equal. */
bool ech_comes_first(const struct ech_run *run, const struct ech_opening *opening,
                     struct ech_standing *a, struct ech_standing *b);

/** Notes in the opening what its policy looks at, and what the team lacks where it asks for that. */
void ech_standing_prepare(const struct ech_run *run, struct ech_opening *opening);

#endif
