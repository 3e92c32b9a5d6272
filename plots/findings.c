#include "plots/findings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/series.h"

/* What a composition needs all the way down. */
struct teller {
    const struct ech_results *results;
    const struct ech_policies *policies;
    enum ech_lang lang;
    struct ech_text *text;
};

const char *ech_finding_label(enum ech_finding finding, enum ech_lang lang)
{
    static const char *const labels[ECH_N_FINDINGS][2] = {
        [ECH_FINDING_VACANT] = {"Vacant posts", "职位空缺"},
        [ECH_FINDING_RESERVE] = {"Reserve", "后备干部"},
        [ECH_FINDING_POLICIES] = {"Policies", "政策比较"},
        [ECH_FINDING_LOSSES] = {"Losses", "不利影响"}};
    return labels[finding][lang];
}

const char *ech_findings_title(const struct ech_results *results, int scenario, enum ech_lang lang)
{
    return ech_results_scenario(results, scenario)->label.text[lang];
}

int ech_findings_decimals(const struct ech_summary *difference)
{
    double half_width = (difference->high - difference->low) * 100 / 2;
    bool small = isnan(half_width) && fabs(difference->mean) * 100 < 0.95;
    return half_width < 0.095 || small ? 2 : 1;
}

int ech_findings_column_decimals(const struct ech_effect *first, int n)
{
    int most = 1;
    for (int i = 0; i < n; i++) {
        int own = ech_findings_decimals(&first[i].difference);
        most = own > most ? own : most;
    }
    return most;
}

struct ech_number ech_findings_points(double share, int decimals)
{
    return ech_number_signed(share * 100, decimals);
}

void ech_findings_window(struct ech_window window, enum ech_lang lang, struct ech_text *text)
{
    if (window.to == 0) {
        ech_text_add(text, ech_pick(lang, "at the start", "起点"));
    } else {
        ech_text_fill(text, ech_pick(lang, "mean of years {1}–{2}", "第{1}至{2}年平均"),
                      ech_number(window.from, 0).s, ech_number(window.to, 0).s, NULL);
    }
}

static struct ech_number year_number(const struct teller *teller, int scenario, int y)
{
    int start = ech_results_scenario(teller->results, scenario)->start_month;
    return ech_number_seed((uint64_t)ech_number_year(start, y));
}

/* " (90%: 6 to 13)", or nothing where all replications agree or there is but one. */
static void tell_range(const struct teller *teller, const struct ech_summary *summary)
{
    struct ech_number low = ech_number_people(summary->p05);
    struct ech_number high = ech_number_people(summary->p95);
    if (summary->n > 1 && strcmp(low.s, high.s) != 0) {
        ech_text_fill(teller->text,
                      ech_pick(teller->lang, " (90%: {1} to {2})", "（90%区间{1}至{2}）"), low.s,
                      high.s, NULL);
    }
}

struct ech_number ech_findings_years(int start_month, const struct ech_peak *peak,
                                     enum ech_lang lang)
{
    struct ech_number years;
    int from = ech_number_year(start_month, peak->from);
    int to = ech_number_year(start_month, peak->to);
    if (to > from) {
        snprintf(years.s, sizeof years.s, "%d%s%d", from, ech_pick(lang, "–", "至"), to);
    } else {
        snprintf(years.s, sizeof years.s, "%d", from);
    }
    return years;
}

static struct ech_number years_of(const struct teller *teller, int scenario,
                                  const struct ech_peak *peak)
{
    return ech_findings_years(ech_results_scenario(teller->results, scenario)->start_month, peak,
                              teller->lang);
}

/* First year from which on every year's mean is clearly above `limit`, or ECH_NONE; *n all that are. */
static int above_from(const struct ech_series *series, double limit, int *n)
{
    int from = ECH_NONE;
    *n = 0;
    for (int y = 0; y <= series->n_years; y++) {
        bool above = ech_series_is_above(&series->year[y], limit);
        from = !above ? ECH_NONE : from == ECH_NONE ? y : from;
        *n += above;
    }
    return from;
}

static const double one_post = 1;

static double total(const struct ech_series *series)
{
    double sum = 0;
    for (int y = 0; y <= series->n_years; y++) {
        sum += series->year[y].mean;
    }
    return sum;
}

enum ech_lack ech_findings_lack(const struct ech_series *vacant, const struct ech_series *lacking)
{
    static const double small_part = 0.2;
    int n_above;
    if (!(total(vacant) > 0)) {
        return ECH_LACK_NO_VACANCY;
    }
    if (!(total(lacking) > 0)) {
        return ECH_LACK_NOTHING;
    }
    above_from(lacking, one_post, &n_above);
    if (n_above > 0) {
        return ECH_LACK_MUCH;
    }
    return total(lacking) <= small_part * total(vacant) ? ECH_LACK_ALMOST_NOTHING : ECH_LACK_LITTLE;
}

