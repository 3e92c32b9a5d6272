#include "cli/summary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/columns.h"
#include "plots/effects.h"
#include "plots/number.h"
#include "results/means.h"
#include "results/statistics.h"

enum { TITLE_WIDTH = 28, CELL = 48 };

/** A column: a measure, how it is shown, and its heading in two lines. */
struct column {
    const char *measure;
    int width;
    enum { SHOWN_SPREAD, SHOWN_NUMBER, SHOWN_PERCENT, SHOWN_AT_END } as;
    const char *head[2][ECH_N_LANGS];
};

static const struct column columns[] = {
    {"posts_vacant", 15, SHOWN_SPREAD, {{"vacant posts", "空缺职位"}, {"(5-95%)", "（5-95%）"}}},
    {"post_vacancy_rate", 7, SHOWN_PERCENT, {{"rate", "空缺率"}, {"", ""}}},
    {"posts_vacant[nobody]", 8, SHOWN_NUMBER, {{"nobody", "无合格"}, {"eligible", "人选"}}},
    {"posts_vacant[no_place]", 7, SHOWN_NUMBER, {{"no", "无空"}, {"place", "编制"}}},
    {"reserve_ratio", 8, SHOWN_PERCENT, {{"reserve", "后备"}, {"filled", "满足率"}}},
    {"heads", 7, SHOWN_AT_END, {{"heads,", "期末"}, {"at end", "实有"}}},
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0] };

static int n_years_of(const struct ech_result_scenario *scenario)
{
    return (scenario->n_months + 11) / 12;
}

static void cell_text(const struct column *column, const struct ech_summary *summary, char *text)
{
    if (isnan(summary->mean)) {
        snprintf(text, CELL, ECH_NUMBER_NONE);
    } else if (column->as == SHOWN_PERCENT) {
        snprintf(text, CELL, "%.1f%%", 100 * summary->mean);
    } else if (column->as == SHOWN_SPREAD && summary->n > 1) {
        int decimals = summary->p95 < 9.95 ? 1 : 0;
        snprintf(text, CELL, "%.1f (%.*f-%.*f)", summary->mean, decimals, summary->p05, decimals,
                 summary->p95);
    } else {
        snprintf(text, CELL, "%.1f", summary->mean);
    }
}

/** The table as it is written. */
struct table {
    const struct ech_results *results;
    enum ech_lang lang;
    bool has_empty; /* a cell without a value has been shown */
};

static enum ech_status put_cell(struct table *table, int s, int group, const struct column *column,
                                struct ech_error *error)
{
    const struct ech_results *results = table->results;
    int n_years = n_years_of(ech_results_scenario(results, s));
    struct ech_window window =
        ech_policies_window(ech_compare_whole_years(ech_results_scenario(results, s)->n_months));
    struct ech_means_key key = {s, group, column->measure, window.from, window.to};
    struct ech_means means = {0};
    char text[CELL];
    if (column->as == SHOWN_AT_END) {
        key.from = key.to = n_years;
    }
    enum ech_status status = ech_means_read(results, &key, &means, error);
    if (status == ECH_OK) {
        struct ech_summary summary = ech_summarise_sorting(means.value, means.n);
        table->has_empty |= isnan(summary.mean);
        cell_text(column, &summary, text);
        ech_columns_put(stdout, text, column->width, ECH_ALIGN_RIGHT);
    }
    ech_means_free(&means);
    return status;
}

static void put_heads(enum ech_lang lang)
{
    for (int line = 0; line < 2; line++) {
        const char *title = lang == ECH_LANG_ZH ? "情景" : "scenario";
        ech_columns_put(stdout, line == 0 ? title : "", TITLE_WIDTH, ECH_ALIGN_LEFT);
        for (int c = 0; c < N_COLUMNS; c++) {
            ech_columns_put(stdout, columns[c].head[line][lang], columns[c].width, ECH_ALIGN_RIGHT);
        }
        putchar('\n');
    }
}

/** The row's title; one that is too long has a line of its own. */
static void put_title(const struct ech_result_scenario *scenario, const struct ech_group *group,
                      bool names_county, enum ech_lang lang)
{
    char title[512];
    snprintf(title, sizeof title, "%s%s%s", scenario->label.text[lang], names_county ? ", " : "",
             names_county ? group->title.text[lang] : "");
    if (ech_columns_width(title) < TITLE_WIDTH) {
        ech_columns_put(stdout, title, TITLE_WIDTH, ECH_ALIGN_LEFT);
        return;
    }
    ech_columns_wrap(stdout, title, 0, 0);
    ech_columns_put(stdout, "", TITLE_WIDTH, ECH_ALIGN_LEFT);
}

