/* Settings that change nothing (input/idle.def): each row is remarked where tests/extremes.def says that
   its process is off, so that it changes no byte, and nothing is remarked where it shows an effect. Those
   that cost money nevertheless change what is spent and no other byte. */
#include "fixture.h"

#include "extremes.h"

static const char *const idle_names[] = {
#define IDLE(name, needs, acts) #name,
#define COSTS(name, needs, acts)
#include "input/idle.def"
#undef IDLE
#undef COSTS
};
enum { N_ROWS = sizeof idle_names / sizeof idle_names[0] };

/** Rows of what costs money, and what they name as off. */
static const struct {
    enum ech_param_id id, needs;
} costs[] = {
#define IDLE(name, needs, acts)
#define COSTS(name, needs, acts) {ECH_PARAM_ID_##name, ECH_PARAM_ID_##needs},
#include "input/idle.def"
#undef IDLE
#undef COSTS
};
enum { N_COSTS = sizeof costs / sizeof costs[0] };

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

/** Whether a remark on a setting over a policy begins like this and has the words of its language. */
static bool is_remarked(const char *policy, const char *path, const char *value, const char *start,
                        const char *const words[ECH_N_LANGS])
{
    char text[2000];
    bool idle = false;
    struct ech_scenario scenario = {0};
    snprintf(text, sizeof text,
             "extends: " ECH_SOURCE_DIR
             "/tests/verify/extremes.yaml\nname: t\npolicy: {%s%s%s: %s}\n",
             policy, policy[0] != '\0' ? ", " : "", path, value);
    load_text(text, &scenario);
    for (int i = 0; i < scenario.n_remarks; i++) {
        const char *const *said = scenario.remarks[i].text;
        idle |= strstr(said[ECH_LANG_EN], start) != NULL &&
                strstr(said[ECH_LANG_EN], words[ECH_LANG_EN]) != NULL &&
                strstr(said[ECH_LANG_ZH], words[ECH_LANG_ZH]) != NULL;
    }
    ech_scenario_free(&scenario);
    return idle;
}

/** Whether a setting over a policy is said to change nothing. */
static bool is_called_idle(const char *policy, const char *path, const char *value)
{
    static const char *const words[ECH_N_LANGS] = {
        [ECH_LANG_EN] = "the first changes nothing", [ECH_LANG_ZH] = "前者不起作用"};
    char start[128];
    snprintf(start, sizeof start, ": %s: ", path);
    return is_remarked(policy, path, value, start, words);
}

/** Whether it is said to cost money and change nothing as `needs` is off. */
static bool is_called_vain(const char *policy, const char *path, const char *value,
                           const char *needs)
{
    static const char *const words[ECH_N_LANGS] = {
        [ECH_LANG_EN] = ": the first costs money and changes nothing",
        [ECH_LANG_ZH] = "：前者只增加支出，不起其他作用"};
    char start[400];
    snprintf(start, sizeof start, ": %s: %s, %s: ", path, value, needs);
    return is_remarked(policy, path, value, start, words);
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
    {"exit.ratio.outsider: 5, incentive.family_effect: 0", "incentive.family", "0", "1"},
    {"supervision.talk_cost: 0, discipline.rate: 0.1, supervision.talk_effect: 0",
     "supervision.talks", "0", "1"},
    {"supervision.audit_cost: 0, discipline.rate: 0.1, supervision.audit_effect: 0",
     "supervision.audits", "0", "1"},
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
        assert_same_output(&from, &to);
        free_table(&from);
        free_table(&to);
    }
}

