/* Settings that change nothing because another one leaves what they belong to switched off, or that cost
   money and change nothing else: `check` says so. The centres (exit.centre.*, discipline.centre.*) are not
   among them, as they are fitted together. */
#include <math.h>
#include <string.h>

#include "input/pairs.h"

/** Whether somebody or something acts under a set of parameters. */
typedef bool acts(const struct ech_params *params);

static bool people_retire(const struct ech_params *params)
{
    return params->retirement_rule != ECH_RETIRE_NONE;
}

static bool law_of_retirement(const struct ech_params *params)
{
    return params->retirement_rule == ECH_RETIRE_LAW;
}

static bool pent_up(const struct ech_params *params)
{
    return params->bond_pent_up < 1 || params->bond_pent_up > 1;
}

static bool seconds(const struct ech_params *params)
{
    return params->secondment_down > 0 || params->secondment_up > 0;
}

static bool has_limit_of_time(const struct ech_params *params)
{
    return params->rotation_max_tenure < ECH_NEVER || params->rotation_max_unit_time < ECH_NEVER ||
           params->springboard_months < ECH_NEVER;
}

static bool plans_moves(const struct ech_params *params)
{
    return params->rotation_share > 0 || params->rotation_shuffle_every < ECH_NEVER;
}

/** Whether anything but the moves of everybody at once asks how long somebody has been where he is. */
static bool guards(const struct ech_params *params)
{
    return has_limit_of_time(params) || params->rotation_share > 0 ||
           !ech_rate_is_off(&params->conflict_rate) || params->term_first < ECH_NEVER;
}

static bool rotates(const struct ech_params *params)
{
    return guards(params) || plans_moves(params);
}

static bool counts_to_cap(const struct ech_params *params)
{
    return has_limit_of_time(params) || params->rotation_share > 0;
}

static bool uniform_procedure(const struct ech_params *params)
{
    return params->procedure_shape == ECH_PROCEDURE_UNIFORM;
}

static bool makes_exceptions(const struct ech_params *params)
{
    return params->selection_nobody == ECH_NOBODY_RELAX;
}

static bool admits(const struct ech_params *params)
{
    return params->entry_transfer_in > 0 || ech_policy_takes_outsiders(params);
}

static bool takes_time(const struct ech_params *params)
{
    return params->procedure_months > 0 || params->procedure_per_level > 0;
}

static bool steps_down(const struct ech_params *params)
{
    return params->stepdown_age < ECH_NEVER || params->term_first < ECH_NEVER;
}

/** Whether somebody may lose his post to a judgement on how he serves. */
static bool falls_by_judgement(const struct ech_params *params)
{
    bool on_probation = params->probation_months > 0 && params->probation_failure > 0;
    return on_probation || params->assessment_held;
}

static bool falls(const struct ech_params *params)
{
    return falls_by_judgement(params) || !ech_rate_is_off(&params->discipline_rate) ||
           params->incident_rate > 0;
}

static bool binds(const struct ech_params *params)
{
    return params->bond_enforcement > 0 || (pent_up(params) && params->bond_pent_up_months > 0);
}

static bool asks_base_time(const struct ech_params *params)
{
    bool rewards =
        params->grade_rule != ECH_GRADES_OFF && params->grade_township_service < ECH_NEVER;
    return params->eligibility_base_time > 0 || rewards || seconds(params);
}

static bool tenure_counts(const struct ech_params *params)
{
    return params->discipline_ratio_tenure < 1 || params->discipline_ratio_tenure > 1;
}

static bool may_be_spared(const struct ech_params *params)
{
    return params->incident_rate > 0 || params->assessment_held;
}

static bool strains(const struct ech_params *params)
{
    return params->strain_load_gain > 0 || params->strain_accountability_gain > 0;
}

static bool weighs_accountability(const struct ech_params *params)
{
    return params->strain_accountability_gain > 0 || params->exit_ratio_accountability > 1 ||
           params->incident_rate > 0;
}

