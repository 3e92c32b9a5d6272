/* Policies of which nothing comes in so short a run or so small a county: `check` says so. */
#include "input/pairs.h"

/* The run */

/** Months of the shortest procedure; of a geometric one the mean, as few are much shorter. */
static int shortest_procedure(const struct ech_params *params)
{
    int mean = params->procedure_months;
    bool uniform = params->procedure_shape == ECH_PROCEDURE_UNIFORM;
    int spread = params->procedure_spread < mean ? params->procedure_spread : mean;
    return uniform ? mean - spread : mean;
}

static bool is_run(const struct ech_stage *stage)
{
    return stage->n_months > 0;
}

static bool fills_after_end(const struct ech_params *params, const struct ech_stage *stage)
{
    return is_run(stage) && stage->posts > 0 && shortest_procedure(params) > stage->n_months;
}

static bool approves_after_end(const struct ech_params *params, const struct ech_stage *stage)
{
    return is_run(stage) && stage->higher_posts &&
           params->procedure_per_level + shortest_procedure(params) > stage->n_months &&
           !fills_after_end(params, stage);
}

/** Whether procedures above the lowest leading posts take most of the run, and two years or more. */
static bool fills_late(const struct ech_params *params, const struct ech_stage *stage)
{
    int months = params->procedure_per_level + shortest_procedure(params);
    bool ends = fills_after_end(params, stage) || approves_after_end(params, stage);
    return is_run(stage) && stage->higher_posts && !ends && months >= 24 &&
           2 * months > stage->n_months;
}

/** Whoever leads at month 0 is taken to have held two posts at most. */
static bool asks_posts_beyond_end(const struct ech_params *params, const struct ech_stage *stage)
{
    int stay = params->lateral_min_tenure < params->rotation_min_tenure
                   ? params->lateral_min_tenure
                   : params->rotation_min_tenure;
    int missing = params->eligibility_hidden_posts - 2;
    return is_run(stage) && missing > 0 && stage->higher_posts && missing * stay > stage->n_months;
}

static bool shuffles_after_end(const struct ech_params *params, const struct ech_stage *stage)
{
    return is_run(stage) && params->rotation_shuffle_every < ECH_NEVER &&
           params->rotation_shuffle_every > stage->from_month + stage->n_months;
}

static bool renews_after_end(const struct ech_params *params, const struct ech_stage *stage)
{
    return is_run(stage) && params->reserve_use == ECH_RESERVE_REQUIRED &&
           params->reserve_renew_every > stage->from_month + stage->n_months;
}

/** Months from the set's beginning to the first month after it that has a number in the calendar. */
static int months_to(const struct ech_stage *stage, int calendar_month)
{
    return (calendar_month - 1 - stage->start_month % 12 + 11) % 12 + 1;
}

static bool recruits_after_end(const struct ech_params *params, const struct ech_stage *stage)
{
    return is_run(stage) && ech_policy_recruits(params) && stage->posts > 0 &&
           months_to(stage, params->hiring_exam_month) + params->hiring_report_after >
               stage->n_months;
}

/** Changes of terms lie whole terms before and after the first. */
static bool changes_terms_after_end(const struct ech_params *params, const struct ech_stage *stage)
{
    if (!is_run(stage) || params->term_first >= ECH_NEVER || !stage->terms) {
        return false;
    }
    int length = params->term_length;
    int since = (stage->start_month - params->term_first % length + length) % length;
    return length - since > stage->n_months;
}

/* The county */

/** Seats a year that come to people below the leading posts, as far as so many are due. */
static double seats_of_staff(const struct ech_params *params, const struct ech_stage *stage)
{
    double cycles = 12.0 / params->training_cycle; /* a year */
    double leaders = stage->posts;
    double staff = stage->places - leaders;
    double seats = params->training_priority == ECH_TRAIN_ALL
                       ? params->training_seats * staff / (staff + leaders)
                       : params->training_seats - leaders * cycles;
    return seats < staff * cycles ? seats : staff * cycles;
}

static bool trains_few(const struct ech_params *params, const struct ech_stage *stage)
{
    return params->eligibility_trained_within < ECH_NEVER && params->training_seats > 0 &&
           seats_of_staff(params, stage) < stage->posts / 20;
}

/** Fewer nominations a year than one for fifteen posts keep them filled only where a holder stays for
 * fifteen years in the mean; holders stay for less. */
static bool nominates_few(const struct ech_params *params, const struct ech_stage *stage)
{
    return params->appointments_most >= 1 && 12 * params->appointments_most < stage->posts / 15;
}

