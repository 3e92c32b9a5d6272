/* The answer in words: which policy is compared with which, and how strong the words are. */
#include "plots_fixture.h"

#include <math.h>

#include "plots/figures.h"
#include "plots/findings.h"
#include "plots_fake.h"

static const struct ech_results usual = {
    .n_scenarios = FAKE_MAX_SCENARIOS, .n_replications = 60, .n_years = 15, .effect = 1};

static int use(void **state)
{
    fake = usual;
    return 0;
}

static const char *place(const struct ech_policies *policies, int i)
{
    return fake_policies[policies->order[i]].name;
}

static void test_policies_stand_in_families(void **state)
{
    struct ech_policies policies;
    struct ech_error error = {0};
    assert_int_equal(ech_policies_sort(&fake, 0, &policies, &error), ECH_OK);
    assert_int_equal(policies.n, FAKE_MAX_SCENARIOS);
    assert_string_equal(place(&policies, 0), "baseline");
    assert_string_equal(place(&policies, 1), "bond");
    assert_string_equal(place(&policies, 13), "no_transfers");
    assert_string_equal(place(&policies, 14), "no_transfers_bond");
    for (int i = 0; i < policies.n; i++) {
        assert_int_equal(policies.rank[policies.order[i]], i);
        assert_int_equal(policies.reference[i], i < 13 ? 0 : 5);
    }
    ech_policies_free(&policies);
    ech_policies_free(&policies);
    ech_error_free(&error);
}

static void test_without_the_second_reference_there_is_one_family(void **state)
{
    struct ech_policies policies;
    struct ech_error error = {0};
    fake.n_scenarios = 4;
    assert_int_equal(ech_policies_sort(&fake, 0, &policies, &error), ECH_OK);
    assert_int_equal(policies.closed, ECH_NONE);
    assert_int_equal(policies.n, 4);
    ech_policies_free(&policies);
    /* as a baseline it opens no second family */
    fake.n_scenarios = FAKE_MAX_SCENARIOS;
    assert_int_equal(ech_policies_sort(&fake, 5, &policies, &error), ECH_OK);
    assert_int_equal(policies.closed, ECH_NONE);
    assert_int_equal(policies.order[0], 5);
    ech_policies_free(&policies);
}

