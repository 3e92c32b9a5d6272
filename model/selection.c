#include "model/selection.h"

#include <math.h>

#include "model/declines.h"
#include "model/field.h"
#include "model/filling.h"
#include "model/finding.h"
#include "model/places.h"
#include "model/pool.h"
#include "model/rungs.h"
#include "model/sources.h"

enum { N_CIRCLES = ECH_CIRCLE_OUTSIDE }; /* circles inside the county */

enum { SPARE = 3 }; /* people found beyond the shortlist, for rounds that follow */

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
    bool may = ech_policy_county(run)->stepdown_exchange;
    for (int i = 0; i < state->max_places[ECH_ADMIN] && may; i++) {
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
    return best;
}

static enum ech_circle circle_of(const struct ech_run *run, const struct ech_opening *opening,
                                 ech_id unit)
{
    if (unit == opening->demand.unit) {
        return ECH_CIRCLE_UNIT;
    }
    return run->scenario->units[unit].type == opening->type ? ECH_CIRCLE_TYPE : ECH_CIRCLE_COUNTY;
}

/* The clauses in which the opening's own unit matters: home and free place. */
static unsigned failed_here(const struct ech_run *run, const struct ech_opening *opening,
                            const struct ech_person *person)
{
    bool full = person->unit != opening->demand.unit && !opening->has_place;
    unsigned home = ech_eligibility_asks_home(&opening->demand)
                        ? ech_eligibility_failed_home(run, person, &opening->demand)
                        : 0;
    return home | (full ? 1U << ECH_CLAUSE_ESTABLISHMENT_FULL : 0);
}

static unsigned failed_clauses(const struct ech_run *run, const struct ech_opening *opening,
                               const struct ech_person *person)
{
    struct ech_demand anywhere = opening->demand;
    anywhere.unit = ECH_NONE;
    return ech_eligibility_failed(run, person, &anywhere) |
           ech_eligibility_failed_list(person, &anywhere) | failed_here(run, opening, person);
}

/* Up again (能下再上): only a share of openings considers who has lost a post. */
static bool is_passed_over(const struct ech_run *run, const struct ech_opening *opening,
                           const struct ech_person *person)
{
    double weight = opening->demand.policy->upagain_weight;
    if (weight >= 1 || !person->fallen) {
        return false;
    }
    ech_key pair = ech_key_pair(person->key, opening->key);
    return ech_chance_uniform(&run->chance, pair, 0, ECH_FOR_UP_AGAIN) >= weight;
}

/* Whether an opening looks at somebody who is in the running: he has not declined, nor is passed over. */
static bool is_asked(const struct ech_run *run, const struct ech_opening *opening, ech_id id)
{
    return !ech_has_declined(run, opening->post, id) &&
           !is_passed_over(run, opening, &run->people[id]);
}

/* `failed`: clauses in all. */
static void consider(const struct ech_run *run, const struct ech_opening *opening, ech_id id,
                     unsigned failed, struct ech_field *field)
{
    const struct ech_person *person = &run->people[id];
    if (opening->excepting && failed != 0 &&
        ech_exception_possible(run, person, &opening->demand, failed)) {
        failed = 0;
    }
    field->place_lacking |= failed == 1U << ECH_CLAUSE_ESTABLISHMENT_FULL;
    if (failed != 0) {
        if (ech_first_considered(opening, person)) {
            ech_rejections_note(&field->rejections, failed, 1);
        }
        return;
    }
    field->eligible[field->n_eligible++] = id;
}

/* Whether an opening looks at somebody, whoever he is: he stands in the pool, free to move this month, within
   the circles searched. */
static bool is_looked_at(const struct ech_run *run, const struct ech_opening *opening, ech_id id,
                         int widest)
{
    const struct ech_person *person = &run->people[id];
    return person->presence == ECH_SERVING && person->next_post == ECH_NONE &&
           person->moved_month != run->month && !ech_is_away(run, person) &&
           ech_is_candidate(run, person, opening->demand.kind) &&
           (int)circle_of(run, opening, person->unit) <= widest && is_asked(run, opening, id);
}

