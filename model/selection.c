#include "model/selection.h"

#include <math.h>

#include "model/filling.h"
#include "model/places.h"
#include "model/rejections.h"
#include "model/reserve.h"
#include "model/sources.h"

enum { N_CIRCLES = ECH_CIRCLE_OUTSIDE }; /* circles inside the county */

/* How a candidate stands against others; compared in this order. */
struct standing {
    int level;     /* higher first */
    int listed;    /* on the reserve list, where that is preferred */
    double band;   /* band of equal merit, or 0 */
    int structure; /* women or non-party first at equal merit */
    double score;
    uint64_t tie; /* lower first */
    ech_key key;
};

/* Best candidate of one circle and the rejections met on the way. */
struct circle {
    ech_id best;
    struct standing standing;
    double best_merit;
    bool place_lacking;
    struct ech_rejections rejections;
};

static bool may_exchange(const struct ech_run *run, ech_id unit, const struct ech_person *person)
{
    return person->presence == ECH_SERVING && person->unit == unit && person->stepped_down &&
           person->pledged_to == ECH_NONE && person->moved_month != run->month;
}

ech_id ech_selection_exchange(const struct ech_run *run, ech_id unit)
{
    const struct ech_unit_state *state = &run->units[unit];
    const ech_id *places = run->places + state->first_place[ECH_ADMIN];
    ech_id best = ECH_NONE;
    for (int i = 0; i < state->max_places[ECH_ADMIN]; i++) {
        if (places[i] == ECH_NONE || !may_exchange(run, unit, &run->people[places[i]])) {
            continue;
        }
        const struct ech_person *person = &run->people[places[i]];
        const struct ech_person *other = best == ECH_NONE ? NULL : &run->people[best];
        if (other == NULL || person->post_month < other->post_month ||
            (person->post_month == other->post_month && person->key < other->key)) {
            best = places[i];
        }
    }
    return ech_policy_county(run)->stepdown_exchange ? best : ECH_NONE;
}

static bool comes_first(const struct standing *a, const struct standing *b)
{
    if (a->level != b->level) {
        return a->level > b->level;
    }
    if (a->listed != b->listed) {
        return a->listed > b->listed;
    }
    if (a->band != b->band) {
        return a->band > b->band;
    }
    if (a->structure != b->structure) {
        return a->structure > b->structure;
    }
    if (a->score != b->score) {
        return a->score > b->score;
    }
    return a->tie != b->tie ? a->tie < b->tie : a->key < b->key;
}

/* Score of the noisy assessment: its correlation with merit is the validity. */
static double noisy_score(const struct ech_run *run, const struct ech_person *person, ech_key pair,
                          double validity)
{
    double noise = ech_chance_normal(&run->chance, pair, 0, ECH_FOR_NOISE);
    return validity * person->merit + sqrt(1 - validity * validity) * noise;
}

double ech_selection_score(const struct ech_run *run, const struct ech_person *person, ech_key pair,
                           const struct ech_params *policy)
{
    switch ((enum ech_selection)policy->selection_rule) {
    case ECH_SELECT_SENIORITY:
        return -(double)person->level_month;
    case ECH_SELECT_LOTTERY:
        return 0; /* the keyed number of the tie decides */
    case ECH_SELECT_SCORE:
        return noisy_score(run, person, pair, policy->selection_validity) +
               ech_reserve_growth(run, person);
    }
    return 0;
}

