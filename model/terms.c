/* Terms of office (届): at a change of terms holders of term-bound posts are reappointed or leave. */
#include <limits.h>

#include "model/careers.h"
#include "model/cycle.h"
#include "model/rank.h"
#include "model/retirement.h"
#include "model/rotation.h"
#include "model/steps.h"

/* Months from the last change of terms of a post to this month, 0 in a month of change. */
static int since_change(const struct ech_run *run, const struct ech_params *policy)
{
    int months = run->scenario->start_month + run->month - policy->term_first;
    int rest = months % policy->term_length;
    return rest < 0 ? rest + policy->term_length : rest;
}

static bool serves_terms(const struct ech_run *run, ech_id post)
{
    return run->terms_on && ech_kind_of(run, post)->term_bound &&
           ech_policy_post(run, post)->term_first < ECH_NEVER;
}

bool ech_terms_change(const struct ech_run *run, ech_id post)
{
    return serves_terms(run, post) && run->month > 0 &&
           since_change(run, ech_policy_post(run, post)) == 0;
}

void ech_terms_count_leaver(struct ech_run *run, const struct ech_person *person)
{
    if (person->post == ECH_NONE || !serves_terms(run, person->post)) {
        return;
    }
    int tenure = run->month - person->post_month;
    bool early = tenure < ech_policy_post(run, person->post)->term_length;
    ech_count(run, ECH_M_term_leavers_NONE, 0, person->unit, 1);
    ech_count(run, ECH_M_term_leavers_early_NONE, 0, person->unit, early);
}

/* Terms that a holder has served in his post at a change: those of which he served long enough. */
static int terms_served(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_post(run, person->post);
    int counts_from = ech_policy_county(run)->term_counts_from;
    int tenure = run->month - person->post_month;
    int whole = tenure / policy->term_length;
    bool long_enough = counts_from <= policy->term_length;
    return (long_enough ? whole : 0) + (tenure % policy->term_length >= counts_from);
}

static bool has_reached_limit(const struct ech_run *run, const struct ech_person *person)
{
    return terms_served(run, person) >= ech_policy_person(run, person)->term_most;
}

/* At the limit, and to be moved on rather than out of office. */
static bool must_move(const struct ech_run *run, const struct ech_person *person)
{
    return ech_rotation_movable(run, person) && has_reached_limit(run, person) &&
           ech_policy_person(run, person)->term_limited == ECH_LIMITED_MOVE;
}

/* Why a holder is not reappointed; NULL if he is, or is to move on. */
static const char *reason_to_go(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    if (run->month - person->birth_month >= policy->term_age) {
        return "age";
    }
    bool leaves = policy->term_limited == ECH_LIMITED_LEAVE || ech_retired_in_new_post(run, person);
    if (leaves && has_reached_limit(run, person)) {
        return "limit";
    }
    uint64_t draw = ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_TERM);
    return draw < ech_chance_threshold(policy->term_replaced) ? "replaced" : NULL;
}

/* What has been since the last change: who served the whole term, how many people held the post. */
static void count_term(struct ech_run *run, ech_id post)
{
    struct ech_post_state *state = &run->posts[post];
    ech_id unit = run->scenario->posts[post].unit;
    bool whole = state->holder != ECH_NONE && run->month - run->people[state->holder].post_month >=
                                                  ech_policy_post(run, post)->term_length;
    ech_count(run, ECH_M_terms_ended_NONE, 0, unit, 1);
    ech_count(run, ECH_M_terms_whole_NONE, 0, unit, whole);
    if (ech_class_of(run, post) == ECH_CLASS_CHIEF) {
        ech_count(run, ECH_M_terms_ended_chiefs_NONE, 0, unit, 1);
        ech_count(run, ECH_M_term_chiefs_NONE, 0, unit, state->n_holders);
    }
    state->n_holders = state->holder != ECH_NONE;
}

/* Posts of a level and class that change terms in this month. */
static bool is_in_class(const struct ech_run *run, ech_id post, ech_id level, enum ech_class class)
{
    return ech_kind_of(run, post)->level == level && ech_class_of(run, post) == class &&
           ech_terms_change(run, post);
}

/* Holders of a level and class into ranks, the longest in post first: those who must move, or those
   others who may. Gives their number, and adds the share of the posts that is to move. */
static int rank_class(struct ech_run *run, ech_id level, enum ech_class class, bool must,
                      struct ech_rank *ranks, double *wanted)
{
    const struct ech_county *county = run->county;
    int n = 0;
    *wanted = 0;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        if (!is_in_class(run, post, level, class)) {
            continue;
        }
        ech_id holder = run->posts[post].holder;
        *wanted += ech_policy_post(run, post)->term_rotation_share;
        if (holder == ECH_NONE || must_move(run, &run->people[holder]) != must) {
            continue;
        }
        if (must || ech_rotation_unguarded(run, &run->people[holder])) {
            ranks[n++] = ech_rotation_rank(run, holder);
        }
    }
    ech_rank_sort(ranks, n);
    return n;
}

/* Those who had to move and found nobody to change with leave their posts. */
static void dismiss_stayers(struct ech_run *run, ech_id level, enum ech_class class)
{
    const struct ech_county *county = run->county;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        ech_id holder = run->posts[post].holder;
        if (is_in_class(run, post, level, class) && holder != ECH_NONE &&
            must_move(run, &run->people[holder])) {
            ech_step_down(run, holder, "term", "limit");
        }
    }
}

/* Those at the limit move on in a circle, and with them as many others, the longest in post first, as
   make up the share of the posts. */
static void rotate_class(struct ech_run *run, ech_id level, enum ech_class class)
{
    double wanted;
    int n_must = rank_class(run, level, class, true, run->ranks, &wanted);
    int n = n_must + rank_class(run, level, class, false, run->ranks + n_must, &wanted);
    int planned = (int)(wanted + 1e-9);
    int most = planned > n_must ? planned : n_must;
    ech_cycle(run, run->ranks, n < most ? n : most, "term");
    dismiss_stayers(run, level, class);
}

/* First month after this one in which any post of the county changes terms. */
static int next_change(const struct ech_run *run)
{
    const struct ech_county *county = run->county;
    int next = INT_MAX;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        const struct ech_params *policy = ech_policy_post(run, post);
        if (serves_terms(run, post)) {
            int change = run->month + policy->term_length - since_change(run, policy);
            next = change < next ? change : next;
        }
    }
    return next;
}

static void change_terms(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    bool any = false;
    if (run->month < run->next_term_change) {
        return;
    }
    run->next_term_change = next_change(run);
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        if (!ech_terms_change(run, post)) {
            continue;
        }
        any = true;
        count_term(run, post);
        ech_id holder = run->posts[post].holder;
        bool looked_at = holder != ECH_NONE && run->people[holder].post_month != run->month;
        const char *reason = looked_at ? reason_to_go(run, &run->people[holder]) : NULL;
        if (reason != NULL) {
            ech_step_down(run, holder, "term", reason);
        }
    }
    for (ech_id level = 0; any && level < run->scenario->n_levels; level++) {
        for (int class = 0; class < ECH_N_CLASSES; class ++) {
            rotate_class(run, level, (enum ech_class) class);
        }
    }
}

void ech_terms_step(struct ech_run *run)
{
    if (run->terms_on && ech_policy_county(run)->term_timing == ECH_TERM_BEFORE) {
        change_terms(run);
    }
}

void ech_terms_after_step(struct ech_run *run)
{
    if (run->terms_on && ech_policy_county(run)->term_timing == ECH_TERM_AFTER) {
        change_terms(run);
    }
}