static bool feels_load(const struct ech_params *params)
{
    return strains(params) || params->exit_ratio_load > 1;
}

/** Whether being an outsider or young, which help for families makes up for, makes people leave. */
static bool help_keeps(const struct ech_params *params)
{
    return params->exit_ratio_outsider > 1 || params->exit_ratio_young > 1;
}

static bool votes_count(const struct ech_params *params)
{
    return params->assessment_few_good != 0 || params->assessment_many_against != 0;
}

static bool admonishes(const struct ech_params *params)
{
    return params->assessment_admonish || params->assessment_last_admonish ||
           params->assessment_few_good != 0;
}

static bool has_yearly_month(const struct ech_params *params)
{
    return params->assessment_held || params->grade_rule != ECH_GRADES_OFF ||
           params->training_seats > 0;
}

static bool mixes(const struct ech_params *params)
{
    return params->selection_rule == ECH_SELECT_MIX;
}

static bool asks_votes(const struct ech_params *params)
{
    return mixes(params) || params->selection_rule == ECH_SELECT_VOTES;
}

static bool asks_exams(const struct ech_params *params)
{
    return mixes(params) || params->selection_rule == ECH_SELECT_EXAM;
}

static bool asks_popularity(const struct ech_params *params)
{
    return asks_votes(params) || params->assessment_held;
}

static bool scores(const struct ech_params *params)
{
    return mixes(params) || params->selection_rule == ECH_SELECT_SCORE ||
           isfinite(params->selection_shortlist);
}

static bool ranks_merit(const struct ech_params *params)
{
    return scores(params) || asks_exams(params);
}

/** By lot nobody stands above another. */
static bool ranks(const struct ech_params *params)
{
    return params->selection_rule != ECH_SELECT_LOTTERY;
}

static bool tells_sides_apart(const struct ech_params *params)
{
    bool measures = params->performance_competence > 0 || params->performance_learning > 0 ||
                    params->performance_staleness > 0 || params->performance_strain > 0 ||
                    params->performance_wall > 0 || params->performance_effort > 0 ||
                    params->training_seats > 0 || params->training_appointees;
    return measures || asks_popularity(params) || params->selection_side != ECH_SIDE_BOTH;
}

static bool prefers(const struct ech_params *params)
{
    return params->selection_women_first || params->selection_nonparty_first ||
           params->selection_young_first || params->selection_specialty_first ||
           params->assessment_three_first;
}

static bool lists(const struct ech_params *params)
{
    return params->reserve_chief_ratio > 0 || params->reserve_deputy_ratio > 0 ||
           params->reserve_supply == ECH_SUPPLY_UNLIMITED;
}

static bool scores_or_lists(const struct ech_params *params)
{
    return scores(params) || lists(params) || params->convert_quota > 0;
}

static bool counts_applicants(const struct ech_params *params)
{
    return isfinite(params->hiring_applicants);
}

static bool trains(const struct ech_params *params)
{
    return params->training_seats > 0 || params->training_appointees;
}

/** Whether audits prevent cases; those that cost nothing are idle otherwise. */
static bool audits_matter(const struct ech_params *params)
{
    bool prevent =
        !ech_rate_is_off(&params->discipline_rate) && params->supervision_audit_effect > 0;
    return prevent || params->supervision_audit_cost > 0;
}

/** The same of talks. */
static bool talks_matter(const struct ech_params *params)
{
    bool prevent =
        !ech_rate_is_off(&params->discipline_rate) && params->supervision_talk_effect > 0;
    return prevent || params->supervision_talk_cost > 0;
}

static bool limits_terms(const struct ech_params *params)
{
    return isfinite(params->term_most);
}

