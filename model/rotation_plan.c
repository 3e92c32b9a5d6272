/* Planned rotation: a share of the leaders once a year, or everybody at once every so many months. */
#include "model/cycle.h"
#include "model/office.h"
#include "model/places.h"
#include "model/rank.h"
#include "model/rotation.h"
#include "model/steps.h"

/* Whether a planned move may lead from one unit to the other. */
static bool is_arc(const struct ech_run *run, ech_id from, ech_id to)
{
    const struct ech_unit *units = run->scenario->units;
    return from != to && (ech_policy_county(run)->rotation_arcs != ECH_ARCS_SAME_TYPE ||
                          units[from].type == units[to].type);
}

static bool is_free_for(struct ech_run *run, ech_id post, ech_id id)
{
    const struct ech_post_state *state = &run->posts[post];
    const struct ech_person *person = &run->people[id];
    ech_id unit = run->scenario->posts[post].unit;
    return state->holder == ECH_NONE && state->nominee == ECH_NONE &&
           ech_kind_of(run, post)->level == person->level &&
           ech_class_of(run, post) == ech_class_of(run, person->post) &&
           is_arc(run, person->unit, unit) && ech_places_free(run, unit, person->track) > 0 &&
           !ech_rotation_avoids(run, id, unit);
}

static struct ech_rank vacancy_rank(const struct ech_run *run, ech_id post)
{
    ech_key key = run->scenario->posts[post].key;
    return (struct ech_rank){.first = run->posts[post].vacant_since,
                             .tie =
                                 ech_chance_bits(&run->chance, key, run->month, ECH_FOR_ROTATION),
                             .key = key,
                             .id = post};
}

static ech_id longest_vacant(struct ech_run *run, ech_id id)
{
    const struct ech_county *county = run->county;
    struct ech_rank best = {.first = INFINITY, .id = ECH_NONE};
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        if (run->posts[post].vacant_since <= best.first && is_free_for(run, post, id)) {
            struct ech_rank rank = vacancy_rank(run, post);
            best = best.id == ECH_NONE || ech_rank_compare(&rank, &best) < 0 ? rank : best;
        }
    }
    return best.id;
}

bool ech_rotation_into_vacancy(struct ech_run *run, ech_id id, const char *cause)
{
    ech_id post = longest_vacant(run, id);
    if (post == ECH_NONE) {
        return false;
    }
    struct ech_person *person = &run->people[id];
    ech_id unit = run->scenario->posts[post].unit;
    run->posts[post].nominee = id;
    run->posts[post].move_cause = cause;
    run->posts[post].from_reserve = person->listed != ECH_UNLISTED;
    person->next_post = post;
    person->next_place = ech_place_take(run, unit, person->track, id);
    ech_take_office(run, post);
    ech_count(run, ECH_M_rotations_NONE, 0, unit, 1);
    if (ech_class_of(run, post) == ECH_CLASS_CHIEF) {
        run->units[unit].chief_rotated = run->month;
    }
    run->rotated_in_year++;
    return true;
}

/* Those of the sorted ranks[n] who are of a level, class and type (ECH_NONE: any) move on. */
struct group {
    ech_id level;
    enum ech_class class;
    ech_id type;
};

static bool is_in(const struct ech_run *run, const struct group *group, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    return ech_rotation_movable(run, person) && person->level == group->level &&
           ech_class_of(run, person->post) == group->class &&
           (group->type == ECH_NONE || run->scenario->units[person->unit].type == group->type);
}

static void move_group(struct ech_run *run, const struct ech_rank *chosen, int n,
                       const struct group *group)
{
    struct ech_rank *movers = run->ranks + n;
    bool vacancies = ech_policy_county(run)->rotation_into_vacancies;
    int n_movers = 0;
    for (int i = 0; i < n; i++) {
        ech_id id = chosen[i].id;
        if (is_in(run, group, id) &&
            !(vacancies && ech_rotation_into_vacancy(run, id, "rotation"))) {
            movers[n_movers++] = chosen[i];
        }
    }
    ech_cycle(run, movers, n_movers, "rotation");
}

static void move_groups(struct ech_run *run, int n)
{
    bool by_type = ech_policy_county(run)->rotation_arcs == ECH_ARCS_SAME_TYPE;
    int n_types = by_type ? run->scenario->n_types : 1;
    for (ech_id level = 0; level < run->scenario->n_levels; level++) {
        for (int class = 0; class < ECH_N_CLASSES; class ++) {
            for (ech_id type = 0; type < n_types; type++) {
                struct group group = {level, (enum ech_class) class, by_type ? type : ECH_NONE};
                move_group(run, run->ranks, n, &group);
            }
        }
    }
}

static int at_most(int a, int b)
{
    return a < b ? a : b;
}

/* At most so many leaders who may move, the longest in post first, in run->ranks; with `all` nobody is
   guarded. Gives their number. */
static int rank_movers(struct ech_run *run, bool all, int most)
{
    const struct ech_county *county = run->county;
    int n = 0;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        ech_id id = run->posts[post].holder;
        if (id != ECH_NONE && (all ? ech_rotation_movable(run, &run->people[id])
                                   : ech_rotation_unguarded(run, &run->people[id]))) {
            run->ranks[n++] = ech_rotation_rank(run, id);
        }
    }
    most = at_most(n, most);
    ech_rank_select(run->ranks, n, most);
    ech_rank_sort(run->ranks, most);
    return most;
}

static void send_out(struct ech_run *run, int n)
{
    for (int i = 0; i < n; i++) {
        ech_rotation_send_out(run, run->ranks[i].id);
    }
}

/* The yearly plan: a share of the posts, within the cap of the year. */
static void carry_out_plan(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    int planned = (int)(policy->rotation_share * run->county->n_posts + 1e-9);
    int left = ech_rotation_year_cap(run) - run->rotated_in_year;
    int n = rank_movers(run, false, at_most(planned, left > 0 ? left : 0));
    if (policy->rotation_arcs == ECH_ARCS_OUT) {
        send_out(run, n);
    } else {
        move_groups(run, n);
    }
}

void ech_rotation_plan_step(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    if (policy->rotation_share > 0 && ech_calendar_month(run) == policy->rotation_month) {
        carry_out_plan(run);
    }
    if (policy->rotation_shuffle_every < ECH_NEVER &&
        run->month % policy->rotation_shuffle_every == 0) {
        move_groups(run, rank_movers(run, true, run->county->n_posts));
    }
}
