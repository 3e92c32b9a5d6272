/* Conflict (不团结) between the two chiefs of a unit: both are moved. */
#include "model/office.h"
#include "model/rank.h"
#include "model/rotation.h"
#include "model/steps.h"

/* The holder of the unit's first post of a role, if he has served longer than this month. */
static ech_id chief_of(const struct ech_run *run, ech_id unit, enum ech_role role)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        ech_id holder = run->posts[post].holder;
        if (ech_kind_of(run, post)->role == role) {
            return holder != ECH_NONE && ech_rotation_movable(run, &run->people[holder]) ? holder
                                                                                         : ECH_NONE;
        }
    }
    return ECH_NONE;
}

/* Whether this month's draw of the pair falls; their hazard is one, whoever came first. */
static bool breaks_out(const struct ech_run *run, ech_id first, ech_id second, double p)
{
    ech_key pair = ech_key_pair(run->people[first].key, run->people[second].key);
    return ech_chance_bits(&run->chance, pair, run->month, ECH_FOR_CONFLICT) <
           ech_chance_threshold(p);
}

static bool is_party_to(const struct ech_run *run, int n, ech_id id)
{
    for (int i = 0; i < n; i++) {
        if (run->ranks[i].id == id) {
            return true;
        }
    }
    return false;
}

/* The longest in post of his level and class elsewhere who is free to change with him. */
static ech_id find_exchange(struct ech_run *run, ech_id id, int n_parties)
{
    const struct ech_county *county = run->county;
    struct ech_rank best = {.id = ECH_NONE};
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        ech_id other = run->posts[post].holder;
        if (other == ECH_NONE || !ech_rotation_unguarded(run, &run->people[other]) ||
            !ech_rotation_may_swap(run, id, other) || is_party_to(run, n_parties, other)) {
            continue;
        }
        struct ech_rank rank = ech_rotation_rank(run, other);
        best = best.id == ECH_NONE || ech_rank_compare(&rank, &best) < 0 ? rank : best;
    }
    return best.id;
}

static void part(struct ech_run *run, ech_id id, int n_parties)
{
    ech_id other = find_exchange(run, id, n_parties);
    if (other != ECH_NONE) {
        const ech_id pair[2] = {id, other};
        ech_rotate(run, pair, 2, "conflict");
        ech_count(run, ECH_M_conflict_moves_NONE, 0, run->people[other].unit, 1);
    }
}

void ech_conflict_step(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    bool is_probability;
    double rate = ech_rate_at(&ech_policy_county(run)->conflict_rate, 0, 0, &is_probability);
    double p = ech_rate_monthly(rate, is_probability);
    int n = 0;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units && p > 0;
         unit++) {
        ech_id party = chief_of(run, unit, ECH_ROLE_PARTY_CHIEF);
        ech_id government = chief_of(run, unit, ECH_ROLE_GOVERNMENT_CHIEF);
        if (party != ECH_NONE && government != ECH_NONE && breaks_out(run, party, government, p)) {
            ech_count(run, ECH_M_conflicts_NONE, 0, unit, 1);
            run->ranks[n++] = ech_rotation_rank(run, party);
            run->ranks[n++] = ech_rotation_rank(run, government);
        }
    }
    ech_rank_sort(run->ranks, n);
    for (int i = 0; i < n; i++) {
        part(run, run->ranks[i].id, n);
    }
}
