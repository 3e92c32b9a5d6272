#include "model/scores.h"

#include "model/merit.h"
#include "model/reserve.h"

/* Something that is seen with noise of its own; the correlation of both is `validity`. */
static double seen(const struct ech_run *run, ech_key pair, enum ech_purpose purpose, double truth,
                   double validity)
{
    double noise = ech_chance_normal(&run->chance, pair, 0, purpose);
    return validity * truth + sqrt(1 - validity * validity) * noise;
}

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

static double assessed(const struct ech_run *run, const struct ech_person *person, ech_key pair,
                       const struct ech_params *policy)
{
    double truth = looked_at(run, person, policy);
    return seen(run, pair, ECH_FOR_NOISE, truth, policy->selection_validity) +
           ech_reserve_growth(run, person);
}

/* Two recommendations (民主推荐), in a meeting and in talks, each a noisy view of popularity. Their
   sum has the variance 2 + 2 validity^2, their mean view of popularity being shared. */
static double voted(const struct ech_run *run, const struct ech_person *person, ech_key pair,
                    const struct ech_params *policy)
{
    double validity = policy->selection_vote_validity;
    double popularity = ech_popularity(run, person);
    double meeting = seen(run, pair, ECH_FOR_VOTE_MEETING, popularity, validity);
    double talks = seen(run, pair, ECH_FOR_VOTE_TALKS, popularity, validity);
    return (meeting + talks) / sqrt(2 + 2 * validity * validity);
}

static double examined(const struct ech_run *run, const struct ech_person *person, ech_key pair,
                       const struct ech_params *policy)
{
    return seen(run, pair, ECH_FOR_EXAM, person->merit, policy->selection_exam_validity) +
           ech_reserve_growth(run, person);
}

/* A part of weight 0 is not looked at; a common shift of months in level ranks nobody anew. The weights
   are scaled to a sum of squares of 1, so that bands of equal merit mean about the same everywhere. */
static double mixed(const struct ech_run *run, const struct ech_person *person, ech_key pair,
                    const struct ech_params *policy)
{
    double score = policy->selection_weight_score;
    double votes = policy->selection_weight_votes;
    double exam = policy->selection_weight_exam;
    double seniority = policy->selection_weight_seniority;
    double months = run->month - person->level_month;
    double sum = seniority * months / policy->selection_seniority_scale;
    sum += score > 0 ? score * assessed(run, person, pair, policy) : 0;
    sum += votes > 0 ? votes * voted(run, person, pair, policy) : 0;
    sum += exam > 0 ? exam * examined(run, person, pair, policy) : 0;
    return sum / sqrt(score * score + votes * votes + exam * exam + seniority * seniority);
}

double ech_score(const struct ech_run *run, const struct ech_person *person, ech_key pair,
                 const struct ech_params *policy)
{
    switch ((enum ech_selection)policy->selection_rule) {
    case ECH_SELECT_SENIORITY:
        return -(double)person->level_month;
    case ECH_SELECT_LOTTERY:
        return 0; /* the keyed number of the tie decides */
    case ECH_SELECT_SCORE:
        return assessed(run, person, pair, policy);
    case ECH_SELECT_VOTES:
        return voted(run, person, pair, policy);
    case ECH_SELECT_EXAM:
        return examined(run, person, pair, policy);
    case ECH_SELECT_MIX:
        return mixed(run, person, pair, policy);
    }
    return 0;
}

double ech_score_inspected(const struct ech_run *run, const struct ech_person *person, ech_key pair,
                           const struct ech_params *policy)
{
    double truth = looked_at(run, person, policy);
    return seen(run, pair, ECH_FOR_INSPECTION, truth, policy->selection_validity) +
           ech_reserve_growth(run, person);
}
