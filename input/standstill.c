/* Policies under which promotions or hiring stop: what is certain to stop them from the start is refused,
   what is likely to, or stops them later or for some, is remarked. */
#include <math.h>

#include "input/pairs.h"

/** Nothing else fills the posts. */
static bool takes_no_outsiders(const struct ech_params *params)
{
    return !ech_policy_takes_outsiders(params);
}

/** No clause of years or training stands where nobody else is found. */
static bool makes_no_exceptions(const struct ech_params *params)
{
    return takes_no_outsiders(params) && params->selection_nobody != ECH_NOBODY_RELAX;
}

static bool needs_list(const struct ech_params *params)
{
    return params->reserve_use == ECH_RESERVE_REQUIRED;
}

/* Training and exams */

static bool trains_nobody(const struct ech_params *params)
{
    bool off = !(params->training_seats > 0) && !params->training_appointees;
    return off && params->eligibility_trained_within < ECH_NEVER;
}

static bool trains_appointees_alone(const struct ech_params *params)
{
    bool alone = !(params->training_seats > 0) && params->training_appointees;
    return alone && params->eligibility_trained_within < ECH_NEVER;
}

/** Whether a training has lapsed when its procedure ends, which asks again. */
static bool training_lapses(const struct ech_params *params)
{
    return params->eligibility_trained_within < params->procedure_months &&
           params->procedure_shape == ECH_PROCEDURE_CONSTANT;
}

static bool fails_everybody(const struct ech_params *params)
{
    return !(params->eligibility_exam_pass > 0);
}

static bool nominates_nobody(const struct ech_params *params)
{
    return params->appointments_most < 1;
}

/** Of whoever comes to the county, selected graduates aside. */
static bool educates_few(const struct ech_params *params)
{
    double share = params->eligibility_education == ECH_EDU_POSTGRADUATE
                       ? params->hiring_postgraduate
                   : params->eligibility_education == ECH_EDU_BACHELOR
                       ? params->hiring_postgraduate + params->hiring_bachelor
                       : 1;
    return share < 0.2;
}

/** What people bring along never suffices. */
static bool asks_base_of_all(const struct ech_params *params)
{
    return params->eligibility_base_time > params->background_base_time;
}

/* Ratings */

/** Words of min_rating. */
enum { ASKS_NOTHING, ASKS_BASIC, ASKS_COMPETENT, ASKS_EXCELLENT };

static bool never_excellent(const struct ech_params *params, int asked)
{
    bool some = params->assessment_excellent > 0 ||
                (params->assessment_top_units > 0 && params->assessment_top_excellent > 0);
    return params->assessment_held && asked == ASKS_EXCELLENT && !some;
}

static bool never_competent(const struct ech_params *params, int asked)
{
    return params->assessment_held && asked >= ASKS_COMPETENT &&
           params->assessment_incompetent + params->assessment_basic >= 1;
}

static bool rates_nobody_excellent(const struct ech_params *params)
{
    return never_excellent(params, params->eligibility_min_rating);
}

static bool rates_nobody_competent(const struct ech_params *params)
{
    return never_competent(params, params->eligibility_min_rating);
}

static bool lists_nobody_excellent(const struct ech_params *params)
{
    return needs_list(params) && never_excellent(params, params->reserve_min_rating);
}

static bool lists_nobody_competent(const struct ech_params *params)
{
    return needs_list(params) && never_competent(params, params->reserve_min_rating);
}

/* Lists */

/** Lists of one class alone are empty: contradictions.c refuses it of both. */
static bool lists_one_class(const struct ech_params *params, double ratio, double other)
{
    return needs_list(params) && params->reserve_supply == ECH_SUPPLY_RULE && !(ratio > 0) &&
           other > 0;
}

static bool lists_no_chiefs(const struct ech_params *params)
{
    return lists_one_class(params, params->reserve_chief_ratio, params->reserve_deputy_ratio);
}

static bool lists_no_deputies(const struct ech_params *params)
{
    return lists_one_class(params, params->reserve_deputy_ratio, params->reserve_chief_ratio);
}

/** Whether everybody listed has dropped off before the posts of the next month are filled. */
static bool drops_everybody(const struct ech_params *params)
{
    const struct ech_rate *rate = &params->reserve_dropout;
    return needs_list(params) && rate->by == ECH_BY_NOTHING && rate->is_probability[0] &&
           rate->value[0] >= 1;
}

