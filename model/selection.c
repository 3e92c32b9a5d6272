#include "model/selection.h"

#include <math.h>

#include "model/declines.h"
#include "model/filling.h"
#include "model/places.h"
#include "model/pool.h"
#include "model/rejections.h"
#include "model/sources.h"
#include "model/standing.h"

enum { N_CIRCLES = ECH_CIRCLE_OUTSIDE }; /* circles inside the county */

enum { MOST_SHORTLISTED = 20 }; /* the range of selection.shortlist */

/* The best candidates of one circle, in their order, and the rejections met on the way. */
struct circle {
    int n;
    ech_id shortlist[MOST_SHORTLISTED];
    struct ech_standing standings[MOST_SHORTLISTED];
    double best_merit; /* of all eligible, where there are any */
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
    unsigned failed = ech_pool_failed(run, opening, person);
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

/* Up again (能下再上): only a share of openings considers who has lost a post. */
static bool is_passed_over(const struct ech_run *run, const struct ech_opening *opening,
                           const struct ech_person *person)
{
    double weight = opening->demand.policy->upagain_weight;
    if (!person->fallen || weight >= 1) {
        return false;
    }
    ech_key pair = ech_key_pair(person->key, opening->key);
    return ech_chance_uniform(&run->chance, pair, 0, ECH_FOR_UP_AGAIN) >= weight;
}

/* Whether an opening looks at somebody at all: not in vain, free to move this month, a candidate, within
   scope. */
static bool is_looked_at(const struct ech_run *run, const struct ech_opening *opening,
                         const struct ech_person *person)
{
    return (!opening->again || ech_pool_again(run, opening, person)) &&
           person->next_post == ECH_NONE && person->moved_month != run->month &&
           !ech_is_away(run, person) && ech_is_candidate(run, person, opening->demand.kind) &&
           (int)circle_of(run, opening, person) <= opening->demand.policy->selection_scope &&
           !ech_has_declined(run, opening->post, (ech_id)(person - run->people)) &&
           !is_passed_over(run, opening, person);
}

/* Keeps the best `most` in their order. */
static void enter_shortlist(struct circle *circle, int most, ech_id id,
                            const struct ech_standing *standing)
{
    int at = circle->n;
    while (at > 0 && ech_comes_first(standing, &circle->standings[at - 1])) {
        if (at < most) {
            circle->shortlist[at] = circle->shortlist[at - 1];
            circle->standings[at] = circle->standings[at - 1];
        }
        at--;
    }
    if (at < most) {
        circle->shortlist[at] = id;
        circle->standings[at] = *standing;
    }
    circle->n += circle->n < most;
}

/* Who is chosen in a circle: the first, or of several shortlisted (差额) the one whom the inspection
   puts first. */
static ech_id chosen(const struct ech_run *run, const struct ech_opening *opening,
                     const struct circle *circle)
{
    if (circle->n == 0) {
        return ECH_NONE;
    }
    ech_id best = circle->shortlist[0];
    struct ech_standing first = {0};
    for (int i = 0; i < circle->n && circle->n > 1; i++) {
        const struct ech_person *person = &run->people[circle->shortlist[i]];
        struct ech_standing standing = ech_standing_of(run, opening, person, true);
        ech_standing_break_tie(run, opening, &standing);
        if (i == 0 || ech_comes_first(&standing, &first)) {
            best = circle->shortlist[i];
            first = standing;
        }
    }
    return best;
}

/* Nothing is drawn for who cannot come onto the shortlist. */
static void shortlist(const struct ech_run *run, const struct ech_opening *opening, ech_id id,
                      struct circle *circle)
{
    const struct ech_person *person = &run->people[id];
    bool is_full = circle->n == opening->n_shortlisted;
    const struct ech_standing *last = is_full ? &circle->standings[circle->n - 1] : NULL;
    if (is_full && ech_standing_is_behind(opening, person, last)) {
        return;
    }
    struct ech_standing standing = ech_standing_of(run, opening, person, false);
    if (is_full && ech_comes_after(&standing, last)) {
        return;
    }
    ech_standing_break_tie(run, opening, &standing);
    enter_shortlist(circle, opening->n_shortlisted, id, &standing);
}

static void consider(const struct ech_run *run, const struct ech_opening *opening, ech_id id,
                     struct circle *circles)
{
    const struct ech_person *person = &run->people[id];
    struct circle *circle = &circles[circle_of(run, opening, person)];
    unsigned failed = failed_clauses(run, opening, person);
    if (opening->excepting && failed != 0 &&
        ech_exception_possible(run, person, &opening->demand, failed)) {
        failed = 0;
    }
    circle->place_lacking |= failed == 1U << ECH_CLAUSE_ESTABLISHMENT_FULL;
    if (failed != 0) {
        if (ech_first_considered(opening, person)) {
            ech_rejections_note(&circle->rejections, failed);
        }
        return;
    }
    if (circle->n == 0 || person->merit > circle->best_merit) {
        circle->best_merit = person->merit;
    }
    if (opening->any_suffices) {
        circle->shortlist[0] = id;
        circle->n = 1;
        return;
    }
    shortlist(run, opening, id, circle);
}

/* The event log tells each rejection of the circles searched; nothing is told without a sink. */
static void emit_rejections(const struct ech_run *run, const struct ech_opening *opening,
                            int widest)
{
    const ech_id *pool;
    int n_pool = ech_pool_of(run, opening, &pool);
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

static struct ech_opening opening_of(struct ech_run *run, ech_id post)
{
    ech_id unit = run->scenario->posts[post].unit;
    double shortlist = ech_policy_post(run, post)->selection_shortlist;
    struct ech_opening opening = {
        .post = post,
        .type = run->scenario->units[unit].type,
        .key = ech_opening_key(run, post),
        .demand = ech_demand_of(run, post),
        .has_place = ech_places_free(run, unit, ECH_ADMIN) > 0 ||
                     ech_selection_exchange(run, unit) != ECH_NONE,
        .last_tried = run->posts[post].last_tried,
        .again = run->posts[post].last_tried >= run->month - 1,
        .set = ECH_NONE,
        .any_suffices = run->nominated_in_month >= ech_policy_county(run)->appointments_most,
        .n_shortlisted = isinf(shortlist) ? 1 : (int)shortlist,
    };
    opening.has_source = ech_source_of(run, post, &opening.source);
    ech_pool_set(run, &opening);
    ech_standing_look_at_team(run, &opening);
    return opening;
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

/* One circle of the pool outside the unit. Where it is enough to know whether there is anybody, only
   the rejections of who is new are still of interest once somebody is found. */
static void look_elsewhere(const struct ech_run *run, const struct ech_opening *opening,
                           enum ech_circle circle, struct circle *circles)
{
    const ech_id *pool;
    int n_pool = ech_pool_of(run, opening, &pool);
    for (int i = 0; i < n_pool; i++) {
        const struct ech_person *person = &run->people[pool[i]];
        if (i >= run->n_new && opening->any_suffices && opening->again && circles[circle].n > 0) {
            return;
        }
        if (circle_of(run, opening, person) == circle && is_looked_at(run, opening, person)) {
            consider(run, opening, pool[i], circles);
        }
    }
}

/* The matrix of sources names the type of units that this opening is filled from. */
static void look_at_source(const struct ech_run *run, const struct ech_opening *opening,
                           struct circle *circles)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (ech_source_offers(run, opening->post, opening->source, person) &&
            person->next_post == ECH_NONE && person->moved_month != run->month &&
            !ech_is_away(run, person)) {
            consider(run, opening, id, circles);
        }
    }
}

/* The circles of an opening are searched from the narrowest on, or the source that is drawn for it. */
static void look(const struct ech_run *run, const struct ech_opening *opening,
                 struct ech_choice *choice, struct circle *circles)
{
    if (opening->has_source) {
        choice->origin = opening->source == ECH_NONE ? ECH_ORIGIN_OUTSIDE : ECH_ORIGIN_INSIDE;
        if (choice->origin == ECH_ORIGIN_INSIDE) {
            look_at_source(run, opening, circles);
        }
        return;
    }
    look_in_unit(run, opening, circles);
    for (int c = ECH_CIRCLE_TYPE;
         c < N_CIRCLES && c <= opening->demand.policy->selection_scope && circles[c - 1].n == 0;
         c++) {
        look_elsewhere(run, opening, (enum ech_circle)c, circles);
    }
}

static void empty(struct circle *circle)
{
    circle->n = 0;
    circle->place_lacking = false;
    circle->rejections = (struct ech_rejections){0};
}

/* The narrowest circle in which anybody is found; gives the number of circles searched. */
static int search(struct ech_run *run, const struct ech_opening *opening, struct ech_choice *choice)
{
    struct circle circles[N_CIRCLES];
    for (int c = 0; c < N_CIRCLES; c++) {
        empty(&circles[c]);
    }
    look(run, opening, choice, circles);
    int c = 0;
    for (; c < N_CIRCLES && choice->person == ECH_NONE; c++) {
        if (!opening->excepting) {
            ech_rejections_count(run, opening, &circles[c].rejections);
        }
        choice->person = chosen(run, opening, &circles[c]);
        choice->best_merit = circles[c].n > 0 ? circles[c].best_merit : 0;
        choice->place_lacking |= circles[c].place_lacking;
    }
    return c;
}

struct ech_choice ech_selection_choose(struct ech_run *run, ech_id post)
{
    struct ech_opening opening = opening_of(run, post);
    struct ech_choice choice = {.person = ECH_NONE};
    int searched = search(run, &opening, &choice);
    emit_rejections(run, &opening, searched - 1);
    bool except = choice.person == ECH_NONE && choice.origin == ECH_ORIGIN_ANY &&
                  opening.demand.policy->selection_nobody == ECH_NOBODY_RELAX &&
                  run->excepted_in_year < ech_policy_county(run)->exception_most;
    if (except) {
        opening.excepting = true;
        search(run, &opening, &choice);
    }
    if (choice.person != ECH_NONE) {
        const struct ech_person *person = &run->people[choice.person];
        choice.merit = person->merit;
        choice.waived = except ? failed_clauses(run, &opening, person) : 0;
    }
    return choice;
}
