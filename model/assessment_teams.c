/* Teams (班子) are scored by their members and ranked within their type. */
#include "model/assessment.h"
#include "model/rank.h"

ech_id ech_assessment_head(const struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    ech_id head = ECH_NONE;
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        const struct ech_post_kind *kind = ech_kind_of(run, post);
        bool higher = ech_is_chief(kind->role) &&
                      (head == ECH_NONE || kind->role < ech_kind_of(run, head)->role);
        head = higher ? post : head;
    }
    return head == ECH_NONE ? ECH_NONE : run->posts[head].holder;
}

static struct ech_team team_of(const struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    struct ech_team team = {.luck = run->teams[unit].luck};
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        ech_id holder = run->posts[post].holder;
        if (holder != ECH_NONE && run->assessed[holder].assessed) {
            team.score += run->assessed[holder].score;
            team.truth += run->assessed[holder].truth;
            team.n++;
        }
    }
    if (team.n > 0) {
        team.score /= team.n;
        team.truth /= team.n;
    }
    return team;
}

/* Teams of the county by type, the best first, by score or by truth; gives their number. */
static int order_teams(const struct ech_run *run, bool by_truth)
{
    const struct ech_county *county = run->county;
    int n = 0;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        const struct ech_team *team = &run->teams[unit];
        ech_key key = run->scenario->units[unit].key;
        if (team->n > 0) {
            run->ranks[n++] = (struct ech_rank){
                .first = run->scenario->units[unit].type,
                .second = by_truth ? -team->truth : -team->score,
                .tie = ech_chance_bits(&run->chance, key, run->month, ECH_FOR_TEAM_TIE),
                .key = key,
                .id = unit};
        }
    }
    ech_rank_sort(run->ranks, n);
    return n;
}

/* Teams of one type stand in ranks[from ... until - 1]. */
static int end_of_type(const struct ech_run *run, int from, int n)
{
    int until = from;
    while (until < n && !(run->ranks[until].first > run->ranks[from].first)) {
        until++;
    }
    return until;
}

static void rank_by_score(struct ech_run *run)
{
    int n = order_teams(run, false);
    for (int from = 0, until; from < n; from = until) {
        until = end_of_type(run, from, n);
        int n_top = (int)(ech_policy_county(run)->assessment_top_units * (until - from) + 1e-9);
        for (int i = from; i < until; i++) {
            struct ech_team *team = &run->teams[run->ranks[i].id];
            team->top = i - from < n_top;
            team->last = i == until - 1 && until - from >= 2;
        }
    }
}

static void rank_by_truth(struct ech_run *run)
{
    int n = order_teams(run, true);
    for (int from = 0, until; from < n; from = until) {
        until = end_of_type(run, from, n);
        int n_low = (int)(ech_policy_county(run)->assessment_lowest * (until - from) + 1e-9);
        n_low = n_low > 0 ? n_low : 1;
        for (int i = from; i < until; i++) {
            run->teams[run->ranks[i].id].among_lowest = until - i <= n_low;
        }
    }
}

void ech_assessment_rank_teams(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        run->teams[unit] = team_of(run, unit);
    }
    rank_by_score(run);
    rank_by_truth(run);
}
