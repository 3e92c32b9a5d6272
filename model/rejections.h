/* Rejections of candidates by the clauses that they fail: counted and told. */
#ifndef ECH_REJECTIONS_H
#define ECH_REJECTIONS_H

#include "model/opening.h"

/** Rejections met on one look at candidates, by clause; where there are none, only
    their number is set. */
struct ech_rejections {
    int n; /* candidates rejected */
    int failed[ECH_N_CLAUSES];
    int only[ECH_N_CLAUSES]; /* of these, where it was the only obstacle */
};

/** Notes one candidate who failed these clauses (a bit each, at least one); by -1: takes him out. */
void ech_rejections_note(struct ech_rejections *rejections, unsigned failed, int by);

/** Takes those that are part of the whole out of it. */
void ech_rejections_take_out(struct ech_rejections *whole, const struct ech_rejections *part);

/** Adds those of people who all fail one more clause, which none of them has failed so far. */
void ech_rejections_add(struct ech_rejections *rejections, const struct ech_rejections *more,
                        unsigned besides);

/** Adds them to the counters of the opening's unit and level. */
void ech_rejections_count(struct ech_run *run, const struct ech_opening *opening,
                          const struct ech_rejections *rejections);

/** Tells the event log: the cause is the only obstacle or else the first failed clause. */
void ech_rejection_emit(const struct ech_run *run, const struct ech_opening *opening,
                        const struct ech_person *person, unsigned failed);

#endif