static void tell_much(const struct teller *teller, int scenario, const struct ech_series *rest,
                      const struct ech_peak *peak)
{
    int n_above, from = above_from(rest, one_post, &n_above);
    const char *when = from == ECH_NONE ? ech_pick(teller->lang, "in some years", "有的年份超过1个")
                                        : ech_pick(teller->lang, "from {1} on", "{1}年起超过1个");
    ech_text_add(teller->text, ech_pick(teller->lang,
                                        "; posts for which nobody qualifies or no place is free "
                                        "are more than one ",
                                        "；因无合格人选或无空编而空缺的职位"));
    ech_text_fill(teller->text, when, year_number(teller, scenario, from == ECH_NONE ? 0 : from).s,
                  NULL);
    ech_text_fill(
        teller->text,
        peak->is_clear
            ? ech_pick(teller->lang, " and most in {1}: {2}", "，{1}年最多，为{2}个")
            : ech_pick(teller->lang, ", at most {2} in the mean of a year", "，各年均值最多{2}个"),
        years_of(teller, scenario, peak).s, ech_number_people(rest->year[peak->year].mean).s, NULL);
    tell_range(teller, &rest->year[peak->year]);
    ech_text_add(teller->text, ech_pick(teller->lang, ".", "。"));
}

/* What the vacant posts lack, apart from a procedure that is under way. */
static enum ech_status tell_lacking(const struct teller *teller, int scenario,
                                    const struct ech_series *vacant, const struct ech_series *rest,
                                    struct ech_error *error)
{
    static const char *const words[][2] = {
        [ECH_LACK_NO_VACANCY] = {"; no post is vacant at any time.", "；始终没有空缺。"},
        [ECH_LACK_NOTHING] = {"; the vacant posts are procedure only: none lacks a qualified "
                              "candidate or a free place.",
                              "；空缺均为任用程序所致，不缺合格人选，也不缺编制。"},
        [ECH_LACK_ALMOST_NOTHING] = {"; these are procedure almost only: on average at most {1}{2} "
                                     "lack a qualified candidate or a free place.",
                                     "；空缺几乎都是任用程序所致：因无合格人选或无空编而空缺的，"
                                     "最多时平均只有{1}个{2}。"},
        [ECH_LACK_LITTLE] = {"; on average at most {1}{2} lack a qualified candidate or a "
                             "free place, the others wait for the procedure.",
                             "；因无合格人选或无空编而空缺的，最多时平均{1}个{2}，其余为任用"
                             "程序所致。"}};
    struct ech_peak peak;
    struct ech_text when = {0};
    enum ech_lack lack = ech_findings_lack(vacant, rest);
    enum ech_status status = ech_series_peak(rest, 0, &peak, error);
    if (status != ECH_OK) {
        return status;
    }
    if (lack == ECH_LACK_MUCH) {
        tell_much(teller, scenario, rest, &peak);
        return ECH_OK;
    }
    if (peak.is_clear) {
        ech_text_fill(&when, ech_pick(teller->lang, " (in {1})", "（{1}年）"),
                      years_of(teller, scenario, &peak).s, NULL);
    }
    double most = rest->year[peak.year].mean;
    ech_text_fill(teller->text, words[lack][teller->lang],
                  most < 0.05 ? "0.05" : ech_number(most, 1).s, ech_text_string(&when), NULL);
    ech_text_free(&when);
    return ECH_OK;
}

/* Whether the scenario stands for things as they are: the baseline by name, or a county by itself. */
static bool changes_nothing(const struct teller *teller, int scenario)
{
    const struct ech_result_scenario *s = ech_results_scenario(teller->results, scenario);
    return strcmp(s->name, "baseline") == 0 || !s->extends || !*s->extends;
}

static void tell_condition(const struct teller *teller, int scenario)
{
    if (changes_nothing(teller, scenario)) {
        ech_text_add(teller->text, ech_pick(teller->lang, "If nothing changes", "维持现状"));
    } else {
        ech_text_fill(teller->text, ech_pick(teller->lang, "“{1}”", "“{1}”情景下"),
                      ech_findings_title(teller->results, scenario, teller->lang), NULL);
    }
}

