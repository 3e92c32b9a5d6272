/* One sentence about the effects of a family of policies. */
#include <math.h>

#include "plots/findings.h"

static void tell_interval(const struct ech_effect *effect, enum ech_lang lang,
                          struct ech_text *text)
{
    int decimals = ech_findings_decimals(&effect->difference);
    ech_text_fill(text,
                  ech_pick(lang, "{1} points (95%: {2} to {3})", "{1}个百分点（95%区间{2}至{3}）"),
                  ech_findings_points(effect->difference.mean, decimals).s,
                  ech_findings_points(effect->difference.low, decimals).s,
                  ech_findings_points(effect->difference.high, decimals).s, NULL);
}

/* Nothing is better for sure, or by as little as makes no difference: say so, with what came closest. */
static void tell_no_help(const struct ech_results *results, const struct ech_effect *first,
                         const struct ech_goal *goal, enum ech_lang lang, struct ech_text *text)
{
    if (first->difference.n < 2) {
        ech_text_fill(text,
                      ech_pick(lang, "one replication allows no statement on {1}",
                               "只有一次重复，{1}无法判断"),
                      goal->what[lang], NULL);
        return;
    }
    ech_text_fill(text,
                  first->verdict == ECH_VERDICT_BETTER
                      ? ech_pick(lang,
                                 "no policy improves {1} by as much as {2}; the largest clear gain "
                                 "is “{3}”, ",
                                 "没有政策使{1}改善达到{2}，改善最大的是“{3}”，")
                      : ech_pick(lang, "no policy clearly improves {1}; closest: “{3}”, ",
                                 "没有政策能明显改善{1}，最接近的是“{3}”，"),
                  goal->what[lang], goal->unit[lang],
                  ech_findings_title(results, first->scenario, lang), NULL);
    tell_interval(first, lang, text);
}

/* Those that clearly help and are not clearly behind the first. */
static void tell_equals(const struct ech_results *results, const struct ech_effect *first, int n,
                        enum ech_lang lang, struct ech_text *text)
{
    enum { MAX_NAMED = 2 };
    int equals = 0;
    for (int i = 1; i < n; i++) {
        if (!first[i].also_best || first[i].verdict != ECH_VERDICT_BETTER) {
            continue;
        }
        equals++;
        if (equals > MAX_NAMED) {
            continue;
        }
        const char *before = equals > 1
                                 ? ech_pick(lang, ", ", "、")
                                 : ech_pick(lang, ", not clearly ahead of ", "，与其无明显差别：");
        ech_text_fill(text, ech_pick(lang, "{1}“{2}”", "{1}“{2}”"), before,
                      ech_findings_title(results, first[i].scenario, lang), NULL);
    }
    if (equals > MAX_NAMED) {
        ech_text_fill(text, ech_pick(lang, " and {1} more", "等{2}项"),
                      ech_number(equals - MAX_NAMED, 0).s, ech_number(equals, 0).s, NULL);
    }
}

void ech_findings_effect(const struct ech_results *results, const struct ech_effects *effects,
                         int reference, const struct ech_goal *goal, enum ech_lang lang,
                         struct ech_text *text)
{
    int n;
    const struct ech_effect *first = ech_effects_family(effects, reference, &n);
    if (n == 0) {
        ech_text_add(text, ech_pick(lang, "there is no policy to compare", "没有可比较的政策"));
        return;
    }
    if (first->verdict != ECH_VERDICT_BETTER || !first->matters) {
        tell_no_help(results, first, goal, lang, text);
        return;
    }
    ech_text_fill(text, ech_pick(lang, "{1} is helped most by “{2}”: ", "对{1}帮助最大的是“{2}”："),
                  goal->what[lang], ech_findings_title(results, first->scenario, lang), NULL);
    tell_interval(first, lang, text);
    ech_text_fill(text, ech_pick(lang, ", {1}{2}", "，合{1}{2}"),
                  ech_number_people(fabs(first->difference.mean) * effects->whole).s,
                  goal->count[lang], NULL);
    if (first->share_best == first->share_best) { /* undefined if no replication has them all */
        ech_text_fill(
            text, ech_pick(lang, ", best of all in {1}% of replications", "，在{1}%的重复中为最优"),
            ech_number_percent(first->share_best, 0).s, NULL);
    }
    tell_equals(results, first, n, lang, text);
}
