#include "model/rotation.h"
#include "model/background.h"
#include "model/careers.h"
#include "model/due.h"
#include "model/office.h"
#include "model/rank.h"
#include "model/retirement.h"
#include "model/steps.h"

/* Promoted into a springboard post and there for as long as such people stay. */
static bool has_sprung(const struct ech_run *run, const struct ech_person *person)
{
    return person->level > 0 && person->level_month == person->post_month &&
           run->month - person->post_month >= ech_policy_person(run, person)->springboard_months;
}

bool ech_rotation_overdue(const struct ech_run *run, const struct ech_person *person)
{
    int tenure = run->month - person->post_month;
    int unit_time = run->month - person->unit_month;
    if ((tenure < run->shortest_rotation && unit_time < run->shortest_unit_time) ||
        person->post == ECH_NONE || person->presence != ECH_SERVING) {
        return false;
    }
    const struct ech_params *policy = ech_policy_person(run, person);
    return tenure >= policy->rotation_max_tenure || unit_time >= policy->rotation_max_unit_time ||
           has_sprung(run, person);
}

int ech_rotation_change(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    const int months[] = {person->post_month + policy->rotation_max_tenure,
                          person->unit_month + policy->rotation_max_unit_time,
                          person->post_month + policy->springboard_months};
    int next = ECH_NEVER;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        ech_due_bring_forward(&next, months[i], run->month);
    }
    return next;
}

bool ech_rotation_movable(const struct ech_run *run, const struct ech_person *person)
{
    return person->presence == ECH_SERVING && person->post != ECH_NONE &&
           person->next_post == ECH_NONE && person->moved_month != run->month &&
           !ech_is_away(run, person) && !ech_retired_in_new_post(run, person);
}

static bool is_chief(const struct ech_run *run, const struct ech_person *person)
{
    return ech_class_of(run, person->post) == ECH_CLASS_CHIEF;
}

bool ech_rotation_unguarded(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    if (!ech_rotation_movable(run, person) ||
        (run->month - person->post_month < policy->rotation_min_tenure &&
         !has_sprung(run, person))) {
        return false;
    }
    int since = run->month - run->units[person->unit].chief_rotated;
    return !is_chief(run, person) || since >= policy->rotation_chiefs_apart;
}

bool ech_rotation_avoids(struct ech_run *run, ech_id id, ech_id unit)
{
    return ech_policy_county(run)->rotation_home_avoidance && is_chief(run, &run->people[id]) &&
           ech_background_home(run, id) == unit;
}

bool ech_rotation_may_swap(struct ech_run *run, ech_id first, ech_id second)
{
    const struct ech_person *a = &run->people[first];
    const struct ech_person *b = &run->people[second];
    return a->unit != b->unit && a->level == b->level && is_chief(run, a) == is_chief(run, b) &&
           !ech_rotation_avoids(run, first, b->unit) && !ech_rotation_avoids(run, second, a->unit);
}

struct ech_rank ech_rotation_rank(const struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    return (struct ech_rank){
        .first = person->post_month,
        .tie = ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_ROTATION),
        .key = person->key,
        .id = id};
}

/* Overdue people by time in post, longest first; ties by keyed number, then key. */
static int rank_overdue(struct ech_run *run, struct ech_rank *ranks)
{
    const int *from = run->overdue_from;
    ech_id end = run->county->first_post + run->county->n_posts;
    int n = 0;
    for (ech_id post = ech_due_next(from, run->county->first_post, end, run->month); post < end;
         post = ech_due_next(from, post + 1, end, run->month)) {
        ech_id id = run->posts[post].holder;
        if (id != ECH_NONE && ech_rotation_overdue(run, &run->people[id]) &&
            ech_rotation_unguarded(run, &run->people[id])) {
            ranks[n++] = ech_rotation_rank(run, id);
        }
    }
    ech_rank_sort(ranks, n);
    return n;
}