static void tell_vacant(const struct teller *teller, int scenario, const struct ech_series *posts,
                        const struct ech_series *vacant)
{
    bool other = scenario == teller->policies->closed;
    int last = vacant->n_years;
    struct ech_number year = year_number(teller, scenario, last);
    struct ech_number n_vacant = ech_number_people(vacant->year[last].mean);
    double n_posts = posts->year[last].mean;
    if (other) {
        ech_text_fill(teller->text,
                      ech_pick(teller->lang,
                               " If nobody is transferred in, {2} are vacant on average in {1}",
                               "如果没有调入，{1}年平均空缺{2}个"),
                      year.s, n_vacant.s, NULL);
    } else {
        tell_condition(teller, scenario);
        ech_text_fill(teller->text,
                      ech_pick(teller->lang,
                               n_posts == 1 ? "{4}{3} of 1 leading post is vacant on average in {1}"
                                            : "{4}{3} of {2} leading posts are vacant on average "
                                              "in {1}",
                               "{4}{1}年{2}个领导职位中平均空缺{3}个"),
                      year.s, ech_number_people(n_posts).s, n_vacant.s,
                      changes_nothing(teller, scenario) ? ech_pick(teller->lang, ", ", "，")
                                                        : ech_pick(teller->lang, ": ", "，"),
                      NULL);
    }
    tell_range(teller, &vacant->year[last]);
}

static enum ech_status vacancy_of(const struct teller *teller, int scenario,
                                  struct ech_error *error)
{
    struct ech_series posts = {0}, vacant = {0}, rest = {0};
    struct ech_series_key key = {scenario, 0, "posts"};
    enum ech_status status = ech_series_read(teller->results, key, &posts, error);
    if (status == ECH_OK) {
        key.measure = "posts_vacant";
        status = ech_series_read(teller->results, key, &vacant, error);
    }
    if (status == ECH_OK) {
        key.measure = "posts_vacant[nobody]";
        status = ech_series_read(teller->results, key, &rest, error);
    }
    if (status == ECH_OK) {
        key.measure = "posts_vacant[no_place]";
        status = ech_series_add(teller->results, key, 1, &rest, error);
    }
    if (status == ECH_OK && !(total(&posts) > 0)) {
        ech_text_add(teller->text,
                     scenario == teller->policies->closed
                         ? ""
                         : ech_pick(teller->lang, "There are no leading posts.", "没有领导职位。"));
    } else if (status == ECH_OK) {
        tell_vacant(teller, scenario, &posts, &vacant);
        status = tell_lacking(teller, scenario, &vacant, &rest, error);
    }
    ech_series_free(&posts);
    ech_series_free(&vacant);
    ech_series_free(&rest);
    return status;
}

/* ", 196 in the worst year, 2022": only where these years are clearly worse than the others, the start too. */
static void tell_worst_missing(const struct teller *teller, int scenario,
                               const struct ech_series *missing, const struct ech_peak *peak)
{
    const char *words =
        ech_pick(teller->lang, ", {2} in the worst year, {1}", "，{1}年最多，缺{2}人");
    if (peak->to > peak->from) {
        words = ech_pick(teller->lang, ", {2} in the worst years, {1}", "，{1}年最多，缺{2}人");
    }
    ech_text_fill(teller->text, words, years_of(teller, scenario, peak).s,
                  ech_number_people(missing->year[peak->year].mean).s, NULL);
    tell_range(teller, &missing->year[peak->year]);
}

/* The rule at the start, in its worst years and at the end, from people needed and people missing. */
static void tell_missing(const struct teller *teller, int scenario, const struct ech_series *needed,
                         const struct ech_series *missing, const struct ech_peak *peak)
{
    int last = missing->n_years;
    bool has_worst = peak->is_clear && peak->from > 0;
    if (!(total(needed) > 0)) {
        ech_text_add(teller->text,
                     ech_pick(teller->lang, "The reserve rule asks for nobody.", "没有应备人选。"));
        return;
    }
    if (!(missing->year[peak->year].mean > 0)) {
        ech_text_fill(
            teller->text,
            ech_pick(teller->lang,
                     "The reserve rule can be kept: the {1} people it asks for are on the "
                     "lists in every year.",
                     "后备制度可以落实：各年名单人数均达到应备的{1}人。"),
            ech_number_people(needed->year[0].mean).s, NULL);
        return;
    }
    ech_text_fill(teller->text,
                  ech_pick(teller->lang,
                           "The reserve rule cannot be kept: it asks for {1} people, and {2} are "
                           "missing at the start",
                           "后备制度无法落实：应备{1}人，起始时缺{2}人"),
                  ech_number_people(needed->year[0].mean).s,
                  ech_number_people(fmax(missing->year[0].mean, 0)).s, NULL);
    tell_range(teller, &missing->year[0]);
    if (has_worst) {
        tell_worst_missing(teller, scenario, missing, peak);
    }
    if (last > 0 && !(has_worst && peak->to == last)) {
        ech_text_fill(teller->text, ech_pick(teller->lang, ", {2} in {1}", "，{1}年缺{2}人"),
                      year_number(teller, scenario, last).s,
                      ech_number_people(fmax(missing->year[last].mean, 0)).s, NULL);
        tell_range(teller, &missing->year[last]);
    }
    ech_text_add(teller->text, ech_pick(teller->lang, ".", "。"));
}

