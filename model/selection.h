/* Whom an opening chooses: the candidates of the narrowest circle in which anybody is eligible. */
#ifndef ECH_SELECTION_H
#define ECH_SELECTION_H

#include "model/state.h"

/** Where the matrix of sources lets an opening be filled from. */
enum ech_origin {
    ECH_ORIGIN_ANY, /* it does not speak of the opening */
    ECH_ORIGIN_INSIDE,
    ECH_ORIGIN_OUTSIDE
};

/** What looking at the candidates of one opening gave. */
struct ech_choice {
    ech_id person;      /* ECH_NONE: nobody from inside the county */
    bool place_lacking; /* somebody would have been eligible with a free place */
    enum ech_origin origin;
    unsigned waived;   /* the clause that is waived for him, a bit; 0: none */
    double merit;      /* of the chosen */
    double best_merit; /* best among the eligible of the circle */
};

/**
 * Looks at the candidates of one opening, people of the level below and of the post's level, on the
 * state as it is, and counts rejections of whoever is considered for the first time. Of the state it
 * changes nothing else: what the pool and findings note follows from it.
 */
struct ech_choice ech_selection_choose(struct ech_run *run, ech_id post);

/** The longest stepped-down person of a unit who could exchange places with a successor. */
ech_id ech_selection_exchange(const struct ech_run *run, ech_id unit);

#endif
