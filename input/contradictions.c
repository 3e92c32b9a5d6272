/* What contradicts itself in one set of parameters. */
#include <math.h>
#include <string.h>

#include "input/pairs.h"
#include "input/scalar.h"

static void contradict_table(struct ech_loading *loading, const struct ech_draft_set *set,
                             enum ech_param_id a, const char *table)
{
    ech_pair_contradict_fact(loading, set, a, table, ECH_BOTH("the table is missing", "缺少该表"));
}

/* Exact probabilities */

/** Adds the starts of a rate's bands to months[n], and the month before the first. */
static int add_starts(const struct ech_rate *rate, enum ech_band_by by, int *months, int n)
{
    for (int b = 0; b < rate->n_bands && rate->by == by; b++) {
        months[n++] = rate->from_month[b];
    }
    return n;
}

/** Rates whose exact probabilities compete in one draw. */
enum { N_RATES = 5 };

/** Largest sum of their exact monthly probabilities over all services and ages; logits not counted. */
static double most_probable(const struct ech_rate *const rates[N_RATES])
{
    int service[N_RATES * ECH_MAX_BANDS + 1] = {0};
    int age[N_RATES * ECH_MAX_BANDS + 1] = {0};
    int n_service = 1;
    int n_age = 1;
    for (int r = 0; r < N_RATES; r++) {
        n_service = add_starts(rates[r], ECH_BY_SERVICE, service, n_service);
        n_age = add_starts(rates[r], ECH_BY_AGE, age, n_age);
    }
    double most = 0;
    for (int i = 0; i < n_service * n_age; i++) {
        double sum = 0;
        for (int r = 0; r < N_RATES; r++) {
            bool exact = false;
            double value = rates[r]->by == ECH_BY_LOGIT
                               ? 0
                               : ech_rate_at(rates[r], service[i / n_age], age[i % n_age], &exact);
            sum += exact ? value : 0;
        }
        most = sum > most ? sum : most;
    }
    return most;
}

static bool has_probability(const struct ech_rate *rate)
{
    bool has = false;
    for (int b = 0; b < rate->n_bands; b++) {
        has |= rate->is_probability[b] && rate->value[b] > 0;
    }
    return has;
}

static void check_probabilities(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    const struct ech_rate *const rates[N_RATES] = {
        &params->exit_resign_rate, &params->exit_upward_rate, &params->exit_outward_rate,
        &params->push_up_rate, &params->push_down_rate};
    static const enum ech_param_id ids[N_RATES] = {
        ECH_PARAM_ID_exit_resign_rate, ECH_PARAM_ID_exit_upward_rate,
        ECH_PARAM_ID_exit_outward_rate, ECH_PARAM_ID_push_up_rate, ECH_PARAM_ID_push_down_rate};
    double sum = most_probable(rates);
    if (!(sum > 1 + 1e-12)) {
        return;
    }
    const char *text = ech_scalar_sum_text(sum, &loading->scratch);
    const struct ech_assignment *last = NULL;
    const char *what = NULL; /* all but the last of those that are not 0 */
    const char *value = NULL;
    for (int r = 0; r < N_RATES; r++) {
        const struct ech_assignment *by = set->by[ids[r]];
        last = last == NULL || (by != NULL && by->order > last->order) ? by : last;
        if (has_probability(rates[r])) {
            what = value == NULL  ? NULL
                   : what == NULL ? value
                                  : ech_arena_format(&loading->scratch, "%s + %s", what, value);
            value = ech_pair_said(loading, set, ids[r]);
        }
    }
    ech_fail(loading->error, ECH_ERR_CONFLICT,
             (struct ech_facts){
                 .what = what != NULL ? what : value,
                 .value = what != NULL ? value : "1",
                 .hint = ech_arena_format(&loading->scratch,
                                          ECH_BOTH("monthly probabilities sum to %s, more than 1",
                                                   "月概率之和为 %s，超过1"),
                                          text, text),
                 .at = ech_pair_later(loading, last, NULL)});
}

/** The outcomes of a case of discipline are all that there are; those of an incident leave a rest. */
static void check_outcomes(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    double sum = params->discipline_share_warning + params->discipline_share_demerit +
                 params->discipline_share_serious_demerit + params->discipline_share_demotion +
                 params->discipline_share_removal + params->discipline_share_dismissal;
    if (!(fabs(sum - 1) <= 1e-9)) {
        const char *text = ech_scalar_sum_text(sum, &loading->scratch);
        ech_pair_contradict(
            loading, set, ECH_PARAM_ID_discipline_share_warning,
            ECH_PARAM_ID_discipline_share_dismissal,
            ech_arena_format(&loading->scratch,
                             ECH_BOTH("the six shares discipline.share.* sum to %s, not to 1",
                                      "六项 discipline.share.* 之和为 %s，不等于1"),
                             text, text));
    }
    if (params->incident_blame + params->incident_resign > 1 + 1e-12) {
        ech_pair_contradict(loading, set, ECH_PARAM_ID_incident_blame, ECH_PARAM_ID_incident_resign,
                            ECH_BOTH("they sum to more than 1", "二者之和超过1"));
    }
}

