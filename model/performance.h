/* What somebody does in his post (履职表现): merit, what service, training and the post add and take, in
   standard deviations of entrants. True and without noise: no rule sees it, assessment looks at it. */
#ifndef ECH_PERFORMANCE_H
#define ECH_PERFORMANCE_H

#include "model/strain.h"
#include "model/training.h"

/** Performance by dimension, as merit has them. */
struct ech_performance {
    double economic;
    double broad;
};

/** Lays out the curves of service and time in post of the policy in force; by ech_policy_apply. */
void ech_performance_prepare(struct ech_run *run);

/** Competence that completed months of service have brought: grows and saturates, from 0. */
double ech_performance_competence(const struct ech_params *policy, int service);

/** What is lacking after completed months in a post because he still learns it; at least 0. */
double ech_performance_learning(const struct ech_params *policy, int tenure);

/** What is lost after completed months in a post beyond the plateau; at least 0. */
double ech_performance_staleness(const struct ech_params *policy, int tenure);

/** Entry of the curves for completed months; beyond their end the last one. */
static inline int ech_curve_month(int months)
{
    return months < 0 ? 0 : months < ECH_CURVE_MONTHS ? months : ECH_CURVE_MONTHS - 1;
}

/** What of somebody's performance, of his wish to leave and of his part in a team changes by events alone.
    Of leaders it stands by post in run->performers, from when they were counted last (model/stocks.h). */
struct ech_performer {
    double economic; /* merit */
    double broad;
    double wish; /* of leaders, see ech_leaving_wish; by ech_exits_refresh */
    ech_id id;
    int entry_month;
    int post_month;
    int trained_month;
    int birth_month;
    int wall;       /* completed months of age after which he can no longer rise: the age limit of
                       promotions to the next level, at the highest that of his own (openings above) */
    uint8_t course; /* the last one that he ended; ECH_N_COURSES: none */
    bool leads;
    uint8_t sex; /* what a team review looks at: for life */
    uint8_t nonparty;
    uint8_t education;
    uint8_t specialty;
};

/** That of somebody as he is now. */
struct ech_performer ech_performer_of(const struct ech_run *run, ech_id id);

/** What both dimensions have in common beyond merit and training, of somebody of whom `mine` is known. */
static inline double ech_performance_added(const struct ech_run *run,
                                           const struct ech_performer *mine)
{
    const struct ech_curves *curves = &run->curves;
    double sum = curves->competence[ech_curve_month(run->month - mine->entry_month)];
    if (mine->leads) {
        sum -= curves->lost[ech_curve_month(run->month - mine->post_month)].both;
    }
    if (curves->strain > 0) {
        sum -= curves->strain * ech_strain_of(run, mine->id);
    }
    if (curves->wall > 0 && run->month - mine->birth_month >= mine->wall) {
        sum -= curves->wall;
    }
    return sum;
}

/** Performance now of somebody of whom `mine` and what is left of his boost are known. */
static inline struct ech_performance ech_performance_now(const struct ech_run *run,
                                                         const struct ech_performer *mine,
                                                         const struct ech_boost *boost)
{
    double more = ech_performance_added(run, mine);
    return (struct ech_performance){
        .economic = mine->economic + more + run->curves.effort_economic + boost->economic,
        .broad = mine->broad + more + run->curves.effort_broad + boost->broad};
}

/** Performance of somebody now; of people without a leading post nothing hangs on time in post. */
struct ech_performance ech_performance_by(const struct ech_run *run, ech_id id);

#endif