static void test_the_window_is_years_6_to_15_or_the_last_two_thirds(void **state)
{
    static const int cases[][3] = {{15, 6, 15}, {30, 6, 15}, {12, 5, 12}, {3, 2, 3},
                                   {2, 1, 2},   {1, 1, 1},   {0, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ech_window window = ech_policies_window(cases[i][0]);
        assert_int_equal(window.from, cases[i][1]);
        assert_int_equal(window.to, cases[i][2]);
    }
}

static void test_a_verdict_needs_an_interval_without_zero(void **state)
{
    struct ech_summary above = {.low = 0.01, .high = 0.03}, across = {.low = -0.01, .high = 0.03};
    struct ech_summary below = {.low = -0.03, .high = -0.01}, none = {.low = NAN, .high = NAN};
    struct ech_summary exact = {.low = 0, .high = 0};
    assert_int_equal(ech_compare_verdict(&above, true), ECH_VERDICT_BETTER);
    assert_int_equal(ech_compare_verdict(&above, false), ECH_VERDICT_WORSE);
    assert_int_equal(ech_compare_verdict(&below, true), ECH_VERDICT_WORSE);
    assert_int_equal(ech_compare_verdict(&below, false), ECH_VERDICT_BETTER);
    assert_int_equal(ech_compare_verdict(&across, true), ECH_VERDICT_UNCLEAR);
    assert_int_equal(ech_compare_verdict(&none, true), ECH_VERDICT_UNCLEAR);
    assert_int_equal(ech_compare_verdict(&exact, false), ECH_VERDICT_UNCLEAR);
}

static void measure(const char *name, int better, struct ech_effects *effects)
{
    struct ech_policies policies;
    struct ech_error error = {0};
    assert_int_equal(ech_policies_sort(&fake, 0, &policies, &error), ECH_OK);
    assert_int_equal(ech_effects_measure(&fake, &policies, name, better, effects, &error), ECH_OK);
    ech_policies_free(&policies);
    ech_error_free(&error);
}

static void test_effects_are_exact_where_chance_is_off(void **state)
{
    struct ech_effects effects;
    int n;
    fake.constant = true;
    measure("reserve_ratio", 1, &effects);
    assert_true(fabs(effects.whole - 506) < 1e-9);
    const struct ech_effect *best = ech_effects_family(&effects, 0, &n);
    assert_int_equal(n, 12);
    assert_string_equal(fake_policies[best->scenario].name, "package");
    assert_true(fabs(best->difference.mean - 0.047) < 1e-12);
    assert_true(best->matters && best->also_best && best->verdict == ECH_VERDICT_BETTER);
    assert_true(fabs(best->share_best - 1) < 1e-12);
    assert_string_equal(fake_policies[best[n - 1].scenario].name, "stepdown_52");
    assert_int_equal(best[n - 1].verdict, ECH_VERDICT_WORSE);
    best = ech_effects_family(&effects, 5, &n); /* against the scenario without transfers */
    assert_int_equal(n, 3);
    assert_string_equal(fake_policies[best->scenario].name, "no_transfers_recruit_to_gap");
    assert_true(fabs(best->difference.mean - 0.13) < 1e-12);
    ech_effects_free(&effects);
}

/* Who asks for half as many people has the same people: nothing is gained. */
static void test_halving_the_rule_is_no_gain(void **state)
{
    struct ech_effects effects;
    int n;
    fake.constant = true;
    fake.halves_rule = true;
    measure("reserve_ratio", 1, &effects);
    const struct ech_effect *best = ech_effects_family(&effects, 0, &n);
    assert_string_equal(fake_policies[best->scenario].name, "package");
    assert_true(fabs(best->difference.mean - 0.047) < 1e-12);
    ech_effects_free(&effects);
}

static void test_shares_of_the_best_leave_room_for_doing_nothing(void **state)
{
    struct ech_effects effects;
    int n;
    double sum = 0;
    fake.effect = 0;
    fake.constant = true; /* all alike: each has its share of the ties, the reference too */
    measure("post_vacancy_rate", -1, &effects);
    const struct ech_effect *first = ech_effects_family(&effects, 0, &n);
    for (int i = 0; i < n; i++) {
        sum += first[i].share_best;
        assert_int_equal(first[i].verdict, ECH_VERDICT_UNCLEAR);
        assert_false(first[i].matters);
    }
    assert_true(fabs(sum - n / (n + 1.0)) < 1e-9);
    ech_effects_free(&effects);
}

static void compose(enum ech_lang lang, struct ech_findings *findings)
{
    struct ech_error error = {0};
    assert_int_equal(ech_findings_compose(&fake, 0, lang, findings, &error), ECH_OK);
    assert_int_equal(error.n_problems, 0);
}

static void assert_found(enum ech_lang lang, enum ech_finding which, const char *words)
{
    struct ech_findings findings;
    compose(lang, &findings);
    const char *text = ech_text_string(&findings.text[which]);
    if (!strstr(text, words)) {
        print_error("not in: %s\n", text);
    }
    assert_non_null(strstr(text, words));
    ech_findings_free(&findings);
}

static void assert_not_found(enum ech_finding which, const char *words)
{
    struct ech_findings findings;
    compose(ECH_LANG_EN, &findings);
    assert_null(strstr(ech_text_string(&findings.text[which]), words));
    ech_findings_free(&findings);
}

static void test_the_reserve_is_told_in_people(void **state)
{
    fake.constant = true;
    assert_found(
        ECH_LANG_EN, ECH_FINDING_RESERVE,
        "The reserve rule cannot be kept: it asks for 506 people, and 194 are missing at "
        "the start, 196 in the worst year, 2022, 193 in 2034. If nobody is transferred in");
    assert_found(
        ECH_LANG_ZH, ECH_FINDING_RESERVE,
        "后备制度无法落实：应备506人，起始时缺194人，2022年最多，缺196人，2034年缺193人。");
}

static void test_vacancies_of_procedure_are_told_as_such(void **state)
{
    fake.constant = true;
    assert_found(
        ECH_LANG_EN, ECH_FINDING_VACANT,
        "8.9 of 418 leading posts are vacant on average in 2034; these are procedure almost only");
    assert_found(ECH_LANG_EN, ECH_FINDING_VACANT,
                 "more than one from 2026 on and most in 2034: 56.");
    fake.years_of_need = 99; /* nobody ever lacks anything */
    assert_found(ECH_LANG_EN, ECH_FINDING_VACANT, "the vacant posts are procedure only");
    assert_found(ECH_LANG_ZH, ECH_FINDING_VACANT, "空缺均为任用程序所致");
}

static void test_a_range_is_told_where_replications_differ(void **state)
{
    assert_found(ECH_LANG_EN, ECH_FINDING_VACANT, "are vacant on average in 2034 (90%: ");
    fake.n_replications = 1;
    struct ech_findings findings;
    compose(ECH_LANG_EN, &findings);
    assert_null(strstr(ech_text_string(&findings.text[ECH_FINDING_VACANT]), "90%"));
    ech_findings_free(&findings);
}

static void test_the_best_policy_is_named_with_its_evidence(void **state)
{
    fake.constant = true;
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES,
                 "the reserve is helped most by “Package: places with recruits, bond, allowance”: "
                 "+4.70 points (95%: +4.70 to +4.70), 24 people, best of all in 100% of");
    assert_found(ECH_LANG_ZH, ECH_FINDING_POLICIES,
                 "+4.70个百分点（95%区间+4.70至+4.70），合24人，在100%的重复中为最优");
}

