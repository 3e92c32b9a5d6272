/* Initial people of a block: integer margins met exactly, the rest uniform (MODEL: Initial state). */
#ifndef ECH_MARGINS_H
#define ECH_MARGINS_H

#include "model/state.h"

/** The people of one block while their margins are drawn. Every margin is a permutation by keyed
    numbers, so that exactly as many people as it says have the property. */
struct ech_draw {
    struct ech_run *run;
    const struct ech_block *block;
    struct ech_chance chance; /* replication 0 where the county is not redrawn */
    ech_id *people;           /* [n] rows of run->people; the caller's */
    int n;
};

/** Ages by band, months uniform within it, and service. Needs keys, units and posts. */
void ech_margins_ages(const struct ech_draw *draw);

/** Sex, party, home, education, clocks and merit. Needs ages. */
void ech_margins_rest(const struct ech_draw *draw);

/** Most months that somebody can have been in his level at month 0: his service, less the least time
    in the levels below. Needs unit, level and entry. */
int ech_margins_longest_in_level(const struct ech_run *run, const struct ech_person *person);

/**
 * Draws the age of one person again among the months of his band that lie outside `limit`; false if
 * the band has none.
 */
bool ech_margins_redraw(const struct ech_draw *draw, ech_id id, const struct ech_age_limit *limit,
                        const struct ech_age_band *band);

#endif
