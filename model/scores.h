/* What selection sees of candidates: assessed, voted for, examined. Every part has mean 0 and standard
   deviation 1 over entrants, by constants and never by who else stands there. */
#ifndef ECH_SCORES_H
#define ECH_SCORES_H

#include "model/state.h"

/** People who are looked at together at most. */
enum { ECH_SEEN_TOGETHER = 64 };

/** Some candidates for an opening, and the pairs (person, opening) at whose addresses they are seen. */
struct ech_seen {
    int n;
    ech_id ids[ECH_SEEN_TOGETHER];
    ech_key pairs[ECH_SEEN_TOGETHER];
};

/** What selection.rule makes of each of them, into scores[seen->n]; the larger comes first. */
void ech_scores(const struct ech_run *run, const struct ech_seen *seen,
                const struct ech_params *policy, double *scores);

/** What it makes of somebody alone, at the address of the pair (person, opening). */
double ech_score(const struct ech_run *run, ech_id id, ech_key pair,
                 const struct ech_params *policy);

/** The inspection (考察) of who is on the shortlist, a look of its own at merit, into scores[seen->n]. */
void ech_scores_inspected(const struct ech_run *run, const struct ech_seen *seen,
                          const struct ech_params *policy, double *scores);

#endif