/* The event log tells each rejection of the circles searched; nothing is told without a sink. */
static void emit_rejections(const struct ech_run *run, const struct ech_opening *opening,
                            int widest)
{
    int scope = opening->demand.policy->selection_scope;
    widest = scope < widest ? scope : widest;
    for (ech_id id = 0; id < run->n_people && run->sink != NULL; id++) {
        const struct ech_person *person = &run->people[id];
        if ((opening->again && person->stepped_down) || !ech_first_considered(opening, person) ||
            !is_looked_at(run, opening, id, widest)) {
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
        .key = run->posts[post].opening,
        .demand = ech_demand_of(run, post),
        .has_place = ech_places_free(run, unit, ECH_ADMIN) > 0 ||
                     ech_selection_exchange(run, unit) != ECH_NONE,
        .last_tried = run->posts[post].last_tried,
        .is_first = run->posts[post].last_tried < run->posts[post].vacant_since,
        .again = run->posts[post].last_tried >= run->month - 1,
        .row = run->asks[post] % run->n_pool_rows,
        .any_suffices = run->nominated_in_month >= ech_policy_county(run)->appointments_most,
        .n_shortlisted = isinf(shortlist) ? 1 : (int)shortlist,
    };
    opening.has_source = ech_source_of(run, post, &opening.source);
    opening.asks_all =
        !ech_eligibility_asks_home(&opening.demand) && opening.demand.policy->upagain_weight >= 1;
    opening.n_first = opening.n_shortlisted + SPARE;
    if (opening.n_first > ECH_MOST_FOUND) {
        opening.n_first = opening.n_shortlisted;
    }
    ech_standing_prepare(run, &opening);
    return opening;
}

/* Whether somebody who fails this matters to an opening: he may be chosen, at most with one clause waived,
   or his rejection counts. Who has stepped down is out of the running for good, and told so once. */
static bool matters(const struct ech_run *run, const struct ech_opening *opening, ech_id id,
                    unsigned failed)
{
    if (failed == 0 || failed == ECH_NOT_RUNNING) {
        return failed == 0;
    }
    bool told = opening->again && (failed >> ECH_CLAUSE_STEPPED_DOWN & 1U) != 0;
    return !told && (opening->excepting ? (failed & (failed - 1)) == 0
                                        : ech_first_considered(opening, &run->people[id]));
}

/* Looks at one of the pool, if it matters and he is asked. */
static void look_at(const struct ech_run *run, const struct ech_opening *opening, ech_id id,
                    unsigned failed, struct ech_field *field)
{
    const struct ech_person *person = &run->people[id];
    bool has_place = opening->has_place || person->unit == opening->demand.unit;
    if (failed == 0 && opening->asks_all && has_place) {
        field->eligible[field->n_eligible] = id;
        field->n_eligible += !ech_has_declined(run, opening->post, id);
    } else if (matters(run, opening, id, failed) && is_asked(run, opening, id)) {
        consider(run, opening, id, failed | failed_here(run, opening, person), field);
    }
}

/* Clauses that somebody in the pool fails in the opening's row. */
static unsigned failed_in_row(const struct ech_run *run, const struct ech_opening *opening,
                              ech_id id)
{
    bool below = run->people[id].level < opening->demand.kind->level;
    return ech_pool_failed(run, opening->row, below)[id];
}

/* Looks at the people of a unit who stand on the level of the post or the one below it, or at those of
   them alone who fail something. */
static void look_in_unit(struct ech_run *run, const struct ech_opening *opening, ech_id unit,
                         bool failing, struct ech_field *field)
{
    ech_id level = opening->demand.kind->level;
    bool all_suited = !failing && opening->asks_all && run->n_decline_words == 0 &&
                      (opening->has_place || unit == opening->demand.unit);
    for (ech_id from = level; from >= 0 && from >= level - 1; from--) {
        const unsigned *failed = ech_pool_failed(run, opening->row, from < level);
        int n = ech_rungs_list(run, ech_rung_of(run, unit, from), run->pool);
        for (int i = 0; i < n; i++) {
            ech_id id = run->pool[i];
            if (failed[id] == 0 && all_suited) {
                field->eligible[field->n_eligible++] = id;
            } else if (failed[id] != ECH_NOT_RUNNING && (failed[id] != 0 || !failing)) {
                look_at(run, opening, id, failed[id], field);
            }
        }
    }
}

/* Looks at those of a set of candidates who stand in one circle; where it is enough to know whether there
   is anybody, the first will do. */
static void look_at_set(const struct ech_run *run, const struct ech_opening *opening,
                        enum ech_circle c, enum ech_pool_set which, struct ech_field *field)
{
    int slot = ech_pool_slot(run, opening->demand.kind->level, opening->row);
    const uint64_t *set = ech_pool_set(run, slot, which);
    bool one_will_do = which == ECH_POOL_SUITED && opening->any_suffices &&
                       !ech_eligibility_asks_home(&opening->demand);
    for (ech_id from = 0; from < run->n_people; from += 64) {
        for (uint64_t rest = set[from / 64]; rest != 0; rest &= rest - 1) {
            ech_id id = from + __builtin_ctzll(rest);
            if (circle_of(run, opening, run->people[id].unit) == c) {
                look_at(run, opening, id, failed_in_row(run, opening, id), field);
            }
        }
        if (one_will_do && field->n_eligible > 0) {
            return;
        }
    }
}

/* Those of the opening's own unit are of its type, and in no circle beyond. */
static void take_out_unit(const struct ech_run *run, const struct ech_opening *opening, int slot,
                          struct ech_rejections *rejections)
{
    ech_id level = opening->demand.kind->level;
    const uint64_t *drawn = ech_pool_set(run, slot, ECH_POOL_DRAWN);
    for (ech_id from = level; from >= 0 && from >= level - 1; from--) {
        const unsigned *failed = ech_pool_failed(run, opening->row, from < level);
        int n = ech_rungs_list(run, ech_rung_of(run, opening->demand.unit, from), run->pool);
        for (int i = 0; i < n; i++) {
            ech_id id = run->pool[i];
            if (failed[id] != 0 && failed[id] != ECH_NOT_RUNNING && !ech_pool_has(drawn, id)) {
                ech_rejections_note(rejections, failed[id], -1);
            }
        }
    }
}

/* Rejections of a first look, which everybody meets who fails a clause, are counted beforehand; whoever
   of the fallen is drawn for a look has no part in the tallies. */
static void reject_by_tally(const struct ech_run *run, const struct ech_opening *opening,
                            enum ech_circle c, struct ech_field *field)
{
    int slot = ech_pool_slot(run, opening->demand.kind->level, opening->row);
    const struct ech_rejections *of_type = ech_pool_tally(run, slot, opening->type);
    struct ech_rejections rejections = *of_type;
    if (c == ECH_CIRCLE_TYPE) {
        take_out_unit(run, opening, slot, &rejections);
    } else {
        rejections = *ech_pool_tally(run, slot, ECH_NONE);
        ech_rejections_take_out(&rejections, of_type);
    }
    ech_rejections_add(&field->rejections, &rejections,
                       opening->has_place ? 0 : 1U << ECH_CLAUSE_ESTABLISHMENT_FULL);
    look_at_set(run, opening, c, ECH_POOL_DRAWN, field);
}

/* Everybody who fails a clause in a circle, one by one: where homes matter, or after months in which the
   opening had a nominee. */
static void look_at_failing(struct ech_run *run, const struct ech_opening *opening,
                            enum ech_circle c, struct ech_field *field)
{
    const struct ech_county *county = run->county;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        if (circle_of(run, opening, unit) == c) {
            look_in_unit(run, opening, unit, true, field);
        }
    }
}

