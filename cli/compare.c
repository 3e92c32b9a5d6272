/* echelon compare: settings that differ beside results that differ. */
#include "results/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/asked.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/compare_view.h"
#include "cli/opening.h"
#include "results/derived.h"
#include "results/export.h"
#include "results/price.h"
#include "results/worst.h"

enum { TABLE, CSV, JSON };
enum { BY_YEAR, BY_MONTH };
/* Of more policies than these a table shows what clearly differs only. */
enum { MOST_POLICIES_IN_FULL = 12 };

/* What is compared when no --measure is given; of units fewer values are kept. */
static const char *const usual[] = {"posts_vacant",
                                    "post_vacancy_rate",
                                    "posts_vacant[nobody]",
                                    "posts_vacant[no_place]",
                                    "reserve_ratio",
                                    "reserve_ratio[chief]",
                                    "reserve_ratio[deputy]",
                                    "ready_share",
                                    "break_share",
                                    "heads",
                                    "establishment_vacancy_rate",
                                    "entries",
                                    "exits",
                                    "exits_leaders",
                                    "exits_leaders_chosen",
                                    "rotations",
                                    "stepdowns",
                                    "fill_time_mean",
                                    "leaders_age_mean",
                                    "leaders_women_share",
                                    "performance_mean",
                                    "cost_allowance",
                                    "cost_total",
                                    ECH_PRICE_NAME}; /* the last: it has no months */
static const char *const usual_of_units[] = {"posts_vacant", "post_vacancy_rate", "reserve_ratio",
                                             "breaks"};

/* Settings */

static void put_setting(const struct ech_setting_difference *setting, int start_month)
{
    char path[512];
    char from[16] = "";
    if (setting->from_month > 0) {
        ech_export_date(start_month + setting->from_month, from, sizeof from);
    }
    snprintf(path, sizeof path, "%s%s%s%s%s%s", setting->path,
             setting->scope[0] != '\0' ? " @" : "", setting->scope, from[0] != '\0' ? " (" : "",
             from, from[0] != '\0' ? ")" : "");
    printf("  ");
    ech_columns_put(stdout, path, ech_columns_width(path) < 40 ? 40 : 0, ECH_ALIGN_LEFT);
    printf(" %s -> %s\n", setting->baseline[0] != '\0' ? setting->baseline : "-",
           setting->policy[0] != '\0' ? setting->policy : "-");
}

static enum ech_status put_settings(const struct ech_compare_view *view, int s,
                                    struct ech_error *error)
{
    struct ech_setting_difference *list = NULL;
    int n = 0;
    enum ech_status status =
        ech_compare_settings(view->results, view->wanted.baseline, s, &list, &n, error);
    for (int i = 0; status == ECH_OK && i < n; i++) {
        put_setting(&list[i], ech_results_scenario(view->results, s)->start_month);
    }
    if (status == ECH_OK && n == 0) {
        puts(view->lang == ECH_LANG_ZH ? "  设置无差异" : "  no setting differs");
    }
    free(list);
    return status;
}

/* Results */

static void put_dated(const struct ech_compare_view *view, int calendar, const char *measure,
                      const struct ech_comparison *comparison)
{
    char label[256];
    char date[16];
    ech_export_date(calendar, date, sizeof date);
    snprintf(label, sizeof label, "  %s %s", date, measure);
    ech_compare_view_row(view, label, measure, comparison);
}

static enum ech_status put_years(const struct ech_compare_view *view, int s, const char *group,
                                 const char *measure, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    const struct ech_compare *wanted = &view->wanted;
    bool is_price = strcmp(measure, ECH_PRICE_NAME) == 0;
    int n_untold = 0;
    int start = ech_results_scenario(view->results, s)->start_month;
    for (int year = wanted->from; year <= wanted->to && status == ECH_OK; year++) {
        struct ech_comparison comparison;
        status = ech_compare_years(view->results, wanted->baseline, s, group, measure, year, year,
                                   &comparison, error);
        if (status == ECH_OK && is_price && !ech_price_is_told(&comparison.difference)) {
            n_untold++;
        } else if (status == ECH_OK) {
            put_dated(view, start + 12 * year, measure, &comparison);
        }
    }
    if (status == ECH_OK && n_untold > 0) {
        ech_compare_view_untold(view, n_untold);
    }
    return status;
}

