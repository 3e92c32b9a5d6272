/* What policies bring and what they cost in words: a sentence for each goal and family. */
#include <math.h>
#include <string.h>

#include "plots/findings.h"

const struct ech_goal ech_goals[ECH_N_GOALS] = {
    {"reserve_ratio",
     1,
     {"the reserve", "后备满足率"},
     {"one person", "1人"},
     {" people", "人"},
     {" person", "人"}},
    {"post_vacancy_rate",
     -1,
     {"the vacancy rate of leading posts", "领导职位空缺率"},
     {"one post", "1个职位"},
     {" posts", "个职位"},
     {" post", "个职位"}}};

enum { MOST_NAMED = 2, MOST_LOSSES_NAMED = 3 };

/* A family and one thing that policies are for. */
struct story {
    const struct ech_results *results;
    const struct ech_effects *effects;
    const struct ech_goal *goal;
    const struct ech_effect *first; /* [n], the best first */
    int n;
    enum ech_lang lang;
    struct ech_text *text;
};

static const char *title_of(const struct story *story, const struct ech_effect *effect)
{
    return ech_findings_title(story->results, effect->scenario, story->lang);
}

/* "25 people", "1 post" */
static void tell_count(const struct story *story, const char *words, double difference)
{
    struct ech_number count = ech_number_people(ech_effects_count(story->effects, difference));
    bool is_one = strcmp(count.s, "1") == 0;
    ech_text_fill(story->text, words, count.s,
                  (is_one ? story->goal->count_one : story->goal->count)[story->lang], NULL);
}

/* "+0.3 points (95%: +0.2 to +0.4)" */
static void tell_interval(const struct story *story, const struct ech_summary *difference)
{
    int decimals = ech_findings_decimals(difference);
    ech_text_fill(
        story->text,
        ech_pick(story->lang, "{1} points (95%: {2} to {3})", "{1}个百分点（95%区间{2}至{3}）"),
        ech_findings_points(difference->mean, decimals).s,
        ech_findings_points(difference->low, decimals).s,
        ech_findings_points(difference->high, decimals).s, NULL);
}

static bool allows_no_statement(const struct story *story)
{
    if (story->first->difference.n == 0) {
        ech_text_fill(story->text,
                      ech_pick(story->lang, "there is nothing to compare in {1}", "{1}无从比较"),
                      story->goal->what[story->lang], NULL);
        return true;
    }
    if (story->first->difference.n < 2) {
        ech_text_fill(story->text,
                      ech_pick(story->lang, "one replication allows no statement on {1}",
                               "只有一次重复，{1}无法判断"),
                      story->goal->what[story->lang], NULL);
        return true;
    }
    return false;
}

/* The first that is not clearly a loss, which nothing clearly improves: NULL if all are losses. */
static const struct ech_effect *closest_of(const struct story *story)
{
    for (int i = 0; i < story->n; i++) {
        const struct ech_effect *effect = &story->first[i];
        if (effect->verdict != ECH_VERDICT_WORSE && !isnan(effect->difference.mean)) {
            return effect;
        }
    }
    return NULL;
}

/* Nothing is better for sure, or by as little as makes no difference: say so, with what came closest. */
static void tell_no_help(const struct story *story)
{
    const struct ech_effect *closest = closest_of(story);
    const char *what = story->goal->what[story->lang];
    if (allows_no_statement(story)) {
        return;
    }
    if (!closest) {
        ech_text_fill(story->text,
                      ech_pick(story->lang, "no policy improves {1}", "没有政策改善{1}"), what,
                      NULL);
        return;
    }
    ech_text_fill(story->text,
                  closest->verdict == ECH_VERDICT_BETTER
                      ? ech_pick(story->lang,
                                 "no policy improves {1} by as much as {2}; the largest clear gain "
                                 "is “{3}”, ",
                                 "没有政策使{1}改善达到{2}，改善最大的是“{3}”，")
                      : ech_pick(story->lang, "no policy clearly improves {1}; closest: “{3}”, ",
                                 "没有政策能明显改善{1}，最接近的是“{3}”，"),
                  what, story->goal->unit[story->lang], title_of(story, closest), NULL);
    tell_interval(story, &closest->difference);
}

