/* Limits of which one must not exceed the other. */
#include <string.h>

#include "input/pairs.h"

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

/** The plan moves no more than the cap leaves: at most what has accrued of it by the month. */
static void check_planned_share(struct ech_loading *loading, const struct ech_draft_set *set)
{
    const struct ech_params *params = &set->params;
    if (params->rotation_share > params->rotation_share_cap) {
        ech_pair_contradict(loading, set, ECH_PARAM_ID_rotation_share,
                            ECH_PARAM_ID_rotation_share_cap, LARGER);
    } else if (params->rotation_share * 12 >
               params->rotation_share_cap * params->rotation_month + 1e-9) {
        ech_pair_remark(
            loading, set, ECH_PARAM_ID_rotation_share, ECH_PARAM_ID_rotation_share_cap,
            ECH_BOTH("the cap goes first: by the month of the plan only so many twelfths of it "
                     "have accrued",
                     "以年上限为准：到计划交流月份只累计了相应的十二分之几"));
    }
}

void ech_limits_check(struct ech_loading *loading, const struct ech_draft_set *set)
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
            ech_pair_contradict(loading, set, pairs[i].low, pairs[i].high, pairs[i].words);
        } else {
            ech_pair_remark(loading, set, pairs[i].low, pairs[i].high, pairs[i].words);
        }
    }
    check_planned_share(loading, set);
}
