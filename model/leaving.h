/* What moves people to leave by choice: covariates as rate ratios, a lasting taste, a service bond. */
#ifndef ECH_LEAVING_H
#define ECH_LEAVING_H

#include "model/performance.h"

/** Covariates of leaving, uncentred. */
struct ech_covariates {
    double remote;
    double pay_gap;
    double load;           /* beyond 1 */
    double accountability; /* of the unit, after cuts */
    double outsider;       /* 0-1: help for families lowers it */
    double young;          /* likewise */
    double stagnation;     /* completed years in the level beyond the usual */
    double strain;
};

/** Covariates of a person in the current month. */
struct ech_covariates ech_leaving_covariates(const struct ech_run *run,
                                             const struct ech_person *person);

/** Lays out the factors of the policy in force; called by ech_exits_prepare. */
void ech_leaving_prepare(struct ech_run *run);

/** Factor of the load of a unit; called when the load has been taken. */
void ech_leaving_take_load(struct ech_run *run, ech_id unit);

/** Factor of everything on the rates of leaving by choice: rate ratios, taste, bond. */
double ech_leaving_factor(const struct ech_run *run, const struct ech_person *person);

/** Months for which a bound of leaving holds at most, so that years that pass need no new one. */
enum { ECH_BOUND_MONTHS = 120 };

/** No less than this factor is before the month that ech_leaving_change tells, whatever load and strain
    become. */
double ech_leaving_bound(const struct ech_run *run, const struct ech_person *person);

/** First month after the current one in which the bound, or the wish of a leader, changes without an
    event. */
int ech_leaving_change(const struct ech_run *run, const struct ech_person *person);

/** Natural logarithm of the rate ratios and the taste, without bond, load and strain. */
double ech_leaving_wish(const struct ech_run *run, const struct ech_person *person);

/** The same of a leader with load and strain, at the end of a month, when his wish is up to date. */
double ech_leaving_ratio(const struct ech_run *run, ech_id id);

/** Whether a leader wants to leave: that logarithm is above wants.threshold. */
bool ech_leaving_wants(const struct ech_run *run, ech_id id);

/** ech_leaving_ratio of a leader of this unit. */
static inline double ech_leaving_ratio_in(const struct ech_run *run,
                                          const struct ech_performer *leader, ech_id unit)
{
    double ratio = leader->wish;
    if (run->leaving_moves) {
        ratio += run->units[unit].load_logarithm +
                 run->strain_logarithm * (ech_strain_of(run, leader->id) - run->strain_centre);
    }
    return ratio;
}

/** Whether a leader of this unit wants to leave. */
static inline bool ech_leaving_wants_in(const struct ech_run *run,
                                        const struct ech_performer *leader, ech_id unit)
{
    return ech_leaving_ratio_in(run, leader, unit) > run->wants_threshold;
}

#endif