/* Those that clearly help and are not clearly behind the first. */
static void tell_equals(const struct story *story)
{
    int equals = 0;
    for (int i = 1; i < story->n; i++) {
        const struct ech_effect *effect = &story->first[i];
        if (!effect->also_best || effect->verdict != ECH_VERDICT_BETTER) {
            continue;
        }
        equals++;
        if (equals > MOST_NAMED) {
            continue;
        }
        const char *before =
            equals > 1 ? ech_pick(story->lang, ", ", "、")
                       : ech_pick(story->lang, ", not clearly ahead of ", "，与其无明显差别：");
        ech_text_fill(story->text, "{1}“{2}”", before, title_of(story, effect), NULL);
    }
    if (equals > MOST_NAMED) {
        ech_text_fill(story->text, ech_pick(story->lang, " and {1} more", "等{2}项"),
                      ech_number(equals - MOST_NAMED, 0).s, ech_number(equals, 0).s, NULL);
    }
}

/* Which helps most, by how much and how surely, or that nothing clearly does, or not by as much as one
   post or person. */
static void tell_gain(const struct story *story)
{
    const struct ech_effect *first = story->first;
    enum ech_lang lang = story->lang;
    if (first->verdict != ECH_VERDICT_BETTER || !first->matters) {
        tell_no_help(story);
        return;
    }
    ech_text_fill(story->text,
                  ech_pick(lang, "{1} is helped most by “{2}”: ", "对{1}帮助最大的是“{2}”："),
                  story->goal->what[lang], title_of(story, first), NULL);
    tell_interval(story, &first->difference);
    tell_count(story, ech_pick(lang, ", {1}{2}", "，合{1}{2}"), first->difference.mean);
    if (!isnan(first->share_best)) { /* undefined if no replication has them all */
        ech_text_fill(
            story->text,
            ech_pick(lang, ", best of all in {1}% of replications", "，在{1}%的重复中为最优"),
            ech_number_percent(first->share_best, 0).s, NULL);
    }
    tell_equals(story);
}

/* "−0.5 points in 2031 (95%, all years together: −0.9 to −0.1)" */
static void tell_worst_year(const struct story *story, const struct ech_effect *effect)
{
    const struct ech_summary *worst = &effect->worst.difference;
    int decimals = ech_findings_decimals(worst);
    int start = ech_results_scenario(story->results, effect->scenario)->start_month;
    ech_text_fill(story->text,
                  ech_pick(story->lang, "{1} points in {2} (95%, all years together: {3} to {4})",
                           "{2}年{1}个百分点（各年联合95%区间{3}至{4}）"),
                  ech_findings_points(worst->mean, decimals).s,
                  ech_number_seed((uint64_t)ech_number_year(start, effect->worst.year)).s,
                  ech_findings_points(worst->low, decimals).s,
                  ech_findings_points(worst->high, decimals).s, NULL);
}

/* A loss in the mean, and the largest of those of a year that are clear. */
static void tell_loss(const struct story *story, const struct ech_effect *effect)
{
    tell_interval(story, &effect->difference);
    tell_count(story, ech_pick(story->lang, ", {1}{2}", "，合{1}{2}"), effect->difference.mean);
    if (effect->worst.verdict == ECH_VERDICT_WORSE) {
        ech_text_add(story->text, ech_pick(story->lang, ", largest clear loss in one year: ",
                                           "，单年最大明显损失："));
        tell_worst_year(story, effect);
    }
}

/* A loss in one year that the mean does not show. */
static void tell_hidden(const struct story *story, const struct ech_effect *effect)
{
    tell_worst_year(story, effect);
    tell_count(story, ech_pick(story->lang, ", {1}{2}", "，合{1}{2}"),
               effect->worst.difference.mean);
}

