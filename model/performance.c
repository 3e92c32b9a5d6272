#include "model/performance.h"

#include "model/merit.h"

double ech_performance_competence(const struct ech_params *policy, int service)
{
    int months = service > 0 ? service : 0;
    return policy->performance_competence *
           -expm1(-(double)months / policy->performance_competence_time);
}

double ech_performance_learning(const struct ech_params *policy, int tenure)
{
    int left = policy->performance_learning_time - tenure;
    return left > 0 ? policy->performance_learning * left / policy->performance_learning_time : 0;
}

double ech_performance_staleness(const struct ech_params *policy, int tenure)
{
    int beyond = tenure - policy->performance_plateau;
    double lost = beyond > 0 ? policy->performance_staleness * beyond / 12 : 0;
    return lost < policy->performance_staleness_most ? lost : policy->performance_staleness_most;
}

void ech_performance_prepare(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    struct ech_curves *curves = &run->curves;
    curves->on = policy->training_seats > 0 || policy->training_appointees ||
                 policy->performance_competence > 0 || policy->performance_learning > 0 ||
                 policy->performance_staleness > 0 || policy->performance_strain > 0 ||
                 policy->performance_wall > 0 || policy->performance_effort > 0 ||
                 policy->assessment_held;
    curves->strain = policy->performance_strain;
    curves->wall = policy->performance_wall;
    for (int month = 0; month < ECH_CURVE_MONTHS; month++) {
        curves->competence[month] = ech_performance_competence(policy, month);
        double learning = ech_performance_learning(policy, month);
        double staleness = ech_performance_staleness(policy, month);
        curves->lost[month] =
            (struct ech_tenure_lost){.both = learning + staleness,
                                     .learning_micro = (int32_t)ech_micro(learning),
                                     .staleness_micro = (int32_t)ech_micro(staleness)};
    }
}

static int wall_of(const struct ech_run *run, const struct ech_person *person)
{
    int next = person->level + 1;
    int level = next < run->scenario->n_levels ? next : person->level;
    return ech_policy(run, person->unit, level)->eligibility_max_age;
}

struct ech_performer ech_performer_of(const struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    struct ech_merit merit = ech_merit_of(run, person);
    return (struct ech_performer){.economic = merit.economic,
                                  .broad = merit.broad,
                                  .id = id,
                                  .entry_month = person->entry_month,
                                  .post_month = person->post_month,
                                  .trained_month = person->trained_month,
                                  .birth_month = person->birth_month,
                                  .wall = wall_of(run, person),
                                  .course = ech_training_last(run, id),
                                  .leads = person->post != ECH_NONE,
                                  .sex = person->sex,
                                  .nonparty = person->nonparty,
                                  .education = person->education,
                                  .specialty = person->specialty};
}

struct ech_performance ech_performance_by(const struct ech_run *run, ech_id id)
{
    struct ech_performer mine = ech_performer_of(run, id);
    struct ech_boost boost = ech_training_left(run, mine.course, mine.trained_month);
    return ech_performance_now(run, &mine, &boost);
}
