#include "model/costs.h"
#include "model/exits.h"
#include "model/inequality.h"
#include "model/leaving.h"
#include "model/performance.h"
#include "model/review.h"
#include "model/steps.h"
#include "model/stocks.h"
#include "model/strain.h"
#include "model/training.h"

enum { NEW_TENURE = 12 };

/** What is summed over the leaders of a unit. */
struct sums {
    int64_t wanting, boost, strain;
    int64_t performing, performance, economic, broad, learning,
        stale; /* in millionths but the first */
};

static int64_t strain_of(const struct ech_run *run, ech_id id)
{
    return (int64_t)(run->strain[id] * 1e6 + 0.5);
}

static void add_performance(const struct ech_run *run, ech_id id, const struct ech_performer *mine,
                            struct sums *sums)
{
    struct ech_performance performance = ech_performance_now(run, id, mine);
    int month = ech_curve_month(run->month - mine->post_month);
    sums->performing++;
    sums->performance += ech_micro((performance.economic + performance.broad) / 2);
    sums->economic += ech_micro(performance.economic);
    sums->broad += ech_micro(performance.broad);
    sums->learning += run->curves.learning_micro[month];
    sums->stale += run->curves.staleness_micro[month];
}

/* What changes from month to month; the rest stands in the stocks. */
static void add_leader(struct ech_run *run, ech_id unit, ech_id post, struct sums *sums)
{
    const struct ech_performer *mine = &run->performers[post];
    ech_id id = run->posts[post].holder;
    if (run->exit_refresh[id] <= run->month) {
        ech_exits_refresh(run, id);
    }
    sums->wanting += ech_leaving_wants_in(run, id, unit);
    sums->strain += strain_of(run, id);
    if (mine->course != ECH_N_COURSES) {
        struct ech_boost boost = ech_training_left(run, mine->course, mine->trained_month);
        sums->boost += ech_micro((boost.economic + boost.broad) / 2);
    }
    if (run->curves.on) {
        add_performance(run, id, mine, sums);
    }
}

static void record_sums(struct ech_run *run, ech_id unit, const struct sums *sums)
{
    ech_count(run, ECH_M_leaders_wanting_NONE, 0, unit, sums->wanting);
    ech_count(run, ECH_M_leaders_boost_NONE, 0, unit, sums->boost);
    ech_count(run, ECH_M_strain_leaders_NONE, 0, unit, run->strain_on ? sums->strain : 0);
    ech_count(run, ECH_M_leaders_performing_NONE, 0, unit, sums->performing);
    ech_count(run, ECH_M_leaders_performance_NONE, 0, unit, sums->performance);
    ech_count(run, ECH_M_leaders_economic_NONE, 0, unit, sums->economic);
    ech_count(run, ECH_M_leaders_broad_NONE, 0, unit, sums->broad);
    ech_count(run, ECH_M_leaders_learning_NONE, 0, unit, sums->learning);
    ech_count(run, ECH_M_leaders_stale_NONE, 0, unit, sums->stale);
}

/* The lists of a unit; a place on them costs `cost` a month, in millionths. */
static void record_lists(struct ech_run *run, ech_id unit, int64_t cost)
{
    const struct ech_unit_state *state = &run->units[unit];
    for (int class = 0; class < ECH_N_CLASSES; class ++) {
        int listed = state->listed[class];
        int ready = state->ready[class];
        ech_count(run, ECH_M_reserve_NONE, 0, unit, listed);
        ech_count(run, ECH_M_reserve_CLASS, class, unit, listed);
        ech_count(run, ECH_M_reserve_ready_NONE, 0, unit, ready);
        ech_count(run, ECH_M_reserve_ready_CLASS, class, unit, ready);
        ech_count(run, ECH_M_cost_reserve_NONE, 0, unit, listed * cost);
    }
}

/* That of leaders is summed by unit. */
static void record_strain(struct ech_run *run)
{
    int slot = run->layout.first[ECH_M_strain_NONE];
    for (ech_id id = 0; id < run->n_people && run->strain_on; id++) {
        const struct ech_counted *counted = &run->counted[id];
        if (counted->admin) {
            run->type_now[counted->type * run->layout.n + slot] += strain_of(run, id);
        }
    }
}

static void record_posts(struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    struct sums sums = {0};
    int n_vacant = 0;
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        if (run->posts[post].holder != ECH_NONE) {
            add_leader(run, unit, post, &sums);
        } else {
            n_vacant++;
            ech_count(run, ECH_M_posts_vacant_VACANCY, (int)run->posts[post].reason, unit, 1);
        }
    }
    record_sums(run, unit, &sums);
    ech_count(run, ECH_M_posts_vacant_NONE, 0, unit, n_vacant);
    ech_count(run, ECH_M_posts_vacant_REMOTENESS, ech_remoteness_band(run, unit), unit, n_vacant);
}