static bool is_clear(const struct ech_summary *difference)
{
    return difference->low > 0 || difference->high < 0;
}

/** How many measures are not shown, and why: words for %d of them, one and several in English. */
static void put_left_out(const struct ech_compare_view *view, int n, const char *zh,
                         const char *one, const char *several)
{
    char words[256];
    if (n > 0) {
        snprintf(words, sizeof words, view->lang == ECH_LANG_ZH ? zh : n == 1 ? one : several, n);
        printf("  ");
        ech_columns_wrap(stdout, words, 2, 2);
    }
}

/** What of the usual measures is not shown. */
struct left_out {
    int unclear;   /* neither the mean nor the worst year clearly differs */
    int undefined; /* neither scenario has a value: ratios of nothing */
};

static bool is_undefined(const char *measure, const struct ech_comparison *comparison)
{
    return ech_derived_find(measure) == NULL && isnan(comparison->baseline) &&
           isnan(comparison->policy);
}

/* One measure: its mean over the years and its worst year, unless it is left out. */
static enum ech_status put_average(const struct ech_compare_view *view, int s, const char *group,
                                   const char *measure, struct left_out *left_out,
                                   struct ech_error *error)
{
    const struct ech_compare *wanted = &view->wanted;
    const struct ech_worst_question question = {
        .group = group, .measure = measure, .from = wanted->to > 0 ? 1 : 0, .to = wanted->to};
    struct ech_comparison comparison;
    struct ech_worst worst;
    char label[256];
    enum ech_status status = ech_compare_years(view->results, wanted->baseline, s, group, measure,
                                               wanted->from, wanted->to, &comparison, error);
    if (status == ECH_OK) {
        status = ech_worst_read(view->results, wanted->baseline, s, &question, &worst, error);
    }
    if (status != ECH_OK) {
        return status;
    }
    if (view->usual && is_undefined(measure, &comparison)) {
        left_out->undefined++;
        return ECH_OK;
    }
    if (view->only_clear && !is_clear(&comparison.difference) &&
        worst.verdict != ECH_VERDICT_WORSE) {
        left_out->unclear++;
        return ECH_OK;
    }
    if (strcmp(measure, ECH_PRICE_NAME) == 0) {
        ech_compare_view_price(view, &comparison);
        return ECH_OK;
    }
    snprintf(label, sizeof label, "  %s", measure);
    ech_compare_view_row(view, label, measure, &comparison);
    ech_compare_view_worst(view, measure, &worst);
    return ECH_OK;
}

static enum ech_status put_averages(const struct ech_compare_view *view, int s, const char *group,
                                    struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    struct left_out left_out = {0};
    for (int m = 0; m < view->wanted.n_measures && status == ECH_OK; m++) {
        status = put_average(view, s, group, view->wanted.measures[m], &left_out, error);
    }
    if (status == ECH_OK) {
        put_left_out(view, left_out.unclear, "另有 %d 项指标无明显差别（--measure 可逐项显示）",
                     "%d measure without a clear difference (--measure shows it)",
                     "%d measures without a clear difference (--measure shows them)");
        put_left_out(view, left_out.undefined, "另有 %d 项指标没有数值：没有可统计的对象",
                     "%d measure has no value: there is nothing to count",
                     "%d measures have no value: there is nothing to count");
    }
    return status;
}

static enum ech_status put_months(const struct ech_compare_view *view, int s, const char *group,
                                  const char *measure, struct ech_error *error)
{
    struct ech_comparison *months = NULL;
    int n_months = -1;
    int start = ech_results_scenario(view->results, s)->start_month;
    enum ech_status status = ech_compare_months(view->results, view->wanted.baseline, s, group,
                                                measure, &months, &n_months, error);
    for (int month = 0; status == ECH_OK && month <= n_months; month++) {
        put_dated(view, start + month, measure, &months[month]);
    }
    free(months);
    return status;
}

