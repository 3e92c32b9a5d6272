#include "model/secondment.h"

#include "model/background.h"
#include "model/events.h"
#include "model/moves.h"
#include "model/pool.h"
#include "model/rank.h"
#include "model/training.h"

/* Ends */

int ech_secondment_base_time(const struct ech_run *run, const struct ech_person *person)
{
    if (!ech_is_away(run, person)) {
        return 0;
    }
    const struct ech_away *away = &run->away[person - run->people];
    return (ech_is_base_level(run, away->host) - ech_is_base_level(run, person->unit)) *
           (run->month - away->since_month);
}

static struct ech_event event_of(const struct ech_run *run, ech_id id, enum ech_event_type type)
{
    const struct ech_person *person = &run->people[id];
    ech_id host = run->away[id].host;
    struct ech_event event = ech_event_of(type, person->key);
    event.from_unit = person->unit;
    event.from_post = person->post;
    event.to_unit = host == ECH_BEYOND ? ECH_NONE : host;
    event.from_level = person->level;
    event.to_level = person->level;
    return event;
}

void ech_secondment_end(struct ech_run *run, ech_id id, const char *cause)
{
    struct ech_person *person = &run->people[id];
    if (!ech_is_away(run, person)) {
        return;
    }
    struct ech_event event = event_of(run, id, ECH_EV_SECONDMENT_END);
    event.cause = cause;
    ech_emit(run, event);
    person->base_months += ech_secondment_base_time(run, person);
    run->away[id].host = ECH_NONE;
    ech_pool_mark(run, id);
    run->units[person->unit].away--;
    run->n_away--;
}

/* Those who are due, in the order of their own numbers. */
static int rank_due(struct ech_run *run, struct ech_rank *ranks)
{
    int n = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (run->away[id].host != ECH_NONE && run->away[id].return_month <= run->month &&
            person->presence == ECH_SERVING) {
            ranks[n++] = (struct ech_rank){
                .tie = ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_CONVERSION),
                .key = person->key,
                .id = id};
        }
    }
    ech_rank_sort(ranks, n);
    return n;
}

/* Who wishes to stay and finds room there moves to the host for good. */
static bool stays(const struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    double share = ech_policy_county(run)->secondment_convert;
    ech_id host = run->away[id].host;
    return ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_STAYING) <
               ech_chance_threshold(share) &&
           host != ECH_BEYOND && ech_move_has_room(run, person, host);
}

void ech_secondment_return(struct ech_run *run)
{
    int n = run->n_away > 0 ? rank_due(run, run->ranks) : 0;
    for (int i = 0; i < n; i++) {
        ech_id id = run->ranks[i].id;
        ech_id host = run->away[id].host;
        bool for_good = stays(run, id);
        ech_secondment_end(run, id, for_good ? "converted" : "return");
        if (for_good) {
            ech_count(run, ECH_M_seconded_stayed_NONE, 0, run->people[id].unit, 1);
            ech_move(run, id, host, "secondment");
        }
    }
}

/* Beginnings */

/* Staff and deputies beyond probation whom nothing else moves. */
static bool may_go(const struct ech_run *run, const struct ech_person *person)
{
    return person->presence == ECH_SERVING && person->track == ECH_ADMIN &&
           person->next_post == ECH_NONE && person->pledged_to == ECH_NONE &&
           person->moved_month != run->month && run->month >= person->probation_end &&
           !person->stepped_down && !run->scenario->units[person->unit].free &&
           !ech_is_away(run, person) && !ech_is_in_training(run, person) &&
           !ech_in_village(run, person) &&
           (person->post == ECH_NONE || ech_class_of(run, person->post) == ECH_CLASS_DEPUTY);
}

/* Down go people of departments, those without base-level experience first; up those of townships. Gives
   the number of those who may go, `most` at most. */
static int rank_people(struct ech_run *run, bool down, int64_t most, struct ech_rank *ranks)
{
    int n = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (!may_go(run, person) || ech_is_base_level(run, person->unit) == down) {
            continue;
        }
        ranks[n++] = (struct ech_rank){
            .first = down && ech_background_base_time(run, person, 0) > 0,
            .tie = ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_SECONDMENT),
            .key = person->key,
            .id = id};
    }
    int n_first = most < n ? (int)most : n;
    ech_rank_select(ranks, n, n_first);
    ech_rank_sort(ranks, n_first);
    return n_first;
}

/* Hosts: of townships the remotest first, of departments in the order of their numbers this month. */
static int rank_hosts(struct ech_run *run, bool down, struct ech_rank *ranks)
{
    const struct ech_county *county = run->county;
    int n = 0;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        const struct ech_unit *facts = &run->scenario->units[unit];
        if (facts->free || ech_is_base_level(run, unit) != down) {
            continue;
        }
        ranks[n++] = (struct ech_rank){
            .first = down ? -facts->remoteness : 0,
            .tie = ech_chance_bits(&run->chance, facts->key, run->month, ECH_FOR_SECONDMENT),
            .key = facts->key,
            .id = unit};
    }
    ech_rank_sort(ranks, n);
    return n;
}

static void go(struct ech_run *run, ech_id id, ech_id host, bool down)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_person *person = &run->people[id];
    int range = policy->secondment_max_months + 1 - policy->secondment_min_months;
    int months = policy->secondment_min_months +
                 ech_chance_below(&run->chance, person->key, run->month, ECH_FOR_AWAY_TIME, range);
    char detail[ECH_DETAIL_SIZE] = "";
    run->away[id] = (struct ech_away){
        .host = host, .since_month = run->month, .return_month = run->month + months};
    ech_pool_mark(run, id);
    run->units[person->unit].away++;
    run->n_away++;
    ech_count(run, ECH_M_secondments_NONE, 0, person->unit, 1);
    struct ech_event event = event_of(run, id, ECH_EV_SECONDMENT_START);
    if (run->sink != NULL) {
        snprintf(detail, sizeof detail, "months=%d", months);
    }
    event.cause = down ? "down" : "up";
    event.detail = detail;
    ech_emit(run, event);
}

/* Sends the first n people of this direction to the hosts, one after the other. */
static void send(struct ech_run *run, int64_t n, bool down)
{
    struct ech_rank *people = run->ranks;
    int n_people = n > 0 ? rank_people(run, down, n, people) : 0;
    struct ech_rank *hosts = people + n_people;
    int n_hosts = n_people > 0 ? rank_hosts(run, down, hosts) : 0;
    uint64_t beyond = ech_chance_threshold(down ? 0 : ech_policy_county(run)->secondment_beyond);
    for (int i = 0; i < n_people; i++) {
        ech_key key = run->people[people[i].id].key;
        bool leaves = ech_chance_bits(&run->chance, key, run->month, ECH_FOR_BEYOND) < beyond;
        if (leaves || n_hosts > 0) {
            go(run, people[i].id, leaves ? ECH_BEYOND : hosts[i % n_hosts].id, down);
        }
    }
}

/* Whole people of a number a year up to the end of year y. */
static int64_t people_until(double number, int year)
{
    return (int64_t)(number * year + 1e-9);
}

void ech_secondment_step(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    int year = (run->month + 11) / 12;
    if (ech_calendar_month(run) != policy->secondment_month) {
        return;
    }
    send(run,
         people_until(policy->secondment_down, year) -
             people_until(policy->secondment_down, year - 1),
         true);
    send(run,
         people_until(policy->secondment_up, year) - people_until(policy->secondment_up, year - 1),
         false);
}