/** Share of people on whom a rate has not fallen after some months; 1 where it depends on who they are. */
static double left_after(const struct ech_rate *rate, double months)
{
    double value = rate->value[0];
    return rate->by != ECH_BY_NOTHING ? 1
           : rate->is_probability[0]  ? pow(1 - value, months)
                                      : exp(-value / 12 * months);
}

/** Whether a tenth of the lists is left, or less, in the mean of the months between renewals. */
static bool drops_most(const struct ech_params *params)
{
    double left = 0;
    for (int month = 1; month <= params->reserve_renew_every; month++) {
        left += left_after(&params->reserve_dropout, month);
    }
    return needs_list(params) && !drops_everybody(params) &&
           left < 0.1 * params->reserve_renew_every;
}

/* Ages */

static int later(int a, int b)
{
    return a > b ? a : b;
}

static bool transfers(const struct ech_params *params)
{
    return params->entry_transfer_in > 0;
}

/** Age at which recruits of an age meet the clauses of a promotion. */
static int recruit_promoted(const struct ech_params *params, int age)
{
    int in_service = later(params->eligibility_min_service, params->eligibility_base_time);
    int in_level = later(params->eligibility_min_level_time, params->hiring_probation);
    return age + later(in_service, in_level);
}

/** The same of people who are transferred in. */
static int transfer_promoted(const struct ech_params *params, int age)
{
    int in_level = params->eligibility_min_level_time - params->entry_level_time;
    int at_base = params->eligibility_base_time - params->background_base_time;
    int of_service = params->initial_entry_age + params->eligibility_min_service;
    return later(age + later(0, later(in_level, at_base)), of_service);
}

/** The earlier of the two, for recruits and transfers of these ages; 0 where nobody comes. */
static int promoted_from(const struct ech_params *params, int recruit, int transfer)
{
    int a = ech_policy_recruits(params) ? recruit_promoted(params, recruit) : ECH_NEVER;
    int b = transfers(params) ? transfer_promoted(params, transfer) : ECH_NEVER;
    int first = a < b ? a : b;
    return first < ECH_NEVER ? first : 0;
}

/** Age at which the youngest who ever comes meets the clauses. */
static int youngest_promoted(const struct ech_params *params)
{
    return promoted_from(params, params->hiring_age_min, params->entry_age_min);
}

/** The same of somebody of middle age among those who come. */
static int usual_promoted(const struct ech_params *params)
{
    return promoted_from(params, (params->hiring_age_min + params->hiring_age_max + 11) / 2,
                         (params->entry_age_min + params->entry_age_max + 11) / 2);
}

/** Whether an age is past that of the lists, in months: they ask for completed years. */
static bool is_past_lists(const struct ech_params *params, int age)
{
    return params->reserve_max_age < ECH_NEVER && age > params->reserve_max_age + 11;
}

/* The people of month 0 may be younger or have the years already. */

static bool lists_nobody_so_old(const struct ech_params *params)
{
    return needs_list(params) && is_past_lists(params, youngest_promoted(params));
}

static bool lists_few_so_old(const struct ech_params *params)
{
    return needs_list(params) && is_past_lists(params, usual_promoted(params)) &&
           !lists_nobody_so_old(params);
}

static bool promotes_nobody_so_old(const struct ech_params *params)
{
    return youngest_promoted(params) >= params->eligibility_max_age;
}

static bool promotes_few_so_old(const struct ech_params *params)
{
    return usual_promoted(params) >= params->eligibility_max_age && !promotes_nobody_so_old(params);
}

/* Leaving, sanctions */

/** Whether fewer than one in ten are spared by a rate until they meet the clauses. */
static bool falls_first(const struct ech_params *params, const struct ech_rate *rate)
{
    int wait = later(params->eligibility_min_level_time, params->eligibility_min_service);
    return left_after(rate, wait) < 0.1;
}

static bool resigns_first(const struct ech_params *params)
{
    return falls_first(params, &params->exit_resign_rate);
}

static bool goes_upward_first(const struct ech_params *params)
{
    return falls_first(params, &params->exit_upward_rate) && !isfinite(params->exit_upward_slots);
}

static bool goes_outward_first(const struct ech_params *params)
{
    return falls_first(params, &params->exit_outward_rate);
}

static bool is_pushed_first(const struct ech_params *params)
{
    return falls_first(params, &params->push_up_rate);
}

/** Whether fewer than one in ten are free of sanctions that bar an appointment, at any time. */
static bool bars_most(const struct ech_params *params)
{
    double months =
        params->discipline_share_warning * params->discipline_block_warning +
        params->discipline_share_demerit * params->discipline_block_demerit +
        params->discipline_share_serious_demerit * params->discipline_block_serious_demerit +
        params->discipline_share_demotion * params->discipline_block_demotion +
        params->discipline_share_removal * params->discipline_block_removal;
    return left_after(&params->discipline_rate, (1 - params->discipline_cleared) * months) < 0.1;
}

