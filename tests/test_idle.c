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

/** Lines with a policy that switches them off, and why no row says so. */
static const struct {
    const char *path;
    const char *why;
} unremarked[] = {
    {"exit.ratio.remote", "it tells who wants to leave, too"},
    {"exit.ratio.outsider", "it tells who wants to leave, too"},
    {"exit.ratio.young", "it tells who wants to leave, too"},
    {"exit.ratio.load", "it tells who wants to leave, too"},
    {"exit.ratio.accountability", "it tells who wants to leave, too"},
    {"exit.ratio.stagnation", "it tells who wants to leave, too"},
    {"taste.sigma", "it tells who wants to leave, too"},
    {"exit.centre.remote", "the centres are fitted together"},
    {"exit.centre.pay_gap", "the centres are fitted together"},
    {"exit.centre.outsider", "the centres are fitted together"},
    {"exit.centre.young", "the centres are fitted together"},
    {"exit.centre.load", "the centres are fitted together"},
    {"exit.centre.accountability", "the centres are fitted together"},
    {"exit.centre.stagnation", "the centres are fitted together"},
    {"exit.centre.strain", "the centres are fitted together"},
    {"bond.enforcement", "exam windows and wishes ask for it, too"},
    {"hiring.age_min", "recruitment by plan asks for it, too"},
    {"hiring.age_max", "recruitment by plan asks for it, too"},
    {"hiring.women", "recruitment by plan asks for it, too"},
    {"hiring.postgraduate", "whoever comes has it"},
    {"hiring.bachelor", "whoever comes has it"},
    {"hiring.nonparty", "whoever comes has it"},
    {"hiring.outsiders", "whoever comes has it"},
    {"supervision.audits", "audits are paid for whatever they prevent"},
    {"supervision.talks", "talks are paid for whatever they prevent"},
};
enum { N_UNREMARKED = sizeof unremarked / sizeof unremarked[0] };

static bool is_unremarked(const char *path)
{
    for (int i = 0; i < N_UNREMARKED; i++) {
        if (strcmp(unremarked[i].path, path) == 0) {
            return true;
        }
    }
    return false;
}

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

/** What can be idle has a row, or a reason to have none. */
static void test_each_setting_that_can_be_idle_has_a_row(void **state)
{
    int n_wrong = 0;
    for (int i = 0; i < N_EXTREMES; i++) {
        const struct extreme *line = &extremes[i];
        bool said = has_row(line->path);
        if ((line->idle != SWITCH && !said && !is_unremarked(line->path)) ||
            (said && is_unremarked(line->path))) {
            print_error("%s: %s\n", line->path, said ? "has a row and a reason" : "has no row");
            n_wrong++;
        }
    }
    assert_int_equal(n_wrong, 0);
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

/* Rows of parameters whose line switches something on, or stands elsewhere. */
static const struct {
    const char *policy;
    const char *path;
    const char *from; /* the default */
    const char *to;
} others[] = {
    {"selection.rule: lottery", "selection.side", "both", "economic"},
    {"selection.rule: lottery", "reserve.growth", "0", "1"},
    {"selection.rule: lottery, selection.women_first: true", "selection.equal_band", "0.25", "5"},
    {NO_LISTS, "reserve.dropout", "0", "12"},
    {"procedure.months: 0", "procedure.shape", "constant", "geometric"},
    {"bond.enforcement: 0, bond.pent_up: 1", "hiring.min_service", "60", "120"},
    {"bond.enforcement: 0, bond.pent_up: 1, selected.quota: 20", "selected.min_service", "60",
     "120"},
    {"", "merit.correlation", "0.4", "0"},
    {"", "strain.feedback", "true", "false"},
};

static struct table run_with_value(const char *policy, const char *path, const char *value)
{
    char text[500];
    snprintf(text, sizeof text, "%s%s%s: %s", policy, policy[0] != '\0' ? ", " : "", path, value);
    return run_policy(text, NULL, NULL);
}

static void test_other_settings_whose_process_is_off_change_nothing_and_are_remarked(void **state)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct table from = run_with_value(others[i].policy, others[i].path, others[i].from);
        struct table to = run_with_value(others[i].policy, others[i].path, others[i].to);
        if (!is_called_idle(others[i].policy, others[i].path, others[i].to) ||
            is_called_idle(others[i].policy, others[i].path, others[i].from)) {
            fail_msg("%s is not called idle with {%s}", others[i].path, others[i].policy);
        }
        assert_memory_equal(from.output.county, to.output.county,
                            county_size(&from) * sizeof *from.output.county);
        assert_memory_equal(from.output.unit, to.output.unit,
                            unit_size(&from) * sizeof *from.output.unit);
        free_table(&from);
        free_table(&to);
    }
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
        cmocka_unit_test(test_each_setting_that_can_be_idle_has_a_row),
        cmocka_unit_test(test_a_setting_whose_process_is_off_is_remarked),
        cmocka_unit_test(test_other_settings_whose_process_is_off_change_nothing_and_are_remarked),
        cmocka_unit_test(test_a_setting_that_shows_an_effect_is_not_remarked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
