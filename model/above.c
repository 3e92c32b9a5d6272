/* Openings above: places at a higher organ draw chiefs out of the county. */
#include "model/careers.h"
#include "model/scores.h"
#include "model/steps.h"

/* A Poisson number with this mean, by inversion: with the same u a larger mean never gives fewer. */
static int poisson(double mean, double u)
{
    double probability = exp(-mean);
    double sum = probability;
    int n = 0;
    while (sum < u && probability > 0) {
        n++;
        probability *= mean / n;
        sum += probability;
    }
    return n;
}

/* A chief who has served the time in his level and is below the age limit of promotions. */
static bool may_rise(const struct ech_run *run, ech_id post)
{
    ech_id holder = run->posts[post].holder;
    if (holder == ECH_NONE || ech_class_of(run, post) != ECH_CLASS_CHIEF) {
        return false;
    }
    const struct ech_person *person = &run->people[holder];
    const struct ech_params *policy = ech_policy_post(run, post);
    return person->next_post == ECH_NONE && person->moved_month != run->month &&
           run->month - person->level_month >= policy->eligibility_min_level_time &&
           run->month - person->birth_month < policy->eligibility_max_age;
}

/* Who of a unit an opening above would take, by the selection rule of their posts; ECH_NONE: nobody. */
static ech_id best_of(const struct ech_run *run, ech_id unit, ech_key opening)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    struct ech_rank best = {.id = ECH_NONE};
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        if (!may_rise(run, post)) {
            continue;
        }
        ech_id holder = run->posts[post].holder;
        const struct ech_person *person = &run->people[holder];
        ech_key pair = ech_key_pair(person->key, opening);
        struct ech_rank rank = {.first = -ech_score(run, holder, pair, ech_policy_post(run, post)),
                                .tie = ech_chance_bits(&run->chance, pair, 0, ECH_FOR_TIE),
                                .key = person->key,
                                .id = holder};
        best = best.id == ECH_NONE || ech_rank_compare(&rank, &best) < 0 ? rank : best;
    }
    return best.id;
}

/* The unit whose -ln(u) / development is smallest, so that each is drawn in proportion to it; where no
   unit with a candidate is developed at all, each has the same chance. */
static ech_id drawn_person(const struct ech_run *run, ech_key opening)
{
    const struct ech_county *county = run->county;
    struct ech_rank best = {.id = ECH_NONE};
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        ech_id person = best_of(run, unit, opening);
        if (person == ECH_NONE) {
            continue;
        }
        const struct ech_unit *facts = &run->scenario->units[unit];
        ech_key pair = ech_key_pair(facts->key, opening);
        double wait = -log(ech_chance_uniform(&run->chance, pair, 0, ECH_FOR_ABOVE));
        bool developed = facts->development > 0;
        struct ech_rank rank = {.first = !developed,
                                .second = developed ? wait / facts->development : wait,
                                .key = facts->key,
                                .id = person};
        best = best.id == ECH_NONE || ech_rank_compare(&rank, &best) < 0 ? rank : best;
    }
    return best.id;
}

void ech_above_step(struct ech_run *run)
{
    double mean = ech_policy_county(run)->out_promoted / 12;
    if (!(mean > 0)) {
        return;
    }
    int n = poisson(mean,
                    ech_chance_uniform(&run->chance, run->county->key, run->month, ECH_FOR_ABOVE));
    for (int i = 0; i < n; i++) {
        ech_key opening = ech_key_pair(run->county->key, (uint64_t)run->month << 32 | (uint64_t)i);
        ech_id person = drawn_person(run, opening);
        if (person != ECH_NONE) {
            ech_leave(run, person, ECH_CAUSE_PROMOTED_OUT);
        }
    }
}
