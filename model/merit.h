/* Merit in two dimensions, popularity: what people are like. No rule sees them, only noisy looks do. */
#ifndef ECH_MERIT_H
#define ECH_MERIT_H

#include "model/state.h"

/** Merit by dimension, in standard deviations of entrants: growth and projects (经济), everything else
    that a post asks for (全面). Over entrants each has variance 1, their correlation is
    merit.correlation, and person.merit is their sum, scaled to variance 1. */
struct ech_merit {
    double economic;
    double broad;
};

/**
 * Draws merit of a new person, whose key and education are set, at addresses of `chance`, with the
 * shifts of his education and of the channel by which he comes; ECH_N_CHANNELS: he was there at the
 * start.
 */
void ech_merit_draw(const struct ech_run *run, const struct ech_chance *chance,
                    struct ech_person *person, enum ech_channel channel);

/** Looks up the weights of the policy in force; called by ech_policy_apply. */
void ech_merit_prepare(struct ech_run *run);

/** Merit of somebody by dimension. */
static inline struct ech_merit ech_merit_of(const struct ech_run *run,
                                            const struct ech_person *person)
{
    double common = run->merit_common * person->merit;
    double contrast = run->merit_contrast * person->contrast;
    return (struct ech_merit){.economic = common + contrast, .broad = common - contrast};
}

/** Popularity (民望): selection.popularity x broad merit and a lasting trait of his own, which is drawn
    where it is asked for. */
double ech_popularity(const struct ech_run *run, const struct ech_person *person);

/** That of the rows from `first` on into popularities[n]: right for everybody who serves once the exits
    have been looked after. */
void ech_popularities(const struct ech_run *run, ech_id first, int n, double *popularities);

#endif