/** A setting, another one that has to be on for it, and who asks: NULL is the row's own idea of on. */
static const struct {
    enum ech_param_id id, needs;
    acts *acts;
    bool costs; /* money, whatever comes of it */
} rows[] = {
#define IDLE(name, needs, acts) {ECH_PARAM_ID_##name, ECH_PARAM_ID_##needs, acts, false},
#define COSTS(name, needs, acts) {ECH_PARAM_ID_##name, ECH_PARAM_ID_##needs, acts, true},
#include "input/idle.def"
#undef IDLE
#undef COSTS
};
enum { N_ROWS = sizeof rows / sizeof rows[0] };

static bool number_is_on(const struct ech_param_row *row, double number)
{
    bool is_ratio = strcmp(row->unit, "rate ratio") == 0 || strcmp(row->unit, "odds ratio") == 0;
    return is_ratio ? number < 1 || number > 1 : number > 0;
}

static bool is_on(const struct ech_params *params, enum ech_param_id id)
{
    const struct ech_param_row *row = &ech_param_rows[id];
    const char *field = (const char *)params + row->offset;
    int whole = 0;
    double number = 0;
    bool flag = false;
    switch (row->type) {
    case ECH_PARAM_LIMIT:
    case ECH_PARAM_DATE:
        memcpy(&whole, field, sizeof whole);
        return whole < ECH_NEVER;
    case ECH_PARAM_MONTHS:
    case ECH_PARAM_COUNT:
    case ECH_PARAM_CALENDAR:
    case ECH_PARAM_CHOICE:
        memcpy(&whole, field, sizeof whole);
        return whole != 0;
    case ECH_PARAM_CAP:
    case ECH_PARAM_MOST:
    case ECH_PARAM_SHARE:
    case ECH_PARAM_NUMBER:
        memcpy(&number, field, sizeof number);
        return number_is_on(row, number);
    case ECH_PARAM_FLAG:
        memcpy(&flag, field, sizeof flag);
        return flag;
    case ECH_PARAM_RATE:
        return !ech_rate_is_off((const struct ech_rate *)(const void *)field);
    }
    return true;
}

/** Whether a setting says more than the default; a rate does unless it is off. */
static bool says_something(const struct ech_assignment *by)
{
    return by != NULL &&
           (by->rate != NULL ? !ech_rate_is_off(by->rate) : by->number != by->row->def);
}

void ech_idle_note(struct ech_loading *loading, const struct ech_draft_set *set)
{
    bool fails[ECH_N_PARAMS] = {false};
    for (int r = 0; r < N_ROWS; r++) {
        const struct ech_assignment *by = set->by[rows[r].id];
        if (!says_something(by) || fails[rows[r].id]) {
            continue;
        }
        struct ech_use *use = &loading->uses[by - loading->assignments];
        bool runs =
            rows[r].acts != NULL ? rows[r].acts(&set->params) : is_on(&set->params, rows[r].needs);
        if (!runs && !ech_pair_is_meant(by, set->by[rows[r].needs])) {
            fails[rows[r].id] = true;
            use->idle_row = r + 1;
            use->needed = set->by[rows[r].needs];
        }
    }
    for (int r = 0; r < N_ROWS; r++) {
        const struct ech_assignment *by = set->by[rows[r].id];
        if (says_something(by) && !fails[rows[r].id]) {
            loading->uses[by - loading->assignments].acts = true;
        }
    }
}

void ech_idle_remark(struct ech_loading *loading)
{
    struct ech_draft_set *set = ech_arena_take(&loading->scratch, sizeof *set);
    for (int i = 0; i < loading->n_assignments; i++) {
        const struct ech_use *use = &loading->uses[i];
        if (use->acts || use->idle_row == 0) {
            continue;
        }
        int row = use->idle_row - 1;
        set->by[rows[row].id] = &loading->assignments[i];
        set->by[rows[row].needs] = use->needed;
        ech_pair_remark(loading, set, rows[row].id, rows[row].needs,
                        rows[row].costs ? ECH_BOTH("the first costs money and changes nothing",
                                                   "前者只增加支出，不起其他作用")
                                        : ECH_BOTH("the first changes nothing", "前者不起作用"));
    }
}
