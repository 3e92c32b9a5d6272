/* The candidates for posts of a level. Openings that ask the same share a row, in which the clauses that
   everybody fails stand from month to month: whoever is marked, or whose verdict time changes, is judged
   anew before the next openings look, and the sets and tallies of a row follow. Whoever is nominated
   or moves is in the running no more this month, so that within a step people only drop out. */
#ifndef ECH_POOL_H
#define ECH_POOL_H

#include "model/opening.h"
#include "model/rejections.h"

/** Candidates of a row whom some look needs to find without looking at everybody. */
enum ech_pool_set {
    ECH_POOL_SUITED,   /* who fail nothing; of those who fail something */
    ECH_POOL_FRESH,    /* who became candidates since last month, */
    ECH_POOL_WAIVABLE, /* what may be waived, */
    ECH_POOL_DRAWN,    /* and for whom ech_pool_draws() holds */
    ECH_N_POOL_SETS
};

/** A row of a level. */
struct ech_pool_row {
    int asks;    /* run->asks of its openings, who may take turns at a row; ECH_NONE: of none yet */
    ech_id post; /* of one of them */
    bool is_whole; /* every unit is judged */
};

/** Rows of a level at most; with more kinds of openings they take turns, which costs time. */
enum { ECH_MAX_POOL_ROWS = 15 };

/** Noted of a candidate whom no opening of the row looks at: in no lower role, nominated, moved this
    month or away. */
#define ECH_NOT_RUNNING (1U << ECH_N_CLAUSES)

/** Rows that the posts of any level need at most. */
int ech_pool_most_rows(const struct ech_scenario *scenario);

/** Tells apart what the posts of each level ask (run->asks), and forgets what rows have noted; called by
    ech_policy_apply. */
void ech_pool_prepare(struct ech_run *run);

/** Nobody is there; a county begins. */
void ech_pool_empty(struct ech_run *run);

/** The initial people stand where they are. */
void ech_pool_start(struct ech_run *run);

/** Notes unit and level of somebody after one of them, his track or his presence has changed. */
void ech_pool_stand(struct ech_run *run, ech_id id);

/** Somebody is judged anew before openings look again: something has changed that ech_eligibility_failed
    or ech_exception_possible reads, the list, or whether he may be nominated at all. */
static inline void ech_pool_mark(struct ech_run *run, ech_id id)
{
    run->judge_due[id] = ECH_LONG_AGO;
}

/** Whether nobody may nominate somebody this month, whoever he is: he is nominated, has moved or is away. */
static inline bool ech_is_bound(const struct ech_run *run, const struct ech_person *person)
{
    return person->next_post != ECH_NONE || person->moved_month == run->month ||
           ech_is_away(run, person);
}

/** What the openings of the policy in force see of somebody's ratings; if it changes he is marked. */
unsigned ech_pool_rated(const struct ech_run *run, const struct ech_person *person);

/** Judges anew whoever is marked or due this month. */
void ech_pool_refresh(struct ech_run *run);

/** Judges the candidates of a unit for the opening's row: ech_pool_failed(). */
void ech_pool_judge(struct ech_run *run, const struct ech_opening *opening, ech_id unit);

/** Judges every unit: the row's sets and tallies are those of the county. */
void ech_pool_judge_all(struct ech_run *run, const struct ech_opening *opening);

/** Somebody is looked at no more this month. */
void ech_pool_drop(struct ech_run *run, ech_id id);

/** Clauses that people fail in a row, but for home and free place: of those who have the level of its
    posts, or who stand below it. */
static inline unsigned *ech_pool_failed(const struct ech_run *run, int row, bool below)
{
    return run->failed + (size_t)(2 * row + below) * (size_t)run->capacity;
}

/** Where a row of a level stands in run->pool_rows and in what goes with them. */
static inline int ech_pool_slot(const struct ech_run *run, ech_id level, int row)
{
    return level * run->n_pool_rows + row;
}

/** A set of a row: a bit for each person. */
static inline uint64_t *ech_pool_set(const struct ech_run *run, int slot, enum ech_pool_set set)
{
    return run->pool_sets + (size_t)(slot * ECH_N_POOL_SETS + (int)set) * (size_t)run->n_set_words;
}

/** Whether somebody is in a set. */
static inline bool ech_pool_has(const uint64_t *set, ech_id id)
{
    return (set[id / 64] >> id % 64 & 1U) != 0;
}

/** Rejections of a row in units of a type, or in the county (type ECH_NONE), of everybody but the
    drawn. */
static inline struct ech_rejections *ech_pool_tally(const struct ech_run *run, int slot,
                                                    ech_id type)
{
    return run->tallies + slot * (run->scenario->n_types + 1) + type + 1;
}

/** Whether openings of this policy draw whether they look at somebody who has fallen (upagain.weight). */
static inline bool ech_pool_draws(const struct ech_params *policy, const struct ech_person *person)
{
    return person->fallen && policy->upagain_weight < 1;
}

#endif