static void test_the_best_says_what_it_costs(void **state)
{
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES, ", at no clear cost");
    assert_found(ECH_LANG_ZH, ECH_FINDING_POLICIES, "，支出无明显变化");
    fake.best_costs = 972000;
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES, ", for 972 thousand yuan a year more");
    assert_found(ECH_LANG_ZH, ECH_FINDING_POLICIES, "，每年增加支出97.2万元");
    fake.best_costs = -972000;
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES, ", for 972 thousand yuan a year less");
}

static void test_who_performs_worse_is_named(void **state)
{
    assert_found(ECH_LANG_EN, ECH_FINDING_LOSSES,
                 ". Leaders perform clearly worse with “Allowance for remote townships”, −0.14 "
                 "standard deviations (95%: −0.14 to −0.14), largest clear loss in one year: −0.14 "
                 "standard deviations in 2020 (95%, all years together: −0.14 to −0.14).");
    assert_found(ECH_LANG_ZH, ECH_FINDING_LOSSES, "。使领导干部履职表现明显变差的有“");
    assert_found(ECH_LANG_ZH, ECH_FINDING_LOSSES,
                 "，单年最大明显损失：2020年−0.14个标准差（各年联合95%区间−0.14至−0.14）");
}

/* The allowance keeps two leaders a year and hurts; the exam window gives what nothing else does. */
static void test_gains_of_leaders_themselves_are_told(void **state)
{
    fake.constant = true;
    fake.window_performs = 0.053;
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES,
                 ". Fewest leaders leave by choice with “Allowance for remote townships”: −2.00 a "
                 "year (95%: −2.00 to −2.00), for 972 thousand yuan a year more, but leaders "
                 "perform worse: −0.14 standard deviations (95%: −0.14 to −0.14). Leaders perform "
                 "best with “Another exam window in 2021”: +0.053 standard deviations (95%: +0.053 "
                 "to +0.053), at no clear cost. Against “Nobody is transferred in”: ");
    assert_found(ECH_LANG_ZH, ECH_FINDING_POLICIES,
                 "。自愿离开的领导干部减少最多的是“偏远乡镇津贴”：每年−2.00人（95%区间−2.00至"
                 "−2.00），每年增加支出97.2万元，但领导干部履职表现变差：−0.14个标准差（95%区间"
                 "−0.14至−0.14）。领导干部履职表现改善最大的是“2021年再次外地招考”：+0.053个标准差"
                 "（95%区间+0.053至+0.053），支出无明显变化。");
    fake.window_performs = 0;
    assert_not_found(ECH_FINDING_POLICIES, "Leaders perform best");
    fake.n_scenarios = 2; /* without the allowance nothing keeps anybody */
    assert_not_found(ECH_FINDING_POLICIES, "Fewest leaders leave");
}

