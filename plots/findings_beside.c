/* What else is said beside gains and losses of the goals: what the best costs, and who performs worse. */
#include <math.h>

#include "plots/findings.h"
#include "results/price.h"

enum { MOST_NAMED = 3, DECIMALS = 2 };
/* A smaller loss would be printed as 0.00. */
#define LEAST_TOLD 0.005
#define PERFORMANCE "performance_mean"

enum ech_status ech_findings_cost(const struct ech_results *results,
                                  const struct ech_effect *effect, struct ech_window window,
                                  enum ech_lang lang, struct ech_text *text,
                                  struct ech_error *error)
{
    struct ech_comparison cost;
    enum ech_status status =
        ech_compare_years(results, effect->reference, effect->scenario, NULL, ECH_PRICE_COST,
                          window.from, window.to, &cost, error);
    const char *words = NULL;
    if (status != ECH_OK || isnan(cost.difference.mean)) {
        return status;
    }
    switch (ech_compare_verdict(&cost.difference, false)) {
    case ECH_VERDICT_WORSE:
        words = ech_pick(lang, ", for {1} thousand yuan a year more", "，每年增加支出{1}万元");
        break;
    case ECH_VERDICT_BETTER:
        words = ech_pick(lang, ", for {1} thousand yuan a year less", "，每年减少支出{1}万元");
        break;
    default:
        words = ech_pick(lang, ", at no clear cost", "，支出无明显变化");
    }
    ech_text_fill(text, words, ech_number_yuan(fabs(cost.difference.mean), lang).s, NULL);
    return ECH_OK;
}

/* A policy under which leaders perform clearly worse, in the mean or in a year only. */
struct loser {
    int scenario;
    struct ech_summary loss;
    struct ech_worst worst;
};

/* The greatest losses first; of the list only MOST_NAMED are kept. */
struct losers {
    const char *words[2]; /* before the first */
    bool hidden;          /* in a year only */
    int n;
    struct loser list[MOST_NAMED];
};

static double loss_of(const struct losers *losers, const struct loser *loser)
{
    return losers->hidden ? loser->worst.difference.mean : loser->loss.mean;
}

static void insert(struct losers *losers, struct loser loser)
{
    struct loser *list = losers->list;
    int at = losers->n < MOST_NAMED ? losers->n : MOST_NAMED;
    for (; at > 0 && loss_of(losers, &list[at - 1]) > loss_of(losers, &loser); at--) {
        if (at < MOST_NAMED) {
            list[at] = list[at - 1];
        }
    }
    if (at < MOST_NAMED) {
        list[at] = loser;
    }
    losers->n++;
}

/* "−0.14 standard deviations (95%: −0.15 to −0.13), at worst −0.20 in 2029 (95%, all years together: ...)" */
static void tell_loser(const struct ech_results *results, const struct loser *loser, bool hidden,
                       enum ech_lang lang, struct ech_text *text)
{
    const struct ech_summary *loss = &loser->loss, *worst = &loser->worst.difference;
    int start = ech_results_scenario(results, loser->scenario)->start_month;
    if (!hidden) {
        ech_text_fill(text,
                      ech_pick(lang, "{1} standard deviations (95%: {2} to {3})",
                               "{1}个标准差（95%区间{2}至{3}）"),
                      ech_number_signed(loss->mean, DECIMALS).s,
                      ech_number_signed(loss->low, DECIMALS).s,
                      ech_number_signed(loss->high, DECIMALS).s, NULL);
    }
    if (loser->worst.verdict == ECH_VERDICT_WORSE) {
        const char *words =
            hidden
                ? ech_pick(lang,
                           "{1} standard deviations in {2} (95%, all years together: {3} to {4})",
                           "{2}年{1}个标准差（各年联合95%区间{3}至{4}）")
                : ech_pick(lang, ", at worst {1} in {2} (95%, all years together: {3} to {4})",
                           "，最差{2}年{1}个标准差（各年联合95%区间{3}至{4}）");
        ech_text_fill(text, words, ech_number_signed(worst->mean, DECIMALS).s,
                      ech_number_seed((uint64_t)ech_number_year(start, loser->worst.year)).s,
                      ech_number_signed(worst->low, DECIMALS).s,
                      ech_number_signed(worst->high, DECIMALS).s, NULL);
    }
}

static void tell_losers(const struct ech_results *results, const struct losers *losers,
                        enum ech_lang lang, struct ech_text *text)
{
    for (int i = 0; i < losers->n && i < MOST_NAMED; i++) {
        ech_text_add(text, i > 0 ? ech_pick(lang, "; ", "；") : losers->words[lang]);
        ech_text_fill(text, ech_pick(lang, "“{1}”, ", "“{1}”，"),
                      ech_findings_title(results, losers->list[i].scenario, lang), NULL);
        tell_loser(results, &losers->list[i], losers->hidden, lang, text);
    }
    if (losers->n > MOST_NAMED) {
        ech_text_fill(text, ech_pick(lang, "; and {1} more", "；等{2}项"),
                      ech_number(losers->n - MOST_NAMED, 0).s, ech_number(losers->n, 0).s, NULL);
    }
}

static enum ech_status read_loser(const struct ech_results *results,
                                  const struct ech_effect *effect, struct ech_window window,
                                  struct loser *loser, struct ech_error *error)
{
    const struct ech_worst_question question = {
        .measure = PERFORMANCE, .from = window.to > 0 ? 1 : 0, .to = window.to};
    struct ech_comparison comparison;
    enum ech_status status =
        ech_compare_years(results, effect->reference, effect->scenario, NULL, PERFORMANCE,
                          window.from, window.to, &comparison, error);
    *loser = (struct loser){.scenario = effect->scenario, .loss = comparison.difference};
    return status == ECH_OK ? ech_worst_read(results, effect->reference, effect->scenario,
                                             &question, &loser->worst, error)
                            : status;
}

enum ech_status ech_findings_performance(const struct ech_results *results,
                                         const struct ech_effect *effects, int n,
                                         struct ech_window window, enum ech_lang lang,
                                         struct ech_text *text, struct ech_error *error)
{
    struct losers mean = {
        .words = {". Leaders perform clearly worse with ", "。使领导干部履职表现明显变差的有"}};
    struct losers hidden = {.hidden = true,
                            .words = {". In single years leaders perform clearly worse with ",
                                      "。均值看不出、但个别年份使领导干部履职表现明显变差的有"}};
    for (int i = 0; i < n; i++) {
        struct loser loser;
        enum ech_status status = read_loser(results, &effects[i], window, &loser, error);
        if (status != ECH_OK) {
            return status;
        }
        bool is_worse = ech_compare_verdict(&loser.loss, true) == ECH_VERDICT_WORSE;
        if (is_worse && loser.loss.mean <= -LEAST_TOLD) {
            insert(&mean, loser);
        } else if (!is_worse && loser.worst.verdict == ECH_VERDICT_WORSE &&
                   loser.worst.difference.mean <= -LEAST_TOLD) {
            insert(&hidden, loser);
        }
    }
    tell_losers(results, &mean, lang, text);
    tell_losers(results, &hidden, lang, text);
    return ECH_OK;
}
