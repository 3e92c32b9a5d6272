/* Two rules that cannot both have their way (input/precedence.c): check names both with their values and
   says what goes first, from the bound on where they meet, and not before; what nobody can keep is
   refused (test_input_bad.c). */
#include "fixture.h"

/** A policy just beyond the bound, what is said of it, and the policy at the bound. */
static const struct {
    const char *beyond;
    const char *words;
    const char *at_bound;
} cases[] = {
    {"stepdown.age: 53, term.age: 53", "stepdown.age: 53, term.age: 53: stepping down goes first",
     "stepdown.age: 53, term.age: 52"},
    {"rotation.max_tenure: 95", "rotation.max_tenure: 95, term.most: 2: rotation goes first",
     "rotation.max_tenure: 96"},
    {"rotation.max_tenure: 119, term.counts_from: 60", "rotation.max_tenure: 119, term.most: 2",
     "rotation.max_tenure: 119, term.counts_from: 59"},
    {"rotation.min_tenure: 97", "term.most: 2, rotation.min_tenure: 97: the limit of terms goes",
     "rotation.min_tenure: 96"},
    {"rotation.min_tenure: 97", "term.most: 2, rotation.min_tenure: 97",
     "rotation.min_tenure: 97, term.limited: leave"},
    {"term.rotation_share: 0.21", "term.rotation_share: 0.21, rotation.share_cap: 0.2: the change",
     "term.rotation_share: 0.2"},
    {"rotation.min_tenure: 0, rotation.max_tenure: 59",
     "rotation.max_tenure: 59, rotation.share_cap: 0.2: the cap of the year goes first",
     "rotation.min_tenure: 0, rotation.max_tenure: 60"},
    {"springboard.months: 59", "springboard.months: 59, rotation.min_tenure: 60: the springboard",
     "springboard.months: 60"},
    {"springboard.months: 121", "rotation.max_tenure: 120, springboard.months: 121: the longest",
     "springboard.months: 120"},
    {"lateral.min_tenure: 121", "rotation.max_tenure: 120, lateral.min_tenure: 121: rotation goes",
     "lateral.min_tenure: 120"},
    {"conflict.rate: 0.01", "conflict.rate: 0.01, rotation.chiefs_apart: 12: a conflict goes first",
     "conflict.rate: 0"},
    {"conflict.rate: 0.01", "conflict.rate: 0.01, rotation.chiefs_apart: 12",
     "conflict.rate: 0.01, rotation.chiefs_apart: 0"},
    {"reserve.max_time: 11", "reserve.max_time: 11, reserve.renew_every: 12: the longest time goes",
     "reserve.max_time: 12"},
    {"reserve.max_time: 36, reserve.expectation: 2",
     "reserve.max_time: 36, reserve.patience: 36: the longest time goes first",
     "reserve.max_time: 37, reserve.expectation: 2"},
    {"reserve.women_share: 0.5, reserve.nonparty_share: 0.2, reserve.young_share: 0.31",
     "reserve.women_share: 0.5, reserve.young_share: 0.31: together with reserve.nonparty_share",
     "reserve.women_share: 0.5, reserve.nonparty_share: 0.2, reserve.young_share: 0.3"},
    {"selection.nobody: relax, exception.most: 0",
     "selection.nobody: relax, exception.most: 0: the cap goes first",
     "selection.nobody: relax, exception.most: 1"},
    {"selection.nobody: relax, exception.min_level_time: 24",
     "exception.min_level_time: 24, eligibility.min_level_time: 24: the time of exceptions",
     "selection.nobody: relax, exception.min_level_time: 23"},
    {"procedure.shape: uniform, procedure.spread: 3",
     "procedure.spread: 3, procedure.months: 2: the mean goes first",
     "procedure.shape: uniform, procedure.spread: 2"},
    {"hiring.cost: 2385, hiring.budget: 2384",
     "hiring.budget: 2384, hiring.cost: 2385: the budget goes first",
     "hiring.cost: 2385, hiring.budget: 2385"},
    {"hiring.quota: 9, selected.within_quota: true, selected.quota: 9.5",
     "selected.quota: 9.5, hiring.quota: 9: the quota of recruits goes first",
     "hiring.quota: 9, selected.within_quota: true, selected.quota: 9"},
    {"convert.quota: 3, convert.service: 156",
     "convert.service: 156, convert.max_age: 35: the age goes first",
     "convert.quota: 3, convert.service: 155"},
    {"grade.rule: years, grade.highest: 3, grade.of_level: 4",
     "grade.of_level: 4, grade.highest: 3: the level goes first",
     "grade.rule: years, grade.highest: 4, grade.of_level: 4"},
    {"grade.rule: years, grade.highest: 4, grade.entry_bachelor: 5",
     "grade.entry_bachelor: 5, grade.highest: 4: the beginning goes first",
     "grade.rule: years, grade.highest: 5, grade.entry_bachelor: 5"},
    {"grade.rule: years, grade.highest: 4, grade.entry_college: 5",
     "grade.entry_college: 5, grade.highest: 4: the beginning goes first",
     "grade.rule: off, grade.highest: 4, grade.entry_college: 5"},
    {"grade.rule: years, grade.highest: 6, grade.entry_postgraduate: 7",
     "grade.entry_postgraduate: 7, grade.highest: 6: the beginning goes first",
     "grade.rule: years, grade.highest: 7, grade.entry_postgraduate: 7"},
    {"grade.rule: years, grade.highest: 3",
     "grade.past_highest: 4, grade.highest: 3: the beginning goes first",
     "grade.rule: years, grade.highest: 4"},
    /* departments have no terms */
    {"hiring.min_service: 60}\nby_type: {township: {rotation.max_tenure: 60}",
     "rotation.max_tenure: 60, term.most: 2: rotation goes first",
     "hiring.min_service: 60}\nby_type: {department: {rotation.max_tenure: 60}"},
};
enum { N_CASES = sizeof cases / sizeof cases[0] };