/* Who recommends the package for the reserve says what it does to leaders. */
static void test_what_is_recommended_says_whom_it_hurts(void **state)
{
    assert_not_found(ECH_FINDING_POLICIES, "more leaders leave");
    assert_not_found(ECH_FINDING_LOSSES, "more leaders leave");
    fake.constant = true;
    fake.package_hurts = 0.045;
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES,
                 ", at no clear cost (salaries not counted), but more leaders leave by choice: "
                 "+0.45 a year (95%: +0.45 to +0.45), but leaders perform worse: −0.045 standard "
                 "deviations (95%: −0.045 to −0.045); ");
    assert_found(ECH_LANG_ZH, ECH_FINDING_POLICIES,
                 "，但自愿离开的领导干部增多：每年+0.45人（95%区间+0.45至+0.45），但领导干部履职"
                 "表现变差：−0.045个标准差（95%区间−0.045至−0.045）；");
    assert_found(ECH_LANG_EN, ECH_FINDING_LOSSES,
                 ". Clearly more leaders leave by choice with “Package: places with recruits, "
                 "bond, allowance”, +0.45 a year (95%: +0.45 to +0.45), largest clear loss in one "
                 "year: +0.45 in 2020 (95%, all years together: +0.45 to +0.45).");
    assert_found(ECH_LANG_ZH, ECH_FINDING_LOSSES,
                 "。使自愿离开的领导干部明显增多的有“综合方案：增编配套招录、服务期、津贴”，每年"
                 "+0.45人（95%区间+0.45至+0.45），单年最大明显损失：2020年+0.45人（各年联合95%"
                 "区间+0.45至+0.45）。");
}

/* Once, beside the first cost of the answer. */
static void test_costs_are_told_to_be_without_salaries(void **state)
{
    static const char *const words[] = {" (salaries not counted)", "（不含工资）"};
    fake.best_costs = 972000;
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES,
                 ", for 972 thousand yuan a year more (salaries not counted)");
    assert_found(ECH_LANG_ZH, ECH_FINDING_POLICIES, "，每年增加支出97.2万元（不含工资）");
    for (int lang = 0; lang < ECH_N_LANGS; lang++) {
        struct ech_findings findings;
        compose((enum ech_lang)lang, &findings);
        const char *first =
            strstr(ech_text_string(&findings.text[ECH_FINDING_POLICIES]), words[lang]);
        assert_non_null(first);
        assert_null(strstr(first + 1, words[lang]));
        ech_findings_free(&findings);
    }
}

static void test_a_gain_of_less_than_one_post_is_no_help(void **state)
{
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES,
                 "no policy improves the vacancy rate of leading posts by as much as one post; the "
                 "largest clear gain is “");
    assert_found(ECH_LANG_ZH, ECH_FINDING_POLICIES, "没有政策使领导职位空缺率改善达到1个职位");
}

