#include <stdlib.h>

#include "model/careers.h"
#include "model/steps.h"

bool ech_rotation_overdue(const struct ech_run *run, const struct ech_person *person)
{
    if (run->month - person->post_month < run->shortest_rotation || person->post == ECH_NONE ||
        person->presence != ECH_SERVING) {
        return false;
    }
    const struct ech_params *policy = ech_policy_person(run, person);
    return run->month - person->post_month >= policy->rotation_max_tenure;
}

static bool is_chief(const struct ech_run *run, const struct ech_person *person)
{
    return ech_class_of(run, person->post) == ECH_CLASS_CHIEF;
}

/* Free to be moved this month, and no chief of a unit whose other chief has just come by rotation. */
static bool is_unguarded(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    if (person->presence != ECH_SERVING || person->post == ECH_NONE ||
        person->next_post != ECH_NONE || person->moved_month == run->month ||
        run->month - person->post_month < policy->rotation_min_tenure) {
        return false;
    }
    int since = run->month - run->units[person->unit].chief_rotated;
    return !is_chief(run, person) || since >= policy->rotation_chiefs_apart;
}

/* Two people who may exchange posts: another unit, the same level, both chiefs or neither. */
static bool may_swap(const struct ech_run *run, const struct ech_person *a,
                     const struct ech_person *b)
{
    return a->unit != b->unit && a->level == b->level && is_chief(run, a) == is_chief(run, b);
}

static struct ech_rank tenure_rank(const struct ech_run *run, ech_id id)
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
    int n = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (ech_rotation_overdue(run, person) && is_unguarded(run, person)) {
            ranks[n++] = tenure_rank(run, id);
        }
    }
    qsort(ranks, (size_t)n, sizeof *ranks, ech_rank_compare);
    return n;
}

/* Most people that may have changed posts by rotation up to this month of the calendar year. */
static int year_cap(const struct ech_run *run)
{
    double share = ech_policy_county(run)->rotation_share_cap;
    return (int)(share * run->county->n_posts * ech_calendar_month(run) / 12 + 1e-9);
}

static bool is_partner(const struct ech_run *run, const struct ech_person *person,
                       const struct ech_person *other)
{
    if (!is_unguarded(run, other) || !may_swap(run, person, other)) {
        return false;
    }
    const struct ech_params *policy = ech_policy_person(run, person);
    return ech_rotation_overdue(run, other) ||
           (policy->rotation_unmatched == ECH_UNMATCHED_SWAP &&
            run->month - other->post_month >= policy->rotation_max_tenure / 2);
}

/* The longest-tenured partner: somebody overdue too, else, if the policy swaps with peers, somebody who
   has served at least half the limit. */
static ech_id find_partner(const struct ech_run *run, ech_id id)
{
    ech_id best = ECH_NONE;
    struct ech_rank rank = {0};
    for (ech_id other = 0; other < run->n_people; other++) {
        const struct ech_person *peer = &run->people[other];
        if ((best != ECH_NONE && peer->post_month > rank.first) ||
            !is_partner(run, &run->people[id], peer)) {
            continue;
        }
        struct ech_rank candidate = tenure_rank(run, other);
        if (best == ECH_NONE || ech_rank_compare(&candidate, &rank) < 0) {
            best = other;
            rank = candidate;
        }
    }
    return best;
}

/* One overdue leader: exchanges posts with a partner, leaves the county, or waits. */
static void rotate(struct ech_run *run, ech_id id, int cap)
{
    const struct ech_person *person = &run->people[id];
    int left = cap - run->rotated_in_year;
    ech_id partner = left >= 2 ? find_partner(run, id) : ECH_NONE;
    int unmatched = ech_policy_person(run, person)->rotation_unmatched;
    if (partner != ECH_NONE) {
        ech_swap(run, id, partner);
    } else if (unmatched == ECH_UNMATCHED_OUTSIDE && left >= 2) {
        ech_count(run, ECH_M_rotations_NONE, 0, person->unit, 1);
        run->rotated_in_year++;
        ech_leave(run, id, ECH_CAUSE_ROTATED_OUT);
    }
}

void ech_rotation_step(struct ech_run *run)
{
    int n = rank_overdue(run, run->ranks);
    int cap = year_cap(run);
    for (int i = 0; i < n; i++) {
        if (is_unguarded(run, &run->people[run->ranks[i].id])) {
            rotate(run, run->ranks[i].id, cap);
        }
    }
}
