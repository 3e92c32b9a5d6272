/* What else is said beside gains and losses of the goals: what the best costs, and who performs worse. */
#include <math.h>

#include "plots/findings.h"
#include "results/price.h"

enum { MOST_NAMED = 3, DECIMALS = 2 };
/* A smaller loss would be printed as 0.00. */
#define LEAST_TOLD 0.005

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

/* A policy under which leaders perform clearly worse. */
struct loser {
    int scenario;
    struct ech_summary loss;
};

/* The greatest losses first; of the list only MOST_NAMED are kept. */
static void insert(struct loser *list, int n, struct loser loser)
{
    int at = n < MOST_NAMED ? n : MOST_NAMED;
    for (; at > 0 && list[at - 1].loss.mean > loser.loss.mean; at--) {
        if (at < MOST_NAMED) {
            list[at] = list[at - 1];
        }
    }
    if (at < MOST_NAMED) {
        list[at] = loser;
    }
}

static void tell_losers(const struct ech_results *results, const struct loser *list, int n,
                        enum ech_lang lang, struct ech_text *text)
{
    for (int i = 0; i < n && i < MOST_NAMED; i++) {
        const struct ech_summary *loss = &list[i].loss;
        ech_text_add(text, i > 0 ? ech_pick(lang, "; ", "；")
                                 : ech_pick(lang, ". Leaders perform clearly worse with ",
                                            "。使领导干部履职表现明显变差的有"));
        ech_text_fill(text,
                      ech_pick(lang, "“{1}”, {2} standard deviations (95%: {3} to {4})",
                               "“{1}”，{2}个标准差（95%区间{3}至{4}）"),
                      ech_findings_title(results, list[i].scenario, lang),
                      ech_number_signed(loss->mean, DECIMALS).s,
                      ech_number_signed(loss->low, DECIMALS).s,
                      ech_number_signed(loss->high, DECIMALS).s, NULL);
    }
    if (n > MOST_NAMED) {
        ech_text_fill(text, ech_pick(lang, "; and {1} more", "；等{2}项"),
                      ech_number(n - MOST_NAMED, 0).s, ech_number(n, 0).s, NULL);
    }
}

enum ech_status ech_findings_performance(const struct ech_results *results,
                                         const struct ech_effect *effects, int n,
                                         struct ech_window window, enum ech_lang lang,
                                         struct ech_text *text, struct ech_error *error)
{
    struct loser list[MOST_NAMED];
    int n_losers = 0;
    for (int i = 0; i < n; i++) {
        struct ech_comparison comparison;
        const struct ech_summary *difference = &comparison.difference;
        enum ech_status status =
            ech_compare_years(results, effects[i].reference, effects[i].scenario, NULL,
                              "performance_mean", window.from, window.to, &comparison, error);
        if (status != ECH_OK) {
            return status;
        }
        if (ech_compare_verdict(difference, true) == ECH_VERDICT_WORSE &&
            difference->mean <= -LEAST_TOLD) {
            insert(list, n_losers++,
                   (struct loser){.scenario = effects[i].scenario, .loss = *difference});
        }
    }
    tell_losers(results, list, n_losers, lang, text);
    return ECH_OK;
}