static struct standing standing_of(const struct ech_run *run, const struct ech_opening *opening,
                                   const struct ech_person *person)
{
    const struct ech_params *policy = opening->demand.policy;
    ech_key pair = ech_key_pair(person->key, opening->key);
    struct standing standing = {
        .level = person->level,
        .listed = policy->reserve_use == ECH_RESERVE_PREFERRED && person->listed != ECH_UNLISTED,
        .score = ech_selection_score(run, person, pair, policy),
        .tie = ech_chance_bits(&run->chance, pair, 0, ECH_FOR_TIE),
        .key = person->key,
    };
    bool preference = policy->selection_women_first || policy->selection_nonparty_first;
    if (preference && policy->selection_equal_band > 0) {
        standing.band = floor(standing.score / policy->selection_equal_band);
    }
    if (preference) {
        standing.structure = (policy->selection_women_first && person->sex == ECH_FEMALE) +
                             (policy->selection_nonparty_first && person->nonparty);
    }
    if (preference && !(policy->selection_equal_band > 0)) {
        standing.band = standing.score; /* only exactly equal scores count as equal */
    }
    return standing;
}

static enum ech_circle circle_of(const struct ech_run *run, const struct ech_opening *opening,
                                 const struct ech_person *person)
{
    if (person->unit == opening->demand.unit) {
        return ECH_CIRCLE_UNIT;
    }
    return run->scenario->units[person->unit].type == opening->type ? ECH_CIRCLE_TYPE
                                                                    : ECH_CIRCLE_COUNTY;
}

static unsigned failed_clauses(const struct ech_run *run, const struct ech_opening *opening,
                               const struct ech_person *person)
{
    unsigned failed = ech_eligibility_failed(run, person, &opening->demand);
    /* The list prepares promotions; who has the level already needs none. */
    if (opening->demand.policy->reserve_use == ECH_RESERVE_REQUIRED &&
        person->listed == ECH_UNLISTED && person->level < opening->demand.kind->level) {
        failed |= 1U << ECH_CLAUSE_RESERVE_REQUIRED;
    }
    if (person->unit != opening->demand.unit && !opening->has_place) {
        failed |= 1U << ECH_CLAUSE_ESTABLISHMENT_FULL;
    }
    return failed;
}

/* Whether an opening looks at somebody at all: free to move this month, a candidate, within scope. */
static bool is_looked_at(const struct ech_run *run, const struct ech_opening *opening,
                         const struct ech_person *person)
{
    return person->next_post == ECH_NONE && person->moved_month != run->month &&
           !ech_is_away(run, person) && ech_is_candidate(run, person, opening->demand.kind) &&
           (int)circle_of(run, opening, person) <= opening->demand.policy->selection_scope;
}

static void consider(const struct ech_run *run, const struct ech_opening *opening, ech_id id,
                     struct circle *circles)
{
    const struct ech_person *person = &run->people[id];
    struct circle *circle = &circles[circle_of(run, opening, person)];
    unsigned failed = failed_clauses(run, opening, person);
    circle->place_lacking |= failed == 1U << ECH_CLAUSE_ESTABLISHMENT_FULL;
    if (failed != 0) {
        if (ech_first_considered(opening, person)) {
            ech_rejections_note(&circle->rejections, failed);
        }
        return;
    }
    struct standing standing = standing_of(run, opening, person);
    if (circle->best == ECH_NONE || person->merit > circle->best_merit) {
        circle->best_merit = person->merit;
    }
    if (circle->best == ECH_NONE || comes_first(&standing, &circle->standing)) {
        circle->best = id;
        circle->standing = standing;
    }
}

/* Whom the opening may look at: everybody the first time, afterwards who may still be found. */
static int pool_of(const struct ech_run *run, const struct ech_opening *opening,
                   const ech_id **pool)
{
    bool again = opening->last_tried >= run->month - 1;
    *pool = again ? run->lively : run->pool;
    return again ? run->n_lively : run->n_pool;
}

/* The event log tells each rejection of the circles searched; nothing is told without a sink. */
static void emit_rejections(const struct ech_run *run, const struct ech_opening *opening,
                            int widest)
{
    const ech_id *pool;
    int n_pool = pool_of(run, opening, &pool);
    for (int i = 0; i < n_pool && run->sink != NULL; i++) {
        const struct ech_person *person = &run->people[pool[i]];
        if (!is_looked_at(run, opening, person) || (int)circle_of(run, opening, person) > widest ||
            !ech_first_considered(opening, person)) {
            continue;
        }
        unsigned failed = failed_clauses(run, opening, person);
        if (failed != 0) {
            ech_rejection_emit(run, opening, person, failed);
        }
    }
}

