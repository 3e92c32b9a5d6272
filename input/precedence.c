/* Policies that ask for two things which exclude each other now and then: the model follows one of
   them (docs/ODD.md says which), and `check` prints it. What nobody can keep is refused instead
   (contradictions.c). */
#include "input/pairs.h"

#include <math.h>

static bool is_below(int months, int limit)
{
    return months < limit && limit < ECH_NEVER;
}

/* Terms and rotation */

static bool has_terms(const struct ech_params *params)
{
    return params->term_first < ECH_NEVER;
}

/** Shortest time in a post at which somebody can have served the most terms. */
static double time_at_most_terms(const struct ech_params *params)
{
    return (params->term_most - 1) * params->term_length + params->term_counts_from;
}

static bool steps_down_before_term(const struct ech_params *params)
{
    return has_terms(params) && params->term_age < ECH_NEVER &&
           params->stepdown_age <= params->term_age;
}

static bool rotates_before_last_term(const struct ech_params *params)
{
    return has_terms(params) && isfinite(params->term_most) &&
           time_at_most_terms(params) > params->rotation_max_tenure;
}

static bool moves_guarded_at_term(const struct ech_params *params)
{
    return has_terms(params) && params->term_limited == ECH_LIMITED_MOVE &&
           time_at_most_terms(params) < params->rotation_min_tenure;
}

static bool turns_over_beyond_cap(const struct ech_params *params)
{
    return has_terms(params) && params->term_rotation_share > params->rotation_share_cap;
}

static bool falls_due_beyond_cap(const struct ech_params *params)
{
    return params->rotation_max_tenure < ECH_NEVER &&
           12.0 / params->rotation_max_tenure > params->rotation_share_cap + 1e-9;
}

static bool springs_guarded(const struct ech_params *params)
{
    return params->springboard_months < params->rotation_min_tenure;
}

static bool springs_late(const struct ech_params *params)
{
    return is_below(params->rotation_max_tenure, params->springboard_months);
}

static bool rotates_before_lateral(const struct ech_params *params)
{
    return params->rotation_max_tenure < params->lateral_min_tenure;
}

static bool parts_chiefs(const struct ech_params *params)
{
    return params->conflict_rate.value[0] > 0 && params->rotation_chiefs_apart > 0;
}

static bool moves_every_month(const struct ech_params *params)
{
    return params->rotation_shuffle_every == 1;
}

/* Lists, exceptions, procedures */

static bool drops_before_renewal(const struct ech_params *params)
{
    return params->reserve_max_time < params->reserve_renew_every;
}

static bool drops_before_impatience(const struct ech_params *params)
{
    return params->reserve_expectation > 1 && params->reserve_max_time <= params->reserve_patience;
}

static bool targets_crowd(const struct ech_params *params)
{
    return params->reserve_women_share + params->reserve_nonparty_share +
               params->reserve_young_share >
           1 + 1e-9;
}

static bool relaxes(const struct ech_params *params)
{
    return params->selection_nobody == ECH_NOBODY_RELAX;
}

static bool relaxes_nobody(const struct ech_params *params)
{
    return relaxes(params) && params->exception_most < 1;
}

static bool relaxes_no_time(const struct ech_params *params)
{
    return relaxes(params) && params->eligibility_min_level_time > 0 &&
           params->exception_min_level_time >= params->eligibility_min_level_time;
}

static bool spreads_beyond_mean(const struct ech_params *params)
{
    return params->procedure_shape == ECH_PROCEDURE_UNIFORM && params->procedure_per_level == 0 &&
           params->procedure_spread > params->procedure_months;
}

/* Hiring, grades */

static bool affords_nobody(const struct ech_params *params)
{
    return params->hiring_budget < params->hiring_cost;
}

static bool selects_beyond_quota(const struct ech_params *params)
{
    return params->selected_within_quota && params->selected_quota > params->hiring_quota;
}

static bool converts_too_old(const struct ech_params *params)
{
    return params->convert_quota > 0 &&
           params->initial_entry_age + params->convert_service >= params->convert_max_age;
}

static bool posts_beyond_highest_grade(const struct ech_params *params)
{
    return params->grade_rule != ECH_GRADES_OFF && params->grade_of_level > params->grade_highest;
}

static bool enters_high(const struct ech_params *params, int entry)
{
    return params->grade_rule != ECH_GRADES_OFF && entry > params->grade_highest;
}

static bool college_enters_high(const struct ech_params *params)
{
    return enters_high(params, params->grade_entry_college);
}

static bool bachelors_enter_high(const struct ech_params *params)
{
    return enters_high(params, params->grade_entry_bachelor);
}

static bool postgraduates_enter_high(const struct ech_params *params)
{
    return enters_high(params, params->grade_entry_postgraduate);
}

static bool past_brings_high(const struct ech_params *params)
{
    return enters_high(params, params->grade_past_highest);
}

#define ENTERS_HIGH                                                                                \
    ECH_BOTH("the beginning goes first: who begins above the highest grade keeps his and never "   \
             "rises",                                                                              \
             "以起点为准：起点高于最高职级者保留原职级，不再晋升")

/** A row of terms stands where terms bind somebody: not where no post under the set has any. */
static const struct ech_pair rows_of_terms[] = {
    ECH_REMARKED(
        stepdown_age, term_age, steps_down_before_term,
        ECH_BOTH(
            "stepping down goes first: once it is phased in, a change of terms finds nobody of "
            "its age",
            "以退出年龄为准：过渡期满后换届时已无人达到换届年龄界限")),
    ECH_REMARKED(
        rotation_max_tenure, term_most, rotates_before_last_term,
        ECH_BOTH(
            "rotation goes first: only who had to wait for it serves so many terms in one post",
            "以交流为准：只有等待交流者才会在同一职位任满届数")),
    ECH_REMARKED(
        term_most, rotation_min_tenure, moves_guarded_at_term,
        ECH_BOTH("the limit of terms goes first: whoever is at it moves, whatever guards him",
                 "以届数限制为准：任满者一律交流，不受最短任期保护")),
    ECH_REMARKED(
        term_rotation_share, rotation_share_cap, turns_over_beyond_cap,
        ECH_BOTH("the change of terms goes first: the cap of the year does not bind there, but its "
                 "moves count",
                 "以换届为准：换届交流不受年上限限制，但计入当年人数")),
};

