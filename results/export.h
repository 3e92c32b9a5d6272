/* Numbers as long CSV, and how numbers and words are spelt in every CSV of ours. */
#ifndef ECH_EXPORT_H
#define ECH_EXPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "results/results.h"

/** What to export. The names are the caller's. */
struct ech_export {
    enum ech_group_kind group;
    bool by_month;
    bool each; /* each replication, else statistics over replications */
    int n_measures;
    const char *const *measures; /* full names; with n_measures 0: all that are kept */
};

/**
 * Writes with `each` the columns scenario,replication,month,date,group,measure,value, else
 * scenario,statistic,month,date,group,measure,value with the statistics mean sd se p05 p25 p50 p75
 * p95 n. Month 0 stands alone; the row of year y carries month 12 y. Undefined values are NA,
 * and so are quantiles by month unless the run kept each replication's months. What was asked for
 * but not kept is ECH_ERR_NOT_KEPT before anything is written.
 */
enum ech_status ech_export_csv(const struct ech_results *results, const struct ech_export *wanted,
                               FILE *out, struct ech_error *error);

/** How long an export will be. */
struct ech_extent {
    double rows;  /* exactly, without the head */
    double bytes; /* about */
};

/** Of what ech_export_csv writes, if all that is wanted is kept. */
struct ech_extent ech_export_extent(const struct ech_results *results,
                                    const struct ech_export *wanted);

/** Spells a number: ten digits, whole numbers in full, "." in every locale, NA for NAN. */
void ech_export_number(double value, char *text, size_t size);

/** Writes a field of a CSV line, in quotes where it needs them (RFC 4180). */
void ech_export_field(FILE *out, const char *text);

/** "2019-08" of a calendar month (year * 12 + month - 1). */
void ech_export_date(int month, char *text, size_t size);

/** Flushes; ECH_ERR_WRITE if anything could not be written. */
enum ech_status ech_export_end(FILE *out, struct ech_error *error);

#endif