/* Whether a unit has two chiefs or more, all of them less than a year in post. */
static bool all_chiefs_new(const struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    int n_chiefs = 0;
    int n_new = 0;
    if (run->units[unit].n_posts[ECH_CLASS_CHIEF] < 2) {
        return false;
    }
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        ech_id holder = run->posts[post].holder;
        if (holder == ECH_NONE || ech_class_of(run, post) != ECH_CLASS_CHIEF) {
            continue;
        }
        n_chiefs++;
        n_new += run->month - run->people[holder].post_month < NEW_TENURE;
    }
    return n_chiefs >= 2 && n_new == n_chiefs;
}

static void record_unit(struct ech_run *run, ech_id unit)
{
    const struct ech_unit_state *state = &run->units[unit];
    bool free = run->scenario->units[unit].free; /* its establishment is whoever is there */
    int heads = state->heads[ECH_ADMIN];
    int places = free ? heads : state->places[ECH_ADMIN];
    int band = ech_remoteness_band(run, unit);
    ech_count(run, ECH_M_posts_NONE, 0, unit, run->scenario->units[unit].n_posts);
    ech_count(run, ECH_M_posts_REMOTENESS, band, unit, run->scenario->units[unit].n_posts);
    ech_count(run, ECH_M_heads_NONE, 0, unit, heads);
    ech_count(run, ECH_M_person_months_REMOTENESS, band, unit, heads);
    ech_count(run, ECH_M_seconded_NONE, 0, unit, state->away);
    ech_count(run, ECH_M_in_training_NONE, 0, unit, state->training);
    ech_count(run, ECH_M_heads_present_NONE, 0, unit, ech_heads_present(run, unit));
    ech_count(run, ECH_M_work_NONE, 0, unit,
              ech_micro(ech_load_now(run, unit) * ech_heads_present(run, unit)));
    ech_count(run, ECH_M_establishment_NONE, 0, unit, places);
    ech_count(run, ECH_M_establishment_vacant_NONE, 0, unit, places - heads);
    ech_count(run, ECH_M_establishment_REMOTENESS, band, unit, places);
    ech_count(run, ECH_M_establishment_vacant_REMOTENESS, band, unit, places - heads);
    for (int track = 0; track < ECH_N_TRACKS; track++) {
        int of_track = free ? state->heads[track] : state->places[track];
        int vacant = of_track - state->heads[track];
        ech_count(run, ECH_M_heads_TRACK, track, unit, state->heads[track]);
        ech_count(run, ECH_M_establishment_TRACK, track, unit, of_track);
        ech_count(run, ECH_M_establishment_vacant_TRACK, track, unit, vacant);
    }
    for (int class = 0; class < ECH_N_CLASSES; class ++) {
        ech_count(run, ECH_M_posts_CLASS, class, unit, state->n_posts[class]);
        ech_count(run, ECH_M_reserve_needed_NONE, 0, unit, state->needed[class]);
        ech_count(run, ECH_M_reserve_needed_CLASS, class, unit, state->needed[class]);
    }
    ech_count(run, ECH_M_chiefs_both_new_NONE, 0, unit, all_chiefs_new(run, unit));
    ech_count(run, ECH_M_chief_units_NONE, 0, unit, state->n_posts[ECH_CLASS_CHIEF] > 0);
    ech_count(run, ECH_M_break_yet_NONE, 0, unit, state->had_break);
}

/* Counts who is under a block and forgets who no longer is; the order of the list does not matter. */
static void record_blocked(struct ech_run *run)
{
    int n = 0;
    for (int i = 0; i < run->n_blocked; i++) {
        const struct ech_person *person = &run->people[run->blocked[i]];
        if (person->presence == ECH_SERVING && person->blocked_until > run->month) {
            ech_count(run, ECH_M_blocked_NONE, 0, person->unit, 1);
            run->blocked[n++] = run->blocked[i];
        }
    }
    run->n_blocked = n;
}

void ech_record_step(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    int64_t list_cost = ech_micro(ech_policy_county(run)->reserve_cost / 12);
    ech_stocks_record(run);
    ech_review_record(run);
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        record_unit(run, unit);
        record_posts(run, unit);
        record_lists(run, unit, list_cost);
    }
    record_strain(run);
    record_blocked(run);
    ech_inequality_record(run);
    ech_costs_record(run);
}