static void tell_missing_closed(const struct teller *teller, const struct ech_series *missing,
                                const struct ech_peak *peak)
{
    struct ech_peak told = *peak;
    const char *words = ech_pick(
        teller->lang, " If nobody is transferred in, {2} are missing in the worst year, {1}",
        "如果没有调入，{1}年最多，缺{2}人");
    if (!peak->is_clear) {
        told.year = told.from = told.to = missing->n_years;
        words = ech_pick(teller->lang, " If nobody is transferred in, {2} are missing in {1}",
                         "如果没有调入，{1}年缺{2}人");
    } else if (peak->to > peak->from) {
        words = ech_pick(teller->lang,
                         " If nobody is transferred in, {2} are missing in the worst years, {1}",
                         "如果没有调入，{1}年最多，缺{2}人");
    }
    ech_text_fill(teller->text, words, years_of(teller, teller->policies->closed, &told).s,
                  ech_number_people(fmax(missing->year[told.year].mean, 0)).s, NULL);
    tell_range(teller, &missing->year[told.year]);
    ech_text_add(teller->text, ech_pick(teller->lang, ".", "。"));
}

static enum ech_status reserve_of(const struct teller *teller, int scenario,
                                  struct ech_error *error)
{
    struct ech_series needed = {0}, missing = {0};
    struct ech_peak peak;
    struct ech_series_key key = {scenario, 0, "reserve_needed"};
    enum ech_status status = ech_series_read(teller->results, key, &needed, error);
    if (status == ECH_OK) {
        status = ech_series_read(teller->results, key, &missing, error);
    }
    if (status == ECH_OK) {
        key.measure = "reserve";
        status = ech_series_add(teller->results, key, -1, &missing, error);
    }
    if (status == ECH_OK) {
        status = ech_series_peak(&missing, 0, &peak, error);
    }
    if (status == ECH_OK && scenario == teller->policies->closed) {
        tell_missing_closed(teller, &missing, &peak);
    } else if (status == ECH_OK) {
        tell_missing(teller, scenario, &needed, &missing, &peak);
    }
    ech_series_free(&needed);
    ech_series_free(&missing);
    return status;
}

void ech_findings_free(struct ech_findings *findings)
{
    for (int f = 0; f < ECH_N_FINDINGS; f++) {
        ech_text_free(&findings->text[f]);
    }
}

/* Titles come from files: nothing in them may break a line. */
static void clean(struct ech_text *text)
{
    for (size_t i = 0; i < text->length; i++) {
        unsigned char byte = (unsigned char)text->bytes[i];
        text->bytes[i] = byte < 32 || byte == 127 ? ' ' : text->bytes[i];
    }
}

static enum ech_status tell(struct teller *teller, struct ech_findings *findings,
                            struct ech_error *error)
{
    const struct ech_policies *policies = teller->policies;
    teller->text = &findings->text[ECH_FINDING_VACANT];
    enum ech_status status = vacancy_of(teller, policies->baseline, error);
    if (status == ECH_OK && policies->closed != ECH_NONE) {
        status = vacancy_of(teller, policies->closed, error);
    }
    teller->text = &findings->text[ECH_FINDING_RESERVE];
    if (status == ECH_OK) {
        status = reserve_of(teller, policies->baseline, error);
    }
    if (status == ECH_OK && policies->closed != ECH_NONE) {
        status = reserve_of(teller, policies->closed, error);
    }
    if (status == ECH_OK) {
        status = ech_findings_policies(teller->results, policies, teller->lang, findings, error);
    }
    for (int f = 0; f < ECH_N_FINDINGS && status == ECH_OK; f++) {
        clean(&findings->text[f]);
        status = ech_text_status(&findings->text[f], ECH_BOTH("findings", "结论"), error);
    }
    return status;
}

enum ech_status ech_findings_compose(const struct ech_results *results, int baseline,
                                     enum ech_lang lang, struct ech_findings *findings,
                                     struct ech_error *error)
{
    struct ech_policies policies;
    *findings = (struct ech_findings){0};
    enum ech_status status = ech_policies_sort(results, baseline, &policies, error);
    if (status == ECH_OK) {
        struct teller teller = {.results = results, .policies = &policies, .lang = lang};
        status = tell(&teller, findings, error);
    }
    ech_policies_free(&policies);
    return status;
}
