/* Policies under which promotions stop: what is certain to stop them from the start is refused, what is
   likely to, or stops them later or for some, is remarked. */
#include "input/precedence.h"

/** How a set of parameters stops promotions. */
enum stop { RUNS, LIKELY, CERTAIN };

/** Judges a set that holds from the start, or only later. */
typedef enum stop stops(const struct ech_params *params, bool from_start);

static bool takes_outsiders(const struct ech_params *params)
{
    return params->selection_scope == ECH_CIRCLE_OUTSIDE ||
           params->selection_nobody == ECH_NOBODY_OUTSIDE;
}

/** No clause of years or training stands where nobody else is found. */
static bool makes_exceptions(const struct ech_params *params)
{
    return params->selection_nobody == ECH_NOBODY_RELAX;
}

/** Certain from the start where nothing else fills the posts. */
static enum stop stop_unless(bool relieved, bool from_start)
{
    return from_start && !relieved ? CERTAIN : LIKELY;
}

static enum stop trains_nobody(const struct ech_params *params, bool from_start)
{
    bool off = !(params->training_seats > 0) && !params->training_appointees;
    return off && params->eligibility_trained_within < ECH_NEVER
               ? stop_unless(takes_outsiders(params) || makes_exceptions(params), from_start)
               : RUNS;
}

static enum stop trains_appointees_alone(const struct ech_params *params, bool from_start)
{
    (void)from_start;
    bool alone = !(params->training_seats > 0) && params->training_appointees;
    return alone && params->eligibility_trained_within < ECH_NEVER ? LIKELY : RUNS;
}

static enum stop fails_everybody(const struct ech_params *params, bool from_start)
{
    (void)from_start;
    return params->eligibility_exam_pass > 0 ? RUNS : LIKELY;
}

static enum stop nominates_nobody(const struct ech_params *params, bool from_start)
{
    (void)from_start;
    return params->appointments_most < 1 ? LIKELY : RUNS;
}

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

static enum stop rates_nobody_excellent(const struct ech_params *params, bool from_start)
{
    return never_excellent(params, params->eligibility_min_rating)
               ? stop_unless(takes_outsiders(params), from_start)
               : RUNS;
}

static enum stop rates_nobody_competent(const struct ech_params *params, bool from_start)
{
    return never_competent(params, params->eligibility_min_rating)
               ? stop_unless(takes_outsiders(params), from_start)
               : RUNS;
}

static bool needs_list(const struct ech_params *params)
{
    return params->reserve_use == ECH_RESERVE_REQUIRED;
}

static enum stop lists_nobody_excellent(const struct ech_params *params, bool from_start)
{
    return needs_list(params) && never_excellent(params, params->reserve_min_rating)
               ? stop_unless(takes_outsiders(params), from_start)
               : RUNS;
}

static enum stop lists_nobody_competent(const struct ech_params *params, bool from_start)
{
    return needs_list(params) && never_competent(params, params->reserve_min_rating)
               ? stop_unless(takes_outsiders(params), from_start)
               : RUNS;
}

static int later(int a, int b)
{
    return a > b ? a : b;
}

/** Age at which the youngest who ever comes has the years that a promotion asks for, less `ahead`. */
static int youngest_promoted(const struct ech_params *params, int ahead)
{
    int in_level = params->eligibility_min_level_time - ahead;
    int in_service = params->eligibility_min_service - ahead;
    int recruit = params->hiring_age_min + later(0, later(in_level, in_service));
    int transfer = later(params->entry_age_min,
                         later(params->entry_age_min - params->entry_level_time + in_level,
                               params->initial_entry_age + in_service));
    bool recruits = params->hiring_quota > 0 || params->selected_quota > 0;
    bool transfers = params->entry_transfer_in > 0;
    return !recruits && !transfers ? 0
           : !transfers            ? recruit
           : !recruits             ? transfer
           : recruit < transfer    ? recruit
                                   : transfer;
}

/** The people of month 0 may be younger or have the years already. */
static enum stop lists_nobody_so_old(const struct ech_params *params, bool from_start)
{
    (void)from_start;
    bool late = params->reserve_max_age < ECH_NEVER &&
                youngest_promoted(params, params->reserve_within) > params->reserve_max_age + 11;
    return needs_list(params) && late ? LIKELY : RUNS;
}

static enum stop promotes_nobody_so_old(const struct ech_params *params, bool from_start)
{
    (void)from_start;
    return youngest_promoted(params, 0) >= params->eligibility_max_age ? LIKELY : RUNS;
}

#define UNRATED                                                                                    \
    ECH_BOTH("nobody is ever rated so high: whoever has been assessed is never promoted",          \
             "无人达到该等次：参加过考核者均不能提任")
#define UNLISTED                                                                                   \
    ECH_BOTH("only the listed may be promoted, and nobody is ever rated high enough for a list",   \
             "只能从名单中提任，而无人达到列入名单的等次")

/** Which two rows meet, and what comes of it. */
static const struct {
    enum ech_param_id a, b;
    stops *stops;
    const char *words;
} rows[] = {
#define ID(name) ECH_PARAM_ID_##name
    {ID(eligibility_trained_within), ID(training_seats), trains_nobody,
     ECH_BOTH("without training nobody is ever promoted but by way of exception",
              "无人培训，除破格外无人能够提任")},
    {ID(eligibility_trained_within), ID(training_seats), trains_appointees_alone,
     ECH_BOTH("only whoever has been promoted is trained: nobody rises to the lowest leading posts "
              "but by way of exception",
              "只有新提任者参加培训：除破格外无人能够提任最低一级领导职位")},
    {ID(eligibility_exam_pass), ID(selection_nobody), fails_everybody,
     ECH_BOTH("nobody ever passes the exam: nobody is promoted from inside",
              "无人通过资格考试：内部无人能够提任")},
    {ID(appointments_most), ID(selection_nobody), nominates_nobody,
     ECH_BOTH("nobody is ever nominated: posts that fall vacant stay so",
              "从不提名：职位出缺后一直空缺")},
    {ID(eligibility_min_rating), ID(assessment_excellent), rates_nobody_excellent, UNRATED},
    {ID(eligibility_min_rating), ID(assessment_basic), rates_nobody_competent, UNRATED},
    {ID(reserve_min_rating), ID(assessment_excellent), lists_nobody_excellent, UNLISTED},
    {ID(reserve_min_rating), ID(assessment_basic), lists_nobody_competent, UNLISTED},
    {ID(reserve_use), ID(reserve_max_age), lists_nobody_so_old,
     ECH_BOTH("only the listed may be promoted, and everybody who comes is too old for a list when "
              "he comes near the clauses",
              "只能从名单中提任，而进入者接近任职条件时均已超过后备年龄")},
    {ID(entry_age_min), ID(eligibility_max_age), promotes_nobody_so_old,
     ECH_BOTH("neither recruits nor people transferred in meet the clauses before they are too "
              "old: nobody of them is ever promoted",
              "录用、调入人员达到条件时均已超龄：均不能提任")},
#undef ID
};

void ech_standstill_check(struct ech_loading *loading, const struct ech_draft_set *set)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        switch (rows[i].stops(&set->params, set->from_month == 0)) {
        case RUNS:
            break;
        case LIKELY:
            ech_precedence_remark(loading, set, rows[i].a, rows[i].b, rows[i].words);
            break;
        case CERTAIN:
            ech_contradict(loading, set, rows[i].a, rows[i].b, rows[i].words);
            break;
        }
    }
}
