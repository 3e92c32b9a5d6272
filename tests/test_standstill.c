/* Policies under which promotions stop (input/standstill.c): what is certain to stop them from the start is
   refused, other ways are remarked, and at the bound nothing is said. */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_stops_promotions_is_refused_or_remarked),
        cmocka_unit_test(test_at_the_bound_nothing_is_said),
        cmocka_unit_test(test_what_stops_promotions_later_is_remarked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
