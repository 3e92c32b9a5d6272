/* What contradicts itself in one set of parameters. */
#include <math.h>
#include <string.h>

#include "input/precedence.h"
#include "input/scalar.h"

static const char *path_of(struct ech_loading *loading, const struct ech_param_row *row)
{
    char path[128];
    ech_param_path(row, path, sizeof path);
    return ech_arena_text(&loading->scratch, path, strlen(path));
}

/** The place of the later of two assignments; defaults have none. */
static struct ech_mark later(const struct ech_loading *loading, const struct ech_assignment *a,
                             const struct ech_assignment *b)
{
    if (a != NULL && b != NULL) {
        return a->order > b->order ? a->at : b->at;
    }
    const struct ech_document *first = loading->documents.rows[loading->documents.n - 1];
    return a != NULL ? a->at : b != NULL ? b->at : (struct ech_mark){first->file.path, 0, 0};
}

/** "hiring.age_min: 40" */
static const char *said(struct ech_loading *loading, const struct ech_draft_set *set,
                        enum ech_param_id id)
{
    const struct ech_param_row *row = &ech_param_rows[id];
    struct ech_assignment silent = ech_assign_default(row, &loading->scratch);
    const struct ech_assignment *by = set->by[id] != NULL ? set->by[id] : &silent;
    return ech_arena_format(&loading->scratch, "%s: %s", path_of(loading, row),
                            ech_assign_text(by, &loading->scratch));
}

void ech_contradict(struct ech_loading *loading, const struct ech_draft_set *set,
                    enum ech_param_id a, enum ech_param_id b, const char *hint)
{
    ech_fail(loading->error, ECH_ERR_CONFLICT,
             (struct ech_facts){.what = said(loading, set, a),
                                .value = said(loading, set, b),
                                .hint = hint,
                                .at = later(loading, set->by[a], set->by[b])});
}

/** A parameter against something that is no parameter. */
static void contradict_fact(struct ech_loading *loading, const struct ech_draft_set *set,
                            enum ech_param_id a, const char *fact, const char *hint)
{
    ech_fail(loading->error, ECH_ERR_CONFLICT,
             (struct ech_facts){.what = said(loading, set, a),
                                .value = fact,
                                .hint = hint,
                                .at = later(loading, set->by[a], NULL)});
}

static void contradict_table(struct ech_loading *loading, const struct ech_draft_set *set,
                             enum ech_param_id a, const char *table)
{
    contradict_fact(loading, set, a, table, ECH_BOTH("the table is missing", "缺少该表"));
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
            value = said(loading, set, ids[r]);
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
                 .at = later(loading, last, NULL)});
}

/* Pairs of limits */

/** Months that a row of the table says; ECH_NEVER: no limit. Of ages the completed ones. */
static int months_of(const struct ech_params *params, enum ech_param_id id)
{
    int months = 0;
    memcpy(&months, (const char *)params + ech_param_rows[id].offset, sizeof months);
    return months;
}

/** A quantity that follows from a set of parameters, in months; ECH_NEVER: never. */
typedef int quantity(const struct ech_loading *loading, const struct ech_params *params);

/** The age at which the last of all has retired. */
static int latest_retirement(const struct ech_loading *loading, const struct ech_params *params)
{
    const struct ech_tables *tables = &loading->scenario->tables;
    int latest = params->retirement_age_men > params->retirement_age_women
                     ? params->retirement_age_men
                     : params->retirement_age_women;
    for (int sex = 0; sex < ECH_N_SEXES && params->retirement_rule == ECH_RETIRE_LAW; sex++) {
        for (int row = 0; row < tables->n_retirement[sex]; row++) {
            int age = tables->retirement[sex][row].age_months;
            latest = age > latest ? age : latest;
        }
    }
    return params->retirement_rule == ECH_RETIRE_NONE ? ECH_NEVER : latest;
}

/** The last month of age at which nobody has retired yet. */
static int before_retirement(const struct ech_loading *loading, const struct ech_params *params)
{
    (void)loading;
    int earliest = params->retirement_age_men < params->retirement_age_women
                       ? params->retirement_age_men
                       : params->retirement_age_women;
    return params->retirement_rule == ECH_RETIRE_NONE ? ECH_NEVER : earliest - 1;
}