/** Selected graduates are placed first, besides the quota of recruits. */
static bool selects_everybody(const struct ech_params *params, const struct ech_stage *stage)
{
    return params->hiring_quota > 0 && !params->selected_within_quota && stage->posts > 0 &&
           params->selected_quota >= stage->places;
}

/** Units with free head count have plans of their own. */
static bool nobody_comes(const struct ech_params *params, const struct ech_stage *stage)
{
    return is_run(stage) && !stage->free_units && !ech_policy_recruits(params) &&
           !(params->entry_transfer_in > 0);
}

#define THERE(a_, b_, meets_, words_)                                                              \
    {                                                                                              \
        .a = ECH_PARAM_ID_##a_, .b = (b_), .meets_there = (meets_), .words = words_                \
    }

static const struct ech_pair rows[] = {
    THERE(procedure_months, ECH_PAIR_LENGTH, fills_after_end,
          ECH_BOTH("whoever is nominated takes office after the end: posts that fall vacant stay "
                   "so, but for those of a change of terms",
                   "获提名者在模拟终点之后才到任：除换届外，职位出缺后一直空缺")),
    THERE(
        procedure_per_level, ECH_PAIR_LENGTH, approves_after_end,
        ECH_BOTH("whoever is nominated above the lowest leading posts takes office after the "
                 "end: those posts stay vacant, but for a change of terms",
                 "最低一级以上领导职位的获提名者在模拟终点之后才到任：除换届外，此类职位一直空缺")),
    THERE(procedure_per_level, ECH_PAIR_LENGTH, fills_late,
          ECH_BOTH("a procedure above the lowest leading posts takes more than half of the run: "
                   "most of those posts that fall vacant stay so",
                   "最低一级以上领导职位的任用程序超过模拟期的一半：此类职位出缺后多数一直空缺")),
    THERE(eligibility_hidden_posts, ECH_PARAM_ID_lateral_min_tenure, asks_posts_beyond_end,
          ECH_BOTH("nobody can come to have held so many posts before the end of the run: no "
                   "leader is promoted",
                   "模拟期内无人能达到该岗位数：领导干部均不能提任")),
    THERE(rotation_shuffle_every, ECH_PAIR_LENGTH, shuffles_after_end,
          ECH_BOTH("the first rotation of all comes after the end: it changes nothing",
                   "首次全体轮换在模拟终点之后：不起作用")),
    THERE(reserve_renew_every, ECH_PAIR_LENGTH, renews_after_end,
          ECH_BOTH("only the listed may be appointed, and the lists of month 0 are never renewed",
                   "只能从名单中任用，而期初名单从不更新")),
    THERE(hiring_report_after, ECH_PAIR_LENGTH, recruits_after_end,
          ECH_BOTH("the recruits of the first exam report after the end: nobody is recruited",
                   "首次招考的录用人员在模拟终点之后报到：无人录用")),
    THERE(term_first, ECH_PAIR_LENGTH, changes_terms_after_end,
          ECH_BOTH("no change of terms lies before the end: it changes nothing",
                   "模拟期内没有换届：不起作用")),
    THERE(eligibility_trained_within, ECH_PARAM_ID_training_seats, trains_few,
          ECH_BOTH("of those below the leading posts fewer are trained in a year than one for "
                   "twenty posts: most posts find nobody",
                   "一般干部每年受训人数不足领导职数的二十分之一：多数职位无人可任")),
    THERE(appointments_most, ECH_PARAM_ID_selection_nobody, nominates_few,
          ECH_BOTH("fewer are nominated in a year than one for fifteen posts: vacant posts pile up",
                   "全年提名人数不足领导职数的十五分之一：空缺职位逐年积累")),
    THERE(selected_quota, ECH_PARAM_ID_hiring_quota, selects_everybody,
          ECH_BOTH("selected graduates go first: they leave no place to the exam",
                   "以选调生为先：不给公开招考留下编制")),
    THERE(entry_transfer_in, ECH_PARAM_ID_hiring_quota, nobody_comes,
          ECH_BOTH("nobody ever comes: whoever leaves is not replaced",
                   "从无人员进入：离开者无人接替")),
};

void ech_scale_check(struct ech_loading *loading, const struct ech_draft_set *set)
{
    if (loading->county_bad || loading->scenario->n_months == 0) {
        return; /* said once, of the county or the run */
    }
    ech_pairs_check(loading, set, rows, sizeof rows / sizeof rows[0]);
}
