#include <math.h>

#include "model/careers.h"
#include "model/steps.h"

/* Who fails goes back to the level that he came from, without a post, and is blocked for a while. */
static void fail(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    int block = ech_policy_person(run, person)->upagain_block;
    ech_count(run, ECH_M_probation_failures_NONE, 0, person->unit, 1);
    ech_fall(run, id, "probation", person->level - 1, run->month + block);
}

/* Probability of failing: that of the post at mean merit, its odds larger for who has less. */
static double failing(const struct ech_params *policy, double merit)
{
    double share = policy->probation_failure;
    if (policy->probation_merit_odds <= 1 || share <= 0 || share >= 1) {
        return share;
    }
    double odds = share / (1 - share) * pow(policy->probation_merit_odds, -merit);
    return isinf(odds) ? 1 : odds / (1 + odds);
}

/* Whoever has come to the end of the probation in his post is confirmed or fails, by a number of the
   person and the month; the rule is that of the post. */
void ech_probation_step(struct ech_run *run)
{
    for (ech_id id = 0; id < run->n_people && run->probation_on; id++) {
        struct ech_person *person = &run->people[id];
        if (person->post_probation_end != run->month || /* most are not, which is soon seen */
            person->presence != ECH_SERVING || person->post == ECH_NONE) {
            continue;
        }
        double share = failing(ech_policy_post(run, person->post), person->merit);
        ech_count(run, ECH_M_probations_ended_NONE, 0, person->unit, 1);
        if (ech_chance_uniform(&run->chance, person->key, run->month, ECH_FOR_POST_PROBATION) <
            share) {
            fail(run, id);
        } else {
            person->post_probation_end = ECH_LONG_AGO;
        }
    }
}
