/* echelon validate: results beside what is known of real counties. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/opening.h"
#include "input/targets.h"
#include "results/export.h"
#include "results/means.h"
#include "results/statistics.h"

enum form { FORM_TABLE, FORM_MARKDOWN, FORM_CSV };
enum verdict { MISS, HIT, FITTED };

/** What a target came to. */
struct outcome {
    const struct ech_target *target;
    struct ech_summary summary; /* over replications */
    enum verdict verdict;
};

static enum ech_status fail_unknown(const char *what, const char *value, const char *id,
                                    struct ech_error *error)
{
    char hint[256];
    snprintf(hint, sizeof hint, ECH_BOTH("target %s asks for it", "验证目标 %s 需要它"), id, id);
    return ech_fail(error, ECH_ERR_UNKNOWN_NAME,
                    (struct ech_facts){.what = what, .value = value, .hint = hint});
}

/* Each replication's mean over the years of a value that the target asks for. */
static enum ech_status read_value(const struct ech_results *results,
                                  const struct ech_target *target,
                                  const struct ech_target_value *value, struct ech_means *means,
                                  struct ech_error *error)
{
    int s = ech_results_find_scenario(results, target->scenario);
    if (s == ECH_NONE) {
        return fail_unknown(ECH_BOTH("scenario in this file", "情景（本文件中）"), target->scenario,
                            target->id, error);
    }
    int group = *value->group ? ech_results_find_group(results, s, value->group) : 0;
    if (group == ECH_NONE) {
        return fail_unknown(ECH_BOTH("county, type or unit", "县、类型或单位"), value->group,
                            target->id, error);
    }
    const struct ech_means_key key = {s, group, value->measure, value->from, value->to};
    enum ech_status status = ech_means_read(results, &key, means, error);
    int n_years = (ech_results_scenario(results, s)->n_months + 11) / 12;
    if (status == ECH_OK && value->to > n_years) {
        char last[32];
        snprintf(last, sizeof last, "%d", n_years);
        status = ech_fail(error, ECH_ERR_RANGE,
                          (struct ech_facts){.what = target->id,
                                             .value = ECH_BOTH("beyond the run", "超出模拟年限"),
                                             .allowed = last});
    }
    return status;
}

/* A hit lies in the range with its whole interval. */
static enum verdict judge(const struct ech_target *target, const struct ech_summary *summary)
{
    if (target->fitted) {
        return FITTED;
    }
    return summary->low >= target->low && summary->high <= target->high ? HIT : MISS;
}

static double combined(enum ech_target_against against, double value, double other)
{
    switch (against) {
    case ECH_AGAINST_PLUS:
        return value + other;
    case ECH_AGAINST_MINUS:
        return value - other;
    case ECH_AGAINST_OVER:
        return other != 0 ? value / other : NAN;
    case ECH_AGAINST_NOTHING:
        break;
    }
    return value;
}

static enum ech_status evaluate(const struct ech_results *results, const struct ech_target *target,
                                struct outcome *outcome, struct ech_error *error)
{
    struct ech_means means = {0};
    struct ech_means others = {0};
    enum ech_status status = read_value(results, target, &target->value, &means, error);
    if (status == ECH_OK && target->against != ECH_AGAINST_NOTHING) {
        status = read_value(results, target, &target->other, &others, error);
    }
    for (int r = 0; r < others.n && status == ECH_OK; r++) {
        means.value[r] = combined(target->against, means.value[r], others.value[r]);
    }
    if (status == ECH_OK) {
        outcome->target = target;
        outcome->summary = ech_summarise(means.value, means.n);
        outcome->verdict = judge(target, &outcome->summary);
    }
    ech_means_free(&means);
    ech_means_free(&others);
    return status;
}

static const char *verdict_word(enum verdict verdict, enum ech_lang lang)
{
    static const char *const words[][ECH_N_LANGS] = {
        [MISS] = {"miss", "不符"}, [HIT] = {"hit", "符合"}, [FITTED] = {"fitted", "拟合"}};
    return words[verdict][lang];
}

/* Three significant digits; whole numbers above a thousand. */
static void number_text(double number, char *text, size_t size)
{
    if (isnan(number)) {
        snprintf(text, size, "NA");
    } else if (fabs(number) >= 1000) {
        snprintf(text, size, "%.0f", number);
    } else {
        snprintf(text, size, "%.3g", number);
    }
}

static void range_text(const struct ech_target *target, enum ech_lang lang, char *text, size_t size)
{
    char low[32];
    char high[32];
    number_text(target->low, low, sizeof low);
    number_text(target->high, high, sizeof high);
    if (isinf(target->high)) {
        snprintf(text, size, lang == ECH_LANG_ZH ? "%s 以上" : "from %s", low);
    } else if (isinf(target->low)) {
        snprintf(text, size, lang == ECH_LANG_ZH ? "%s 以下" : "up to %s", high);
    } else {
        snprintf(text, size, lang == ECH_LANG_ZH ? "%s 至 %s" : "%s to %s", low, high);
    }
}

static void value_text(const struct ech_summary *summary, char *text, size_t size)
{
    char mean[32];
    char low[32];
    char high[32];
    number_text(summary->mean, mean, sizeof mean);
    number_text(summary->low, low, sizeof low);
    number_text(summary->high, high, sizeof high);
    snprintf(text, size, "%s (%s, %s)", mean, low, high);
}