static void test_no_clear_difference_is_an_answer(void **state)
{
    fake.effect = 0;
    fake.constant = true;
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES, "no policy clearly improves the reserve");
    assert_found(ECH_LANG_ZH, ECH_FINDING_POLICIES, "没有政策能明显改善后备满足率");
    fake.effect = 1;
    fake.n_replications = 1;
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES, "one replication allows no statement");
    fake.n_scenarios = 1;
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES, "there is no policy to compare");
}

static void test_losses_are_named(void **state)
{
    fake.constant = true;
    assert_found(
        ECH_LANG_EN, ECH_FINDING_LOSSES,
        "the reserve is clearly worse with “Step-down at 52”, −5.00 points (95%: −5.00 to "
        "−5.00), 25 people, largest clear loss in one year: −5.00 points in 2022 (95%, all years "
        "together: −5.00 to −5.00); “The old retirement ages”, −1.00 ");
    assert_found(ECH_LANG_EN, ECH_FINDING_LOSSES,
                 ". The vacancy rate of leading posts is clearly worse with “Promotion only from "
                 "the reserve "
                 "lists”, +0.90 points");
    assert_found(
        ECH_LANG_EN, ECH_FINDING_LOSSES,
        "; clear losses of less than one post: 3 (“The old retirement ages”, “Rotation after "
        "five years”, “Recruit to the gap”). Leaders");
    assert_found(ECH_LANG_ZH, ECH_FINDING_LOSSES,
                 "；另有3项明显变差，但不足1个职位（“沿用原退休年龄”、");
    assert_found(
        ECH_LANG_ZH, ECH_FINDING_LOSSES,
        "使后备满足率明显变差的有“52岁退出领导岗位”，−5.00个百分点（95%区间−5.00至"
        "−5.00），合25人，单年最大明显损失：2022年−5.00个百分点（各年联合95%区间−5.00至−5.00）；");
    fake.effect = 0;
    assert_found(ECH_LANG_EN, ECH_FINDING_LOSSES,
                 "no policy clearly worsens the reserve in the mean, nor in any year");
    assert_found(ECH_LANG_ZH, ECH_FINDING_LOSSES,
                 "没有政策使后备满足率的均值明显变差，任何一年也没有");
}

/* What leaves 63 posts vacant in year 3 and nothing from year 6 on. */
static void test_early_damage_is_told(void **state)
{
    assert_not_found(ECH_FINDING_LOSSES, "“Eight years of service, strictly kept”");
    fake.early_loss = 63;
    assert_found(
        ECH_LANG_EN, ECH_FINDING_LOSSES,
        ". What the mean hides: in single years the vacancy rate of leading posts is clearly "
        "worse with “Eight years of service, strictly kept”, +15.");
    assert_found(ECH_LANG_EN, ECH_FINDING_LOSSES, " points in 2022 (95%, all years together: +1");
    assert_found(ECH_LANG_EN, ECH_FINDING_LOSSES, "), 63 posts");
    assert_found(
        ECH_LANG_ZH, ECH_FINDING_LOSSES,
        "均值看不出、但个别年份使领导职位空缺率明显变差的有“服务期八年并从严执行”，2022年+15.");
}

/* Where every policy is a clear loss none of them comes closest. */
static void test_a_clear_loss_is_never_closest(void **state)
{
    struct ech_findings findings;
    fake.n_scenarios = 16;
    fake.constant = true;
    fake.effect = -1; /* the gains of all others become losses */
    compose(ECH_LANG_EN, &findings);
    const char *text = ech_text_string(&findings.text[ECH_FINDING_POLICIES]);
    const char *closest = strstr(text, "closest: ");
    assert_true(!closest || !strstr(closest, "points (95%: −"));
    ech_findings_free(&findings);
    fake.n_scenarios = 2; /* the bond alone, now a loss */
    assert_found(ECH_LANG_EN, ECH_FINDING_POLICIES, "no policy improves the reserve;");
    assert_found(ECH_LANG_ZH, ECH_FINDING_POLICIES, "没有政策改善后备满足率；");
    assert_found(ECH_LANG_EN, ECH_FINDING_LOSSES, "the reserve is clearly worse with “Eight years");
}

