/* Comparisons as JSON. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "results/compare.h"
#include "results/export.h"
#include "results/worst.h"

/* Words of files are checked UTF-8; only quotes, backslashes and control characters need care. */
static void put_string(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        unsigned char letter = (unsigned char)*text;
        if (letter == '"' || letter == '\\') {
            fputc('\\', out);
        }
        if (letter < 0x20) {
            fprintf(out, "\\u%04x", letter);
        } else {
            fputc(letter, out);
        }
    }
    fputc('"', out);
}

static void put_text(FILE *out, const char *name, const char *text)
{
    fprintf(out, "\"%s\": ", name);
    put_string(out, text);
    fputs(", ", out);
}

static void put_date(FILE *out, const char *name, int month)
{
    char text[16];
    ech_export_date(month, text, sizeof text);
    put_text(out, name, text);
}

static void put_last_number(FILE *out, const char *name, double value)
{
    char text[40] = "null";
    if (isfinite(value)) {
        ech_export_number(value, text, sizeof text);
    }
    fprintf(out, "\"%s\": %s", name, text);
}

static void put_number(FILE *out, const char *name, double value)
{
    put_last_number(out, name, value);
    fputs(", ", out);
}

/* Where the next member of a list goes. */
struct list {
    FILE *out;
    int n;
};

static void begin_member(struct list *list)
{
    fputs(list->n++ > 0 ? ",\n    {" : "\n    {", list->out);
}

static void put_worst(FILE *out, const struct ech_compare_row *row)
{
    if (!row->worst || row->worst->year == ECH_NONE) {
        fputs("\"worst_from\": null, \"worst_to\": null, \"worst\": null, "
              "\"worst_low\": null, \"worst_high\": null}",
              out);
        return;
    }
    int start = row->scenario->start_month;
    put_date(out, "worst_from", start + ech_compare_first_month(row->worst->year));
    put_date(out, "worst_to", start + 12 * row->worst->year);
    put_number(out, "worst", row->worst->difference.mean);
    put_number(out, "worst_low", row->worst->difference.low);
    put_last_number(out, "worst_high", row->worst->difference.high);
    fputc('}', out);
}

static void put_row(void *context, const struct ech_compare_row *row)
{
    struct list *list = context;
    FILE *out = list->out;
    const struct ech_comparison *comparison = row->comparison;
    begin_member(list);
    put_text(out, "scenario", row->scenario->name);
    put_date(out, "from", row->scenario->start_month + row->from_month);
    put_date(out, "to", row->scenario->start_month + row->to_month);
    put_text(out, "group", row->group);
    put_text(out, "measure", row->measure);
    put_number(out, "baseline", comparison->baseline);
    put_number(out, "policy", comparison->policy);
    put_number(out, "difference", comparison->difference.mean);
    put_number(out, "low", comparison->difference.low);
    put_number(out, "high", comparison->difference.high);
    fprintf(out, "\"n\": %d, ", comparison->difference.n);
    put_worst(out, row);
}

static void put_setting(struct list *list, const struct ech_result_scenario *scenario,
                        const struct ech_setting_difference *setting)
{
    FILE *out = list->out;
    begin_member(list);
    put_text(out, "scenario", scenario->name);
    put_text(out, "setting", setting->path);
    put_text(out, "scope", setting->scope);
    put_date(out, "from", scenario->start_month + setting->from_month);
    put_text(out, "baseline", setting->baseline);
    put_text(out, "policy", setting->policy);
    put_text(out, "file", setting->file);
    fprintf(out, "\"line\": %d}", setting->line);
}

static enum ech_status put_settings(const struct ech_results *results, int baseline, FILE *out,
                                    struct ech_error *error)
{
    struct list list = {.out = out};
    enum ech_status status = ECH_OK;
    for (int s = 0; status == ECH_OK && s < ech_results_n_scenarios(results); s++) {
        struct ech_setting_difference *differences = NULL;
        int n = 0;
        if (s != baseline) {
            status = ech_compare_settings(results, baseline, s, &differences, &n, error);
        }
        for (int i = 0; i < n; i++) {
            put_setting(&list, ech_results_scenario(results, s), &differences[i]);
        }
        free(differences);
    }
    return status;
}

enum ech_status ech_compare_json(const struct ech_results *results,
                                 const struct ech_compare *wanted, FILE *out,
                                 struct ech_error *error)
{
    const struct ech_manifest *manifest = ech_results_manifest(results);
    struct list list = {.out = out};
    fputs("{\n  ", out);
    put_text(out, "baseline", ech_results_scenario(results, wanted->baseline)->name);
    fprintf(out, "\"seed\": \"%" PRIu64 "\", \"replications\": %d,\n  \"settings\": [",
            manifest->seed, manifest->n_replications);
    enum ech_status status = put_settings(results, wanted->baseline, out, error);
    fputs("],\n  \"results\": [", out);
    if (status == ECH_OK) {
        status = ech_compare_rows(results, wanted, put_row, &list, error);
    }
    fputs("]\n}\n", out);
    return status == ECH_OK ? ech_export_end(out, error) : status;
}
