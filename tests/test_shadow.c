/* Settings that hold nowhere because narrower ones stand over them everywhere (input/shadow.c). */
#include "fixture.h"

#define HEAD "\nname: t\nyears: 1\n"
#define BY_LEVEL                                                                                   \
    "by_level: {deputy_section: {lateral.min_tenure: 30}, section: {lateral.min_tenure: 31}}\n"

static const struct {
    const char *text;
    const char *said; /* NULL: nothing */
} cases[] = {
    /* the baseline says it of both levels that have posts */
    {"extends: " BASELINE HEAD "policy: {eligibility.min_level_time: 24}\n",
     "eligibility.min_level_time: 24 changes nothing"},
    {"extends: " BASELINE HEAD
     "changes: [{from: 2020-01, policy: {eligibility.min_level_time: 24}}]\n",
     "eligibility.min_level_time: 24 changes nothing"},
    {"extends: " BASELINE HEAD "by_level: {section: {eligibility.min_level_time: 24}}\n", NULL},
    /* of one alone; who holds no post is bound by it */
    {"extends: " BASELINE HEAD "policy: {rotation.max_tenure: 100}\n", NULL},
    {"extends: " BASELINE HEAD "policy: {grade.of_level: 1}\n", NULL},
    {"extends: " BARE_COUNTY HEAD "policy: {lateral.min_tenure: 12}\n" BY_LEVEL,
     "lateral.min_tenure: 12 changes nothing"},
    {"extends: " BARE_COUNTY HEAD BY_LEVEL, NULL},
};

static int n_said(const char *text, const char *words)
{
    struct ech_scenario scenario = {0};
    int n = 0;
    load_text(text, &scenario);
    for (int i = 0; i < scenario.n_remarks; i++) {
        const char *const *said = scenario.remarks[i].text;
        if (strstr(said[ECH_LANG_EN], words) != NULL) {
            assert_non_null(strstr(said[ECH_LANG_EN], "narrower settings stand over it"));
            assert_non_null(strstr(said[ECH_LANG_ZH], "处处另有范围更窄的设置"));
            n++;
        }
    }
    ech_scenario_free(&scenario);
    return n;
}

static void test_what_holds_nowhere_is_remarked(void **state)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool silent = cases[i].said == NULL;
        assert_int_equal(n_said(cases[i].text, silent ? "narrower settings" : cases[i].said),
                         silent ? 0 : 1);
    }
}

/* What a later file says more narrowly is meant. */
static void test_a_narrower_setting_of_a_later_file_is_no_oversight(void **state)
{
    char path[] = "/tmp/echelon-test-XXXXXX";
    char text[500];
    FILE *file = fdopen(mkstemp(path), "w");
    fputs("extends: " BARE_COUNTY HEAD "policy: {lateral.min_tenure: 12}\n", file);
    fclose(file);
    snprintf(text, sizeof text, "extends: %s\nname: over\n" BY_LEVEL, path);
    assert_int_equal(n_said(text, "narrower settings"), 0);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_holds_nowhere_is_remarked),
        cmocka_unit_test(test_a_narrower_setting_of_a_later_file_is_no_oversight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