/** The last month of age at which somebody still serves. */
static int before_last_retirement(const struct ech_loading *loading,
                                  const struct ech_params *params)
{
    int latest = latest_retirement(loading, params);
    return latest == ECH_NEVER ? ECH_NEVER : latest - 1;
}

static int oldest_recruit(const struct ech_loading *loading, const struct ech_params *params)
{
    (void)loading;
    return params->hiring_age_max + 11;
}

static int oldest_transfer(const struct ech_loading *loading, const struct ech_params *params)
{
    (void)loading;
    return params->entry_age_max + 11;
}

static int oldest_from_outside(const struct ech_loading *loading, const struct ech_params *params)
{
    (void)loading;
    return params->selection_scope == ECH_CIRCLE_OUTSIDE ? params->outside_age_max + 11 : 0;
}

/** Age of the youngest who ever comes below the leading posts. */
static int youngest_entrant(const struct ech_loading *loading, const struct ech_params *params)
{
    (void)loading;
    return params->hiring_age_min < params->entry_age_min ? params->hiring_age_min
                                                          : params->entry_age_min;
}

/** Age at which the youngest recruit has the time in level and the service for a promotion. */
static int youngest_candidate(const struct ech_loading *loading, const struct ech_params *params)
{
    (void)loading;
    int wait = params->eligibility_min_level_time > params->eligibility_min_service
                   ? params->eligibility_min_level_time
                   : params->eligibility_min_service;
    return params->hiring_age_min + wait;
}

static int youngest_to_list(const struct ech_loading *loading, const struct ech_params *params)
{
    int age = youngest_candidate(loading, params) - params->reserve_within;
    return age > params->hiring_age_min ? age : params->hiring_age_min;
}

static int oldest_promoted(const struct ech_loading *loading, const struct ech_params *params)
{
    (void)loading;
    return params->eligibility_max_age - 1;
}

static int oldest_listed(const struct ech_loading *loading, const struct ech_params *params)
{
    (void)loading;
    return params->reserve_max_age < ECH_NEVER ? params->reserve_max_age + 11 : ECH_NEVER;
}

static int before_stepdown(const struct ech_loading *loading, const struct ech_params *params)
{
    (void)loading;
    return params->stepdown_age < ECH_NEVER ? params->stepdown_age - 1 : ECH_NEVER;
}

#define LARGER ECH_BOTH("the first is larger than the second", "前者大于后者")
#define LEAVES_AT_ONCE                                                                             \
    ECH_BOTH("whoever is past his retirement age when he comes leaves again the next month",       \
             "到任时已过退休年龄者次月即退休")
#define STEPS_DOWN_AT_ONCE                                                                         \
    ECH_BOTH("stepping down goes first: whoever is past the age when he takes office leaves it "   \
             "again the next month",                                                               \
             "以退出年龄为准：到任时已过该年龄者次月即退出")
#define ALL_RETIRE ECH_BOTH("everybody who comes is past it at once", "所有进入者随即退休")
#define RETIRES_FIRST                                                                              \
    ECH_BOTH("everybody has retired before: the first never acts", "此前均已退休：前者不起作用")
#define ALL_OLDER ECH_BOTH("everybody who comes is older already", "进入者均已超龄")
#define RECRUITS_LATE                                                                              \
    ECH_BOTH("no recruit meets the clauses before he is too old: only others are ever promoted",   \
             "新录用人员达到条件时均已超龄：只有其他人员可能提任")
#define RECRUITS_UNLISTED                                                                          \
    ECH_BOTH("no recruit comes near the clauses before he is too old for the lists",               \
             "新录用人员接近条件时均已超过后备年龄")

/**
 * Limits of which the first must not exceed the second: those that nobody can keep are refused, of
 * others check says what goes first. Without a quantity a limit is the value of its parameter; a
 * first that is off demands nothing.
 */