static const struct ech_pair rows[] = {
    ECH_REMARKED(
        rotation_max_tenure, rotation_share_cap, falls_due_beyond_cap,
        ECH_BOTH(
            "the cap of the year goes first: where many posts have so short a limit, some wait "
            "as overdue",
            "以年上限为准：若多数职位适用如此短的任期，部分人员须超期等待")),
    ECH_REMARKED(springboard_months, rotation_min_tenure, springs_guarded,
                 ECH_BOTH("the springboard goes first: whoever leaves it is not guarded",
                          "以跳板停留时间为准：离开跳板职位者不受最短任期保护")),
    ECH_REMARKED(
        rotation_max_tenure, springboard_months, springs_late,
        ECH_BOTH("the longest time in one post goes first: only who had to wait for it springs",
                 "以最长任期为准：只有等待交流者才会任满跳板时间")),
    ECH_REMARKED(
        rotation_max_tenure, lateral_min_tenure, rotates_before_lateral,
        ECH_BOTH(
            "rotation goes first: only who had to wait for it ever moves to a higher role of his "
            "level",
            "以交流为准：只有等待交流者才可能平职重用")),
    ECH_REMARKED(rotation_shuffle_every, selection_nobody, moves_every_month,
                 ECH_BOTH("the rotation of all goes first: whoever has moved is not nominated in "
                          "that month, so no leader is ever promoted",
                          "以全体轮换为先：当月已交流者不再提名，领导干部均不能提任")),
    ECH_REMARKED(conflict_rate, rotation_chiefs_apart, parts_chiefs,
                 ECH_BOTH("a conflict goes first: it moves both chiefs of a unit at once",
                          "以化解不团结为准：党政正职同时调整")),
    ECH_REMARKED(reserve_max_time, reserve_renew_every, drops_before_renewal,
                 ECH_BOTH("the longest time goes first: the lists are empty until the next renewal",
                          "以在名单最长时间为准：到下次更新前名单为空")),
    ECH_REMARKED(
        reserve_max_time, reserve_patience, drops_before_impatience,
        ECH_BOTH("the longest time goes first: nobody waits so long that he would leave for it",
                 "以在名单最长时间为准：无人等到失去耐心")),
    ECH_REMARKED(
        reserve_women_share, reserve_young_share, targets_crowd,
        ECH_BOTH("together with reserve.nonparty_share more than the list: women go first, then "
                 "non-party people, then the young",
                 "与 reserve.nonparty_share 之和超过名单人数：依次满足女性、党外、35岁以下")),
    ECH_REMARKED(selection_nobody, exception_most, relaxes_nobody,
                 ECH_BOTH("the cap goes first: nobody is promoted by way of exception",
                          "以年度上限为准：无人可破格提拔")),
    ECH_REMARKED(exception_min_level_time, eligibility_min_level_time, relaxes_no_time,
                 ECH_BOTH("the time of exceptions goes first: the time in level is never waived",
                          "以破格最短任级时间为准：任级时间从不放宽")),
    ECH_REMARKED(procedure_spread, procedure_months, spreads_beyond_mean,
                 ECH_BOTH("the mean goes first: months are even from 0 to twice the mean",
                          "以平均月数为准：在0至两倍平均月数之间均匀分布")),
    ECH_REMARKED(hiring_budget, hiring_cost, affords_nobody,
                 ECH_BOTH("the budget goes first: it pays for no recruit, so nobody is recruited",
                          "以经费为准：不足一人经费，无人录用")),
    ECH_REMARKED(
        selected_quota, hiring_quota, selects_beyond_quota,
        ECH_BOTH("the quota of recruits goes first: all of it are selected graduates, and no more",
                 "以招录计划为准：全部用于选调生，超出部分不招")),
    ECH_REMARKED(
        convert_service, convert_max_age, converts_too_old,
        ECH_BOTH(
            "the age goes first: whoever began at initial.entry_age is too old when he has the "
            "service",
            "以年龄为准：按 initial.entry_age 参加工作者达到工龄时已超龄")),
    ECH_REMARKED(grade_of_level, grade_highest, posts_beyond_highest_grade,
                 ECH_BOTH("the level goes first: it brings its grade, and nobody rises further",
                          "以职务层次为准：任职即达相应职级，不再晋升")),
    ECH_REMARKED(grade_entry_college, grade_highest, college_enters_high, ENTERS_HIGH),
    ECH_REMARKED(grade_entry_bachelor, grade_highest, bachelors_enter_high, ENTERS_HIGH),
    ECH_REMARKED(grade_entry_postgraduate, grade_highest, postgraduates_enter_high, ENTERS_HIGH),
    ECH_REMARKED(grade_past_highest, grade_highest, past_brings_high, ENTERS_HIGH),
};

void ech_precedence_check(struct ech_loading *loading, const struct ech_draft_set *set)
{
    ech_pairs_check(loading, set, rows, sizeof rows / sizeof rows[0]);
}

void ech_precedence_check_terms(struct ech_loading *loading, const struct ech_draft_set *set)
{
    ech_pairs_check(loading, set, rows_of_terms, sizeof rows_of_terms / sizeof rows_of_terms[0]);
}
