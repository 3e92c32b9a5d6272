#include "model/scores.h"

#include "model/merit.h"
#include "model/reserve.h"

/* What a score and an inspection look at: merit, or one side of it alone. */
static double looked_at(const struct ech_run *run, const struct ech_person *person,
                        const struct ech_params *policy)
{
    switch ((enum ech_side)policy->selection_side) {
    case ECH_SIDE_BOTH:
        break;
    case ECH_SIDE_ECONOMIC:
        return ech_merit_of(run, person).economic;
    case ECH_SIDE_BROAD:
        return ech_merit_of(run, person).broad;
    }
    return person->merit;
}

/* Something that is seen with noise of its own; the correlation of both is `validity`. */
static void see(const struct ech_run *run, const struct ech_seen *seen, enum ech_purpose purpose,
                double validity, double *values)
{
    uint64_t bits[ECH_SEEN_TOGETHER];
    ech_chance_bits_of(&run->chance, seen->pairs, seen->n, 0, purpose, bits);
    for (int i = 0; i < seen->n; i++) {
        double noise = ech_chance_normal_at(bits[i]);
        values[i] = validity * values[i] + sqrt(1 - validity * validity) * noise;
    }
}

static void add_growth(const struct ech_run *run, const struct ech_seen *seen, double *values)
{
    for (int i = 0; i < seen->n; i++) {
        values[i] += ech_reserve_growth(run, &run->people[seen->ids[i]]);
    }
}

/* An assessment, or the look of an inspection. */
static void assess(const struct ech_run *run, const struct ech_seen *seen, enum ech_purpose purpose,
                   const struct ech_params *policy, double *values)
{
    for (int i = 0; i < seen->n; i++) {
        values[i] = looked_at(run, &run->people[seen->ids[i]], policy);
    }
    see(run, seen, purpose, policy->selection_validity, values);
    add_growth(run, seen, values);
}

/* Two recommendations (民主推荐), in a meeting and in talks, each a noisy view of popularity. Their
   sum has the variance 2 + 2 validity^2, their mean view of popularity being shared. */
static void vote(const struct ech_run *run, const struct ech_seen *seen,
                 const struct ech_params *policy, double *values)
{
    double validity = policy->selection_vote_validity;
    double talks[ECH_SEEN_TOGETHER];
    for (int i = 0; i < seen->n; i++) {
        talks[i] = values[i] = ech_popularity(run, &run->people[seen->ids[i]]);
    }
    see(run, seen, ECH_FOR_VOTE_MEETING, validity, values);
    see(run, seen, ECH_FOR_VOTE_TALKS, validity, talks);
    for (int i = 0; i < seen->n; i++) {
        values[i] = (values[i] + talks[i]) / sqrt(2 + 2 * validity * validity);
    }
}

static void examine(const struct ech_run *run, const struct ech_seen *seen,
                    const struct ech_params *policy, double *values)
{
    for (int i = 0; i < seen->n; i++) {
        values[i] = run->people[seen->ids[i]].merit;
    }
    see(run, seen, ECH_FOR_EXAM, policy->selection_exam_validity, values);
    add_growth(run, seen, values);
}

static void add_part(const struct ech_seen *seen, double weight, const double *part, double *sums)
{
    for (int i = 0; i < seen->n; i++) {
        sums[i] += weight * part[i];
    }
}

/* A part of weight 0 is not looked at; a common shift of months in level ranks nobody anew. The weights
   are scaled to a sum of squares of 1, so that bands of equal merit mean about the same everywhere. */
static void mix(const struct ech_run *run, const struct ech_seen *seen,
                const struct ech_params *policy, double *sums)
{
    double score = policy->selection_weight_score;
    double votes = policy->selection_weight_votes;
    double exam = policy->selection_weight_exam;
    double seniority = policy->selection_weight_seniority;
    double part[ECH_SEEN_TOGETHER];
    for (int i = 0; i < seen->n; i++) {
        double months = run->month - run->people[seen->ids[i]].level_month;
        sums[i] = seniority * months / policy->selection_seniority_scale;
    }
    if (score > 0) {
        assess(run, seen, ECH_FOR_NOISE, policy, part);
        add_part(seen, score, part, sums);
    }
    if (votes > 0) {
        vote(run, seen, policy, part);
        add_part(seen, votes, part, sums);
    }
    if (exam > 0) {
        examine(run, seen, policy, part);
        add_part(seen, exam, part, sums);
    }
    double norm = sqrt(score * score + votes * votes + exam * exam + seniority * seniority);
    for (int i = 0; i < seen->n; i++) {
        sums[i] /= norm;
    }
}

void ech_scores(const struct ech_run *run, const struct ech_seen *seen,
                const struct ech_params *policy, double *scores)
{
    switch ((enum ech_selection)policy->selection_rule) {
    case ECH_SELECT_SENIORITY:
        for (int i = 0; i < seen->n; i++) {
            scores[i] = -(double)run->people[seen->ids[i]].level_month;
        }
        break;
    case ECH_SELECT_LOTTERY:
        for (int i = 0; i < seen->n; i++) {
            scores[i] = 0; /* the keyed number of the tie decides */
        }
        break;
    case ECH_SELECT_SCORE:
        assess(run, seen, ECH_FOR_NOISE, policy, scores);
        break;
    case ECH_SELECT_VOTES:
        vote(run, seen, policy, scores);
        break;
    case ECH_SELECT_EXAM:
        examine(run, seen, policy, scores);
        break;
    case ECH_SELECT_MIX:
        mix(run, seen, policy, scores);
        break;
    }
}

double ech_score(const struct ech_run *run, ech_id id, ech_key pair,
                 const struct ech_params *policy)
{
    struct ech_seen seen;
    double score = 0;
    seen.n = 1;
    seen.ids[0] = id;
    seen.pairs[0] = pair;
    ech_scores(run, &seen, policy, &score);
    return score;
}

void ech_scores_inspected(const struct ech_run *run, const struct ech_seen *seen,
                          const struct ech_params *policy, double *scores)
{
    assess(run, seen, ECH_FOR_INSPECTION, policy, scores);
}
