#include "model/standing.h"

#include "model/assessment.h"

enum { YOUNG = 35 * 12 };

static bool is_young(const struct ech_run *run, const struct ech_person *person)
{
    return run->month - person->birth_month < YOUNG;
}

/* Whether something counts at equal merit. */
static bool has_preference(const struct ech_params *policy)
{
    return policy->selection_women_first || policy->selection_nonparty_first ||
           policy->selection_young_first || policy->selection_specialty_first ||
           policy->assessment_three_first;
}

/* Holders of the unit's posts and who is nominated for one. */
static void look_at_team(const struct ech_run *run, struct ech_opening *opening)
{
    const struct ech_unit *facts = &run->scenario->units[opening->demand.unit];
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        const struct ech_post_state *state = &run->posts[post];
        ech_id id = state->holder != ECH_NONE ? state->holder : state->nominee;
        if (id != ECH_NONE) {
            opening->team_has_young |= is_young(run, &run->people[id]);
            opening->team_specialties |= 1U << run->people[id].specialty;
        }
    }
}

void ech_standing_prepare(const struct ech_run *run, struct ech_opening *opening)
{
    const struct ech_params *policy = opening->demand.policy;
    opening->has_preference = has_preference(policy);
    opening->prefers_listed = policy->reserve_use == ECH_RESERVE_PREFERRED;
    opening->by_seniority =
        policy->selection_rule == ECH_SELECT_SENIORITY && !opening->has_preference;
    opening->by_tie = policy->selection_rule == ECH_SELECT_SENIORITY ||
                      policy->selection_rule == ECH_SELECT_LOTTERY;
    if (policy->selection_young_first || policy->selection_specialty_first) {
        look_at_team(run, opening);
    }
}

/* A general training is none that a team could lack. */
static int structure_of(const struct ech_run *run, const struct ech_opening *opening,
                        const struct ech_person *person)
{
    const struct ech_params *policy = opening->demand.policy;
    bool lacking = person->specialty != ECH_SPECIALTY_GENERAL &&
                   (opening->team_specialties >> person->specialty & 1U) == 0;
    return (policy->selection_women_first && person->sex == ECH_FEMALE) +
           (policy->selection_nonparty_first && person->nonparty) +
           (policy->selection_young_first && !opening->team_has_young && is_young(run, person)) +
           (policy->selection_specialty_first && lacking) +
           (policy->assessment_three_first && ech_is_thrice_excellent(person));
}

struct ech_standing ech_standing_of(const struct ech_run *run, const struct ech_opening *opening,
                                    const struct ech_person *person, double score)
{
    const struct ech_params *policy = opening->demand.policy;
    struct ech_standing standing = {.level = person->level,
                                    .listed =
                                        opening->prefers_listed && person->listed != ECH_UNLISTED,
                                    .score = score,
                                    .key = person->key};
    if (!opening->has_preference) {
        return standing;
    }
    standing.structure = structure_of(run, opening, person);
    standing.band = policy->selection_equal_band > 0
                        ? floor(standing.score / policy->selection_equal_band)
                        : standing.score; /* only exactly equal scores count as equal */
    return standing;
}

/* Below 0: a comes before b; 0: ties decide. */
static int compare(const struct ech_standing *a, const struct ech_standing *b)
{
    if (a->level != b->level) {
        return a->level > b->level ? -1 : 1;
    }
    if (a->listed != b->listed) {
        return a->listed > b->listed ? -1 : 1;
    }
    if (a->band != b->band) {
        return a->band > b->band ? -1 : 1;
    }
    if (a->structure != b->structure) {
        return a->structure > b->structure ? -1 : 1;
    }
    return a->score != b->score ? (a->score > b->score ? -1 : 1) : 0;
}

bool ech_comes_after(const struct ech_standing *a, const struct ech_standing *b)
{
    return compare(a, b) > 0;
}

static void draw_tie(const struct ech_run *run, const struct ech_opening *opening,
                     struct ech_standing *standing)
{
    if (!standing->has_tie) {
        ech_key pair = ech_key_pair(standing->key, opening->key);
        standing->tie = ech_chance_bits(&run->chance, pair, 0, ECH_FOR_TIE);
        standing->has_tie = true;
    }
}

bool ech_comes_first(const struct ech_run *run, const struct ech_opening *opening,
                     struct ech_standing *a, struct ech_standing *b)
{
    int order = compare(a, b);
    if (order != 0) {
        return order < 0;
    }
    draw_tie(run, opening, a);
    draw_tie(run, opening, b);
    return a->tie != b->tie ? a->tie < b->tie : a->key < b->key;
}