/* The values that make up a target: "exits / heads, years 1 to 3". */
static void put_part(const struct ech_target_value *value, FILE *out)
{
    fprintf(out, "`%s`", value->measure);
    if (*value->group) {
        fprintf(out, " of `%s`", value->group);
    }
    if (value->from == value->to) {
        fprintf(out, ", year %d", value->from);
    } else {
        fprintf(out, ", years %d-%d", value->from, value->to);
    }
}

static void put_markdown(const struct outcome *outcome, enum ech_lang lang)
{
    const struct ech_target *target = outcome->target;
    char range[96];
    char value[128];
    range_text(target, lang, range, sizeof range);
    value_text(&outcome->summary, value, sizeof value);
    printf("| %s | ", target->title[lang]);
    put_part(&target->value, stdout);
    if (target->against != ECH_AGAINST_NOTHING) {
        static const char *const signs[] = {"", " + ", " − ", " / "};
        fputs(signs[target->against], stdout);
        put_part(&target->other, stdout);
    }
    printf("; `%s` | %s | %s | %s | %s | %s |\n", target->scenario, range, target->source, value,
           target->remark[lang], verdict_word(outcome->verdict, lang));
}

static void put_markdown_head(enum ech_lang lang)
{
    puts(lang == ECH_LANG_ZH
             ? "| 目标 | 所看指标 | 应在范围 | 来源 | 模型（95 % 区间） | 说明 | 结果 |"
             : "| target | what is looked at | range | source | model (95 % interval) | remark | "
               "verdict |");
    puts("|---|---|---|---|---|---|---|");
}

static void put_table(const struct outcome *outcome, enum ech_lang lang)
{
    char range[96];
    char value[128];
    range_text(outcome->target, lang, range, sizeof range);
    value_text(&outcome->summary, value, sizeof value);
    ech_columns_put(stdout, verdict_word(outcome->verdict, lang), 7, ECH_ALIGN_LEFT);
    ech_columns_wrap(stdout, outcome->target->title[lang], 7, 7);
    printf("%7s", "");
    ech_columns_put(stdout, value, 30, ECH_ALIGN_LEFT);
    printf("%s\n", range);
}

static void put_csv(const struct outcome *outcome, enum ech_lang lang)
{
    const struct ech_target *target = outcome->target;
    printf("%s,", target->id);
    ech_export_field(stdout, target->title[lang]);
    const double numbers[] = {target->low, target->high, outcome->summary.mean,
                              outcome->summary.low, outcome->summary.high};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (isfinite(numbers[i])) {
            printf(",%.17g", numbers[i]);
        } else {
            fputs(",NA", stdout);
        }
    }
    printf(",%d,%s,", outcome->summary.n, verdict_word(outcome->verdict, ECH_LANG_EN));
    ech_export_field(stdout, target->source);
    putchar('\n');
}

static void put_outcomes(const struct outcome *outcomes, int n, enum form form, enum ech_lang lang)
{
    int counts[FITTED + 1] = {0};
    if (form == FORM_MARKDOWN) {
        put_markdown_head(lang);
    } else if (form == FORM_CSV) {
        puts("target,title,low,high,mean,mean_low,mean_high,n,verdict,source");
    }
    for (int i = 0; i < n; i++) {
        counts[outcomes[i].verdict]++;
        if (form == FORM_MARKDOWN) {
            put_markdown(&outcomes[i], lang);
        } else if (form == FORM_CSV) {
            put_csv(&outcomes[i], lang);
        } else {
            put_table(&outcomes[i], lang);
        }
    }
    if (form != FORM_CSV) {
        printf(lang == ECH_LANG_ZH ? "\n%d 项符合，%d 项不符，%d 项用于拟合，不计入。\n"
                                   : "\n%d hit, %d missed, %d fitted, which count as neither.\n",
               counts[HIT], counts[MISS], counts[FITTED]);
    }
}

static enum ech_status evaluate_all(const struct ech_results *results,
                                    const struct ech_targets *targets, struct outcome *outcomes,
                                    struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int i = 0; i < targets->n; i++) {
        status =
            ech_status_worse(status, evaluate(results, &targets->targets[i], &outcomes[i], error));
    }
    return status;
}

enum ech_status ech_command_validate(const struct ech_call *call, struct ech_error *error)
{
    struct ech_results *results = NULL;
    struct ech_targets targets = {0};
    struct outcome *outcomes = NULL;
    enum ech_status status = ech_targets_read(call->operands[1], &targets, error);
    status = ech_status_worse(status, ech_opening_results(call, &results, error));
    if (status == ECH_OK) {
        outcomes = calloc((size_t)targets.n, sizeof *outcomes);
        status = outcomes != NULL
                     ? evaluate_all(results, &targets, outcomes, error)
                     : ech_fail(error, ECH_ERR_MEMORY,
                                (struct ech_facts){.what = ECH_BOTH("summing up", "汇总")});
    }
    if (status == ECH_OK) {
        put_outcomes(outcomes, targets.n, (enum form)call->choice[ECH_OPT_FORMAT], call->lang);
    }
    free(outcomes);
    ech_targets_free(&targets);
    ech_results_close(results);
    return status;
}
