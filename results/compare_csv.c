/* Comparisons as CSV. */
#include <stdlib.h>

#include "results/compare.h"
#include "results/export.h"
#include "results/worst.h"

static void put_number(FILE *out, double value)
{
    char text[40];
    ech_export_number(value, text, sizeof text);
    fprintf(out, ",%s", text);
}

static void put_worst(FILE *out, const struct ech_compare_row *row)
{
    char from[16], to[16];
    if (!row->worst || row->worst->year == ECH_NONE) {
        fputs(",NA,NA,NA,NA,NA", out);
        return;
    }
    int start = row->scenario->start_month;
    ech_export_date(start + ech_compare_first_month(row->worst->year), from, sizeof from);
    ech_export_date(start + 12 * row->worst->year, to, sizeof to);
    fprintf(out, ",%s,%s", from, to);
    put_number(out, row->worst->difference.mean);
    put_number(out, row->worst->difference.low);
    put_number(out, row->worst->difference.high);
}

static void put_row(void *context, const struct ech_compare_row *row)
{
    FILE *out = context;
    const struct ech_comparison *comparison = row->comparison;
    char from[16], to[16];
    ech_export_date(row->scenario->start_month + row->from_month, from, sizeof from);
    ech_export_date(row->scenario->start_month + row->to_month, to, sizeof to);
    ech_export_field(out, row->scenario->name);
    fprintf(out, ",%s,%s,", from, to);
    ech_export_field(out, row->group);
    fputc(',', out);
    ech_export_field(out, row->measure);
    put_number(out, comparison->baseline);
    put_number(out, comparison->policy);
    put_number(out, comparison->difference.mean);
    put_number(out, comparison->difference.low);
    put_number(out, comparison->difference.high);
    fprintf(out, ",%d", comparison->difference.n);
    put_worst(out, row);
    fputc('\n', out);
}

enum ech_status ech_compare_csv(const struct ech_results *results, const struct ech_compare *wanted,
                                FILE *out, struct ech_error *error)
{
    fputs(
        "scenario,from,to,group,measure,baseline,policy,difference,low,high,n,worst_from,worst_to,"
        "worst,worst_low,worst_high\n",
        out);
    enum ech_status status = ech_compare_rows(results, wanted, put_row, out, error);
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
