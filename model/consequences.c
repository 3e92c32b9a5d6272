/* What ratings, votes and ranks of teams bring: consequences are found on the state at the start of the step,
   at most one falls on each person, the hardest, and then all are carried out. */
#include "model/assessment.h"
#include "model/careers.h"
#include "model/events.h"
#include "model/grades.h"
#include "model/office.h"
#include "model/rank.h"

static void propose(struct ech_run *run, ech_id id, enum ech_consequence consequence, bool right)
{
    struct ech_assessed *mine = &run->assessed[id];
    if ((int)consequence > mine->consequence) {
        mine->consequence = (uint8_t)consequence;
        mine->right = right;
    } else if ((int)consequence == mine->consequence) {
        mine->right |= right;
    }
}

static void judge_rating(struct ech_run *run, ech_id id)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_person *person = &run->people[id];
    bool right = run->assessed[id].among_lowest;
    if (person->rating == ECH_RATING_BASIC && policy->assessment_admonish) {
        propose(run, id, ECH_CONSEQUENCE_ADMONISH, right);
    }
    if (person->rating == ECH_RATING_INCOMPETENT && policy->assessment_demote) {
        propose(run, id, ECH_CONSEQUENCE_DEMOTE, right);
    }
    if (person->rating == ECH_RATING_INCOMPETENT && policy->assessment_dismiss &&
        person->earlier_ratings[0] == ECH_RATING_INCOMPETENT) {
        propose(run, id, ECH_CONSEQUENCE_DISMISS, right);
    }
}

/* The words of assessment.few_good and assessment.many_against, in their order. */
static const enum ech_consequence few_good[] = {ECH_CONSEQUENCE_NONE, ECH_CONSEQUENCE_ADMONISH,
                                                ECH_CONSEQUENCE_ADJUST};
static const enum ech_consequence many_against[] = {ECH_CONSEQUENCE_NONE, ECH_CONSEQUENCE_DEMOTE,
                                                    ECH_CONSEQUENCE_REMOVE};

static void judge_votes(struct ech_run *run, ech_id id)
{
    const struct ech_params *policy = ech_policy_county(run);
    if (run->people[id].post == ECH_NONE ||
        (policy->assessment_few_good == 0 && policy->assessment_many_against == 0)) {
        return;
    }
    struct ech_votes votes = ech_assessment_votes(run, id);
    bool right = run->assessed[id].among_lowest;
    if (votes.too_few_good) {
        propose(run, id, few_good[policy->assessment_few_good], right);
    }
    if (votes.too_many_against) {
        propose(run, id, many_against[policy->assessment_many_against], right);
    }
}

/* Of a team that is last twice running, the members below the head with the lowest scores. */
static void adjust_members(struct ech_run *run, ech_id unit, ech_id head)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    int n = 0;
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        ech_id id = run->posts[post].holder;
        if (id != ECH_NONE && id != head && run->assessed[id].assessed) {
            ech_key key = run->people[id].key;
            run->ranks[n++] = (struct ech_rank){
                .first = run->assessed[id].score,
                .tie = ech_chance_bits(&run->chance, key, run->month, ECH_FOR_RATING_TIE),
                .key = key,
                .id = id};
        }
    }
    ech_rank_sort(run->ranks, n);
    int n_adjusted = (int)(ech_policy_county(run)->assessment_last_adjust * n + 1e-9);
    for (int i = 0; i < n_adjusted; i++) {
        ech_id id = run->ranks[i].id;
        propose(run, id, ECH_CONSEQUENCE_ADJUST, run->assessed[id].among_lowest);
    }
}

/* The head of the last team answers for it; whether rightly is a matter of the team's performance. */
static void judge_team(struct ech_run *run, ech_id unit)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_team *team = &run->teams[unit];
    struct ech_unit_state *state = &run->units[unit];
    ech_id head = team->last ? ech_assessment_head(run, unit) : ECH_NONE;
    bool assessed = head != ECH_NONE && run->assessed[head].assessed;
    ech_key key = assessed ? run->people[head].key : 0;
    bool twice = assessed && state->last_head == key;
    state->last_head = key;
    if (assessed && policy->assessment_last_admonish) {
        propose(run, head, ECH_CONSEQUENCE_ADMONISH, team->among_lowest);
    }
    if (twice && policy->assessment_last_remove) {
        propose(run, head, ECH_CONSEQUENCE_REMOVE, team->among_lowest);
    }
    if (twice) {
        adjust_members(run, unit, head);
    }
}

