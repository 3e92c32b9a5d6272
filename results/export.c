/* Long CSV. */
#include "results/export.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/schema.h"
#include "results/statistics.h"
#include "results/whole.h"

static const char *const statistic_names[] = {"mean", "sd",  "se",  "p05", "p25",
                                              "p50",  "p75", "p95", "n"};
enum { N_STATISTICS = sizeof statistic_names / sizeof *statistic_names };

/* The C library may have put another mark, of one or more bytes, where the "." belongs. */
static void restore_point(char *text)
{
    const char *mark = localeconv()->decimal_point;
    size_t length = strlen(mark);
    char *found = length > 0 && strcmp(mark, ".") != 0 ? strstr(text, mark) : NULL;
    if (found) {
        *found = '.';
        memmove(found + 1, found + length, strlen(found + length) + 1);
    }
}

void ech_export_number(double value, char *text, size_t size)
{
    if (!isfinite(value)) {
        snprintf(text, size, "NA");
    } else if (value == floor(value) && fabs(value) < 1e15) {
        snprintf(text, size, "%.0f", value == 0 ? 0 : value); /* no "-0" */
    } else {
        snprintf(text, size, "%.10g", value);
        restore_point(text);
    }
}

void ech_export_field(FILE *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"') {
            fputc('"', out);
        }
        fputc(*text, out);
    }
    fputc('"', out);
}

void ech_export_date(int month, char *text, size_t size)
{
    snprintf(text, size, "%04d-%02d", month / 12, month % 12 + 1);
}

enum ech_status ech_export_end(FILE *out, struct ech_error *error)
{
    errno = 0;
    bool bad = fflush(out) != 0 || ferror(out);
    return bad ? ech_fail(error, ECH_ERR_WRITE,
                          (struct ech_facts){.what = ECH_BOTH("the numbers", "数据"),
                                             .value = ech_whole_reason(errno)})
               : ECH_OK;
}

/* Where the lines of one measure of one group go. */
struct place {
    const struct ech_result_scenario *scenario;
    const char *group;
    const char *measure;
    FILE *out;
};

static void put_line(const struct place *place, const char *second, int month, double value)
{
    char date[16], number[40];
    ech_export_date(place->scenario->start_month + month, date, sizeof date);
    ech_export_number(value, number, sizeof number);
    ech_export_field(place->out, place->scenario->name);
    fprintf(place->out, ",%s,%d,%s,", second, month, date);
    ech_export_field(place->out, place->group);
    fputc(',', place->out);
    ech_export_field(place->out, place->measure);
    fprintf(place->out, ",%s\n", number);
}

static void put_statistics(const struct place *place, int month, const struct ech_summary *summary)
{
    double values[N_STATISTICS] = {summary->mean, summary->sd,  summary->se,
                                   summary->p05,  summary->p25, summary->p50,
                                   summary->p75,  summary->p95, summary->n};
    for (int i = 0; i < N_STATISTICS; i++) {
        put_line(place, statistic_names[i], month, values[i]);
    }
}

/* Each replication's values [r * (last + 1) + period]; a period carries month `months` x period. */
static void put_replications(const struct place *place, const int *replications, int n, int last,
                             int months, const double *values)
{
    for (int r = 0; r < n; r++) {
        char number[16];
        snprintf(number, sizeof number, "%d", replications[r]);
        for (int period = 0; period <= last; period++) {
            put_line(place, number, months * period,
                     values[(size_t)r * (size_t)(last + 1) + (size_t)period]);
        }
    }
}

static enum ech_status put_each(const struct ech_results *results, const struct ech_export *wanted,
                                const struct place *place, int s, int group,
                                struct ech_error *error)
{
    double *values = NULL;
    int n = 0, last = place->scenario->n_months;
    enum ech_status status =
        wanted->by_month
            ? ech_results_each_month(results, s, group, place->measure, &values, &n, error)
            : ech_results_yearly(results, s, group, place->measure, &values, &n, &last, error);
    if (status == ECH_OK) {
        put_replications(place, ech_results_replications(results, s), n, last,
                         wanted->by_month ? 1 : 12, values);
    }
    free(values);
    return status;
}

static enum ech_status put_years(const struct ech_results *results, const struct place *place,
                                 int s, int group, struct ech_error *error)
{
    double *values = NULL;
    int n = 0, n_years = 0;
    enum ech_status status =
        ech_results_yearly(results, s, group, place->measure, &values, &n, &n_years, error);
    if (status != ECH_OK) {
        return status;
    }
    double *year_values = calloc((size_t)n + 1, sizeof *year_values);
    if (!year_values) {
        free(values);
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("exporting", "导出")});
    }
    for (int year = 0; year <= n_years; year++) {
        ech_mean_over_years(values, n, n_years, year, year, year_values);
        struct ech_summary summary = ech_summarise_sorting(year_values, n);
        put_statistics(place, 12 * year, &summary);
    }
    free(year_values);
    free(values);
    return ECH_OK;
}