static struct ech_opening opening_of(const struct ech_run *run, ech_id post)
{
    ech_id unit = run->scenario->posts[post].unit;
    return (struct ech_opening){
        .post = post,
        .type = run->scenario->units[unit].type,
        .key = ech_opening_key(run, post),
        .demand = ech_demand_of(run, post),
        .has_place = ech_places_free(run, unit, ECH_ADMIN) > 0 ||
                     ech_selection_exchange(run, unit) != ECH_NONE,
        .last_tried = run->posts[post].last_tried,
    };
}

/* People of the opening's own unit stand on its places. */
static void look_in_unit(const struct ech_run *run, const struct ech_opening *opening,
                         struct circle *circles)
{
    const struct ech_unit_state *state = &run->units[opening->demand.unit];
    const ech_id *places = run->places + state->first_place[ECH_ADMIN];
    for (int i = 0; i < state->max_places[ECH_ADMIN]; i++) {
        if (places[i] == ECH_NONE) {
            continue;
        }
        const struct ech_person *person = &run->people[places[i]];
        if (person->unit == opening->demand.unit && person->presence == ECH_SERVING &&
            is_looked_at(run, opening, person)) {
            consider(run, opening, places[i], circles);
        }
    }
}

static void look_elsewhere(const struct ech_run *run, const struct ech_opening *opening,
                           struct circle *circles)
{
    const ech_id *pool;
    int n_pool = pool_of(run, opening, &pool);
    for (int i = 0; i < n_pool; i++) {
        const struct ech_person *person = &run->people[pool[i]];
        if (person->unit != opening->demand.unit && is_looked_at(run, opening, person)) {
            consider(run, opening, pool[i], circles);
        }
    }
}

/* The matrix of sources names the type of units that this opening is filled from. */
static void look_at_source(const struct ech_run *run, const struct ech_opening *opening,
                           ech_id type, struct circle *circles)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (ech_source_offers(run, opening->post, type, person) && person->next_post == ECH_NONE &&
            person->moved_month != run->month && !ech_is_away(run, person)) {
            consider(run, opening, id, circles);
        }
    }
}

/* The circles of an opening are searched from the narrowest on, or the source that is drawn for it. */
static void look(const struct ech_run *run, const struct ech_opening *opening,
                 struct ech_choice *choice, struct circle *circles)
{
    ech_id source;
    if (ech_source_of(run, opening->post, &source)) {
        choice->outside = source == ECH_NONE;
        choice->inside = source != ECH_NONE;
        if (choice->inside) {
            look_at_source(run, opening, source, circles);
        }
        return;
    }
    look_in_unit(run, opening, circles);
    if (circles[ECH_CIRCLE_UNIT].best == ECH_NONE &&
        opening->demand.policy->selection_scope > ECH_CIRCLE_UNIT) {
        look_elsewhere(run, opening, circles);
    }
}

struct ech_choice ech_selection_choose(struct ech_run *run, ech_id post)
{
    struct ech_opening opening = opening_of(run, post);
    struct ech_choice choice = {.person = ECH_NONE};
    struct circle circles[N_CIRCLES];
    for (int c = 0; c < N_CIRCLES; c++) {
        circles[c] = (struct circle){.best = ECH_NONE};
    }
    look(run, &opening, &choice, circles);
    int c = 0;
    for (; c < N_CIRCLES && choice.person == ECH_NONE; c++) {
        ech_rejections_count(run, &opening, &circles[c].rejections);
        choice.person = circles[c].best;
        choice.best_merit = circles[c].best_merit;
        choice.place_lacking |= circles[c].place_lacking;
    }
    emit_rejections(run, &opening, c - 1);
    if (choice.person != ECH_NONE) {
        choice.merit = run->people[choice.person].merit;
    }
    return choice;
}