/* What costs money: without what it needs it is in vain, with it not. */
#define STRAIN "strain.load_gain: 0.1"
static const struct {
    enum ech_param_id id, needs;
    const char *value;
    const char *in_vain;
    const char *of_use;
    int spent; /* the row that counts it */
} vain[] = {
    {ECH_PARAM_ID_supervision_audits, ECH_PARAM_ID_discipline_rate, "1", "discipline.rate: 0",
     "discipline.rate: 0.1", ECH_M_cost_audits_NONE},
    {ECH_PARAM_ID_supervision_audits, ECH_PARAM_ID_supervision_audit_effect, "1",
     "discipline.rate: 0.1, supervision.audit_effect: 0", "discipline.rate: 0.1",
     ECH_M_cost_audits_NONE},
    {ECH_PARAM_ID_supervision_talks, ECH_PARAM_ID_discipline_rate, "1", "discipline.rate: 0",
     "discipline.rate: 0.1", ECH_M_cost_talks_NONE},
    {ECH_PARAM_ID_supervision_talks, ECH_PARAM_ID_supervision_talk_effect, "1",
     "discipline.rate: 0.1, supervision.talk_effect: 0", "discipline.rate: 0.1",
     ECH_M_cost_talks_NONE},
    {ECH_PARAM_ID_incident_veto_cost, ECH_PARAM_ID_incident_rate, "239", "incident.veto_cut: 0.5",
     "incident.veto_cut: 0.5, incident.rate: 0.5", ECH_M_cost_veto_NONE},
    {ECH_PARAM_ID_incident_veto_cost, ECH_PARAM_ID_incident_veto_cut, "239", "incident.rate: 0.5",
     "incident.rate: 0.5, incident.veto_cut: 0.5", ECH_M_cost_veto_NONE},
    {ECH_PARAM_ID_incentive_allowance, ECH_PARAM_ID_exit_ratio_pay_gap, "239",
     "exit.resign.rate: 0.1, exit.ratio.pay_gap: 1",
     "exit.resign.rate: 0.1, exit.ratio.pay_gap: 1.3", ECH_M_cost_allowance_NONE},
    {ECH_PARAM_ID_incentive_allowance, ECH_PARAM_ID_incentive_reference, "239",
     "exit.resign.rate: 0.1, incentive.reference: 0",
     "exit.resign.rate: 0.1, incentive.reference: 1", ECH_M_cost_allowance_NONE},
    {ECH_PARAM_ID_incentive_family_cost, ECH_PARAM_ID_incentive_family, "239",
     "exit.ratio.outsider: 5", "exit.ratio.outsider: 5, incentive.family: 1",
     ECH_M_cost_family_NONE},
    {ECH_PARAM_ID_incentive_family_cost, ECH_PARAM_ID_incentive_family_effect, "239",
     "exit.ratio.outsider: 5, incentive.family: 1, incentive.family_effect: 0",
     "exit.ratio.outsider: 5, incentive.family: 1", ECH_M_cost_family_NONE},
    {ECH_PARAM_ID_incentive_family_cost, ECH_PARAM_ID_exit_ratio_outsider, "239",
     "incentive.family: 1, exit.ratio.outsider: 1, exit.ratio.young: 1",
     "incentive.family: 1, exit.ratio.outsider: 1, exit.ratio.young: 2", ECH_M_cost_family_NONE},
    {ECH_PARAM_ID_incentive_care_cost, ECH_PARAM_ID_strain_care, "239", STRAIN,
     STRAIN ", strain.care: 0.1", ECH_M_cost_care_NONE},
    {ECH_PARAM_ID_incentive_care_cost, ECH_PARAM_ID_strain_load_gain, "239", "strain.care: 0.1",
     STRAIN ", strain.care: 0.1", ECH_M_cost_care_NONE},
    {ECH_PARAM_ID_incentive_workload_cost, ECH_PARAM_ID_incentive_workload_cut, "239", STRAIN,
     STRAIN ", incentive.workload_cut: 0.1", ECH_M_cost_workload_NONE},
    {ECH_PARAM_ID_incentive_accountability_cost, ECH_PARAM_ID_incentive_accountability_cut, "239",
     "strain.accountability_gain: 0.1",
     "strain.accountability_gain: 0.1, incentive.accountability_cut: 0.1",
     ECH_M_cost_accountability_NONE},
    {ECH_PARAM_ID_incentive_accountability_cost, ECH_PARAM_ID_strain_accountability_gain, "239",
     "exit.ratio.accountability: 1, incentive.accountability_cut: 0.1",
     "exit.ratio.accountability: 2, incentive.accountability_cut: 0.1",
     ECH_M_cost_accountability_NONE},
    {ECH_PARAM_ID_commendation_share, ECH_PARAM_ID_commendation_relief, "0.5",
     STRAIN ", commendation.relief: 0", STRAIN, ECH_M_cost_commendation_NONE},
    {ECH_PARAM_ID_commendation_share, ECH_PARAM_ID_strain_load_gain, "0.5",
     "strain.accountability_gain: 0", "strain.accountability_gain: 0.1",
     ECH_M_cost_commendation_NONE},
};
enum { N_VAIN = sizeof vain / sizeof vain[0] };

/** Months x columns of a county without what is spent and how many are commended. */
static void forget_costs(struct table *t)
{
    for (int slot = 0; slot < t->layout.n; slot++) {
        int index;
        const char *name = ech_count_rows[ech_layout_row(&t->layout, slot, &index)].name;
        bool forgotten = strncmp(name, "cost_", 5) == 0 || strcmp(name, "commendations") == 0;
        for (int month = 0; month <= t->n_months && forgotten; month++) {
            t->output.county[month * t->layout.n + slot] = 0;
        }
    }
}

static void test_what_costs_money_and_changes_nothing_is_remarked(void **state)
{
    for (int i = 0; i < N_VAIN; i++) {
        char path[128], needs[128];
        ech_param_path(&ech_param_rows[vain[i].id], path, sizeof path);
        ech_param_path(&ech_param_rows[vain[i].needs], needs, sizeof needs);
        struct table without = run_policy(vain[i].in_vain, NULL, NULL);
        struct table with = run_with_value(vain[i].in_vain, path, vain[i].value);
        if (!is_called_vain(vain[i].in_vain, path, vain[i].value, needs) ||
            is_called_vain(vain[i].of_use, path, vain[i].value, needs)) {
            fail_msg("%s: {%s} or {%s}", path, vain[i].in_vain, vain[i].of_use);
        }
        assert_true(county_total(&with, vain[i].spent, 0) >
                    county_total(&without, vain[i].spent, 0));
        forget_costs(&with);
        forget_costs(&without);
        assert_memory_equal(without.output.county, with.output.county,
                            county_size(&without) * sizeof *without.output.county);
        assert_memory_equal(without.output.unit, with.output.unit,
                            unit_size(&without) * sizeof *without.output.unit);
        free_table(&without);
        free_table(&with);
    }
}

/** Each row of what costs money has a case of its own. */
static void test_each_row_of_costs_has_a_case(void **state)
{
    assert_int_equal(N_VAIN, N_COSTS);
    for (int i = 0; i < N_COSTS; i++) {
        int n = 0;
        for (int k = 0; k < N_VAIN; k++) {
            n += vain[k].id == costs[i].id && vain[k].needs == costs[i].needs;
        }
        assert_int_equal(n, 1);
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
        cmocka_unit_test(test_what_costs_money_and_changes_nothing_is_remarked),
        cmocka_unit_test(test_each_row_of_costs_has_a_case),
        cmocka_unit_test(test_a_setting_that_shows_an_effect_is_not_remarked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
