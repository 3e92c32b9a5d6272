#include "model/assessment.h"

#include <gsl/gsl_cdf.h>

#include "model/merit.h"
#include "model/performance.h"

/* How one part of the assessment loads on economic and broad performance and on popularity. */
struct load {
    double weight;
    double economic, broad, popularity;
};

/* A view of rater groups: performance as a whole, and popularity for the share `liked`. */
static struct load view(double weight, double liked)
{
    return (struct load){.weight = weight,
                         .economic = (1 - liked) / 2,
                         .broad = (1 - liked) / 2,
                         .popularity = liked};
}

/* Standard deviation of a load over entrants: dimensions of merit are correlated r, popularity and the
   broad one p, so that popularity and the economic one are correlated p r. */
static double deviation(const struct ech_params *policy, const struct load *load)
{
    double r = policy->merit_correlation;
    double p = policy->selection_popularity;
    return sqrt(load->economic * load->economic + load->broad * load->broad +
                load->popularity * load->popularity + 2 * r * load->economic * load->broad +
                2 * p * load->broad * load->popularity +
                2 * p * r * load->economic * load->popularity);
}

/* The weighted sum of parts, each of deviation 1, scaled to deviation 1 itself. */
static struct ech_lens lens_of(const struct ech_params *policy, const struct load *parts, int n)
{
    struct load sum = {.weight = 1};
    for (int i = 0; i < n; i++) {
        double scale = parts[i].weight / deviation(policy, &parts[i]);
        sum.economic += scale * parts[i].economic;
        sum.broad += scale * parts[i].broad;
        sum.popularity += scale * parts[i].popularity;
    }
    double scale = deviation(policy, &sum);
    scale = scale > 0 ? 1 / scale : 0;
    return (struct ech_lens){.economic = scale * sum.economic,
                             .broad = scale * sum.broad,
                             .popularity = scale * sum.popularity};
}

/* Effort goes to what is weighed: a dimension gains by its share in the lens above one half. */
static void shift_effort(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_lens *lens = &run->lens;
    double sum = lens->economic + lens->broad + lens->popularity;
    bool shifts = policy->assessment_held && sum > 0;
    run->curves.effort_economic =
        shifts ? policy->performance_effort * (2 * lens->economic / sum - 1) : 0;
    run->curves.effort_broad =
        shifts ? policy->performance_effort * (2 * lens->broad / sum - 1) : 0;
}

void ech_assessment_prepare(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct load parts[] = {
        {.weight = policy->assessment_weight_economic, .economic = 1},
        {.weight = policy->assessment_weight_broad, .broad = 1},
        view(policy->assessment_weight_leaders, policy->assessment_liking_leaders),
        view(policy->assessment_weight_colleagues, policy->assessment_liking_colleagues),
        view(policy->assessment_weight_public, policy->assessment_liking_public),
        view(policy->assessment_weight_exam, 0),
    };
    const struct load colleagues = view(1, policy->assessment_liking_colleagues);
    run->lens = lens_of(policy, parts, sizeof parts / sizeof parts[0]);
    run->vote_lens = lens_of(policy, &colleagues, 1);
    run->mean_good = gsl_cdf_ugaussian_Pinv(policy->assessment_vote_good);
    run->mean_against = gsl_cdf_ugaussian_Pinv(policy->assessment_vote_against);
    run->good_needed = gsl_cdf_ugaussian_Pinv(policy->assessment_good_needed);
    run->against_allowed = gsl_cdf_ugaussian_Pinv(policy->assessment_against_allowed);
    shift_effort(run);
}

static double seen_through(const struct ech_lens *lens, struct ech_performance performance,
                           double popularity)
{
    return lens->economic * performance.economic + lens->broad * performance.broad +
           (lens->popularity != 0 ? lens->popularity * popularity : 0);
}

/* First month after the next n assessments, one of this month included: sanctions come before it. */
static int after_assessments(const struct ech_run *run, int n)
{
    int wait = (ech_policy_county(run)->assessment_month - ech_calendar_month(run) + 12) % 12;
    return run->month + wait + 12 * (n - 1) + 1;
}

void ech_assessment_suspend(struct ech_run *run, ech_id id, int n_assessments)
{
    int until = after_assessments(run, n_assessments);
    int *mine = &run->people[id].unrated_until;
    *mine = n_assessments > 0 && until > *mine ? until : *mine;
}

