#include "model/procedure.h"

/* Lowest level of any leading post: no higher organ approves there. */
static ech_id lowest_level(const struct ech_run *run)
{
    ech_id lowest = run->scenario->n_levels;
    for (int k = 0; k < run->scenario->n_kinds; k++) {
        ech_id level = run->scenario->kinds[k].level;
        lowest = level < lowest ? level : lowest;
    }
    return lowest;
}

/* Whole months 0, 1, 2, ... with the mean m, each followed by another with the same chance: k or more
   with probability (m / (1 + m))^k. */
static int geometric(double mean, double u)
{
    return mean > 0 ? (int)floor(log(u) / log(mean / (1 + mean))) : 0;
}

int ech_procedure_months(const struct ech_run *run, ech_id post, ech_key person)
{
    const struct ech_params *policy = ech_policy_post(run, post);
    ech_id above = ech_kind_of(run, post)->level - lowest_level(run);
    int mean = policy->procedure_months + above * policy->procedure_per_level;
    ech_key pair = ech_key_pair(person, run->posts[post].opening);
    int spread = policy->procedure_spread < mean ? policy->procedure_spread : mean;
    switch ((enum ech_procedure)policy->procedure_shape) {
    case ECH_PROCEDURE_CONSTANT:
        return mean;
    case ECH_PROCEDURE_UNIFORM:
        return mean - spread +
               ech_chance_below(&run->chance, pair, 0, ECH_FOR_PROCEDURE, 2 * spread + 1);
    case ECH_PROCEDURE_GEOMETRIC:
        return geometric(mean, ech_chance_uniform(&run->chance, pair, 0, ECH_FOR_PROCEDURE));
    }
    return mean;
}
