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
    uint64_t tie; /* lower first */
    ech_key key;
};

/** Standing of an eligible candidate by the selection rule, or, inspected, by the inspection; but for
    the tie. */
struct ech_standing ech_standing_of(const struct ech_run *run, const struct ech_opening *opening,
                                    const struct ech_person *person, bool inspected);

/** The keyed number that decides between equals; drawn apart, because few come that far. */
void ech_standing_break_tie(const struct ech_run *run, const struct ech_opening *opening,
                            struct ech_standing *standing);

/** Whether somebody comes after a standing whatever his score is. */
bool ech_standing_is_behind(const struct ech_opening *opening, const struct ech_person *person,
                            const struct ech_standing *standing);

/** Whether a comes after b before ties are looked at. */
bool ech_comes_after(const struct ech_standing *a, const struct ech_standing *b);

/** Whether a comes before b. */
bool ech_comes_first(const struct ech_standing *a, const struct ech_standing *b);

/** Notes in the opening what the team lacks, where the policy looks at it. */
void ech_standing_look_at_team(const struct ech_run *run, struct ech_opening *opening);

#endif