static bool is_loss(const struct ech_effect *effect)
{
    return effect->verdict == ECH_VERDICT_WORSE && effect->matters;
}

/* Puts the effects for which `belongs` behind `words`, the greatest harm in the mean first; gives how many. */
static int tell_list(const struct story *story, const char *words, bool hidden)
{
    int named = 0;
    for (int i = story->n - 1; i >= 0; i--) {
        const struct ech_effect *effect = &story->first[i];
        if (hidden ? !effect->hides : !is_loss(effect)) {
            continue;
        }
        if (named < MOST_LOSSES_NAMED) {
            ech_text_fill(story->text, named == 0 ? words : ech_pick(story->lang, "; ", "；"),
                          story->goal->what[story->lang], NULL);
            ech_text_fill(story->text, ech_pick(story->lang, "“{1}”, ", "“{1}”，"),
                          title_of(story, effect), NULL);
            (hidden ? tell_hidden : tell_loss)(story, effect);
        }
        named++;
    }
    if (named > MOST_LOSSES_NAMED) {
        ech_text_fill(story->text, ech_pick(story->lang, "; and {1} more", "；等{2}项"),
                      ech_number(named - MOST_LOSSES_NAMED, 0).s, ech_number(named, 0).s, NULL);
    }
    return named;
}

static bool is_slight(const struct ech_effect *effect)
{
    return effect->verdict == ECH_VERDICT_WORSE && !effect->matters;
}

/* "; clear losses of less than one post: 5 (“A”, “B”, “C” and 2 more)", the greatest first; gives how many. */
static int tell_slight(const struct story *story)
{
    enum ech_lang lang = story->lang;
    struct ech_text names = {0};
    int n = 0;
    for (int i = story->n - 1; i >= 0; i--) {
        if (is_slight(&story->first[i]) && n++ < MOST_LOSSES_NAMED) {
            ech_text_fill(&names, "{1}“{2}”", n > 1 ? ech_pick(lang, ", ", "、") : "",
                          title_of(story, &story->first[i]), NULL);
        }
    }
    if (n > MOST_LOSSES_NAMED) {
        ech_text_fill(&names, ech_pick(lang, " and {1} more", "等"),
                      ech_number(n - MOST_LOSSES_NAMED, 0).s, NULL);
    }
    if (n > 0) {
        ech_text_fill(story->text,
                      n == 1 ? ech_pick(lang, "; a clear loss of less than {2}: {3}",
                                        "；另有{1}项明显变差，但不足{2}（{3}）")
                             : ech_pick(lang, "; clear losses of less than {2}: {1} ({3})",
                                        "；另有{1}项明显变差，但不足{2}（{3}）"),
                      ech_number(n, 0).s, story->goal->unit[lang], ech_text_string(&names), NULL);
    }
    ech_text_free(&names);
    return n;
}

static bool has_slight(const struct story *story)
{
    for (int i = 0; i < story->n; i++) {
        if (is_slight(&story->first[i])) {
            return true;
        }
    }
    return false;
}

/* Which do harm: clearly in the mean, by less than one post or person, clearly in one year only. */
static void tell_losses(const struct story *story)
{
    enum ech_lang lang = story->lang;
    const char *what = story->goal->what[lang];
    if (allows_no_statement(story)) {
        return;
    }
    int n =
        tell_list(story, ech_pick(lang, "{1} is clearly worse with ", "使{1}明显变差的有"), false);
    if (n == 0) {
        ech_text_fill(story->text,
                      has_slight(story)
                          ? ech_pick(lang, "no policy worsens {1} by as much as {2} in the mean",
                                     "没有政策使{1}的均值变差达到{2}")
                          : ech_pick(lang, "no policy clearly worsens {1} in the mean",
                                     "没有政策使{1}的均值明显变差"),
                      what, story->goal->unit[lang], NULL);
    }
    int slight = tell_slight(story);
    int hidden = tell_list(
        story,
        ech_pick(lang, ". What the mean hides: in single years {1} is clearly worse with ",
                 "。均值看不出、但个别年份使{1}明显变差的有"),
        true);
    if (n + slight + hidden == 0) {
        ech_text_add(story->text, ech_pick(lang, ", nor in any year", "，任何一年也没有"));
    }
}

