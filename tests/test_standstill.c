/* Policies under which promotions or hiring stop (input/standstill.c, input/scale.c): what is certain to stop
   them from the start is refused, other ways are remarked, and at the bound nothing is said. */
#include "fixture.h"

static const struct {
    const char *policy;
    const char *words;    /* what is said */
    const char *at_bound; /* a policy of which it is not */
    bool refused;
} cases[] = {
    {"eligibility.trained_within: 60",
     "eligibility.trained_within: 60 contradicts training.seats: 0",
     "eligibility.trained_within: 60, training.seats: 1", true},
    {"eligibility.trained_within: 60, selection.nobody: relax",
     "eligibility.trained_within: 60, training.seats: 0: without training nobody",
     "eligibility.trained_within: off, selection.nobody: relax", false},
    {"eligibility.trained_within: 60, selection.scope: outside",
     "eligibility.trained_within: 60, training.seats: 0: without training nobody",
     "training.seats: 0, selection.scope: outside", false},
    {"eligibility.trained_within: 60, training.appointees: true",
     "eligibility.trained_within: 60, training.seats: 0: only whoever has been promoted is trained",
     "eligibility.trained_within: 60, training.appointees: true, training.seats: 1", false},
    {"eligibility.exam_pass: 0",
     "eligibility.exam_pass: 0, selection.nobody: wait: nobody ever passes",
     "eligibility.exam_pass: 0.001", false},
    {"appointments.most: 0",
     "appointments.most: 0, selection.nobody: wait: nobody is ever nominated",
     "appointments.most: 1", false},
    {"eligibility.min_rating: excellent, assessment.held: true, assessment.excellent: 0",
     "eligibility.min_rating: excellent contradicts assessment.excellent: 0",
     "eligibility.min_rating: excellent, assessment.held: true, assessment.excellent: 0, "
     "assessment.top_units: 0.1",
     true},
    {"eligibility.min_rating: excellent, assessment.held: true, assessment.excellent: 0, "
     "selection.nobody: outside",
     "eligibility.min_rating: excellent, assessment.excellent: 0: nobody is ever rated so high",
     "eligibility.min_rating: excellent, assessment.held: true, selection.nobody: outside", false},
    {"eligibility.min_rating: competent, assessment.held: true, assessment.basic: 0.7, "
     "assessment.incompetent: 0.3",
     "eligibility.min_rating: competent contradicts assessment.basic: 0.7",
     "eligibility.min_rating: competent, assessment.held: true, assessment.basic: 0.7, "
     "assessment.incompetent: 0.29",
     true},
    {"reserve.min_rating: excellent, assessment.held: true, assessment.excellent: 0, "
     "reserve.use: required",
     "reserve.min_rating: excellent contradicts assessment.excellent: 0",
     "reserve.min_rating: excellent, assessment.held: true, assessment.excellent: 0", true},
    {"reserve.min_rating: competent, assessment.held: true, assessment.basic: 1, "
     "assessment.incompetent: 0, reserve.use: required",
     "reserve.min_rating: competent contradicts assessment.basic: 1",
     "reserve.min_rating: basic, assessment.held: true, assessment.basic: 1, "
     "assessment.incompetent: 0, reserve.use: required",
     true},
    /* recruits of 22 have the level time at 36, people transferred in at 28 - 4 + 14 = 38 */
    {"eligibility.min_level_time: 168, reserve.within: 0, reserve.max_age: 35, "
     "reserve.use: required",
     "reserve.use: required, reserve.max_age: 35: only the listed may be promoted",
     "eligibility.min_level_time: 168, reserve.within: 0, reserve.max_age: 36, "
     "reserve.use: required",
     false},
    {"eligibility.min_level_time: 168, reserve.within: 0, reserve.max_age: 37, "
     "reserve.use: required, hiring.quota: 0",
     "reserve.use: required, reserve.max_age: 37: only the listed may be promoted",
     "eligibility.min_level_time: 168, reserve.within: 0, reserve.max_age: 38, "
     "reserve.use: required, hiring.quota: 0",
     false},
    {"eligibility.min_level_time: 216, eligibility.max_age: 40",
     "entry.age_min: 28, eligibility.max_age: 40: neither recruits nor people transferred in",
     "eligibility.min_level_time: 215, eligibility.max_age: 40", false},
    /* somebody of middle age among recruits is 26 years and 5 months, and has the time two years later */
    {"eligibility.max_age: 28", "hiring.age_max: 30, eligibility.max_age: 28: most who come",
     "eligibility.max_age: 29", false},
    {"reserve.max_age: 27, reserve.use: required",
     "reserve.use: required, reserve.max_age: 27: only the listed may be promoted, and most",
     "reserve.max_age: 28, reserve.use: required", false},
    /* as recruits of 22 have it at 26: to be near it in time for a list is not enough */
    {"reserve.max_age: 25, reserve.use: required, eligibility.min_level_time: 48",
     "reserve.use: required, reserve.max_age: 25: only the listed may be promoted, and everybody",
     "reserve.max_age: 26, reserve.use: required, eligibility.min_level_time: 48", false},
    {"eligibility.education: postgraduate, hiring.postgraduate: 0.19",
     "eligibility.education: postgraduate, hiring.postgraduate: 0.19: fewer than one in five",
     "eligibility.education: postgraduate, hiring.postgraduate: 0.2", false},
    {"eligibility.base_time: 61",
     "eligibility.base_time: 61, background.base_time: 60: what people bring along",
     "eligibility.base_time: 60", false},
    {"eligibility.trained_within: 1, training.seats: 300",
     "eligibility.trained_within: 1, procedure.months: 2: a training has lapsed",
     "eligibility.trained_within: 2, training.seats: 300", false},
    {"reserve.use: required, reserve.chief_ratio: 0",
     "reserve.use: required, reserve.chief_ratio: 0: only the listed may be appointed",
     "reserve.use: preferred, reserve.chief_ratio: 0", false},
    {"reserve.use: required, reserve.deputy_ratio: 0",
     "reserve.use: required, reserve.deputy_ratio: 0: only the listed may be appointed",
     "reserve.use: required, reserve.deputy_ratio: 0.01", false},
    {"reserve.use: required, reserve.dropout: {monthly: 1}",
     "reserve.use: required contradicts reserve.dropout: {monthly: 1}",
     "reserve.use: preferred, reserve.dropout: {monthly: 1}", true},
    {"reserve.use: required, reserve.dropout: {monthly: 1}, selection.nobody: outside",
     "reserve.use: required, reserve.dropout: {monthly: 1}: only the listed",
     "reserve.use: required, reserve.dropout: {monthly: 0.3}, selection.nobody: outside", false},
    /* e^(-0.6) + e^(-1.2) + ... over twelve months is 1.216, with 7.4 a year 1.172 */
    {"reserve.use: required, reserve.dropout: 7.4",
     "reserve.use: required, reserve.dropout: 7.4: only the listed may be appointed, and in the "
     "mean",
     "reserve.use: required, reserve.dropout: 7.2", false},
    /* two years: a tenth is left at ln(10) / 2 = 1.1513 a year */
    {"exit.resign.rate: 1.152",
     "exit.resign.rate: 1.152, eligibility.min_level_time: 24: fewer than one in ten stays",
     "exit.resign.rate: 1.151", false},
    {"exit.upward.rate: 1.152",
     "exit.upward.rate: 1.152, eligibility.min_level_time: 24: fewer than one in ten stays",
     "exit.upward.rate: 1.152, exit.upward.slots: 5", false},
    {"exit.outward.rate: 1.152",
     "exit.outward.rate: 1.152, eligibility.min_level_time: 24: fewer than one in ten stays",
     "exit.outward.rate: {age: [[240, 1.152]]}", false},
    {"push.up.rate: 1.152",
     "push.up.rate: 1.152, eligibility.min_level_time: 24: fewer than one in ten is still",
     "push.up.rate: 1.151", false},
    /* 9.6 months of a block, and one case in 25 is cleared: ln(10) x 12 / 9.216 = 2.998 */
    {"discipline.rate: 2.999",
     "discipline.rate: 2.999, discipline.block.warning: 6: at any time fewer than one in ten",
     "discipline.rate: 2.997", false},
    {"discipline.rate: 0.1, discipline.cleared: 1",
     "discipline.rate: 0.1, discipline.cleared: 1: every case ends",
     "discipline.rate: 0, discipline.cleared: 1", false},
    {"hiring.fill_share: 0", "hiring.quota: off, hiring.fill_share: 0: no place is ever",
     "hiring.fill_share: 0.01", false},
    {"hiring.fill_share: 0.24", "hiring.quota: off, hiring.fill_share: 0.24: a unit's plan",
     "hiring.fill_share: 0.25", false},
    /* three applicants or more of a Poisson number: 0.0996 of the places, with 1.2 in the mean 0.1205 */
    {"hiring.applicants: 1.1",
     "hiring.applicants: 1.1, hiring.ratio_needed: 3: fewer than one plan in ten",
     "hiring.applicants: 1.2", false},
    {"convert.quota: 5, convert.share: 0",
     "convert.quota: 5, convert.share: 0: no place is open to institution staff",
     "convert.quota: 5, convert.share: 0.1", false},
    {"rotation.shuffle_every: 1", "rotation.shuffle_every: 1, selection.nobody: wait: the rotation",
     "rotation.shuffle_every: 2", false},
    /* a run of a year */
    {"procedure.months: 13", "procedure.months: 13, years: 1: whoever is nominated",
     "procedure.months: 12", false},
    {"procedure.months: 15, procedure.shape: uniform, procedure.spread: 2",
     "procedure.months: 15, years: 1: whoever is nominated",
     "procedure.months: 15, procedure.shape: uniform, procedure.spread: 3", false},
    {"procedure.per_level: 11", "procedure.per_level: 11, years: 1: whoever is nominated above",
     "procedure.per_level: 10", false},
    {"eligibility.hidden_posts: 3, lateral.min_tenure: 13",
     "eligibility.hidden_posts: 3, lateral.min_tenure: 13: nobody can come",
     "eligibility.hidden_posts: 3, lateral.min_tenure: 12", false},
    {"rotation.shuffle_every: 13", "rotation.shuffle_every: 13, years: 1: the first rotation",
     "rotation.shuffle_every: 12", false},
    {"reserve.renew_every: 13, reserve.use: required",
     "reserve.renew_every: 13, years: 1: only the listed",
     "reserve.renew_every: 12, reserve.use: required", false},
    /* from August to the exam of April are eight months */
    {"hiring.report_after: 5", "hiring.report_after: 5, years: 1: the recruits",
     "hiring.report_after: 4", false},
    {"term.first: 2010-09", "term.first: 2010-09, years: 1: no change of terms",
     "term.first: 2010-08", false},
    /* 418 leaders, 305 others: of 50 seats 21.1 are theirs, and 20.9 is one for twenty posts */
    {"eligibility.trained_within: 60, training.seats: 49",
     "eligibility.trained_within: 60, training.seats: 49: of those below the leading posts",
     "eligibility.trained_within: 60, training.seats: 50", false},
    {"eligibility.trained_within: 60, training.seats: 100, training.priority: leaders",
     "eligibility.trained_within: 60, training.seats: 100: of those below the leading posts",
     "eligibility.trained_within: 60, training.seats: 105, training.priority: leaders", false},
    /* 418 posts: 24 nominations are fewer than one for fifteen, which is 27.9, and 36 are not */
    {"appointments.most: 2", "appointments.most: 2, selection.nobody: wait: fewer are nominated",
     "appointments.most: 3", false},
    {"selected.quota: off", "selected.quota: off, hiring.quota: off: selected graduates go first",
     "selected.quota: 300", false},
    {"hiring.quota: 0, entry.transfer_in: 0",
     "entry.transfer_in: 0, hiring.quota: 0: nobody ever comes",
     "hiring.quota: 0, entry.transfer_in: 0.01", false},
};
enum { N_CASES = sizeof cases / sizeof cases[0] };

