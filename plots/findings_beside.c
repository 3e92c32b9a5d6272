/* What else is said beside gains and losses of the goals: what a policy costs, and what it does to leaders
   themselves, who leave by choice and perform better or worse. */
#include <math.h>
#include <string.h>

#include "plots/findings.h"
#include "results/price.h"

enum { MOST_NAMED = 3 };

/* ", for 234 thousand yuan a year more" */
static const char *cost_words(enum ech_verdict verdict, enum ech_lang lang)
{
    switch (verdict) {
    case ECH_VERDICT_WORSE:
        return ech_pick(lang, ", for {1} thousand yuan a year more", "，每年增加支出{1}万元");
    case ECH_VERDICT_BETTER:
        return ech_pick(lang, ", for {1} thousand yuan a year less", "，每年减少支出{1}万元");
    default:
        return ech_pick(lang, ", at no clear cost", "，支出无明显变化");
    }
}

enum ech_status ech_findings_cost(const struct ech_telling *telling,
                                  const struct ech_effect *effect, struct ech_error *error)
{
    const char *no_salaries = ech_pick(telling->lang, " (salaries not counted)", "（不含工资）");
    struct ech_comparison cost;
    enum ech_status status =
        ech_compare_years(telling->results, effect->reference, effect->scenario, NULL,
                          ECH_PRICE_COST, telling->window.from, telling->window.to, &cost, error);
    if (status != ECH_OK || isnan(cost.difference.mean)) {
        return status;
    }
    bool first = !strstr(ech_text_string(telling->text), no_salaries);
    ech_text_fill(telling->text,
                  cost_words(ech_compare_verdict(&cost.difference, false), telling->lang),
                  ech_number_yuan(fabs(cost.difference.mean), telling->lang).s, NULL);
    ech_text_add(telling->text, first ? no_salaries : "");
    return ECH_OK;
}

/* Words of what policies do to leaders; {1} the change, {2} and {3} its interval, or in a year {2} which and
   {3} and {4} its interval. */
static const struct people {
    const char *measure;
    int better;
    double least; /* a smaller change is not told */
    const char *amount[2];
    const char *in_year[2];
    const char *best[2];   /* {1} policy */
    const char *but[2];    /* behind a gain of the same policy */
    const char *loses[2];  /* before a list of policies */
    const char *hidden[2]; /* the same, of losses that the mean hides */
} peoples[ECH_N_PEOPLE] = {
    [ECH_PEOPLE_LEAVE] = {ECH_PRICE_EXITS,
                          -1,
                          0.05, /* one leader in twenty years */
                          {"{1} a year (95%: {2} to {3})", "每年{1}人（95%区间{2}至{3}）"},
                          {"{1} in {2} (95%, all years together: {3} to {4})",
                           "{2}年{1}人（各年联合95%区间{3}至{4}）"},
                          {"Fewest leaders leave by choice with “{1}”: ",
                           "自愿离开的领导干部减少最多的是“{1}”："},
                          {", but more leaders leave by choice: ", "，但自愿离开的领导干部增多："},
                          {". Clearly more leaders leave by choice with ",
                           "。使自愿离开的领导干部明显增多的有"},
                          {". In single years clearly more leaders leave by choice with ",
                           "。均值看不出、但个别年份使自愿离开的领导干部明显增多的有"}},
    [ECH_PEOPLE_PERFORM] = {
        "performance_mean",
        +1,
        0.005,
        {"{1} standard deviations (95%: {2} to {3})", "{1}个标准差（95%区间{2}至{3}）"},
        {"{1} standard deviations in {2} (95%, all years together: {3} to {4})",
         "{2}年{1}个标准差（各年联合95%区间{3}至{4}）"},
        {"Leaders perform best with “{1}”: ", "领导干部履职表现改善最大的是“{1}”："},
        {", but leaders perform worse: ", "，但领导干部履职表现变差："},
        {". Leaders perform clearly worse with ", "。使领导干部履职表现明显变差的有"},
        {". In single years leaders perform clearly worse with ",
         "。均值看不出、但个别年份使领导干部履职表现明显变差的有"}}};

