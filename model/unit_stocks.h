/* Stocks of units: places, posts, lists and what is paid for each head, kept from month to month and
   changed for those units alone where something is otherwise than when they were counted last. */
#ifndef ECH_UNIT_STOCKS_H
#define ECH_UNIT_STOCKS_H

#include "model/state.h"

/** What stands of a unit in the stocks: as it was when it was counted last. */
struct ech_unit_counted {
    int64_t work; /* in millionths of a person at average load */
    int is_counted;
    int epoch; /* whose policy its costs follow */
    int heads[ECH_N_TRACKS];
    int places[ECH_N_TRACKS]; /* of free units: whoever is there */
    int away, training, present;
    int needed[ECH_N_CLASSES];
    int listed[ECH_N_CLASSES];
    int ready[ECH_N_CLASSES];
    int vacant[ECH_N_VACANCIES]; /* leading posts, by reason */
    int chiefs_new;              /* see struct ech_unit_state */
    int had_break;
};

/** No unit is counted: the beginning of a replication. */
void ech_unit_stocks_empty(struct ech_run *run);

/** Counts a unit of the county anew where it differs; `vacant` are its leading posts without a holder, by
    reason. Its reserve lists and its team have been counted by then. */
void ech_unit_stocks_record(struct ech_run *run, ech_id unit, const int vacant[ECH_N_VACANCIES]);

#endif
