#include "model/eligibility.h"

#include "model/assessment.h"
#include "model/background.h"
#include "model/due.h"
#include "model/retirement.h"

struct ech_demand ech_demand_of(const struct ech_run *run, ech_id post)
{
    return (struct ech_demand){.kind = ech_kind_of(run, post),
                               .policy = ech_policy_post(run, post),
                               .unit = run->scenario->posts[post].unit};
}

static unsigned bit(bool failed, enum ech_clause clause)
{
    return failed ? 1U << clause : 0;
}

unsigned ech_eligibility_failed_home(const struct ech_run *run, const struct ech_person *person,
                                     const struct ech_demand *demand)
{
    return bit(ech_eligibility_asks_home(demand) &&
                   ech_background_home_of(run, person) == demand->unit,
               ECH_CLAUSE_HOME_AVOIDANCE);
}

/* Asked of everybody, whether he rises or moves at his level. */
static unsigned failed_always(const struct ech_run *run, const struct ech_person *person,
                              const struct ech_demand *demand)
{
    return bit(person->stepped_down, ECH_CLAUSE_STEPPED_DOWN) |
           bit(run->month + demand->ahead < person->village_end, ECH_CLAUSE_VILLAGE) |
           bit(run->month + demand->ahead < person->blocked_until, ECH_CLAUSE_SANCTION) |
           bit(run->month + demand->ahead < person->post_probation_end, ECH_CLAUSE_POST_PROBATION) |
           ech_eligibility_failed_home(run, person, demand);
}

/* What he has done and learnt so far. */
static unsigned failed_record(const struct ech_run *run, const struct ech_person *person,
                              const struct ech_demand *demand)
{
    const struct ech_params *policy = demand->policy;
    unsigned failed = 0;
    if (policy->eligibility_base_time > 0) {
        int months = ech_background_base_time(run, person, demand->ahead);
        failed |= bit(months < policy->eligibility_base_time, ECH_CLAUSE_BASE_EXPERIENCE);
    }
    failed |= bit(ech_is_rated_below(person, policy->eligibility_min_rating), ECH_CLAUSE_RATING);
    /* The post held counts; whoever comes from below the leading posts has no step to take. */
    failed |= bit(person->post != ECH_NONE && person->n_posts < policy->eligibility_hidden_posts,
                  ECH_CLAUSE_HIDDEN_STEP);
    int within = policy->eligibility_trained_within;
    failed |=
        bit(within < ECH_NEVER && run->month - person->trained_month > within, ECH_CLAUSE_TRAINING);
    return failed;
}

/* The qualifying exam is sat once for each level, and only for the level above one's own. */
static bool fails_exam(const struct ech_run *run, const struct ech_person *person,
                       const struct ech_demand *demand)
{
    double share = demand->policy->eligibility_exam_pass;
    if (!(share < 1)) {
        return false;
    }
    double *number = &run->drawn[person - run->people].exam;
    if (isnan(*number)) {
        ech_key sitting = ech_key_pair(person->key, (uint64_t)demand->kind->level);
        *number = ech_chance_uniform(&run->chance, sitting, 0, ECH_FOR_QUALIFYING);
    }
    return *number >= share;
}

static unsigned failed_promotion(const struct ech_run *run, const struct ech_person *person,
                                 const struct ech_demand *demand)
{
    const struct ech_params *policy = demand->policy;
    int then = run->month + demand->ahead;
    int spared = ech_is_thrice_excellent(person) ? policy->assessment_three_months : 0;
    return bit(then - person->level_month < policy->eligibility_min_level_time - spared,
               ECH_CLAUSE_LEVEL_TIME) |
           bit(then - person->entry_month < policy->eligibility_min_service, ECH_CLAUSE_SERVICE) |
           bit(run->month - person->birth_month >= policy->eligibility_max_age,
               ECH_CLAUSE_AGE_LIMIT) |
           bit(person->education < policy->eligibility_education, ECH_CLAUSE_EDUCATION) |
           bit(then < person->probation_end, ECH_CLAUSE_PROBATION) |
           bit(fails_exam(run, person, demand), ECH_CLAUSE_EXAM) |
           failed_record(run, person, demand);
}

/* What candidates fail but for the age at which the post itself would make them retire. */
static unsigned failed_otherwise(const struct ech_run *run, const struct ech_person *person,
                                 const struct ech_demand *demand)
{
    unsigned failed = failed_always(run, person, demand);
    if (person->level < demand->kind->level) {
        return failed | failed_promotion(run, person, demand);
    }
    if (person->fallen &&
        person->post == ECH_NONE) { /* coming up again is a new appointment: not beyond its age */
        int age = run->month - person->birth_month;
        failed |= bit(age >= demand->policy->eligibility_max_age, ECH_CLAUSE_AGE_LIMIT);
    }
    int tenure = run->month + demand->ahead - person->post_month;
    return failed | bit(person->post != ECH_NONE && tenure < demand->policy->lateral_min_tenure,
                        ECH_CLAUSE_LATERAL_TENURE);
}