/* One circle of the pool outside the unit. */
static void look_elsewhere(struct ech_run *run, const struct ech_opening *opening,
                           enum ech_circle c, struct ech_field *field)
{
    ech_pool_judge_all(run, opening);
    look_at_set(run, opening, c, ECH_POOL_SUITED, field);
    if (opening->excepting) {
        look_at_set(run, opening, c, ECH_POOL_WAIVABLE, field);
    } else if (opening->again) {
        look_at_set(run, opening, c, ECH_POOL_FRESH, field);
    } else if (opening->is_first && !ech_eligibility_asks_home(&opening->demand)) {
        reject_by_tally(run, opening, c, field);
    } else {
        look_at_failing(run, opening, c, field);
    }
}

/* The matrix of sources names the type of units that this opening is filled from: those in one circle. */
static void look_at_source(const struct ech_run *run, const struct ech_opening *opening,
                           enum ech_circle c, struct ech_field *field)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (ech_source_offers(run, opening->post, opening->source, person) &&
            !ech_is_bound(run, person) && circle_of(run, opening, person->unit) == c) {
            consider(run, opening, id, failed_clauses(run, opening, person), field);
        }
    }
}

/* What a circle that has been looked at gives. */
static void close_circle(struct ech_run *run, const struct ech_opening *opening,
                         struct ech_field *field, struct ech_choice *choice)
{
    if (field->n == 0) {
        ech_field_order(run, opening, field);
    }
    if (!opening->excepting) {
        ech_rejections_count(run, opening, &field->rejections);
    }
    choice->person = ech_field_chosen(run, opening, field);
    choice->best_merit = field->n_best > 0 ? run->people[field->best[0]].merit : 0;
    choice->place_lacking |= field->place_lacking;
}