static void contradict_sum(struct ech_loading *loading, const struct ech_draft_set *set, double sum,
                           enum ech_param_id first, enum ech_param_id second)
{
    if (sum > 1 + 1e-12) {
        ech_pair_contradict(loading, set, first, second,
                            ECH_BOTH("they sum to more than 1", "二者之和超过1"));
    }
}

static void check_sums(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    contradict_sum(loading, set, params->hiring_bachelor + params->hiring_postgraduate,
                   ECH_PARAM_ID_hiring_bachelor, ECH_PARAM_ID_hiring_postgraduate);
    contradict_sum(loading, set, params->training_economic + params->training_law,
                   ECH_PARAM_ID_training_economic, ECH_PARAM_ID_training_law);
    contradict_sum(loading, set, params->assessment_basic + params->assessment_incompetent,
                   ECH_PARAM_ID_assessment_basic, ECH_PARAM_ID_assessment_incompetent);
    if (params->background_finance + params->background_audit + params->background_engineering +
            params->background_law + params->background_agriculture >
        1 + 1e-12) {
        ech_pair_contradict(
            loading, set, ECH_PARAM_ID_background_finance, ECH_PARAM_ID_background_agriculture,
            ECH_BOTH("the shares of specialties sum to more than 1", "各专业比例之和超过1"));
    }
}

static void check_weights(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    if (params->selection_rule == ECH_SELECT_MIX &&
        !(params->selection_weight_score + params->selection_weight_votes +
              params->selection_weight_exam + params->selection_weight_seniority >
          0)) {
        ech_pair_contradict(
            loading, set, ECH_PARAM_ID_selection_rule, ECH_PARAM_ID_selection_weight_score,
            ECH_BOTH("a mix in which every weight is 0", "综合评价的各项权重均为0"));
    }
    if (params->assessment_held &&
        !(params->assessment_weight_economic + params->assessment_weight_broad +
              params->assessment_weight_leaders + params->assessment_weight_colleagues +
              params->assessment_weight_public + params->assessment_weight_exam >
          0)) {
        ech_pair_contradict(
            loading, set, ECH_PARAM_ID_assessment_held, ECH_PARAM_ID_assessment_weight_economic,
            ECH_BOTH("an assessment in which every weight is 0", "考核的各项权重均为0"));
    }
}

/* Rules under which nothing could ever come of what they are about. */
static void check_futile(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    if (params->training_months >= params->training_appointees_within) {
        ech_pair_contradict(loading, set, ECH_PARAM_ID_training_months,
                            ECH_PARAM_ID_training_appointees_within,
                            ECH_BOTH("no course would end in time", "任何培训都不能按期结束"));
    }
    if (isfinite(params->term_most) && params->term_counts_from > params->term_length) {
        ech_pair_contradict(loading, set, ECH_PARAM_ID_term_counts_from, ECH_PARAM_ID_term_length,
                            ECH_BOTH("no term would ever count", "任何一届都不会计入"));
    }
    if (isfinite(params->hiring_budget) && !(params->hiring_cost > 0)) {
        ech_pair_contradict(
            loading, set, ECH_PARAM_ID_hiring_budget, ECH_PARAM_ID_hiring_cost,
            ECH_BOTH("a budget needs a cost of each recruit", "设经费上限须同时设人均经费"));
    }
    if (params->reserve_use == ECH_RESERVE_REQUIRED && params->reserve_supply == ECH_SUPPLY_RULE &&
        !(params->reserve_chief_ratio > 0) && !(params->reserve_deputy_ratio > 0)) {
        ech_pair_contradict(loading, set, ECH_PARAM_ID_reserve_use,
                            ECH_PARAM_ID_reserve_chief_ratio,
                            ECH_BOTH("only the listed may be appointed, and nobody is listed",
                                     "只能从名单中任用，而名单无人"));
    }
}

static void check_tables(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    const struct ech_node *tables = ech_child_map(loading->merged, "tables");
    if (params->retirement_rule == ECH_RETIRE_LAW && ech_node_child(tables, "retirement") == NULL) {
        contradict_table(loading, set, ECH_PARAM_ID_retirement_rule, "tables.retirement");
    }
    if (params->exit_death_factor > 0 && ech_node_child(tables, "mortality") == NULL) {
        contradict_table(loading, set, ECH_PARAM_ID_exit_death_factor, "tables.mortality");
    }
    if (params->grade_rule != ECH_GRADES_OFF && ech_node_child(tables, "grades") == NULL) {
        contradict_table(loading, set, ECH_PARAM_ID_grade_rule, "tables.grades");
    }
}

void ech_contradictions_check(struct ech_loading *loading, const struct ech_draft_set *set)
{
    ech_limits_check(loading, set);
    check_sums(loading, set);
    check_outcomes(loading, set);
    check_weights(loading, set);
    check_futile(loading, set);
    if (set->params.conflict_rate.by != ECH_BY_NOTHING) {
        ech_pair_contradict_fact(
            loading, set, ECH_PARAM_ID_conflict_rate, ECH_BOTH("two people", "两个人"),
            ECH_BOTH("a pair has no age or service of its own: give one number",
                     "两人没有共同的年龄或工龄，请给一个数"));
    }
    check_tables(loading, set);
    check_probabilities(loading, set);
    ech_precedence_check(loading, set);
    ech_standstill_check(loading, set);
    ech_scale_check(loading, set);
}