unsigned ech_eligibility_failed(const struct ech_run *run, const struct ech_person *person,
                                const struct ech_demand *demand)
{
    unsigned failed = failed_otherwise(run, person, demand);
    bool passes = failed == 0 || ech_exception_possible(run, person, demand, failed);
    return failed | bit(passes && ech_retired_in_new_post(run, person), ECH_CLAUSE_AGE_LIMIT);
}

/* Month before which the base-level experience that is asked for is neither reached nor lost: a month
   brings one month of it at most, and what a village counts in advance ends with it. */
static int base_time_change(const struct ech_run *run, const struct ech_person *person,
                            const struct ech_demand *demand)
{
    int asked = demand->policy->eligibility_base_time;
    int missing = asked > 0 ? asked - ech_background_base_time(run, person, demand->ahead) : 0;
    int next = missing > 0 ? run->month + missing : ECH_NEVER;
    if (asked > 0) {
        ech_due_bring_forward(&next, person->village_end, run->month);
    }
    return next;
}

int ech_eligibility_change(const struct ech_run *run, const struct ech_person *person,
                           const struct ech_demand *demand)
{
    const struct ech_params *policy = demand->policy;
    int spared = ech_is_thrice_excellent(person) ? policy->assessment_three_months : 0;
    int retirement = ech_retire_month_in_new_post(run, person);
    const int months[] = {person->village_end - demand->ahead,
                          person->blocked_until - demand->ahead,
                          person->post_probation_end - demand->ahead,
                          person->level_month + policy->eligibility_min_level_time - spared -
                              demand->ahead,
                          person->entry_month + policy->eligibility_min_service - demand->ahead,
                          person->birth_month + policy->eligibility_max_age,
                          person->probation_end - demand->ahead,
                          person->trained_month + policy->eligibility_trained_within + 1,
                          person->post_month + policy->lateral_min_tenure - demand->ahead,
                          retirement};
    int next = base_time_change(run, person, demand);
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        ech_due_bring_forward(&next, months[i], run->month);
    }
    if (retirement < ECH_NEVER || policy->selection_nobody == ECH_NOBODY_RELAX) {
        int exception = person->level_month + policy->exception_min_level_time;
        ech_due_bring_forward(&next, exception, run->month);
    }
    return next;
}

/* Every value that a clause, the list, an exception or a look at who has fallen reads. */
bool ech_eligibility_is_same(const struct ech_params *a, const struct ech_params *b)
{
    return a == b || (a->eligibility_min_level_time == b->eligibility_min_level_time &&
                      a->eligibility_min_service == b->eligibility_min_service &&
                      a->eligibility_max_age == b->eligibility_max_age &&
                      a->eligibility_education == b->eligibility_education &&
                      a->eligibility_base_time == b->eligibility_base_time &&
                      a->eligibility_min_rating == b->eligibility_min_rating &&
                      a->eligibility_hidden_posts == b->eligibility_hidden_posts &&
                      a->eligibility_trained_within == b->eligibility_trained_within &&
                      a->eligibility_exam_pass == b->eligibility_exam_pass &&
                      a->assessment_three_months == b->assessment_three_months &&
                      a->lateral_min_tenure == b->lateral_min_tenure &&
                      a->exception_min_level_time == b->exception_min_level_time &&
                      (a->selection_nobody == ECH_NOBODY_RELAX) ==
                          (b->selection_nobody == ECH_NOBODY_RELAX) &&
                      a->reserve_use == b->reserve_use && a->upagain_weight == b->upagain_weight);
}

bool ech_exception_possible(const struct ech_run *run, const struct ech_person *person,
                            const struct ech_demand *demand, unsigned failed)
{
    static const unsigned waivable = 1U << ECH_CLAUSE_LEVEL_TIME | 1U << ECH_CLAUSE_SERVICE |
                                     1U << ECH_CLAUSE_EDUCATION | 1U << ECH_CLAUSE_BASE_EXPERIENCE |
                                     1U << ECH_CLAUSE_TRAINING | 1U << ECH_CLAUSE_HIDDEN_STEP;
    bool one = (failed & (failed - 1)) == 0 && (failed & ~waivable) == 0;
    return one && person->level < demand->kind->level && !person->exceptional &&
           run->month - person->level_month >= demand->policy->exception_min_level_time;
}
