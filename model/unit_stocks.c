#include "model/unit_stocks.h"

#include <string.h>

#include "model/costs.h"
#include "model/strain.h"

void ech_unit_stocks_empty(struct ech_run *run)
{
    size_t n = (size_t)(run->scenario->n_units * run->layout.n_unit);
    memset(run->unit_stock, 0, n * sizeof *run->unit_stock);
    memset(run->unit_counted, 0, (size_t)run->scenario->n_units * sizeof *run->unit_counted);
}

static int n_vacant(const struct ech_unit_counted *counted)
{
    int n = 0;
    for (int reason = 0; reason < ECH_N_VACANCIES; reason++) {
        n += counted->vacant[reason];
    }
    return n;
}

static void add_posts(struct ech_run *run, ech_id unit, const struct ech_unit_counted *counted,
                      int by)
{
    int band = ech_remoteness_band(run, unit);
    int n_posts = run->scenario->units[unit].n_posts;
    const int *of_class = run->units[unit].n_posts;
    int vacant = n_vacant(counted);
    ech_stock(run, ECH_M_posts_NONE, 0, unit, by * n_posts);
    ech_stock(run, ECH_M_posts_REMOTENESS, band, unit, by * n_posts);
    ech_stock(run, ECH_M_posts_vacant_NONE, 0, unit, by * vacant);
    ech_stock(run, ECH_M_posts_vacant_REMOTENESS, band, unit, by * vacant);
    for (int reason = 0; reason < ECH_N_VACANCIES; reason++) {
        ech_stock(run, ECH_M_posts_vacant_VACANCY, reason, unit, by * counted->vacant[reason]);
    }
    for (int class = 0; class < ECH_N_CLASSES; class ++) {
        ech_stock(run, ECH_M_posts_CLASS, class, unit, by * of_class[class]);
    }
    ech_stock(run, ECH_M_chief_units_NONE, 0, unit, by * (of_class[ECH_CLASS_CHIEF] > 0));
    ech_stock(run, ECH_M_chiefs_both_new_NONE, 0, unit, by * counted->chiefs_new);
    ech_stock(run, ECH_M_break_yet_NONE, 0, unit, by * counted->had_break);
}

static void add_places(struct ech_run *run, ech_id unit, const struct ech_unit_counted *counted,
                       int by)
{
    int band = ech_remoteness_band(run, unit);
    int heads = counted->heads[ECH_ADMIN];
    int places = counted->places[ECH_ADMIN];
    ech_stock(run, ECH_M_heads_NONE, 0, unit, by * heads);
    ech_stock(run, ECH_M_person_months_REMOTENESS, band, unit, by * heads);
    ech_stock(run, ECH_M_seconded_NONE, 0, unit, by * counted->away);
    ech_stock(run, ECH_M_in_training_NONE, 0, unit, by * counted->training);
    ech_stock(run, ECH_M_heads_present_NONE, 0, unit, by * counted->present);
    ech_stock(run, ECH_M_work_NONE, 0, unit, by * counted->work);
    ech_stock(run, ECH_M_establishment_NONE, 0, unit, by * places);
    ech_stock(run, ECH_M_establishment_vacant_NONE, 0, unit, by * (places - heads));
    ech_stock(run, ECH_M_establishment_REMOTENESS, band, unit, by * places);
    ech_stock(run, ECH_M_establishment_vacant_REMOTENESS, band, unit, by * (places - heads));
    for (int track = 0; track < ECH_N_TRACKS; track++) {
        int vacant = counted->places[track] - counted->heads[track];
        ech_stock(run, ECH_M_heads_TRACK, track, unit, by * counted->heads[track]);
        ech_stock(run, ECH_M_establishment_TRACK, track, unit, by * counted->places[track]);
        ech_stock(run, ECH_M_establishment_vacant_TRACK, track, unit, by * vacant);
    }
}

static void add_lists(struct ech_run *run, ech_id unit, const struct ech_unit_counted *counted,
                      int by)
{
    for (int class = 0; class < ECH_N_CLASSES; class ++) {
        int needed = by * counted->needed[class];
        int listed = by * counted->listed[class];
        int ready = by * counted->ready[class];
        ech_stock(run, ECH_M_reserve_needed_NONE, 0, unit, needed);
        ech_stock(run, ECH_M_reserve_needed_CLASS, class, unit, needed);
        ech_stock(run, ECH_M_reserve_NONE, 0, unit, listed);
        ech_stock(run, ECH_M_reserve_CLASS, class, unit, listed);
        ech_stock(run, ECH_M_reserve_ready_NONE, 0, unit, ready);
        ech_stock(run, ECH_M_reserve_ready_CLASS, class, unit, ready);
    }
}

/* Puts a unit into the stocks (by 1) or takes it out (by -1). */
static void add(struct ech_run *run, ech_id unit, const struct ech_unit_counted *counted, int by)
{
    if (!counted->is_counted) {
        return;
    }
    int n_leaders = run->scenario->units[unit].n_posts - n_vacant(counted);
    int n_listed = counted->listed[ECH_CLASS_CHIEF] + counted->listed[ECH_CLASS_DEPUTY];
    add_posts(run, unit, counted, by);
    add_places(run, unit, counted, by);
    add_lists(run, unit, counted, by);
    ech_costs_add(run, unit, counted->epoch,
                  &(struct ech_paid){counted->heads[ECH_ADMIN], n_leaders, n_listed}, by);
}

/* Its bytes are compared: those between its fields are 0 too. */
static void look_at(const struct ech_run *run, ech_id unit, const int vacant[ECH_N_VACANCIES],
                    struct ech_unit_counted *counted)
{
    const struct ech_unit_state *state = &run->units[unit];
    bool free = run->scenario->units[unit].free;
    memset(counted, 0, sizeof *counted);
    counted->is_counted = 1;
    counted->epoch = run->epoch;
    for (int track = 0; track < ECH_N_TRACKS; track++) {
        counted->heads[track] = state->heads[track];
        counted->places[track] = free ? state->heads[track] : state->places[track];
    }
    counted->away = state->away;
    counted->training = state->training;
    counted->present = ech_heads_present(run, unit);
    memcpy(counted->needed, state->needed, sizeof counted->needed);
    memcpy(counted->listed, state->listed, sizeof counted->listed);
    memcpy(counted->ready, state->ready, sizeof counted->ready);
    memcpy(counted->vacant, vacant, sizeof counted->vacant);
    counted->chiefs_new = state->chiefs_new;
    counted->had_break = state->had_break;
}

void ech_unit_stocks_record(struct ech_run *run, ech_id unit, const int vacant[ECH_N_VACANCIES])
{
    struct ech_unit_counted *was = &run->unit_counted[unit];
    struct ech_unit_counted now;
    look_at(run, unit, vacant, &now);
    now.work = was->work;
    if (memcmp(&now, was, sizeof now) == 0) {
        return;
    }
    now.work = ech_micro(ech_load_now(run, unit) * now.present);
    add(run, unit, was, -1);
    add(run, unit, &now, 1);
    memcpy(was, &now, sizeof now);
}
