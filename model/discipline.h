/* Step 5: discipline (处分): cases against people, and what comes of them. */
#ifndef ECH_DISCIPLINE_H
#define ECH_DISCIPLINE_H

#include "model/state.h"

/** The step of the month. */
void ech_discipline_step(struct ech_run *run);

/** Looks for the largest hazards that the policy in force allows; called by ech_policy_apply. */
void ech_discipline_prepare(struct ech_run *run);

/** No word above it is a case of somebody who is in his post for so many completed years. */
uint64_t ech_discipline_bound(const struct ech_run *run, const struct ech_person *person);

/** Covariates of discipline, uncentred. */
struct ech_discipline_covariates {
    double tenure; /* years in one post, at most discipline.tenure_cap; 0 without a post */
    double chief;  /* 0 or 1 */
};

/** Covariates of a person in the current month. */
struct ech_discipline_covariates ech_discipline_covariates_of(const struct ech_run *run,
                                                              const struct ech_person *person);

/**
 * Probability of a case against a person in the current month: 1 - exp(-h / 12) with h the rate times
 * the rate ratios to the power of covariate minus centre, times what audits and talks leave of it; or
 * the exact probability that the rate gives.
 */
double ech_discipline_probability(const struct ech_run *run, const struct ech_person *person);

#endif
