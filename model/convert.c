#include "model/careers.h"
#include "model/hiring.h"
#include "model/places.h"
#include "model/rank.h"

static bool may_convert(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    return person->presence == ECH_SERVING && person->track == ECH_INSTITUTION &&
           person->moved_month != run->month &&
           run->month - person->entry_month >= policy->convert_service &&
           run->month - person->birth_month < policy->convert_max_age;
}

/* Institution staff who may pass over, by a keyed score: merit as a yearly look at it shows it. */
static int rank_staff(const struct ech_run *run, struct ech_rank *ranks)
{
    int n = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (!may_convert(run, person)) {
            continue;
        }
        double validity = ech_policy_person(run, person)->selection_validity;
        double noise = ech_chance_normal(&run->chance, person->key, run->month, ECH_FOR_CONVERT);
        double score = validity * person->merit + sqrt(1 - validity * validity) * noise;
        ranks[n++] = (struct ech_rank){.first = -score, .key = person->key, .id = id};
    }
    ech_rank_sort(ranks, n);
    return n;
}

void ech_convert_staff(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    int64_t left = ech_hiring_quota(run, ech_policy_county(run)->convert_quota);
    if (left == 0) {
        return;
    }
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        double share = ech_policy_unit(run, unit)->convert_share;
        run->units[unit].n_planned = (int)(share * ech_places_vacant(run, unit, ECH_ADMIN) + 1e-9);
    }
    int n = rank_staff(run, run->ranks);
    for (int i = 0; i < n && left > 0; i++) {
        struct ech_unit_state *state = &run->units[run->people[run->ranks[i].id].unit];
        if (state->n_planned > 0) {
            state->n_planned--;
            left--;
            ech_convert(run, run->ranks[i].id);
        }
    }
}