/** What loading a policy over the defaults of the table says in a language; the caller frees it. */
static char *said_of(const char *policy, enum ech_lang lang, enum ech_status *status)
{
    char path[] = "/tmp/echelon-test-XXXXXX";
    struct ech_scenario scenario = {0};
    struct ech_error error = {0};
    char *said = calloc(1, 20000);
    FILE *file = fdopen(mkstemp(path), "w");
    fprintf(file, "extends: " BARE_COUNTY "\nname: t\nyears: 1\npolicy: {%s}\n", policy);
    fclose(file);
    *status = ech_scenario_load(path, NULL, &scenario, &error);
    unlink(path);
    for (int i = 0; i < scenario.n_remarks; i++) {
        strncat(said, scenario.remarks[i].text[lang], 1000);
    }
    for (int i = 0; i < error.n_problems; i++) {
        char text[1000];
        ech_error_text(&error.problems[i], lang, text, sizeof text);
        strncat(said, text, 1000);
    }
    ech_error_free(&error);
    ech_scenario_free(&scenario);
    return said;
}

static void assert_said(const char *policy, const char *words, bool refused)
{
    enum ech_status status;
    char *en = said_of(policy, ECH_LANG_EN, &status);
    char *zh = said_of(policy, ECH_LANG_ZH, &status);
    if (strstr(en, words) == NULL) {
        fail_msg("nothing is said of {%s}, but: %s", policy, en);
    }
    assert_int_equal(status, refused ? ECH_USAGE : ECH_OK);
    assert_null(strstr(zh, "promoted"));
    assert_null(strstr(zh, " the "));
    assert_non_null(strstr(zh, "："));
    free(en);
    free(zh);
}