static enum ech_status put_group(const struct ech_compare_view *view, int s,
                                 const struct ech_group *group, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    if (group->kind != ECH_GROUP_COUNTY) {
        printf("  %s\n", group->id);
    }
    if (view->wanted.averaged) {
        return put_averages(view, s, group->id, error);
    }
    for (int m = 0; m < view->wanted.n_measures && status == ECH_OK; m++) {
        const char *measure = view->wanted.measures[m];
        status = view->wanted.by_month ? put_months(view, s, group->id, measure, error)
                                       : put_years(view, s, group->id, measure, error);
    }
    return status;
}

static enum ech_status put_scenario(const struct ech_compare_view *view, int s,
                                    struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(view->results, s);
    enum ech_status status = ECH_OK;
    char title[512];
    snprintf(title, sizeof title, "%s%s%s", scenario->name, view->lang == ECH_LANG_ZH ? "：" : ": ",
             scenario->title.text[view->lang]);
    putchar('\n');
    ech_columns_wrap(stdout, title, 0, 2);
    status = put_settings(view, s, error);
    ech_compare_view_heads(view);
    for (int g = 0; g < scenario->n_groups && status == ECH_OK; g++) {
        if (scenario->groups[g].kind == view->wanted.group) {
            status = put_group(view, s, &scenario->groups[g], error);
        }
    }
    return status;
}

/** Whether a group's months have no interval because those of each replication were not kept. */
static bool lacks_months(const struct ech_compare_view *view)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(view->results, view->wanted.baseline);
    for (int g = 0; g < scenario->n_groups && view->wanted.by_month; g++) {
        for (int m = 0; m < view->wanted.n_measures; m++) {
            if (scenario->groups[g].kind == view->wanted.group &&
                !ech_results_keeps_each_month(view->results, view->wanted.baseline, g,
                                              view->wanted.measures[m])) {
                return true;
            }
        }
    }
    return false;
}

/** By month an interval needs what only --keep keeps: says so, and which. */
static void tell_months_without_interval(const struct ech_compare_view *view, FILE *out)
{
    bool of_units = view->wanted.group == ECH_GROUP_UNIT;
    char words[256];
    if (!lacks_months(view)) {
        return;
    }
    snprintf(words, sizeof words,
             view->lang == ECH_LANG_ZH
                 ? "按月无区间（NA）：此文件未保存每次重复的逐月数值；重新运行并加上 --keep %s "
                   "即可得到"
                 : "no interval by month (NA): this file does not keep the months of each "
                   "replication; a new run with --keep %s does",
             of_units ? "unit-month" : "type-month");
    ech_columns_wrap(out, words, 0, 0);
}

/** One replication has means but no interval. */
static void tell_one_replication(const struct ech_compare_view *view)
{
    int fewest, most;
    ech_results_range_done(view->results, &fewest, &most);
    if (most < 2) {
        ech_columns_wrap(stdout,
                         view->lang == ECH_LANG_ZH ? "只有一次重复，没有区间（NA）"
                                                   : "one replication has no interval (NA)",
                         0, 0);
    }
}