/* Against what, and over which years where it is said first. */
static void tell_reference(const struct ech_results *results, const struct ech_effects *effects,
                           int reference, bool first, enum ech_lang lang, struct ech_text *text)
{
    const char *title = ech_findings_title(results, reference, lang);
    struct ech_text when = {0};
    ech_findings_window(effects->window, lang, &when);
    ech_text_fill(text,
                  first ? ech_pick(lang, "Against “{1}” ({2}): ", "与“{1}”相比（{2}）：")
                        : ech_pick(lang, " Against “{1}”: ", "与“{1}”相比："),
                  title, ech_text_string(&when), NULL);
    ech_text_free(&when);
}

/* A sentence begins at this place of the text. */
static void capitalise(struct ech_text *text, size_t begin)
{
    if (begin < text->length && text->bytes[begin] >= 'a' && text->bytes[begin] <= 'z') {
        text->bytes[begin] = (char)(text->bytes[begin] - 'a' + 'A');
    }
}

/* What a policy that is named for a gain does besides: its cost, and what it clearly worsens. */
static enum ech_status tell_besides(const struct story *story, const struct ech_effects *effects,
                                    const struct ech_effect *effect, struct ech_error *error)
{
    const struct ech_telling telling = {story->results, effects->window, story->lang, story->text};
    enum ech_status status = ech_findings_cost(&telling, effect, error);
    for (int g = 0; g < ECH_N_GOALS; g++) {
        for (int i = 0; i < effects[g].n; i++) {
            const struct ech_effect *other = &effects[g].effect[i];
            if (other->scenario == effect->scenario && is_loss(other)) {
                ech_text_fill(story->text,
                              ech_pick(story->lang,
                                       ", but {1} is clearly worse with it: ", "，但{1}明显变差："),
                              ech_goals[g].what[story->lang], NULL);
                tell_interval(story, &other->difference);
            }
        }
    }
    return status == ECH_OK ? ech_findings_people_but(&telling, effect, error) : status;
}

/* A page may begin a paragraph here. */
static void begin_part(struct ech_findings *findings, enum ech_finding finding)
{
    size_t length = findings->text[finding].length;
    if (length > 0 && findings->n_parts[finding] < ECH_FINDING_PARTS) {
        findings->part[finding][findings->n_parts[finding]++] = length;
    }
}

/* One goal of a family, behind what was said of the goals before it. */
static enum ech_status tell_goal(const struct story *story, enum ech_finding finding,
                                 const struct ech_effects *effects, struct ech_findings *findings,
                                 struct ech_error *error)
{
    bool first = story->goal == ech_goals;
    if (finding == ECH_FINDING_POLICIES) {
        ech_text_add(story->text, first ? "" : ech_pick(story->lang, "; ", "；"));
        tell_gain(story);
        return story->first->verdict == ECH_VERDICT_BETTER && story->first->matters
                   ? tell_besides(story, effects, story->first, error)
                   : ECH_OK;
    }
    ech_text_add(story->text, first ? "" : ech_pick(story->lang, ". ", "。"));
    size_t begin = story->text->length;
    if (!first) {
        begin_part(findings, finding);
    }
    tell_losses(story);
    capitalise(story->text, first ? story->text->length : begin);
    return ECH_OK;
}

/* Which of a family keeps most leaders and under which they perform best: a sentence each, if clear. */
static enum ech_status tell_people(const struct story *story, const struct ech_effects *effects,
                                   const struct ech_effect *family, int n,
                                   struct ech_findings *findings, struct ech_error *error)
{
    const struct ech_telling telling = {story->results, effects->window, story->lang, story->text};
    enum ech_status status = ECH_OK;
    for (int p = 0; p < ECH_N_PEOPLE && status == ECH_OK; p++) {
        struct ech_people_gain best;
        status = ech_findings_people_best(&telling, (enum ech_people)p, family, n, &best, error);
        if (status != ECH_OK || !best.effect) {
            continue;
        }
        ech_text_add(story->text, ech_pick(story->lang, ". ", "。"));
        begin_part(findings, ECH_FINDING_POLICIES);
        ech_findings_people_gain(&telling, (enum ech_people)p, &best);
        status = tell_besides(story, effects, best.effect, error);
    }
    return status;
}

