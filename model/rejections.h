/* Rejections of candidates by the clauses that they fail: counted and told. */
#ifndef ECH_REJECTIONS_H
#define ECH_REJECTIONS_H

#include "model/opening.h"

/** Rejections met on one look at candidates, by clause; { 0 } is none. */
struct ech_rejections {
    int n; /* candidates rejected */
    int64_t failed[ECH_N_CLAUSES];
    int64_t only[ECH_N_CLAUSES]; /* of these, where it was the only obstacle */
};

/** Notes one candidate who failed these clauses (a bit each, at least one). */
void ech_rejections_note(struct ech_rejections *rejections, unsigned failed);

/** Adds them to the counters of the opening's unit and level. */
void ech_rejections_count(struct ech_run *run, const struct ech_opening *opening,
                          const struct ech_rejections *rejections);

/** Tells the event log: the cause is the only obstacle or else the first failed clause. */
void ech_rejection_emit(const struct ech_run *run, const struct ech_opening *opening,
                        const struct ech_person *person, unsigned failed);

#endif