/* The units of the type that is drawn as the source; gives the number of circles searched. */
static int search_source(struct ech_run *run, const struct ech_opening *opening,
                         struct ech_choice *choice)
{
    struct ech_field field;
    int c = 0;
    choice->origin = opening->source == ECH_NONE ? ECH_ORIGIN_OUTSIDE : ECH_ORIGIN_INSIDE;
    for (; c < N_CIRCLES && choice->person == ECH_NONE; c++) {
        ech_field_empty(run, &field);
        if (choice->origin == ECH_ORIGIN_INSIDE) {
            look_at_source(run, opening, (enum ech_circle)c, &field);
        }
        close_circle(run, opening, &field, choice);
    }
    return c;
}

/* The narrowest circle in which anybody is found; gives the number of circles searched, none where those
   found before will do. */
static int search(struct ech_run *run, const struct ech_opening *opening, struct ech_choice *choice)
{
    struct ech_field field;
    int n_circles = opening->demand.policy->selection_scope + 1;
    int c = 0;
    ech_field_empty(run, &field);
    if (!opening->excepting && ech_finding_take(run, opening, &field)) {
        close_circle(run, opening, &field, choice);
        return 0;
    }
    for (; c < n_circles && c < N_CIRCLES && choice->person == ECH_NONE; c++) {
        ech_field_empty(run, &field);
        if (c == ECH_CIRCLE_UNIT) {
            ech_pool_judge(run, opening, opening->demand.unit);
            look_in_unit(run, opening, opening->demand.unit, false, &field);
        } else {
            look_elsewhere(run, opening, (enum ech_circle)c, &field);
        }
        close_circle(run, opening, &field, choice);
    }
    if (choice->person != ECH_NONE && !opening->any_suffices && !opening->excepting) {
        ech_finding_keep(run, opening, &field);
    }
    return c;
}

struct ech_choice ech_selection_choose(struct ech_run *run, ech_id post)
{
    struct ech_opening opening = opening_of(run, post);
    struct ech_choice choice = {.person = ECH_NONE};
    int searched =
        opening.has_source ? search_source(run, &opening, &choice) : search(run, &opening, &choice);
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