static bool clears_everybody(const struct ech_params *params)
{
    return !ech_rate_is_off(&params->discipline_rate) && params->discipline_cleared >= 1;
}

/* Hiring */

static bool plans_no_place(const struct ech_params *params)
{
    return ech_policy_recruits(params) && !(params->hiring_fill_share > 0);
}

/** A unit's free places times the share are rounded down. */
static bool plans_few_places(const struct ech_params *params)
{
    return ech_policy_recruits(params) && params->hiring_fill_share > 0 &&
           params->hiring_fill_share < 0.25;
}

/** Probability that a place of a near unit finds the applicants without whom its plan fails. */
static double plan_opens(const struct ech_params *params)
{
    double p = exp(-params->hiring_applicants);
    double below = 0;
    for (int n = 0; n < params->hiring_ratio_needed; n++) {
        below += p;
        p *= params->hiring_applicants / (n + 1);
    }
    return 1 - below;
}

static bool finds_no_applicants(const struct ech_params *params)
{
    return params->hiring_quota > 0 && isfinite(params->hiring_applicants) &&
           plan_opens(params) < 0.1;
}

static bool converts_no_place(const struct ech_params *params)
{
    return params->convert_quota > 0 && !(params->convert_share > 0);
}

#define UNRATED                                                                                    \
    ECH_BOTH("nobody is ever rated so high: whoever has been assessed is never promoted",          \
             "无人达到该等次：参加过考核者均不能提任")
#define UNLISTED                                                                                   \
    ECH_BOTH("only the listed may be promoted, and nobody is ever rated high enough for a list",   \
             "只能从名单中提任，而无人达到列入名单的等次")
#define NO_LIST                                                                                    \
    ECH_BOTH("only the listed may be appointed, and nobody is listed for these posts",             \
             "只能从名单中任用，而此类职位没有名单")
#define GONE_FIRST                                                                                 \
    ECH_BOTH("fewer than one in ten stays long enough to meet the clauses of a promotion",         \
             "能留到满足提任年限者不足一成")