static void test_what_stops_promotions_is_refused_or_remarked(void **state)
{
    for (int i = 0; i < N_CASES; i++) {
        assert_said(cases[i].policy, cases[i].words, cases[i].refused);
    }
}

static void test_at_the_bound_nothing_is_said(void **state)
{
    for (int i = 0; i < N_CASES; i++) {
        enum ech_status status;
        char *said = said_of(cases[i].at_bound, ECH_LANG_EN, &status);
        assert_int_equal(status, ECH_OK);
        assert_null(strstr(said, cases[i].words));
        free(said);
    }
}

/* What a later change ends is remarked: whoever has been trained until then may still rise. */
static void test_what_stops_promotions_later_is_remarked(void **state)
{
    assert_said("eligibility.trained_within: 60, training.seats: 300}\n"
                "changes: [{from: 2020-01, policy: {training.seats: 0}}]\nby_level: {section: "
                "{procedure.months: 2}",
                "eligibility.trained_within: 60, training.seats: 0: without training nobody",
                false);
}

static void test_a_run_of_no_month_is_remarked(void **state)
{
    struct ech_scenario scenario = {0};
    load_text("extends: " BARE_COUNTY "\nname: t\nyears: 0\npolicy: {procedure.months: 12}\n",
              &scenario);
    assert_int_equal(scenario.n_remarks, 1);
    assert_non_null(strstr(scenario.remarks[0].text[ECH_LANG_EN], "years: 0: no month"));
    assert_non_null(strstr(scenario.remarks[0].text[ECH_LANG_ZH], "years: 0：不模拟"));
    ech_scenario_free(&scenario);
}

