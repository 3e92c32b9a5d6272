#include "model/costs.h"
#include "model/inequality.h"
#include "model/leaving.h"
#include "model/performance.h"
#include "model/review.h"
#include "model/steps.h"
#include "model/stocks.h"
#include "model/strain.h"
#include "model/training.h"
#include "model/unit_stocks.h"

/** What is summed over the leaders of a unit. */
struct sums {
    int64_t wanting, boost, strain;
    int64_t performing, performance, economic, broad, learning,
        stale; /* in millionths but the first */
};

static int64_t strain_of(const struct ech_run *run, ech_id id)
{
    return (int64_t)(ech_strain_of(run, id) * 1e6 + 0.5);
}

static void add_performance(const struct ech_run *run, const struct ech_performer *mine,
                            const struct ech_boost *boost, struct sums *sums)
{
    struct ech_performance performance = ech_performance_now(run, mine, boost);
    const struct ech_tenure_lost *lost =
        &run->curves.lost[ech_curve_month(run->month - mine->post_month)];
    sums->performing++;
    sums->performance += ech_micro((performance.economic + performance.broad) / 2);
    sums->economic += ech_micro(performance.economic);
    sums->broad += ech_micro(performance.broad);
    sums->learning += lost->learning_micro;
    sums->stale += lost->staleness_micro;
}

/* What changes from month to month; the rest stands in the stocks. */
static void add_leader(const struct ech_run *run, ech_id unit, ech_id post, struct sums *sums)
{
    const struct ech_performer *mine = &run->performers[post];
    struct ech_boost boost = ech_training_left(run, mine->course, mine->trained_month);
    sums->wanting += ech_leaving_wants_in(run, mine, unit);
    sums->strain += strain_of(run, mine->id);
    sums->boost += ech_micro((boost.economic + boost.broad) / 2);
    if (run->curves.on) {
        add_performance(run, mine, &boost, sums);
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

static void record_unit(struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    struct sums sums = {0};
    int vacant[ECH_N_VACANCIES] = {0};
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        if (!run->vacant[post]) {
            add_leader(run, unit, post, &sums);
        } else {
            vacant[run->posts[post].reason]++;
        }
    }
    record_sums(run, unit, &sums);
    ech_unit_stocks_record(run, unit, vacant);
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
    ech_stocks_record(run);
    ech_review_record(run);
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        record_unit(run, unit);
    }
    record_strain(run);
    record_blocked(run);
    ech_stocks_hand_out(run);
    ech_inequality_record(run);
    ech_costs_record(run);
}
