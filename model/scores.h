/* What selection sees of a candidate: assessed, voted for, examined. Every part has mean 0 and standard
   deviation 1 over entrants, by constants and never by who else stands there. */
#ifndef ECH_SCORES_H
#define ECH_SCORES_H

#include "model/state.h"

/** What selection.rule makes of a candidate at the address of the pair (person, opening); the larger
    comes first. */
double ech_score(const struct ech_run *run, const struct ech_person *person, ech_key pair,
                 const struct ech_params *policy);

/** The inspection (考察) of who is on the shortlist: a look of its own at merit. */
double ech_score_inspected(const struct ech_run *run, const struct ech_person *person, ech_key pair,
                           const struct ech_params *policy);

#endif
