/* The lines of `echelon compare` for people: 80 columns, a measure a line. */
#ifndef ECH_COMPARE_VIEW_H
#define ECH_COMPARE_VIEW_H

#include "results/worst.h"

/** The comparison of one command line. */
struct ech_compare_view {
    const struct ech_results *results;
    struct ech_compare wanted;
    bool usual;      /* no measure was asked for: leave out what has no value */
    bool only_clear; /* leave out measures whose interval holds 0 */
    enum ech_lang lang;
};

/** Prints the heads of the columns. */
void ech_compare_view_heads(const struct ech_compare_view *view);

/** Prints a measure in both scenarios and its difference, on a line of its own label. */
void ech_compare_view_row(const struct ech_compare_view *view, const char *label,
                          const char *measure, const struct ech_comparison *comparison);

/** Prints the price of a leader kept, or why there is none. */
void ech_compare_view_price(const struct ech_compare_view *view,
                            const struct ech_comparison *comparison);

/** Prints of how many years the price of a leader kept cannot be told. */
void ech_compare_view_untold(const struct ech_compare_view *view, int n_years);

/** Prints the worst year below the mean, unless nothing differs in any or one replication is all. */
void ech_compare_view_worst(const struct ech_compare_view *view, const char *measure,
                            const struct ech_worst *worst);

#endif