/* Tolerance (容错): an honest failure, on whom no consequence should fall, may be spared. */
static bool is_spared(const struct ech_run *run, ech_id id)
{
    double share = ech_policy_county(run)->tolerance_share;
    return !run->assessed[id].right && share > 0 &&
           ech_chance_uniform(&run->chance, run->people[id].key, run->month, ECH_FOR_SPARED) <
               share;
}

static int blocked_until(const struct ech_run *run, int months)
{
    return run->month + months * (ech_policy_county(run)->assessment_double ? 2 : 1);
}

static void admonish(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    ech_emit_sanction(run, person, "admonition", "assessment", person->level);
    ech_block(run, id, blocked_until(run, ech_policy_county(run)->assessment_admonition_block));
}

/* Without a post he loses the level and a grade, and a nomination for the next; of the lowest nobody
   falls. */
static void demote(struct ech_run *run, ech_id id, int until)
{
    struct ech_person *person = &run->people[id];
    ech_id level = person->level > 0 ? person->level - 1 : 0;
    bool leads = person->post != ECH_NONE;
    ech_emit_sanction(run, person, "demotion", "assessment", leads ? person->level : level);
    if (leads) {
        ech_fall(run, id, "assessment", level, until);
        return;
    }
    if (person->next_post != ECH_NONE) {
        ech_withdraw(run, person->next_post);
    }
    if (level != person->level) {
        ech_set_level(run, person, level);
        ech_refresh(run, id);
    }
    ech_grade_lower(run, id, "assessment");
    ech_block(run, id, until);
}

static void remove_from_post(struct ech_run *run, ech_id id, const char *consequence, int until)
{
    const struct ech_person *person = &run->people[id];
    ech_emit_sanction(run, person, consequence, "assessment", person->level);
    ech_fall(run, id, "assessment", person->level, until);
}

static void count_consequence(struct ech_run *run, const struct ech_person *person,
                              const struct ech_assessed *mine)
{
    int index = mine->consequence - ECH_CONSEQUENCE_ADMONISH;
    ech_count(run, ECH_M_consequences_CONSEQUENCE, index, person->unit, 1);
    ech_count(run, ECH_M_consequences_NONE, 0, person->unit, 1);
    ech_count(run, ECH_M_consequences_right_NONE, 0, person->unit, mine->right);
    ech_count(run, ECH_M_consequences_right_CONSEQUENCE, index, person->unit, mine->right);
}

static void execute(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    const struct ech_assessed *mine = &run->assessed[id];
    int until = blocked_until(run, ech_policy_person(run, person)->upagain_block);
    count_consequence(run, person, mine);
    switch ((enum ech_consequence)mine->consequence) {
    case ECH_CONSEQUENCE_NONE:
        break;
    case ECH_CONSEQUENCE_ADMONISH:
        admonish(run, id);
        break;
    case ECH_CONSEQUENCE_ADJUST:
        remove_from_post(run, id, "adjustment", run->month);
        break;
    case ECH_CONSEQUENCE_DEMOTE:
        demote(run, id, until);
        break;
    case ECH_CONSEQUENCE_REMOVE:
        remove_from_post(run, id, "removal", until);
        break;
    case ECH_CONSEQUENCE_DISMISS:
        ech_emit_sanction(run, person, "dismissal", "assessment", person->level);
        ech_leave(run, id, ECH_CAUSE_DISMISSED);
        break;
    }
}

void ech_assessment_judge(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id id = 0; id < run->n_people; id++) {
        if (run->assessed[id].assessed) {
            judge_rating(run, id);
            judge_votes(run, id);
        }
    }
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        judge_team(run, unit);
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_assessed *mine = &run->assessed[id];
        if (!mine->assessed || mine->consequence == ECH_CONSEQUENCE_NONE) {
            continue;
        }
        if (is_spared(run, id)) {
            ech_count(run, ECH_M_consequences_spared_NONE, 0, run->people[id].unit, 1);
        } else {
            execute(run, id);
        }
    }
}