/* Values of each replication, if a run kept them by month; no memory for them is a failure. */
struct month_values {
    double *each;   /* [r * (n_months + 1) + month]; NULL: not kept */
    double *column; /* [n] of one month */
    int n, n_months;
};

static enum ech_status read_month_values(const struct ech_results *results,
                                         const struct place *place, int s, int group,
                                         struct month_values *values, struct ech_error *error)
{
    *values = (struct month_values){.n_months = place->scenario->n_months};
    if (!ech_results_keeps_each_month(results, s, group, place->measure)) {
        return ECH_OK;
    }
    enum ech_status status =
        ech_results_each_month(results, s, group, place->measure, &values->each, &values->n, error);
    values->column = calloc((size_t)values->n + 1, sizeof *values->column);
    if (status == ECH_OK && !values->column) {
        status = ech_fail(error, ECH_ERR_MEMORY,
                          (struct ech_facts){.what = ECH_BOTH("exporting", "导出")});
    }
    return status;
}

/* Quantiles of a month; all NAN where they are not kept. */
static struct ech_summary quantiles_of(const struct month_values *values, int month)
{
    for (int r = 0; values->each && r < values->n; r++) {
        values->column[r] =
            values->each[(size_t)r * (size_t)(values->n_months + 1) + (size_t)month];
    }
    return ech_summarise_sorting(values->column, values->each ? values->n : 0);
}

/* Mean and sd come from the sums, with and without each replication's values. */
static enum ech_status put_months(const struct ech_results *results, const struct place *place,
                                  int s, int group, struct ech_error *error)
{
    double *mean = NULL, *sd = NULL;
    int *n = NULL;
    struct month_values values = {0};
    enum ech_status status =
        ech_results_monthly(results, s, group, place->measure, &mean, &sd, &n, error);
    if (status == ECH_OK) {
        status = read_month_values(results, place, s, group, &values, error);
    }
    for (int month = 0; status == ECH_OK && month <= place->scenario->n_months; month++) {
        struct ech_summary summary = quantiles_of(&values, month);
        summary.n = n[month];
        summary.mean = mean[month];
        summary.sd = sd[month];
        summary.se = sd[month] / sqrt(n[month]);
        put_statistics(place, month, &summary);
    }
    free(values.each);
    free(values.column);
    free(mean);
    free(sd);
    free(n);
    return status;
}

static enum ech_status put_measure(const struct ech_results *results,
                                   const struct ech_export *wanted, const struct place *place,
                                   int s, int group, struct ech_error *error)
{
    if (wanted->each) {
        return put_each(results, wanted, place, s, group, error);
    }
    return wanted->by_month ? put_months(results, place, s, group, error)
                            : put_years(results, place, s, group, error);
}

static bool is_kept(const struct ech_results *results, const struct ech_export *wanted, int s,
                    int group, const char *measure)
{
    if (!wanted->by_month) {
        return ech_results_keeps_yearly(results, s, group, measure);
    }
    return wanted->each ? ech_results_keeps_each_month(results, s, group, measure)
                        : ech_results_keeps_monthly(results, s, group, measure);
}

/* All measures that are kept of one group. */
static enum ech_status put_kept(const struct ech_results *results, const struct ech_export *wanted,
                                struct place place, int s, int group, struct ech_error *error)
{
    const struct ech_result_scenario *scenario = place.scenario;
    struct ech_layout layout = ech_measure_layout(scenario->n_levels);
    enum ech_status status = ECH_OK;
    for (int i = 0; status == ECH_OK && i < ech_n_measures(&layout); i++) {
        char name[256];
        ech_measure_at(i, &layout, scenario->levels, name, sizeof name);
        place.measure = name;
        if (is_kept(results, wanted, s, group, name)) {
            status = put_measure(results, wanted, &place, s, group, error);
        }
    }
    return status;
}

static enum ech_status put_named(const struct ech_results *results, const struct ech_export *wanted,
                                 struct place place, int s, int group, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int i = 0; status == ECH_OK && i < wanted->n_measures; i++) {
        place.measure = wanted->measures[i];
        status = put_measure(results, wanted, &place, s, group, error);
    }
    return status;
}