static const struct ech_pair rows[] = {
    ECH_REFUSED(eligibility_trained_within, training_seats, trains_nobody, makes_no_exceptions,
                ECH_BOTH("without training nobody is ever promoted but by way of exception",
                         "无人培训，除破格外无人能够提任")),
    ECH_REMARKED(eligibility_trained_within, training_seats, trains_appointees_alone,
                 ECH_BOTH("only whoever has been promoted is trained: nobody rises to the lowest "
                          "leading posts but by way of exception",
                          "只有新提任者参加培训：除破格外无人能够提任最低一级领导职位")),
    ECH_REMARKED(
        eligibility_trained_within, procedure_months, training_lapses,
        ECH_BOTH("a training has lapsed before the procedure ends: nobody takes office but "
                 "at a change of terms",
                 "程序结束前培训已过有效期：除换届外无人能够到任")),
    ECH_REMARKED(eligibility_exam_pass, selection_nobody, fails_everybody,
                 ECH_BOTH("nobody ever passes the exam: nobody is promoted from inside",
                          "无人通过资格考试：内部无人能够提任")),
    ECH_REMARKED(appointments_most, selection_nobody, nominates_nobody,
                 ECH_BOTH("nobody is ever nominated: posts that fall vacant stay so",
                          "从不提名：职位出缺后一直空缺")),
    ECH_REMARKED(eligibility_education, hiring_postgraduate, educates_few,
                 ECH_BOTH("fewer than one in five of those who come have the education: most posts "
                          "find nobody",
                          "进入者具备该学历的不足五分之一：多数职位无人可任")),
    ECH_REMARKED(eligibility_base_time, background_base_time, asks_base_of_all,
                 ECH_BOTH("what people bring along never suffices: only who serves at the base "
                          "level in the county rises",
                          "既有基层经历均不足：只有在本县（区）基层任职者能够提任")),
    ECH_REFUSED(eligibility_min_rating, assessment_excellent, rates_nobody_excellent,
                takes_no_outsiders, UNRATED),
    ECH_REFUSED(eligibility_min_rating, assessment_basic, rates_nobody_competent,
                takes_no_outsiders, UNRATED),
    ECH_REFUSED(reserve_min_rating, assessment_excellent, lists_nobody_excellent,
                takes_no_outsiders, UNLISTED),
    ECH_REFUSED(reserve_min_rating, assessment_basic, lists_nobody_competent, takes_no_outsiders,
                UNLISTED),
    ECH_REMARKED(reserve_use, reserve_chief_ratio, lists_no_chiefs, NO_LIST),
    ECH_REMARKED(reserve_use, reserve_deputy_ratio, lists_no_deputies, NO_LIST),
    ECH_REFUSED(reserve_use, reserve_dropout, drops_everybody, takes_no_outsiders,
                ECH_BOTH("only the listed may be appointed, and everybody drops off the list "
                         "before a post is filled from it",
                         "只能从名单中任用，而列入者在补缺前全部退出")),
    ECH_REMARKED(reserve_use, reserve_dropout, drops_most,
                 ECH_BOTH("only the listed may be appointed, and in the mean less than a tenth of "
                          "a list is left between its renewals",
                          "只能从名单中任用，而两次更新之间名单平均所剩不足一成")),
    ECH_REMARKED(reserve_use, reserve_max_age, lists_nobody_so_old,
                 ECH_BOTH("only the listed may be promoted, and everybody who comes is too old for "
                          "a list when he meets the clauses",
                          "只能从名单中提任，而进入者达到任职条件时均已超过后备年龄")),
    ECH_REMARKED(reserve_use, reserve_max_age, lists_few_so_old,
                 ECH_BOTH("only the listed may be promoted, and most who come are too old for a "
                          "list when they meet the clauses",
                          "只能从名单中提任，而多数进入者达到任职条件时已超过后备年龄")),
    ECH_REMARKED(entry_age_min, eligibility_max_age, promotes_nobody_so_old,
                 ECH_BOTH("neither recruits nor people transferred in meet the clauses before they "
                          "are too old: nobody of them is ever promoted",
                          "录用、调入人员达到条件时均已超龄：均不能提任")),
    ECH_REMARKED(hiring_age_max, eligibility_max_age, promotes_few_so_old,
                 ECH_BOTH("most who come are too old when they meet the clauses: few of them are "
                          "ever promoted",
                          "多数进入者达到条件时已超龄：能提任者很少")),
    ECH_REMARKED(exit_resign_rate, eligibility_min_level_time, resigns_first, GONE_FIRST),
    ECH_REMARKED(exit_upward_rate, eligibility_min_level_time, goes_upward_first, GONE_FIRST),
    ECH_REMARKED(exit_outward_rate, eligibility_min_level_time, goes_outward_first, GONE_FIRST),
    ECH_REMARKED(push_up_rate, eligibility_min_level_time, is_pushed_first,
                 ECH_BOTH("fewer than one in ten is still at his level when he meets the clauses "
                          "of a promotion: posts above it find nobody",
                          "达到提任年限时仍在原层次者不足一成：上一级职位无人可任")),
    ECH_REMARKED(discipline_rate, discipline_block_warning, bars_most,
                 ECH_BOTH("at any time fewer than one in ten is free of a sanction that bars "
                          "appointments",
                          "任何时候不受处分影响、可以任用者不足一成")),
    ECH_REMARKED(discipline_rate, discipline_cleared, clears_everybody,
                 ECH_BOTH("every case ends with the person cleared: nobody is ever sanctioned",
                          "所有案件均查无实据：从无处分")),
    ECH_REMARKED(hiring_quota, hiring_fill_share, plans_no_place,
                 ECH_BOTH("no place is ever put into the plan: nobody is recruited",
                          "没有编制列入计划：无人录用")),
    ECH_REMARKED(
        hiring_quota, hiring_fill_share, plans_few_places,
        ECH_BOTH("a unit's plan is rounded down: with fewer than five free places it plans "
                 "nobody",
                 "各单位计划向下取整：空编不足五个的单位不列计划")),
    ECH_REMARKED(hiring_applicants, hiring_ratio_needed, finds_no_applicants,
                 ECH_BOTH("fewer than one plan in ten finds so many applicants: next to nobody is "
                          "recruited",
                          "达到开考比例的职位不足一成：几乎无人录用")),
    ECH_REMARKED(convert_quota, convert_share, converts_no_place,
                 ECH_BOTH("no place is open to institution staff: nobody passes over",
                          "没有编制可供事业转行政：无人转任")),
};

void ech_standstill_check(struct ech_loading *loading, const struct ech_draft_set *set)
{
    ech_pairs_check(loading, set, rows, sizeof rows / sizeof rows[0]);
}
