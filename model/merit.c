#include "model/merit.h"

static double education_shift(const struct ech_params *policy, int education)
{
    const double shifts[ECH_N_EDUCATIONS] = {
        [ECH_EDU_COLLEGE] = policy->merit_education_college,
        [ECH_EDU_BACHELOR] = policy->merit_education_bachelor,
        [ECH_EDU_POSTGRADUATE] = policy->merit_education_postgraduate,
    };
    return shifts[education];
}

static double channel_shift(const struct ech_params *policy, enum ech_channel channel)
{
    const double shifts[ECH_N_CHANNELS + 1] = {
        [ECH_CHANNEL_TRANSFER] = policy->merit_channel_transfer,
        [ECH_CHANNEL_OUTSIDE] = policy->merit_channel_outside,
        [ECH_CHANNEL_SELECTED] = policy->merit_channel_selected,
    };
    return shifts[channel];
}

void ech_merit_draw(const struct ech_run *run, const struct ech_chance *chance,
                    struct ech_person *person, enum ech_channel channel)
{
    const struct ech_params *policy = ech_policy_county(run);
    double own = ech_chance_normal(chance, person->key, 0, ECH_FOR_MERIT);
    person->merit =
        own + education_shift(policy, person->education) + channel_shift(policy, channel);
    person->contrast = ech_chance_normal(chance, person->key, 0, ECH_FOR_CONTRAST);
}

void ech_merit_prepare(struct ech_run *run)
{
    double r = ech_policy_county(run)->merit_correlation;
    run->merit_common = sqrt((1 + r) / 2);
    run->merit_contrast = sqrt((1 - r) / 2);
}

static double own_popularity(const struct ech_run *run, const struct ech_person *person)
{
    ech_id id = (ech_id)(person - run->people);
    const struct ech_chance *chance =
        person->joined_month == 0 ? &run->initial_chance : &run->chance;
    if (run->n_drawn == 0) {
        return ech_chance_normal(chance, person->key, 0, ECH_FOR_POPULARITY);
    }
    if (isnan(run->drawn[id].popularity)) {
        run->drawn[id].popularity = ech_chance_normal(chance, person->key, 0, ECH_FOR_POPULARITY);
    }
    return run->drawn[id].popularity;
}

static double popularity_of(const struct ech_run *run, const struct ech_person *person, double own)
{
    double with_merit = ech_policy_county(run)->selection_popularity;
    return with_merit * ech_merit_of(run, person).broad + sqrt(1 - with_merit * with_merit) * own;
}

double ech_popularity(const struct ech_run *run, const struct ech_person *person)
{
    return popularity_of(run, person, own_popularity(run, person));
}

void ech_popularities(const struct ech_run *run, ech_id first, int n, double *popularities)
{
    bool fixed = run->initial_chance.replication != run->chance.replication;
    ech_chance_normals(&run->chance, 0, ECH_FOR_POPULARITY, run->exit_key + first, n, popularities);
    for (int i = 0; i < n; i++) {
        const struct ech_person *person = &run->people[first + i];
        bool other = fixed && person->joined_month == 0;
        double own = other ? own_popularity(run, person) : popularities[i];
        popularities[i] = popularity_of(run, person, own);
    }
}