static int n_counties_of(const struct ech_result_scenario *scenario)
{
    int n = 0;
    while (n < scenario->n_groups && scenario->groups[n].kind == ECH_GROUP_COUNTY) {
        n++;
    }
    return n;
}

static enum ech_status put_scenario(struct table *table, int s, struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(table->results, s);
    int n_counties = n_counties_of(scenario);
    enum ech_status status = ECH_OK;
    for (int group = 0; group < n_counties && status == ECH_OK; group++) {
        put_title(scenario, &scenario->groups[group], n_counties > 1, table->lang);
        for (int c = 0; c < N_COLUMNS && status == ECH_OK; c++) {
            status = put_cell(table, s, group, &columns[c], error);
        }
        putchar('\n');
    }
    return status;
}

/** Whether all scenarios are averaged over the same years: then the caption can say which. */
static bool has_one_period(const struct ech_results *results)
{
    for (int s = 1; s < ech_results_n_scenarios(results); s++) {
        if (n_years_of(ech_results_scenario(results, s)) !=
            n_years_of(ech_results_scenario(results, 0))) {
            return false;
        }
    }
    return true;
}

static void put_caption(const struct ech_results *results, bool sorted, enum ech_lang lang)
{
    const struct ech_manifest *manifest = ech_results_manifest(results);
    struct ech_window window =
        ech_policies_window(ech_compare_whole_years(ech_results_scenario(results, 0)->n_months));
    char years[64] = "";
    if (has_one_period(results)) {
        snprintf(years, sizeof years, lang == ECH_LANG_ZH ? "第 %d-%d 年均值，" : "years %d-%d, ",
                 window.from, window.to);
    }
    int n = manifest->n_replications;
    printf(lang == ECH_LANG_ZH ? "%s%d 次重复，种子 %llu"
           : n == 1            ? "means over %s%d replication, seed %llu"
                               : "means over %s%d replications, seed %llu",
           years, n, (unsigned long long)manifest->seed);
    if (n == 1) {
        fputs(lang == ECH_LANG_ZH ? "\n只有一次重复，没有区间"
                                  : "\none replication has no interval",
              stdout);
    }
    if (sorted) {
        fputs(lang == ECH_LANG_ZH ? "\n各组按对后备的作用由大到小排列"
                                  : "\neach group's best for the reserve first",
              stdout);
    }
    fputs("\n\n", stdout);
}

/** A reference and the policies compared with it, the best for the reserve first. */
static enum ech_status put_family(struct table *table, const struct ech_effects *effects,
                                  int reference, struct ech_error *error)
{
    int n = 0;
    const struct ech_effect *first = ech_effects_family(effects, reference, &n);
    enum ech_status status = put_scenario(table, reference, error);
    for (int i = 0; i < n && status == ECH_OK; i++) {
        status = put_scenario(table, first[i].scenario, error);
    }
    return status;
}

/** The baseline and its policies, then those without transfers, as in the report. */
static enum ech_status put_sorted(struct table *table, int baseline, struct ech_error *error)
{
    struct ech_policies policies = {0};
    struct ech_effects effects = {0};
    enum ech_status status = ech_policies_sort(table->results, baseline, &policies, error);
    if (status == ECH_OK) {
        status =
            ech_effects_measure(table->results, &policies, "reserve_ratio", 1, &effects, error);
    }
    if (status == ECH_OK) {
        status = put_family(table, &effects, baseline, error);
    }
    if (status == ECH_OK && policies.closed != ECH_NONE) {
        putchar('\n');
        status = put_family(table, &effects, policies.closed, error);
    }
    ech_effects_free(&effects);
    ech_policies_free(&policies);
    return status;
}

static void put_remark(enum ech_lang lang)
{
    ech_columns_wrap(stdout,
                     lang == ECH_LANG_ZH
                         ? ECH_NUMBER_NONE "：没有可统计的对象（没有领导职位或没有应备人选）"
                         : ECH_NUMBER_NONE ": there is nothing to count (no leading posts, or "
                                           "nobody is needed on the reserve lists)",
                     0, 0);
}

enum ech_status ech_summary_put(const struct ech_results *results, int baseline, enum ech_lang lang,
                                struct ech_error *error)
{
    struct table table = {.results = results, .lang = lang};
    enum ech_status status = ECH_OK;
    put_caption(results, baseline != ECH_NONE && ech_results_n_scenarios(results) > 2, lang);
    put_heads(lang);
    if (baseline != ECH_NONE) {
        status = put_sorted(&table, baseline, error);
    }
    for (int s = 0; baseline == ECH_NONE && s < ech_results_n_scenarios(results); s++) {
        status = status == ECH_OK ? put_scenario(&table, s, error) : status;
    }
    if (status == ECH_OK && table.has_empty) {
        put_remark(lang);
    }
    return status;
}