static void put_caption(const struct ech_compare_view *view)
{
    const struct ech_manifest *manifest = ech_results_manifest(view->results);
    const char *baseline = ech_results_scenario(view->results, view->wanted.baseline)->name;
    char years[64] = "";
    if (view->wanted.averaged) {
        snprintf(years, sizeof years,
                 view->lang == ECH_LANG_ZH ? "第 %d-%d 年均值，" : "mean of years %d-%d, ",
                 view->wanted.from, view->wanted.to);
    }
    char caption[512], replications[32];
    int fewest, most;
    ech_results_range_done(view->results, &fewest, &most);
    snprintf(replications, sizeof replications, fewest < most ? "%d-%d" : "%d", fewest, most);
    snprintf(caption, sizeof caption,
             view->lang == ECH_LANG_ZH
                 ? "与 %s 成对比较，%s%s 次重复，种子 %llu；差和区间：比例以百分点计"
             : most == 1 ? "paired with %s, %s%s replication, seed %llu; shares differ in points"
                         : "paired with %s, %s%s replications, seed %llu; shares differ in points",
             baseline, years, replications, (unsigned long long)manifest->seed);
    ech_columns_wrap(stdout, caption, 0, 0);
    ech_columns_wrap(stdout,
                     view->lang == ECH_LANG_ZH
                         ? "年度值：人数为年末数，职位数和比率为各月平均，流量为合计（见 echelon "
                           "measures）"
                         : "of a year: people at its end, posts and rates the mean of its months, "
                           "flows their sum (echelon measures says which)",
                     0, 0);
    tell_one_replication(view);
    tell_months_without_interval(view, stdout);
    if (view->wanted.averaged) {
        ech_columns_wrap(stdout,
                         view->lang == ECH_LANG_ZH
                             ? "明显变差：自第1年起明显变差的年份中损失最大的一年，其他年份损失"
                               "可能更大但不明确；没有时列最差一年。区间对各年同时成立（95%）"
                             : "clear loss: the largest of the years from 1 on in which the policy "
                               "is clearly worse (another may lose more, not clearly); worst year: "
                               "where none is clear; intervals hold for all years together (95%)",
                         0, 0);
    }
}

static enum ech_status put_table(const struct ech_compare_view *view, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    put_caption(view);
    for (int s = 0; s < ech_results_n_scenarios(view->results) && status == ECH_OK; s++) {
        if (s != view->wanted.baseline) {
            status = put_scenario(view, s, error);
        }
    }
    return status;
}

static void fill_wanted(const struct ech_call *call, struct ech_compare_view *view)
{
    struct ech_compare *wanted = &view->wanted;
    bool of_units = call->choice[ECH_OPT_GROUP] == ECH_GROUP_UNIT;
    wanted->group = (enum ech_group_kind)call->choice[ECH_OPT_GROUP];
    wanted->by_month = call->choice[ECH_OPT_BY] == BY_MONTH;
    wanted->averaged = !call->given[ECH_OPT_BY]; /* the headline's years, unless asked for each */
    wanted->measures = of_units ? usual_of_units : usual;
    wanted->n_measures = (int)(of_units ? sizeof usual_of_units / sizeof usual_of_units[0]
                                        : sizeof usual / sizeof usual[0]);
    if (wanted->by_month && !of_units) {
        wanted->n_measures--;
    }
    if (call->n_listed > 0) {
        wanted->measures = call->listed;
        wanted->n_measures = call->n_listed;
    }
    view->usual = call->n_listed == 0;
    view->only_clear =
        view->usual && ech_results_n_scenarios(view->results) > MOST_POLICIES_IN_FULL + 1;
    ech_compare_horizon(view->results, &wanted->from, &wanted->to);
    if (!wanted->averaged) {
        wanted->from = 0;
        wanted->to = (ech_results_scenario(view->results, wanted->baseline)->n_months + 11) / 12;
    }
}

enum ech_status ech_command_compare(const struct ech_call *call, struct ech_error *error)
{
    struct ech_results *results = NULL;
    struct ech_compare_view view = {.lang = call->lang};
    enum ech_status status = ech_opening_comparison(call, &results, &view.wanted.baseline, error);
    view.results = results;
    if (status == ECH_OK) {
        status = ech_asked_check(call, results, error);
    }
    if (status == ECH_OK) {
        fill_wanted(call, &view);
        status = ech_compare_check(results, &view.wanted, error);
    }
    if (status == ECH_OK && call->choice[ECH_OPT_FORMAT] != TABLE && !call->given[ECH_OPT_QUIET]) {
        tell_months_without_interval(&view, stderr);
    }
    if (status == ECH_OK) {
        int format = call->choice[ECH_OPT_FORMAT];
        status = format == CSV    ? ech_compare_csv(results, &view.wanted, stdout, error)
                 : format == JSON ? ech_compare_json(results, &view.wanted, stdout, error)
                                  : put_table(&view, error);
    }
    ech_results_close(results);
    return status;
}
