/* Terms of office (届): at a change of terms holders of term-bound posts are reappointed or leave. */
#include <stdlib.h>

#include "model/careers.h"
#include "model/cycle.h"
#include "model/rotation.h"
#include "model/steps.h"

/* Months from the last change of terms of a post to this month, 0 in a month of change. */
static int since_change(const struct ech_run *run, const struct ech_params *policy)
{
    int months = run->scenario->start_month + run->month - policy->term_first;
    int rest = months % policy->term_length;
    return rest < 0 ? rest + policy->term_length : rest;
}

bool ech_terms_change(const struct ech_run *run, ech_id post)
{
    if (!run->terms_on || !ech_kind_of(run, post)->term_bound || run->month == 0) {
        return false;
    }
    const struct ech_params *policy = ech_policy_post(run, post);
    return policy->term_first < ECH_NEVER && since_change(run, policy) == 0;
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

/* Why a holder is not reappointed; NULL if he is. */
static const char *reason_to_go(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    if (run->month - person->birth_month >= policy->term_age) {
        return "age";
    }
    if (terms_served(run, person) >= policy->term_most) {
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

/* Holders of a level and class who move at the change, the longest in post first: share x posts. */
static void rotate_class(struct ech_run *run, ech_id level, enum ech_class class)
{
    const struct ech_county *county = run->county;
    double wanted = 0;
    int n = 0;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        if (ech_kind_of(run, post)->level != level || ech_class_of(run, post) != class ||
            !ech_terms_change(run, post)) {
            continue;
        }
        wanted += ech_policy_post(run, post)->term_rotation_share;
        ech_id holder = run->posts[post].holder;
        if (holder != ECH_NONE && ech_rotation_unguarded(run, &run->people[holder])) {
            run->ranks[n++] = ech_rotation_rank(run, holder);
        }
    }
    qsort(run->ranks, (size_t)n, sizeof *run->ranks, ech_rank_compare);
    int most = (int)(wanted + 1e-9);
    ech_cycle(run, run->ranks, n < most ? n : most, "term");
}

static void change_terms(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    bool any = false;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        if (!ech_terms_change(run, post)) {
            continue;
        }
        any = true;
        count_term(run, post);
        ech_id holder = run->posts[post].holder;
        const char *reason = holder == ECH_NONE || run->people[holder].joined_month == run->month
                                 ? NULL
                                 : reason_to_go(run, &run->people[holder]);
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
