/* The candidates for posts of a level, as a month finds them: those of a unit are collected when an opening
   first looks there. Openings that ask the same share a row, in which the clauses that everybody fails
   are noted once, and rejections are counted by type of unit before any opening looks that far. Whoever
   is nominated or moves later in the month is dropped, so that what is noted here holds to the end of
   the step. */
#ifndef ECH_POOL_H
#define ECH_POOL_H

#include "model/opening.h"
#include "model/rejections.h"

/** Somebody on the level of the posts or the one below it. */
struct ech_candidate {
    double merit;
    ech_id id;
    ech_id unit;
    int level_month;
    int since; /* became a candidate for posts of the level */
    uint8_t level;
    uint8_t listed;
    uint8_t fallen;
    uint8_t gone; /* nominated, moved this month or away: nobody looks at him */
};

/** Of a unit: candidates[first ...], once they are collected. */
struct ech_pool_unit {
    int stamp; /* run->pool_stamp when the candidates were collected */
    int first;
    int n;
};

/** What openings of one row share beside the clauses that people fail: lists of candidates. */
struct ech_pool_row {
    int stamp;
    int asks;                        /* run->asks of the openings, who may take turns at a row */
    const struct ech_params *policy; /* of one of them */
    int n_suited;                    /* who fail nothing, */
    int n_fresh;                     /* something, and became candidates since last month first, */
    int n_waivable;                  /* something that may be waived */
    bool is_whole;                   /* every unit is judged */
};

/** Rows at most; with more kinds of openings at a level they take turns, which costs time. */
enum { ECH_MAX_POOL_ROWS = 15 };

/** Noted of a candidate whom no opening of the row looks at: in no lower role, or gone. */
#define ECH_NOT_RUNNING (1U << ECH_N_CLAUSES)

/** Rows that the posts of any level need at most. */
int ech_pool_most_rows(const struct ech_scenario *scenario);

/** Tells apart what the posts of each level ask (run->asks); called by ech_policy_apply. */
void ech_pool_prepare(struct ech_run *run);

/** Nothing is collected or judged; a county begins. */
void ech_pool_forget(struct ech_run *run);

/** The initial people stand where they are. */
void ech_pool_start(struct ech_run *run);

/** Notes unit and level of somebody after one of them, his track or his presence has changed. */
void ech_pool_stand(struct ech_run *run, ech_id id);

/** Begins with a level: nobody is collected yet. */
void ech_pool_open(struct ech_run *run, ech_id level);

/** The candidates of a unit: run->candidates [n] from `first` on. */
const struct ech_pool_unit *ech_pool_collect(struct ech_run *run, ech_id unit);

/** The same, and notes what they fail in the opening's row: ech_pool_failed(). */
const struct ech_pool_unit *ech_pool_judge(struct ech_run *run, const struct ech_opening *opening,
                                           ech_id unit);

/** Judges every unit: its lists and tallies are those of the county. */
const struct ech_pool_row *ech_pool_judge_all(struct ech_run *run,
                                              const struct ech_opening *opening);

/** Clauses that run->candidates fail in the opening's row, but for home and free place. */
static inline unsigned *ech_pool_failed(const struct ech_run *run, int row)
{
    return run->failed + (size_t)row * (size_t)run->capacity;
}

/** The list of the suited of a row. */
static inline int *ech_pool_suited(const struct ech_run *run, int row)
{
    return run->interest + (size_t)row * (size_t)run->capacity;
}

/** The list of the fresh: nobody is suited too, so that both share an array from its ends. */
static inline int *ech_pool_fresh(const struct ech_run *run, int row)
{
    return ech_pool_suited(run, row) + run->capacity - run->pool_rows[row].n_fresh;
}

/** The list of the waivable. */
static inline int *ech_pool_waivable(const struct ech_run *run, int row)
{
    return run->waivable + (size_t)row * (size_t)run->capacity;
}

/** Rejections of a row in units of a type, or in the county (type ECH_NONE), of everybody but those
    for whom ech_pool_draws() holds. */
static inline struct ech_rejections *ech_pool_tally(const struct ech_run *run, int row, ech_id type)
{
    return run->tallies + row * (run->scenario->n_types + 1) + type + 1;
}

/** Whether openings of this policy draw who of the fallen they look at (upagain.weight). */
static inline bool ech_pool_draws(const struct ech_params *policy,
                                  const struct ech_candidate *candidate)
{
    return candidate->fallen && policy->upagain_weight < 1;
}

/** Somebody is looked at no more this month; his unit is still the old one. */
void ech_pool_drop(struct ech_run *run, ech_id id);

#endif