static const struct {
    enum ech_param_id low;
    quantity *low_of;
    enum ech_param_id high;
    quantity *high_of;
    bool refused;
    const char *words;
} pairs[] = {
#define ID(name) ECH_PARAM_ID_##name
    {ID(hiring_age_min), NULL, ID(hiring_age_max), NULL, true, LARGER},
    {ID(entry_age_min), NULL, ID(entry_age_max), NULL, true, LARGER},
    {ID(outside_age_min), NULL, ID(outside_age_max), NULL, true, LARGER},
    {ID(secondment_min_months), NULL, ID(secondment_max_months), NULL, true, LARGER},
    {ID(rotation_min_tenure), NULL, ID(rotation_max_tenure), NULL, true, LARGER},
    {ID(rotation_min_tenure), NULL, ID(rotation_max_unit_time), NULL, true, LARGER},
    {ID(hiring_age_min), NULL, ID(retirement_age_men), before_last_retirement, true, ALL_RETIRE},
    {ID(entry_age_min), NULL, ID(retirement_age_men), before_last_retirement, true, ALL_RETIRE},
    {ID(outside_age_min), NULL, ID(retirement_age_men), before_last_retirement, true, ALL_RETIRE},
    {ID(hiring_age_min), youngest_entrant, ID(eligibility_max_age), oldest_promoted, true,
     ALL_OLDER},
    {ID(hiring_age_min), youngest_entrant, ID(reserve_max_age), oldest_listed, true, ALL_OLDER},

    {ID(hiring_age_max), oldest_recruit, ID(retirement_age_women), before_retirement, false,
     LEAVES_AT_ONCE},
    {ID(entry_age_max), oldest_transfer, ID(retirement_age_women), before_retirement, false,
     LEAVES_AT_ONCE},
    {ID(outside_age_max), oldest_from_outside, ID(retirement_age_women), before_retirement, false,
     LEAVES_AT_ONCE},
    {ID(stepdown_age), NULL, ID(retirement_age_men), before_last_retirement, false, RETIRES_FIRST},
    {ID(term_age), NULL, ID(retirement_age_men), before_last_retirement, false, RETIRES_FIRST},
    {ID(eligibility_max_age), oldest_promoted, ID(stepdown_age), before_stepdown, false,
     STEPS_DOWN_AT_ONCE},
    {ID(outside_age_max), oldest_from_outside, ID(stepdown_age), before_stepdown, false,
     STEPS_DOWN_AT_ONCE},
    {ID(hiring_age_min), youngest_candidate, ID(eligibility_max_age), oldest_promoted, false,
     RECRUITS_LATE},
    {ID(hiring_age_min), youngest_to_list, ID(reserve_max_age), oldest_listed, false,
     RECRUITS_UNLISTED},
#undef ID
};

void ech_precedence_remark(struct ech_loading *loading, const struct ech_draft_set *set,
                           enum ech_param_id a, enum ech_param_id b, const char *words)
{
    const char *x = said(loading, set, a);
    const char *y = said(loading, set, b);
    int en_length = (int)strcspn(words, ECH_BOTH_SEPARATOR);
    ech_remark(loading, later(loading, set->by[a], set->by[b]),
               ech_arena_format(&loading->scratch, ECH_BOTH("%s, %s: %.*s", "%s，%s：%s"), x, y,
                                en_length, words, x, y, words + en_length + 1));
}

static void check_pairs(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        int low = pairs[i].low_of != NULL ? pairs[i].low_of(loading, params)
                                          : months_of(params, pairs[i].low);
        int high = pairs[i].high_of != NULL ? pairs[i].high_of(loading, params)
                                            : months_of(params, pairs[i].high);
        if (low <= high || months_of(params, pairs[i].low) == ECH_NEVER) {
            continue;
        }
        if (pairs[i].refused) {
            ech_contradict(loading, set, pairs[i].low, pairs[i].high, pairs[i].words);
        } else {
            ech_precedence_remark(loading, set, pairs[i].low, pairs[i].high, pairs[i].words);
        }
    }
}