void ech_assessment_withhold_excellent(struct ech_run *run, ech_id id, int n_assessments)
{
    int until = after_assessments(run, n_assessments);
    int *mine = &run->people[id].plain_until;
    *mine = n_assessments > 0 && until > *mine ? until : *mine;
}

/* Whoever is on probation, under a sanction, or came too late in the year takes part without a rating. */
static bool is_assessed(const struct ech_run *run, const struct ech_person *person)
{
    int since = ech_policy_county(run)->assessment_min_service;
    return person->presence == ECH_SERVING && person->track == ECH_ADMIN &&
           run->month >= person->probation_end && !ech_is_left_unrated(run, person) &&
           (person->joined_month == 0 || run->month - person->joined_month >= since);
}

/* How a score is made: noise has deviation 1 for a single look; it is luck that a unit shares, and error
   of the raters, which several looks a year average out. */
struct look {
    double seen; /* weights in the score, */
    double noise;
    double luck; /* and in the noise */
    double error;
};

static struct look look_of(const struct ech_params *policy)
{
    double validity = policy->assessment_validity;
    double luck = policy->assessment_unit_luck;
    return (struct look){.seen = validity,
                         .noise = sqrt(1 - validity * validity),
                         .luck = sqrt(luck),
                         .error = sqrt((1 - luck) / policy->assessment_looks)};
}

/* By its two chances: the error of his raters, and what is popular about him. */
static void assess(struct ech_run *run, const struct look *look, ech_id id, double error,
                   double popularity)
{
    const struct ech_person *person = &run->people[id];
    struct ech_assessed *mine = &run->assessed[id];
    *mine = (struct ech_assessed){.assessed = is_assessed(run, person)};
    if (!mine->assessed) {
        return;
    }
    struct ech_performance performance = ech_performance_by(run, id);
    double noise = look->luck * run->teams[person->unit].luck + look->error * error;
    mine->truth = (performance.economic + performance.broad) / 2;
    mine->score =
        look->seen * seen_through(&run->lens, performance, popularity) + look->noise * noise;
}

static void assess_all(struct ech_run *run)
{
    enum { SOME = 64 };
    const struct look look = look_of(ech_policy_county(run));
    double errors[SOME];
    double popularities[SOME] = {0};
    for (ech_id first = 0; first < run->n_people; first += SOME) {
        int n = run->n_people - first < SOME ? run->n_people - first : SOME;
        ech_chance_normals(&run->chance, run->month, ECH_FOR_RATERS, run->exit_key + first, n,
                           errors);
        if (run->lens.popularity != 0) {
            ech_popularities(run, first, n, popularities);
        }
        for (int i = 0; i < n; i++) {
            assess(run, &look, first + i, errors[i], popularities[i]);
        }
    }
}

static void draw_luck(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        run->teams[unit].luck = ech_chance_normal(&run->chance, run->scenario->units[unit].key,
                                                  run->month, ECH_FOR_UNIT_LUCK);
    }
}

struct ech_votes ech_assessment_votes(const struct ech_run *run, ech_id id)
{
    const struct ech_params *policy = ech_policy_county(run);
    double validity = policy->assessment_validity;
    double error = ech_chance_normal(&run->chance, run->people[id].key, run->month, ECH_FOR_VOTES);
    double spread = policy->assessment_vote_spread;
    double popularity = run->vote_lens.popularity != 0 ? ech_popularity(run, &run->people[id]) : 0;
    double seen = seen_through(&run->vote_lens, ech_performance_by(run, id), popularity);
    double view = validity * seen + sqrt(1 - validity * validity) * error;
    return (struct ech_votes){
        .too_few_good =
            run->mean_good +
            spread * view<run->good_needed, .too_many_against = run->mean_against - spread * view>
                         run->against_allowed,
    };
}

/* A leader's score is tied to that of his team; teams are known before. */
static void tie_to_teams(struct ech_run *run)
{
    double tied = ech_policy_county(run)->assessment_tied;
    for (ech_id id = 0; id < run->n_people && tied > 0; id++) {
        const struct ech_person *person = &run->people[id];
        struct ech_assessed *mine = &run->assessed[id];
        if (mine->assessed && person->post != ECH_NONE) {
            mine->score = (1 - tied) * mine->score + tied * run->teams[person->unit].score;
        }
    }
}

void ech_assessment_step(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    if (!policy->assessment_held || ech_calendar_month(run) != policy->assessment_month) {
        return;
    }
    draw_luck(run);
    assess_all(run);
    ech_assessment_rank_teams(run);
    tie_to_teams(run);
    ech_assessment_rate(run);
    ech_assessment_judge(run);
}