/* Two, three where the change is so small. */
static int decimals_of(const struct ech_summary *difference)
{
    return fabs(difference->mean) < 0.095 ? 3 : 2;
}

static void tell_amount(const struct ech_telling *telling, const struct people *people,
                        const struct ech_summary *difference)
{
    int decimals = decimals_of(difference);
    ech_text_fill(telling->text, people->amount[telling->lang],
                  ech_number_signed(difference->mean, decimals).s,
                  ech_number_signed(difference->low, decimals).s,
                  ech_number_signed(difference->high, decimals).s, NULL);
}

static enum ech_status read_change(const struct ech_telling *telling, const struct people *people,
                                   const struct ech_effect *effect, struct ech_summary *difference,
                                   struct ech_error *error)
{
    struct ech_comparison comparison;
    enum ech_status status = ech_compare_years(
        telling->results, effect->reference, effect->scenario, NULL, people->measure,
        telling->window.from, telling->window.to, &comparison, error);
    *difference = comparison.difference;
    return status;
}

/* Whether a change is clear, of this kind, and large enough to be told. */
static bool is_told(const struct people *people, const struct ech_summary *difference,
                    enum ech_verdict verdict)
{
    return ech_compare_verdict(difference, people->better > 0) == verdict &&
           fabs(difference->mean) >= people->least;
}

enum ech_status ech_findings_people_best(const struct ech_telling *telling, enum ech_people what,
                                         const struct ech_effect *effects, int n,
                                         struct ech_people_gain *best, struct ech_error *error)
{
    const struct people *people = &peoples[what];
    *best = (struct ech_people_gain){0};
    for (int i = 0; i < n; i++) {
        struct ech_summary difference;
        enum ech_status status = read_change(telling, people, &effects[i], &difference, error);
        if (status != ECH_OK) {
            return status;
        }
        if (is_told(people, &difference, ECH_VERDICT_BETTER) &&
            (!best->effect ||
             people->better * difference.mean > people->better * best->difference.mean)) {
            *best = (struct ech_people_gain){&effects[i], difference};
        }
    }
    return ECH_OK;
}

void ech_findings_people_gain(const struct ech_telling *telling, enum ech_people what,
                              const struct ech_people_gain *best)
{
    ech_text_fill(telling->text, peoples[what].best[telling->lang],
                  ech_findings_title(telling->results, best->effect->scenario, telling->lang),
                  NULL);
    tell_amount(telling, &peoples[what], &best->difference);
}

enum ech_status ech_findings_people_but(const struct ech_telling *telling,
                                        const struct ech_effect *effect, struct ech_error *error)
{
    for (int p = 0; p < ECH_N_PEOPLE; p++) {
        struct ech_summary difference;
        enum ech_status status = read_change(telling, &peoples[p], effect, &difference, error);
        if (status != ECH_OK) {
            return status;
        }
        if (is_told(&peoples[p], &difference, ECH_VERDICT_WORSE)) {
            ech_text_add(telling->text, peoples[p].but[telling->lang]);
            tell_amount(telling, &peoples[p], &difference);
        }
    }
    return ECH_OK;
}

/* A policy that clearly does harm to leaders, in the mean or in a year only. */
struct loser {
    int scenario;
    struct ech_summary loss;
    struct ech_worst worst;
};

/* The greatest losses first; of the list only MOST_NAMED are kept. */
struct losers {
    const struct people *people;
    bool hidden; /* in a year only */
    int n;
    struct loser list[MOST_NAMED];
};

/* The more the worse. */
static double loss_of(const struct losers *losers, const struct loser *loser)
{
    return -losers->people->better *
           (losers->hidden ? loser->worst.difference.mean : loser->loss.mean);
}

static void insert(struct losers *losers, struct loser loser)
{
    struct loser *list = losers->list;
    int at = losers->n < MOST_NAMED ? losers->n : MOST_NAMED;
    for (; at > 0 && loss_of(losers, &list[at - 1]) < loss_of(losers, &loser); at--) {
        if (at < MOST_NAMED) {
            list[at] = list[at - 1];
        }
    }
    if (at < MOST_NAMED) {
        list[at] = loser;
    }
    losers->n++;
}