static void assert_tells(int baseline, enum ech_lang lang, enum ech_finding which,
                         const char *words)
{
    struct ech_findings findings;
    struct ech_error error = {0};
    assert_int_equal(ech_findings_compose(&fake, baseline, lang, &findings, &error), ECH_OK);
    assert_memory_equal(ech_text_string(&findings.text[which]), words, strlen(words));
    ech_findings_free(&findings);
    ech_error_free(&error);
}

static void test_only_the_baseline_is_called_no_change(void **state)
{
    fake.constant = true;
    assert_tells(0, ECH_LANG_EN, ECH_FINDING_VACANT, "If nothing changes, 8.9 of 418 leading");
    assert_tells(0, ECH_LANG_ZH, ECH_FINDING_VACANT,
                 "维持现状，2034年418个领导职位中平均空缺8.9个");
    assert_tells(
        1, ECH_LANG_EN, ECH_FINDING_VACANT,
        "“Eight years of service, strictly kept”: 8.7 of 418 leading posts are vacant on average");
    assert_tells(1, ECH_LANG_ZH, ECH_FINDING_VACANT,
                 "“服务期八年并从严执行”情景下，2034年418个领导职位中平均空缺8.7个");
}

static void test_without_a_policy_one_sentence_is_enough(void **state)
{
    fake.n_scenarios = 1;
    struct ech_findings findings;
    compose(ECH_LANG_EN, &findings);
    assert_string_equal(ech_text_string(&findings.text[ECH_FINDING_POLICIES]),
                        "With one scenario there is no policy to compare.");
    ech_findings_free(&findings);
}

static void test_small_and_empty_counties_are_told_as_they_are(void **state)
{
    fake.n_scenarios = 1;
    fake.n_posts = 1;
    assert_found(ECH_LANG_EN, ECH_FINDING_VACANT,
                 "0.6 of 1 leading post is vacant on average in 2034; on average at most 0.3 lack "
                 "a qualified candidate or a free place, the others wait for the procedure.");
    assert_found(ECH_LANG_ZH, ECH_FINDING_VACANT, "最多时平均0.3个，其余为任用程序所致。");
    fake.n_posts = -1;
    assert_tells(0, ECH_LANG_EN, ECH_FINDING_VACANT, "There are no leading posts.");
    assert_tells(0, ECH_LANG_ZH, ECH_FINDING_VACANT, "没有领导职位。");
    assert_tells(0, ECH_LANG_EN, ECH_FINDING_RESERVE, "The reserve rule asks for nobody.");
}

/* Years are named as far as the interval carries: all that are not clearly below the highest. */
static void test_years_are_named_where_another_seed_would_name_them(void **state)
{
    enum { N = 40, YEARS = 9 };
    static const double means[YEARS + 1] = {1, 1, 1, 7, 7.02, 6.98, 1, 1, 1, 1};
    double values[N * (YEARS + 1)];
    struct ech_summary summaries[YEARS + 1];
    struct ech_series series = {N, YEARS, values, summaries};
    struct ech_peak peak;
    struct ech_error error = {0};
    for (int r = 0; r < N; r++) {
        for (int y = 0; y <= YEARS; y++) {
            values[r * (YEARS + 1) + y] = means[y] + fake_noise((unsigned)r, (unsigned)y, 5);
        }
    }
    for (int y = 0; y <= YEARS; y++) {
        double column[N];
        ech_series_column(&series, y, column);
        summaries[y] = ech_summarise(column, N);
    }
    assert_int_equal(ech_series_peak(&series, 0, &peak, &error), ECH_OK);
    assert_int_equal(peak.from, 3);
    assert_int_equal(peak.to, 5);
    assert_true(peak.is_clear);
    assert_string_equal(ech_findings_years(2019 * 12 + 7, &peak, ECH_LANG_EN).s, "2022–2024");
    assert_string_equal(ech_findings_years(2019 * 12 + 7, &peak, ECH_LANG_ZH).s, "2022至2024");
    for (int r = 0; r < N; r++) { /* a dip between them: no span */
        values[r * (YEARS + 1) + 4] -= 3;
    }
    assert_int_equal(ech_series_peak(&series, 0, &peak, &error), ECH_OK);
    assert_false(peak.is_clear);
    series.n_replications = 1; /* one names none */
    for (int y = 0; y <= YEARS; y++) {
        summaries[y] = ech_summarise(&values[y], 1);
    }
    assert_int_equal(ech_series_peak(&series, 0, &peak, &error), ECH_OK);
    assert_false(peak.is_clear);
    assert_true(ech_series_is_above(&(struct ech_summary){.n = 9, .mean = 2, .low = 1.1}, 1));
    assert_false(ech_series_is_above(&(struct ech_summary){.n = 9, .mean = 2, .low = 0.9}, 1));
}

