/* Settings that change nothing (input/idle.def): each row is remarked where tests/extremes.def says that
   its process is off, so that it changes no byte, and nothing is remarked where it shows an effect. */
#include "fixture.h"

#include "extremes.h"

static const char *const idle_names[] = {
#define IDLE(name, needs, acts) #name,
#include "input/idle.def"
#undef IDLE
};
enum { N_ROWS = sizeof idle_names / sizeof idle_names[0] };

static bool has_row(const char *path)
{
    const struct ech_param_row *row = ech_param_find(path);
    char name[128];
    snprintf(name, sizeof name, "%s_%s", row->group, row->name);
    for (int i = 0; i < N_ROWS; i++) {
        if (strcmp(idle_names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/** Whether a setting over a policy is said to change nothing, in both languages. */
static bool is_called_idle(const char *policy, const char *path, const char *value)
{
    char text[2000];
    char start[128];
    bool idle = false;
    struct ech_scenario scenario = {0};
    snprintf(start, sizeof start, ": %s: ", path);
    snprintf(text, sizeof text,
             "extends: " ECH_SOURCE_DIR
             "/tests/verify/extremes.yaml\nname: t\npolicy: {%s%s%s: %s}\n",
             policy, policy[0] != '\0' ? ", " : "", path, value);
    load_text(text, &scenario);
    for (int i = 0; i < scenario.n_remarks; i++) {
        const char *const *said = scenario.remarks[i].text;
        idle |= strstr(said[ECH_LANG_EN], start) != NULL &&
                strstr(said[ECH_LANG_EN], "the first changes nothing") != NULL &&
                strstr(said[ECH_LANG_ZH], "前者不起作用") != NULL;
    }
    ech_scenario_free(&scenario);
    return idle;
}

/** The lines whose idle policy goes with the values: without these the values would be refused. */
static void test_a_setting_whose_process_is_off_is_remarked(void **state)
{
    int n_silent = 0;
    for (int i = 0; i < N_EXTREMES; i++) {
        const struct extreme *line = &extremes[i];
        if (line->idle != SWITCH && has_row(line->path) &&
            !is_called_idle(line->idle, line->path, line->to) &&
            !is_called_idle(line->idle, line->path, line->from)) {
            print_error("nothing is said of %s with {%s}\n", line->path, line->idle);
            n_silent++;
        }
    }
    assert_int_equal(n_silent, 0);
}

static void test_a_setting_that_shows_an_effect_is_not_remarked(void **state)
{
    int n_wrong = 0;
    for (int i = 0; i < N_EXTREMES; i++) {
        const struct extreme *line = &extremes[i];
        if (is_called_idle(line->with, line->path, line->from) ||
            is_called_idle(line->with, line->path, line->to)) {
            print_error("%s is called idle with {%s}\n", line->path, line->with);
            n_wrong++;
        }
    }
    assert_int_equal(n_wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_setting_whose_process_is_off_is_remarked),
        cmocka_unit_test(test_a_setting_that_shows_an_effect_is_not_remarked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
