/* Whom an opening has found stands for the month: within the step nobody becomes a candidate, people only
   drop out, so that an opening that has lost its candidate goes on to the next whom it has found. */
#ifndef ECH_FINDING_H
#define ECH_FINDING_H

#include "model/field.h"

enum { ECH_MOST_FOUND = 8 };

/** The last look of an opening at everybody in the circle from which it chose. */
struct ech_finding {
    int month;                 /* of the look */
    unsigned team_specialties; /* as the opening saw its team, */
    bool team_has_young;
    bool has_place; /* and its places */
    bool is_all;    /* nobody else was eligible */
    uint8_t n;
    uint8_t n_best;
    ech_id first[ECH_MOST_FOUND];
    ech_id best[ECH_MOST_BEST];
};

/** Keeps what a look at a circle gave. */
void ech_finding_keep(struct ech_run *run, const struct ech_opening *opening,
                      const struct ech_field *field);

/** Puts those found earlier this month who are still free into the circle, which is empty. False: the
    opening has to look again. */
bool ech_finding_take(const struct ech_run *run, const struct ech_opening *opening,
                      struct ech_field *field);

#endif