static void test_findings_are_one_line_in_one_language(void **state)
{
    for (int lang = 0; lang < ECH_N_LANGS; lang++) {
        struct ech_findings findings;
        compose((enum ech_lang)lang, &findings);
        for (int f = 0; f < ECH_N_FINDINGS; f++) {
            const char *text = ech_text_string(&findings.text[f]);
            assert_true(findings.text[f].length > 30);
            assert_null(strchr(text, '\n'));
            assert_null(strstr(text, "{"));
            assert_int_equal(has_ideographs(text), lang == ECH_LANG_ZH);
        }
        ech_findings_free(&findings);
    }
    fake.hostile = true; /* titles with line breaks and control characters */
    struct ech_findings findings;
    compose(ECH_LANG_EN, &findings);
    for (const char *at = ech_text_string(&findings.text[ECH_FINDING_POLICIES]); *at; at++) {
        assert_true((unsigned char)*at >= 32);
    }
    ech_findings_free(&findings);
}

/* Whether the headline of a figure in English has these words. */
static bool has_headline(const char *figure, int n_scenarios, const int *scenarios,
                         const char *words)
{
    struct ech_figure_request request = {
        .results = &fake, .n_scenarios = n_scenarios, .scenarios = scenarios};
    struct ech_figure_parts parts;
    struct ech_error error = {0};
    assert_int_equal(ech_figure_for_page(ech_figure_find(figure), &request, &parts, &error),
                     ECH_OK);
    bool has = strstr(ech_text_string(&parts.headline), words);
    print_message("%s%s\n", has ? "has: " : "has not: ", ech_text_string(&parts.headline));
    ech_figure_parts_free(&parts);
    ech_error_free(&error);
    return has;
}

static void assert_headline(const char *figure, int n_scenarios, const int *scenarios,
                            const char *words)
{
    assert_true(has_headline(figure, n_scenarios, scenarios, words));
}

static void assert_no_headline(const char *figure, int n_scenarios, const int *scenarios,
                               const char *words)
{
    assert_false(has_headline(figure, n_scenarios, scenarios, words));
}

