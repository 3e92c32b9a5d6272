/* The price of what a policy reaches: what it costs more than the baseline for each leader whom it keeps. */
#ifndef ECH_PRICE_H
#define ECH_PRICE_H

#include "results/results.h"
#include "results/statistics.h"

/** Name by which comparisons ask for the price, and the two measures that it is made of. */
#define ECH_PRICE_NAME "yuan_per_leader_kept"
#define ECH_PRICE_COST "cost_total"
#define ECH_PRICE_EXITS "exits_leaders_chosen"

/**
 * Ratio of the means of cost[n] and kept[n], paired differences of each replication (NAN: left out):
 * what is paid more, and how many fewer leaders leave by choice. `mean` is NAN where nobody is kept (the
 * mean of kept is not above 0). low and high are Fieller's 95 % limits (Fieller 1954), the values R for
 * which the mean of cost - R kept does not differ from 0 by Student's t; NAN where they are not bounded,
 * that is, where kept itself does not differ from 0. Only n, mean, low and high are given.
 */
struct ech_summary ech_price(const double *cost, const double *kept, int n);

/** Whether there is a price at all: only within limits. Without them hardly anybody is kept, and the ratio
    of the means may be anything. */
bool ech_price_is_told(const struct ech_summary *price);

/** Of what the price is asked: a group (NULL: the first county), and the years from ... to. */
struct ech_price_question {
    const char *group;
    int from, to;
};

/** The price of scenario s against the baseline, paired by replication; of yearly means. */
enum ech_status ech_price_years(const struct ech_results *results, int baseline, int s,
                                const struct ech_price_question *asked, struct ech_summary *price,
                                struct ech_error *error);

#endif