/** The remark of a baseline with a policy that holds the words; NULL: none. */
static const struct ech_words *find_remark(struct ech_scenario *scenario, const char *policy,
                                           const char *words)
{
    char text[600];
    snprintf(text, sizeof text, "extends: " BASELINE "\nname: beyond\nyears: 1\npolicy: {%s}\n",
             policy);
    load_text(text, scenario);
    for (int i = 0; i < scenario->n_remarks; i++) {
        if (strstr(scenario->remarks[i].text[ECH_LANG_EN], words) != NULL) {
            return &scenario->remarks[i];
        }
    }
    return NULL;
}

static void test_what_goes_first_is_said_where_two_rules_meet(void **state)
{
    for (int i = 0; i < N_CASES; i++) {
        struct ech_scenario scenario = {0};
        const struct ech_words *remark = find_remark(&scenario, cases[i].beyond, cases[i].words);
        if (remark == NULL) {
            fail_msg("nothing is said of {%s}", cases[i].beyond);
        }
        const char *zh = remark->text[ECH_LANG_ZH];
        assert_true(strstr(zh, "：以") != NULL || strstr(zh, "：与") != NULL);
        ech_scenario_free(&scenario);
    }
}

/** Whether a remark is of the two parameters that the words begin with, whatever their values. */
static bool is_of_pair(const char *said, const char *words)
{
    size_t first = strcspn(words, ":");
    const char *second = strstr(words, ", ") + 2;
    const char *other = strstr(said, ", ");
    return strncmp(said, words, first + 1) == 0 && other != NULL &&
           strncmp(other + 2, second, strcspn(second, ":") + 1) == 0;
}

static void test_rules_that_do_not_meet_are_not_remarked(void **state)
{
    for (int i = 0; i < N_CASES; i++) {
        struct ech_scenario scenario = {0};
        assert_null(find_remark(&scenario, cases[i].at_bound, cases[i].words));
        for (int r = 0; r < scenario.n_remarks; r++) {
            const char *said = scenario.remarks[r].text[ECH_LANG_EN];
            if (is_of_pair(said, cases[i].words)) {
                fail_msg("{%s}: %s", cases[i].at_bound, said);
            }
        }
        ech_scenario_free(&scenario);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_goes_first_is_said_where_two_rules_meet),
        cmocka_unit_test(test_rules_that_do_not_meet_are_not_remarked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
