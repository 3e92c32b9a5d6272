/* Stocks of people by type: kept from month to month and changed for those alone to whom something has
   happened, so that a month costs nothing for the others. */
#ifndef ECH_STOCKS_H
#define ECH_STOCKS_H

#include "model/state.h"

/** What stands of somebody in the stocks: as he was when he was counted last. What he is for life (sex,
    education, month of birth, merit, ...) is read from himself. */
struct ech_counted {
    ech_id type; /* of his unit; ECH_NONE: he is not counted */
    ech_id unit;
    int post_month;
    uint8_t role; /* enum ech_role of a leader; ECH_N_ROLES: below the leading posts */
    uint8_t admin;
    uint8_t level;
    uint8_t grade;
    uint8_t at_ceiling;
    uint8_t age_band;
    uint8_t young; /* 28 to 32 */
    uint8_t in_village;
    uint8_t listed;      /* enum ech_class, or ECH_UNLISTED, */
    uint8_t ready;       /* and eligible today */
    uint8_t overdue;     /* for rotation */
    uint8_t trained;     /* within the cycle */
    uint8_t due;         /* training, as a new appointee, */
    uint8_t due_trained; /* and has had it */
};

/** Nobody is counted: the beginning of a replication. */
void ech_stocks_empty(struct ech_run *run);

/**
 * Somebody is counted anew this month. Whatever writes what struct ech_counted is made of calls this or
 * ech_refresh: fields of his that it copies, and what ech_reserve_qualifies, ech_rotation_overdue and his
 * training depend on. Changes that time brings are foreseen; what he is for life must not change.
 */
static inline void ech_stocks_mark(struct ech_run *run, ech_id id)
{
    run->recount[id] = ECH_LONG_AGO;
    if (run->people[id].post != ECH_NONE) {
        run->overdue_from[run->people[id].post] = ECH_LONG_AGO;
    }
}

/** Whoever leaves the books, while his row still says who he was. */
void ech_stocks_drop(struct ech_run *run, ech_id id);

/** Counts those anew whom run->recount is due for. */
void ech_stocks_record(struct ech_run *run);

/** Adds what stands in the stocks to this month's counters of types. */
void ech_stocks_hand_out(struct ech_run *run);

#endif
