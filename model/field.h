/* The eligible of one circle around an opening: the best of them by the selection rule and by merit. */
#ifndef ECH_FIELD_H
#define ECH_FIELD_H

#include "model/rejections.h"
#include "model/standing.h"

enum {
    ECH_MOST_FIRST = 20, /* the range of selection.shortlist */
    ECH_MOST_BEST = 4    /* by merit */
};

/** What a look at one circle gives. */
struct ech_field {
    ech_id *eligible; /* [n_eligible] in run->lively */
    int n_eligible;
    int n; /* of the first in the order of the rule, opening->n_first at most */
    ech_id first[ECH_MOST_FIRST];
    struct ech_standing standings[ECH_MOST_FIRST];
    int n_best; /* of the first by merit */
    ech_id best[ECH_MOST_BEST];
    double merits[ECH_MOST_BEST];
    bool place_lacking;
    struct ech_rejections rejections; /* met on the way */
};

/** Nobody is in it yet; there is one at a time. */
static inline void ech_field_empty(const struct ech_run *run, struct ech_field *field)
{
    field->eligible = run->lively;
    field->n_eligible = 0;
    field->n = 0;
    field->n_best = 0;
    field->place_lacking = false;
    field->rejections.n = 0;
}

/** Orders the eligible, once all are in: nothing is drawn for who cannot come among the first. */
void ech_field_order(const struct ech_run *run, const struct ech_opening *opening,
                     struct ech_field *field);

/** Who is chosen: the first, or of several shortlisted (差额) the one whom the inspection puts first;
    ECH_NONE: nobody is eligible. */
ech_id ech_field_chosen(const struct ech_run *run, const struct ech_opening *opening,
                        const struct ech_field *field);

#endif