/** Whether a remark of a run of so many months has the words, in English. */
static bool is_said_in(int months, const char *policy, const char *words)
{
    char text[500];
    struct ech_scenario scenario = {0};
    bool said = false;
    snprintf(text, sizeof text, "extends: " BARE_COUNTY "\nname: t\nmonths: %d\npolicy: {%s}\n",
             months, policy);
    load_text(text, &scenario);
    for (int i = 0; i < scenario.n_remarks; i++) {
        said |= strstr(scenario.remarks[i].text[ECH_LANG_EN], words) != NULL;
    }
    ech_scenario_free(&scenario);
    return said;
}

/* The procedure of two months, and 22 or 21 more for the higher level: two years are long. */
static void test_a_procedure_of_most_of_the_run_is_remarked(void **state)
{
    const char *words = "takes more than half of the run";
    assert_true(is_said_in(47, "procedure.per_level: 22", words));
    assert_false(is_said_in(48, "procedure.per_level: 22", words));
    assert_false(is_said_in(40, "procedure.per_level: 21", words));
    assert_false(is_said_in(23, "procedure.per_level: 22", words)); /* that nobody comes, is said */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_stops_promotions_is_refused_or_remarked),
        cmocka_unit_test(test_at_the_bound_nothing_is_said),
        cmocka_unit_test(test_what_stops_promotions_later_is_remarked),
        cmocka_unit_test(test_a_run_of_no_month_is_remarked),
        cmocka_unit_test(test_a_procedure_of_most_of_the_run_is_remarked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