static enum ech_status put_scenario(const struct ech_results *results,
                                    const struct ech_export *wanted, int s, FILE *out,
                                    struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
    enum ech_status status = ECH_OK;
    for (int g = 0; status == ECH_OK && g < scenario->n_groups; g++) {
        if (scenario->groups[g].kind != wanted->group) {
            continue;
        }
        struct place place = {scenario, scenario->groups[g].id, NULL, out};
        status = wanted->n_measures > 0 ? put_named(results, wanted, place, s, g, error)
                                        : put_kept(results, wanted, place, s, g, error);
    }
    return status;
}

/* Asking for the values fails with the right words where they are not kept. */
static enum ech_status ask(const struct ech_results *results, const struct ech_export *wanted,
                           int s, int group, const char *measure, struct ech_error *error)
{
    double *values = NULL, *sd = NULL;
    int *n = NULL, n_replications, n_years;
    if (is_kept(results, wanted, s, group, measure)) {
        return ECH_OK;
    }
    enum ech_status status =
        !wanted->by_month ? ech_results_yearly(results, s, group, measure, &values, &n_replications,
                                               &n_years, error)
        : wanted->each
            ? ech_results_each_month(results, s, group, measure, &values, &n_replications, error)
            : ech_results_monthly(results, s, group, measure, &values, &sd, &n, error);
    free(values);
    free(sd);
    free(n);
    return status;
}

/* Everything that was asked for is there, before the first line is written. */
static enum ech_status check_wanted(const struct ech_results *results,
                                    const struct ech_export *wanted, int s, struct ech_error *error)
{
    static const char *const always[] = {"posts_vacant"}; /* kept of every group */
    const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
    const char *const *measures = wanted->n_measures > 0 ? wanted->measures : always;
    int n = wanted->n_measures > 0 ? wanted->n_measures : 1;
    for (int g = 0; g < scenario->n_groups; g++) {
        for (int i = 0; scenario->groups[g].kind == wanted->group && i < n; i++) {
            enum ech_status status = ask(results, wanted, s, g, measures[i], error);
            if (status != ECH_OK) {
                return status;
            }
        }
    }
    return ECH_OK;
}

/* Lines of one measure of one group. */
static double n_lines(const struct ech_result_scenario *scenario, const struct ech_export *wanted)
{
    int periods = 1 + (wanted->by_month ? scenario->n_months : ech_n_years(scenario->n_months));
    return (double)periods * (wanted->each ? scenario->n_replications_done : N_STATISTICS);
}

/* All groups of one measure, as far as they are kept. */
static void add_measure(const struct ech_results *results, const struct ech_export *wanted, int s,
                        const char *measure, struct ech_extent *extent)
{
    /* statistic or replication, month, date, value, six commas and the end; measured */
    static const double letters = 24;
    const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
    size_t names = strlen(scenario->name) + strlen(measure);
    double lines = n_lines(scenario, wanted);
    for (int g = 0; g < scenario->n_groups; g++) {
        const struct ech_group *group = &scenario->groups[g];
        if (group->kind == wanted->group && is_kept(results, wanted, s, g, measure)) {
            extent->rows += lines;
            extent->bytes += lines * ((double)(names + strlen(group->id)) + letters);
        }
    }
}

struct ech_extent ech_export_extent(const struct ech_results *results,
                                    const struct ech_export *wanted)
{
    struct ech_extent extent = {0};
    for (int s = 0; s < ech_results_n_scenarios(results); s++) {
        const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
        struct ech_layout layout = ech_measure_layout(scenario->n_levels);
        for (int i = 0; i < wanted->n_measures; i++) {
            add_measure(results, wanted, s, wanted->measures[i], &extent);
        }
        for (int i = 0; wanted->n_measures == 0 && i < ech_n_measures(&layout); i++) {
            char name[256];
            ech_measure_at(i, &layout, scenario->levels, name, sizeof name);
            add_measure(results, wanted, s, name, &extent);
        }
    }
    return extent;
}

enum ech_status ech_export_csv(const struct ech_results *results, const struct ech_export *wanted,
                               FILE *out, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int s = 0; status == ECH_OK && s < ech_results_n_scenarios(results); s++) {
        status = check_wanted(results, wanted, s, error);
    }
    if (status != ECH_OK) {
        return status;
    }
    fprintf(out, "scenario,%s,month,date,group,measure,value\n",
            wanted->each ? "replication" : "statistic");
    ech_results_read_together(results, wanted->n_measures == 0);
    for (int s = 0; status == ECH_OK && s < ech_results_n_scenarios(results); s++) {
        status = put_scenario(results, wanted, s, out, error);
    }
    ech_results_read_together(results, false);
    return status == ECH_OK ? ech_export_end(out, error) : status;
}