static void test_headlines_are_as_strong_as_the_evidence(void **state)
{
    fake.constant = true;
    assert_headline("differences_reserve", 0, NULL,
                    "“Package: places with recruits, bond, allowance” helps the reserve most "
                    "(+4.70 points)");
    assert_headline("differences_vacancy", 0, NULL,
                    "No policy lowers vacancies by as much as one post; closest: ");
    assert_headline("differences_reserve", 0, NULL,
                    "; “Step-down at 52” harms it most (−5.00 points)");
    assert_headline(
        "differences_vacancy", 0, NULL,
        "; “Promotion only from the reserve lists” raises vacancies most (+0.90 points)");
    assert_headline("differences_reserve", 3,
                    (const int[]){0, 1, 9}, /* at least half of the gain */
                    "(+1.20 points); “The old retirement ages” harms it most (−1.00 points)");
    assert_headline("differences_reserve", 3, (const int[]){0, 9, 10}, "(+4.70 points)");
    assert_no_headline("differences_reserve", 3, (const int[]){0, 9, 10}, "harms");
    assert_headline("vacancy_fan", 2, (const int[]){0, 15}, "“Step-down at 52” raises the vacancy");
    assert_headline("vacancy_fan", 2, (const int[]){0, 10}, "lowers the vacancy rate (");
    assert_headline("vacancy_fan", 2, (const int[]){0, 2}, "makes no clear difference");
    assert_headline("vacancy_fan", 2, (const int[]){0, 5}, "“Nobody is transferred in”: 15");
    assert_headline("vacancy_fan", 1, (const int[]){5}, "Vacancies rise from ");
    assert_headline("exits_by_cause", 0, NULL, "; most in 2023: ");
    assert_headline("vacancy_heatmap", 0, NULL, "all of them townships");
    fake = usual;
    fake.effect = 0;
    fake.constant = true;
    assert_headline("differences_reserve", 0, NULL, "No policy clearly helps the reserve");
    assert_headline("vacancy_fan", 0, NULL, "None of 15 policies clearly changes vacancies");
    fake = usual;
    fake.n_replications = 1;
    assert_headline("differences_vacancy", 0, NULL, "No policy clearly lowers the vacancy rate");
    assert_headline("exits_by_cause", 0, NULL, "no year clearly stands out");
    assert_headline("vacancy_heatmap", 0, NULL, "No unit stands out");
    assert_headline("age_pyramid", 0, NULL, "No clear change");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_policies_stand_in_families, use),
        cmocka_unit_test_setup(test_without_the_second_reference_there_is_one_family, use),
        cmocka_unit_test_setup(test_the_window_is_years_6_to_15_or_the_last_two_thirds, use),
        cmocka_unit_test_setup(test_a_verdict_needs_an_interval_without_zero, use),
        cmocka_unit_test_setup(test_effects_are_exact_where_chance_is_off, use),
        cmocka_unit_test_setup(test_halving_the_rule_is_no_gain, use),
        cmocka_unit_test_setup(test_shares_of_the_best_leave_room_for_doing_nothing, use),
        cmocka_unit_test_setup(test_the_reserve_is_told_in_people, use),
        cmocka_unit_test_setup(test_vacancies_of_procedure_are_told_as_such, use),
        cmocka_unit_test_setup(test_a_range_is_told_where_replications_differ, use),
        cmocka_unit_test_setup(test_the_best_policy_is_named_with_its_evidence, use),
        cmocka_unit_test_setup(test_the_best_says_what_it_costs, use),
        cmocka_unit_test_setup(test_who_performs_worse_is_named, use),
        cmocka_unit_test_setup(test_gains_of_leaders_themselves_are_told, use),
        cmocka_unit_test_setup(test_what_is_recommended_says_whom_it_hurts, use),
        cmocka_unit_test_setup(test_costs_are_told_to_be_without_salaries, use),
        cmocka_unit_test_setup(test_a_gain_of_less_than_one_post_is_no_help, use),
        cmocka_unit_test_setup(test_no_clear_difference_is_an_answer, use),
        cmocka_unit_test_setup(test_losses_are_named, use),
        cmocka_unit_test_setup(test_early_damage_is_told, use),
        cmocka_unit_test_setup(test_a_clear_loss_is_never_closest, use),
        cmocka_unit_test_setup(test_only_the_baseline_is_called_no_change, use),
        cmocka_unit_test_setup(test_without_a_policy_one_sentence_is_enough, use),
        cmocka_unit_test_setup(test_small_and_empty_counties_are_told_as_they_are, use),
        cmocka_unit_test_setup(test_years_are_named_where_another_seed_would_name_them, use),
        cmocka_unit_test_setup(test_findings_are_one_line_in_one_language, use),
        cmocka_unit_test_setup(test_headlines_are_as_strong_as_the_evidence, use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