/** The plan moves no more than the cap leaves: at most what has accrued of it by the month. */
static void check_planned_share(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    if (params->rotation_share > params->rotation_share_cap) {
        ech_contradict(loading, set, ECH_PARAM_ID_rotation_share, ECH_PARAM_ID_rotation_share_cap,
                       LARGER);
    } else if (params->rotation_share * 12 >
               params->rotation_share_cap * params->rotation_month + 1e-9) {
        ech_precedence_remark(
            loading, set, ECH_PARAM_ID_rotation_share, ECH_PARAM_ID_rotation_share_cap,
            ECH_BOTH("the cap goes first: by the month of the plan only so many twelfths of it "
                     "have accrued",
                     "以年上限为准：到计划交流月份只累计了相应的十二分之几"));
    }
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
        ech_contradict(
            loading, set, ECH_PARAM_ID_discipline_share_warning,
            ECH_PARAM_ID_discipline_share_dismissal,
            ech_arena_format(&loading->scratch,
                             ECH_BOTH("the six shares discipline.share.* sum to %s, not to 1",
                                      "六项 discipline.share.* 之和为 %s，不等于1"),
                             text, text));
    }
    if (params->incident_blame + params->incident_resign > 1 + 1e-12) {
        ech_contradict(loading, set, ECH_PARAM_ID_incident_blame, ECH_PARAM_ID_incident_resign,
                       ECH_BOTH("they sum to more than 1", "二者之和超过1"));
    }
}

static void contradict_sum(struct ech_loading *loading, const struct ech_draft_set *set, double sum,
                           enum ech_param_id first, enum ech_param_id second)
{
    if (sum > 1 + 1e-12) {
        ech_contradict(loading, set, first, second,
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
        ech_contradict(
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
        ech_contradict(loading, set, ECH_PARAM_ID_selection_rule,
                       ECH_PARAM_ID_selection_weight_score,
                       ECH_BOTH("a mix in which every weight is 0", "综合评价的各项权重均为0"));
    }
    if (params->assessment_held &&
        !(params->assessment_weight_economic + params->assessment_weight_broad +
              params->assessment_weight_leaders + params->assessment_weight_colleagues +
              params->assessment_weight_public + params->assessment_weight_exam >
          0)) {
        ech_contradict(loading, set, ECH_PARAM_ID_assessment_held,
                       ECH_PARAM_ID_assessment_weight_economic,
                       ECH_BOTH("an assessment in which every weight is 0", "考核的各项权重均为0"));
    }
}

/* Rules under which nothing could ever come of what they are about. */
static void check_futile(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    if (params->training_months >= params->training_appointees_within) {
        ech_contradict(loading, set, ECH_PARAM_ID_training_months,
                       ECH_PARAM_ID_training_appointees_within,
                       ECH_BOTH("no course would end in time", "任何培训都不能按期结束"));
    }
    if (isfinite(params->term_most) && params->term_counts_from > params->term_length) {
        ech_contradict(loading, set, ECH_PARAM_ID_term_counts_from, ECH_PARAM_ID_term_length,
                       ECH_BOTH("no term would ever count", "任何一届都不会计入"));
    }
    if (isfinite(params->hiring_budget) && !(params->hiring_cost > 0)) {
        ech_contradict(
            loading, set, ECH_PARAM_ID_hiring_budget, ECH_PARAM_ID_hiring_cost,
            ECH_BOTH("a budget needs a cost of each recruit", "设经费上限须同时设人均经费"));
    }
    if (params->reserve_use == ECH_RESERVE_REQUIRED && params->reserve_supply == ECH_SUPPLY_RULE &&
        !(params->reserve_chief_ratio > 0) && !(params->reserve_deputy_ratio > 0)) {
        ech_contradict(loading, set, ECH_PARAM_ID_reserve_use, ECH_PARAM_ID_reserve_chief_ratio,
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
    check_pairs(loading, set);
    check_sums(loading, set);
    check_planned_share(loading, set);
    check_outcomes(loading, set);
    check_weights(loading, set);
    check_futile(loading, set);
    if (set->params.conflict_rate.by != ECH_BY_NOTHING) {
        contradict_fact(loading, set, ECH_PARAM_ID_conflict_rate, ECH_BOTH("two people", "两个人"),
                        ECH_BOTH("a pair has no age or service of its own: give one number",
                                 "两人没有共同的年龄或工龄，请给一个数"));
    }
    check_tables(loading, set);
    check_probabilities(loading, set);
    ech_precedence_check(loading, set);
    ech_standstill_check(loading, set);
}