/* Most people that may have changed posts by rotation up to this month of the calendar year. */
int ech_rotation_year_cap(const struct ech_run *run)
{
    double share = ech_policy_county(run)->rotation_share_cap;
    return (int)(share * run->county->n_posts * ech_calendar_month(run) / 12 + 1e-9);
}

static bool is_partner(struct ech_run *run, ech_id id, ech_id peer)
{
    const struct ech_person *person = &run->people[id];
    const struct ech_person *other = &run->people[peer];
    if (!ech_rotation_may_swap(run, id, peer) || !ech_rotation_unguarded(run, other)) {
        return false;
    }
    const struct ech_params *policy = ech_policy_person(run, person);
    return ech_rotation_overdue(run, other) ||
           (policy->rotation_unmatched == ECH_UNMATCHED_SWAP &&
            run->month - other->post_month >= policy->rotation_max_tenure / 2);
}

/* The longest-tenured partner among everybody with a post, ECH_NONE if there is none. */
static ech_id find_peer(struct ech_run *run, ech_id id)
{
    const struct ech_county *county = run->county;
    ech_id best = ECH_NONE;
    struct ech_rank rank = {0};
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        ech_id other = run->posts[post].holder;
        if (other == ECH_NONE || (best != ECH_NONE && run->people[other].post_month > rank.first) ||
            !is_partner(run, id, other)) {
            continue;
        }
        struct ech_rank candidate = ech_rotation_rank(run, other);
        if (best == ECH_NONE || ech_rank_compare(&candidate, &rank) < 0) {
            best = other;
            rank = candidate;
        }
    }
    return best;
}

/* The first of the overdue, who stand in the order of their tenures in run->ranks[n]: nobody becomes
   overdue while others move. */
static ech_id find_overdue(struct ech_run *run, ech_id id, int n)
{
    for (int i = 0; i < n; i++) {
        if (is_partner(run, id, run->ranks[i].id)) {
            return run->ranks[i].id;
        }
    }
    return ECH_NONE;
}

/* Somebody overdue too, or, if the policy swaps with peers, somebody who has served at least half the
   limit. */
static ech_id find_partner(struct ech_run *run, ech_id id, int n)
{
    const struct ech_params *policy = ech_policy_person(run, &run->people[id]);
    return policy->rotation_unmatched == ECH_UNMATCHED_SWAP ? find_peer(run, id)
                                                            : find_overdue(run, id, n);
}

void ech_rotation_send_out(struct ech_run *run, ech_id id)
{
    ech_count(run, ECH_M_rotations_NONE, 0, run->people[id].unit, 1);
    run->rotated_in_year++;
    ech_leave(run, id, ECH_CAUSE_ROTATED_OUT);
}

/* One overdue leader of n: exchanges posts with a partner, leaves the county, or waits. */
static void rotate(struct ech_run *run, ech_id id, int n, int cap)
{
    const struct ech_person *person = &run->people[id];
    int left = cap - run->rotated_in_year;
    ech_id partner = left >= 2 ? find_partner(run, id, n) : ECH_NONE;
    int unmatched = ech_policy_person(run, person)->rotation_unmatched;
    if (partner != ECH_NONE) {
        const ech_id pair[2] = {id, partner};
        ech_rotate(run, pair, 2, "rotation");
    } else if (unmatched == ECH_UNMATCHED_OUTSIDE && left >= 2) {
        ech_rotation_send_out(run, id);
    }
}

void ech_rotation_step(struct ech_run *run)
{
    bool limited = run->shortest_rotation < ECH_NEVER || run->shortest_unit_time < ECH_NEVER;
    int n = limited ? rank_overdue(run, run->ranks) : 0;
    int cap = ech_rotation_year_cap(run);
    for (int i = 0; i < n; i++) {
        if (ech_rotation_unguarded(run, &run->people[run->ranks[i].id])) {
            rotate(run, run->ranks[i].id, n, cap);
        }
    }
}