/* What is told of leaders themselves behind the goals: gains against the baseline only, to be short. */
static enum ech_status tell_leaders(const struct story *story, enum ech_finding finding,
                                    const struct ech_effects *effects, int reference, int baseline,
                                    struct ech_findings *findings, struct ech_error *error)
{
    int n;
    const struct ech_telling telling = {story->results, effects->window, story->lang, story->text};
    const struct ech_effect *family = ech_effects_family(effects, reference, &n);
    if (finding == ECH_FINDING_LOSSES) {
        return ech_findings_people_losses(&telling, family, n, error);
    }
    return reference == baseline ? tell_people(story, effects, family, n, findings, error) : ECH_OK;
}

/* Gains and losses against one reference; where nothing stands beside it only that is said. */
static enum ech_status tell_family(const struct story *model, const struct ech_effects *effects,
                                   int reference, int baseline, struct ech_findings *findings,
                                   struct ech_error *error)
{
    int n;
    enum ech_status status = ECH_OK;
    const struct ech_effect *family = ech_effects_family(&effects[0], reference, &n);
    for (int f = ECH_FINDING_POLICIES; f <= ECH_FINDING_LOSSES && status == ECH_OK; f++) {
        struct ech_text *text = &findings->text[f];
        struct story story = *model;
        story.text = text;
        if (!family && f == ECH_FINDING_LOSSES) {
            break;
        }
        begin_part(findings, (enum ech_finding)f);
        tell_reference(model->results, effects, reference, text->length == 0, model->lang, text);
        for (int g = 0; g < ECH_N_GOALS && family && status == ECH_OK; g++) {
            story.effects = &effects[g];
            story.goal = &ech_goals[g];
            story.first = ech_effects_family(&effects[g], reference, &story.n);
            status = tell_goal(&story, (enum ech_finding)f, effects, findings, error);
        }
        if (!family) {
            ech_text_add(
                text, ech_pick(model->lang, "there is no policy to compare", "没有可比较的政策"));
        } else if (status == ECH_OK) {
            status = tell_leaders(&story, (enum ech_finding)f, effects, reference, baseline,
                                  findings, error);
        }
        ech_text_add(text, ech_pick(model->lang, ".", "。"));
    }
    return status;
}

enum ech_status ech_findings_policies(const struct ech_results *results,
                                      const struct ech_policies *policies, enum ech_lang lang,
                                      struct ech_findings *findings, struct ech_error *error)
{
    struct ech_effects effects[ECH_N_GOALS] = {{0}};
    const struct story model = {.results = results, .lang = lang};
    enum ech_status status = ECH_OK;
    int n;
    if (policies->n == 1) {
        ech_text_add(&findings->text[ECH_FINDING_POLICIES],
                     ech_pick(lang, "With one scenario there is no policy to compare.",
                              "只有一个情景，没有可比较的政策。"));
        return status;
    }
    for (int g = 0; g < ECH_N_GOALS && status == ECH_OK; g++) {
        status = ech_effects_measure(results, policies, ech_goals[g].measure, ech_goals[g].better,
                                     &effects[g], error);
    }
    if (status == ECH_OK) {
        status =
            tell_family(&model, effects, policies->baseline, policies->baseline, findings, error);
    }
    if (status == ECH_OK && policies->closed != ECH_NONE &&
        ech_effects_family(effects, policies->closed, &n)) {
        status =
            tell_family(&model, effects, policies->closed, policies->baseline, findings, error);
    }
    for (int g = 0; g < ECH_N_GOALS; g++) {
        ech_effects_free(&effects[g]);
    }
    return status;
}
