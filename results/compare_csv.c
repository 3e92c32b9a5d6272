/* Comparisons as CSV. */
#include <stdlib.h>

#include "results/compare.h"
#include "results/export.h"

/* One scenario against the baseline. */
struct pairing {
    const struct ech_results *results;
    const struct ech_compare *wanted;
    int s;
    FILE *out;
};

static void put_number(FILE *out, double value)
{
    char text[40];
    ech_export_number(value, text, sizeof text);
    fprintf(out, ",%s", text);
}

static void put_row(const struct pairing *pairing, int from_month, int to_month, const char *group,
                    const char *measure, const struct ech_comparison *comparison)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(pairing->results, pairing->s);
    FILE *out = pairing->out;
    char from[16], to[16];
    ech_export_date(scenario->start_month + from_month, from, sizeof from);
    ech_export_date(scenario->start_month + to_month, to, sizeof to);
    ech_export_field(out, scenario->name);
    fprintf(out, ",%s,%s,", from, to);
    ech_export_field(out, group);
    fputc(',', out);
    ech_export_field(out, measure);
    put_number(out, comparison->baseline);
    put_number(out, comparison->policy);
    put_number(out, comparison->difference.mean);
    put_number(out, comparison->difference.low);
    put_number(out, comparison->difference.high);
    fprintf(out, ",%d\n", comparison->difference.n);
}

static int first_month(int year)
{
    return year == 0 ? 0 : 12 * year - 11;
}

static enum ech_status put_period(const struct pairing *pairing, const char *group,
                                  const char *measure, int from, int to, struct ech_error *error)
{
    struct ech_comparison comparison;
    enum ech_status status =
        ech_compare_years(pairing->results, pairing->wanted->baseline, pairing->s, group, measure,
                          from, to, &comparison, error);
    if (status == ECH_OK) {
        put_row(pairing, first_month(from), 12 * to, group, measure, &comparison);
    }
    return status;
}

static enum ech_status put_months(const struct pairing *pairing, const char *group,
                                  const char *measure, struct ech_error *error)
{
    struct ech_comparison *months = NULL;
    int n_months = 0;
    enum ech_status status =
        ech_compare_months(pairing->results, pairing->wanted->baseline, pairing->s, group, measure,
                           &months, &n_months, error);
    for (int month = 0; status == ECH_OK && month <= n_months; month++) {
        put_row(pairing, month, month, group, measure, &months[month]);
    }
    free(months);
    return status;
}

static enum ech_status put_measure(const struct pairing *pairing, const char *group,
                                   const char *measure, struct ech_error *error)
{
    const struct ech_compare *wanted = pairing->wanted;
    enum ech_status status = ECH_OK;
    if (wanted->by_month) {
        return put_months(pairing, group, measure, error);
    }
    if (wanted->averaged) {
        return put_period(pairing, group, measure, wanted->from, wanted->to, error);
    }
    for (int year = wanted->from; status == ECH_OK && year <= wanted->to; year++) {
        status = put_period(pairing, group, measure, year, year, error);
    }
    return status;
}

static enum ech_status put_scenario(const struct pairing *pairing, struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(pairing->results, pairing->s);
    enum ech_status status = ECH_OK;
    for (int g = 0; g < scenario->n_groups; g++) {
        bool wanted = scenario->groups[g].kind == pairing->wanted->group;
        for (int i = 0; wanted && status == ECH_OK && i < pairing->wanted->n_measures; i++) {
            status =
                put_measure(pairing, scenario->groups[g].id, pairing->wanted->measures[i], error);
        }
    }
    return status;
}

enum ech_status ech_compare_csv(const struct ech_results *results, const struct ech_compare *wanted,
                                FILE *out, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    fputs("scenario,from,to,group,measure,baseline,policy,difference,low,high,n\n", out);
    for (int s = 0; status == ECH_OK && s < ech_results_n_scenarios(results); s++) {
        struct pairing pairing = {results, wanted, s, out};
        if (s != wanted->baseline) {
            status = put_scenario(&pairing, error);
        }
    }
    return status == ECH_OK ? ech_export_end(out, error) : status;
}

static void put_setting(FILE *out, const struct ech_result_scenario *scenario,
                        const struct ech_setting_difference *setting)
{
    char from[16];
    ech_export_date(scenario->start_month + setting->from_month, from, sizeof from);
    ech_export_field(out, scenario->name);
    fputc(',', out);
    ech_export_field(out, setting->path);
    fputc(',', out);
    ech_export_field(out, setting->scope);
    fprintf(out, ",%s,", from);
    ech_export_field(out, setting->baseline);
    fputc(',', out);
    ech_export_field(out, setting->policy);
    fputc(',', out);
    ech_export_field(out, setting->file);
    fprintf(out, ",%d\n", setting->line);
}

enum ech_status ech_compare_settings_csv(const struct ech_results *results, int baseline, FILE *out,
                                         struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    fputs("scenario,setting,scope,from,baseline,policy,file,line\n", out);
    for (int s = 0; status == ECH_OK && s < ech_results_n_scenarios(results); s++) {
        struct ech_setting_difference *list = NULL;
        int n = 0;
        if (s != baseline) {
            status = ech_compare_settings(results, baseline, s, &list, &n, error);
        }
        for (int i = 0; i < n; i++) {
            put_setting(out, ech_results_scenario(results, s), &list[i]);
        }
        free(list);
    }
    return status == ECH_OK ? ech_export_end(out, error) : status;
}