/* "−0.14 standard deviations (95%: ...), largest clear loss in one year: −0.20 ... in 2029 (95%, ...)" */
static void tell_loser(const struct ech_telling *telling, const struct losers *losers,
                       const struct loser *loser)
{
    const struct ech_summary *worst = &loser->worst.difference;
    int start = ech_results_scenario(telling->results, loser->scenario)->start_month;
    if (!losers->hidden) {
        tell_amount(telling, losers->people, &loser->loss);
    }
    if (loser->worst.verdict == ECH_VERDICT_WORSE) {
        int decimals = decimals_of(worst);
        ech_text_add(telling->text,
                     losers->hidden
                         ? ""
                         : ech_pick(telling->lang,
                                    ", largest clear loss in one year: ", "，单年最大明显损失："));
        ech_text_fill(telling->text, losers->people->in_year[telling->lang],
                      ech_number_signed(worst->mean, decimals).s,
                      ech_number_seed((uint64_t)ech_number_year(start, loser->worst.year)).s,
                      ech_number_signed(worst->low, decimals).s,
                      ech_number_signed(worst->high, decimals).s, NULL);
    }
}

static void tell_losers(const struct ech_telling *telling, const struct losers *losers)
{
    enum ech_lang lang = telling->lang;
    const char *before = (losers->hidden ? losers->people->hidden : losers->people->loses)[lang];
    for (int i = 0; i < losers->n && i < MOST_NAMED; i++) {
        ech_text_add(telling->text, i > 0 ? ech_pick(lang, "; ", "；") : before);
        ech_text_fill(telling->text, ech_pick(lang, "“{1}”, ", "“{1}”，"),
                      ech_findings_title(telling->results, losers->list[i].scenario, lang), NULL);
        tell_loser(telling, losers, &losers->list[i]);
    }
    if (losers->n > MOST_NAMED) {
        ech_text_fill(telling->text, ech_pick(lang, "; and {1} more", "；等{2}项"),
                      ech_number(losers->n - MOST_NAMED, 0).s, ech_number(losers->n, 0).s, NULL);
    }
}

static enum ech_status read_loser(const struct ech_telling *telling, const struct people *people,
                                  const struct ech_effect *effect, struct loser *loser,
                                  struct ech_error *error)
{
    const struct ech_worst_question question = {.measure = people->measure,
                                                .from = telling->window.to > 0 ? 1 : 0,
                                                .to = telling->window.to,
                                                .better = people->better};
    *loser = (struct loser){.scenario = effect->scenario};
    enum ech_status status = read_change(telling, people, effect, &loser->loss, error);
    return status == ECH_OK ? ech_worst_read(telling->results, effect->reference, effect->scenario,
                                             &question, &loser->worst, error)
                            : status;
}

static enum ech_status tell_losses_of(const struct ech_telling *telling,
                                      const struct people *people, const struct ech_effect *effects,
                                      int n, struct ech_error *error)
{
    struct losers mean = {.people = people};
    struct losers hidden = {.people = people, .hidden = true};
    for (int i = 0; i < n; i++) {
        struct loser loser;
        enum ech_status status = read_loser(telling, people, &effects[i], &loser, error);
        if (status != ECH_OK) {
            return status;
        }
        bool is_worse = ech_compare_verdict(&loser.loss, people->better > 0) == ECH_VERDICT_WORSE;
        if (is_told(people, &loser.loss, ECH_VERDICT_WORSE)) {
            insert(&mean, loser);
        } else if (!is_worse && loser.worst.verdict == ECH_VERDICT_WORSE &&
                   fabs(loser.worst.difference.mean) >= people->least) {
            insert(&hidden, loser);
        }
    }
    tell_losers(telling, &mean);
    tell_losers(telling, &hidden);
    return ECH_OK;
}

enum ech_status ech_findings_people_losses(const struct ech_telling *telling,
                                           const struct ech_effect *effects, int n,
                                           struct ech_error *error)
{
    enum ech_status status =
        tell_losses_of(telling, &peoples[ECH_PEOPLE_PERFORM], effects, n, error);
    return status == ECH_OK ? tell_losses_of(telling, &peoples[ECH_PEOPLE_LEAVE], effects, n, error)
                            : status;
}
