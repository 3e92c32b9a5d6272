#include <stdlib.h>

#include "model/events.h"
#include "model/grades.h"
#include "model/margins.h"
#include "model/rank.h"
#include "model/seats.h"
#include "model/steps.h"

static bool is_of_block(const struct ech_run *run, const struct ech_block *block, ech_id unit)
{
    return block->type == ECH_NONE || run->scenario->units[unit].type == block->type;
}

/* Keyed number of a seat within its block: decides who of several blocks gets which place, and which
   places stay empty where a block has fewer people than places. */
static struct ech_rank seat_rank(const struct ech_draw *draw, ech_key where, ech_id row,
                                 ech_id unit)
{
    return (struct ech_rank){.first = 0,
                             .second = unit,
                             .tie = ech_chance_bits(&draw->chance, where, 0, ECH_FOR_BLOCK),
                             .key = where,
                             .id = row};
}

static int compare_seats(const void *a, const void *b)
{
    const struct ech_rank *x = a;
    const struct ech_rank *y = b;
    if (x->tie != y->tie) {
        return x->tie < y->tie ? -1 : 1;
    }
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Leading posts of the block's units whose place nobody holds yet. */
static int free_posts(const struct ech_draw *draw, struct ech_rank *seats)
{
    const struct ech_run *run = draw->run;
    const struct ech_county *county = run->county;
    int n = 0;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        ech_id unit = run->scenario->posts[post].unit;
        if (ech_seat_of_post(run, post) != ECH_NONE && is_of_block(run, draw->block, unit)) {
            seats[n++] = seat_rank(draw, run->scenario->posts[post].key, post, unit);
        }
    }
    return n;
}

/* Staff places of the block's units: on the administrative track those beyond the leading posts. */
static int free_staff_places(const struct ech_draw *draw, struct ech_rank *seats)
{
    const struct ech_run *run = draw->run;
    const struct ech_county *county = run->county;
    enum ech_track track = draw->block->track;
    int n = 0;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        const struct ech_unit *facts = &run->scenario->units[unit];
        int first = track == ECH_ADMIN ? facts->n_posts : 0;
        for (int i = first; is_of_block(run, draw->block, unit) && i < facts->establishment[track];
             i++) {
            ech_id place = run->units[unit].first_place[track] + i;
            if (run->places[place] == ECH_NONE) {
                ech_key where = ech_key_pair(facts->key, (uint64_t)track << 32 | (uint64_t)i);
                seats[n++] = seat_rank(draw, where, place, unit);
            }
        }
    }
    return n;
}

/* The people of a block without places: its units take one after the other. */
static void settle_free(struct ech_draw *draw)
{
    struct ech_run *run = draw->run;
    const struct ech_county *county = run->county;
    int round = 0;
    while (draw->n < draw->block->count) {
        int before = draw->n;
        for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units;
             unit++) {
            const struct ech_unit *facts = &run->scenario->units[unit];
            if (facts->free && is_of_block(run, draw->block, unit) &&
                draw->n < draw->block->count) {
                ech_key where = ech_key_pair(facts->key, (uint64_t)round);
                draw->people[draw->n] = ech_seat_person(run, ech_key_pair(draw->block->key, where),
                                                        unit, draw->block->track, ECH_NONE);
                run->people[draw->people[draw->n++]].level = (uint8_t)draw->block->level;
            }
        }
        ECH_ASSERT(draw->n > before); /* the input asks for a free unit */
        round++;
    }
}

/* Seats the people of a block on the places with the smallest keyed numbers. */
static void seat(struct ech_draw *draw)
{
    struct ech_rank *seats = draw->run->ranks;
    if (draw->block->fill == ECH_FILL_FREE) {
        settle_free(draw);
        return;
    }
    bool posts = draw->block->fill == ECH_FILL_POSTS;
    int n = posts ? free_posts(draw, seats) : free_staff_places(draw, seats);
    qsort(seats, (size_t)n, sizeof *seats, compare_seats);
    draw->n = draw->block->count < n ? draw->block->count : n;
    for (int i = 0; i < draw->n; i++) {
        ech_key key = ech_key_pair(draw->block->key, seats[i].key);
        draw->people[i] = posts ? ech_seat_leader(draw->run, key, seats[i].id)
                                : ech_seat_person(draw->run, key, (ech_id)seats[i].second,
                                                  draw->block->track, seats[i].id);
    }
}

static bool is_within(const struct ech_age_limit *limit, const struct ech_person *person)
{
    int age = -person->birth_month / 12;
    return person->presence == ECH_SERVING && age >= limit->from && age <= limit->to &&
           (limit->track == ECH_N_TRACKS || limit->track == person->track);
}

/* The band of his block that somebody was drawn from; NULL if his age, or that at entry, was given. */
static const struct ech_age_band *band_of(const struct ech_run *run, ech_id id, const int *block_of)
{
    if (block_of[id] == ECH_NONE) {
        return NULL;
    }
    const struct ech_block *block = &run->scenario->blocks[block_of[id]];
    int age = -run->people[id].birth_month / 12;
    for (int b = 0; b < block->n_bands && !block->age_at_entry; b++) {
        if (age >= block->bands[b].from && age <= block->bands[b].to) {
            return &block->bands[b];
        }
    }
    return NULL;
}

static enum ech_status refuse_limit(const struct ech_age_limit *limit, int within,
                                    struct ech_error *error)
{
    enum { SIZE = 64 };
    char value[SIZE];
    char allowed[SIZE];
    snprintf(value, SIZE, ECH_BOTH("%d people", "%d人"), within, within);
    snprintf(allowed, SIZE, ECH_BOTH("at most %d", "不超过%d人"), limit->at_most, limit->at_most);
    return ech_fail(error, ECH_ERR_MARGIN,
                    (struct ech_facts){.what = limit->id,
                                       .value = value,
                                       .allowed = allowed,
                                       .hint = ECH_BOTH("their age bands have no years outside it",
                                                        "其年龄段没有该范围以外的年龄")});
}

/* Where more people than a limit allows fall into its ages, those with the largest keyed numbers are
   drawn again outside it, within their own bands: the margins stay exact. */
static enum ech_status keep_limit(struct ech_run *run, const struct ech_chance *chance,
                                  const struct ech_age_limit *limit, const int *block_of,
                                  struct ech_error *error)
{
    int n = 0;
    int within = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        within += is_within(limit, person);
        if (is_within(limit, person) && band_of(run, id, block_of) != NULL) {
            run->ranks[n++] = (struct ech_rank){
                .tie = ~ech_chance_bits(chance, person->key, 0, ECH_FOR_AGE_LIMIT),
                .key = person->key,
                .id = id};
        }
    }
    ech_rank_sort(run->ranks, n);
    for (int i = 0; i < n && within > limit->at_most; i++) {
        ech_id id = run->ranks[i].id;
        struct ech_draw draw = {
            .run = run, .block = &run->scenario->blocks[block_of[id]], .chance = *chance};
        within -= ech_margins_redraw(&draw, id, limit, band_of(run, id, block_of));
    }
    if (within > limit->at_most) {
        return refuse_limit(limit, within, error);
    }
    return ECH_OK;
}

static void emit_start(struct ech_run *run)
{
    char detail[ECH_DETAIL_SIZE];
    for (ech_id id = 0; id < run->n_people && run->sink != NULL; id++) {
        const struct ech_person *person = &run->people[id];
        struct ech_event event = ech_event_of(ECH_EV_START, person->key);
        ech_person_detail(run, id, detail, sizeof detail);
        event.to_unit = person->unit;
        event.to_post = person->post;
        event.to_level = person->level;
        event.detail = detail;
        ech_emit(run, event);
    }
}

/* Whoever reached his level before he came to his post has held another post of the level. */
static void count_posts_held(struct ech_run *run)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        struct ech_person *person = &run->people[id];
        if (person->post != ECH_NONE) {
            person->n_posts = person->level_month < person->post_month ? 2 : 1;
        }
    }
}

/* Posts that nobody holds at the start are openings of month 0. */
static void open_empty_posts(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        struct ech_post_state *state = &run->posts[post];
        if (state->holder == ECH_NONE) {
            state->chain_post = post;
            state->chain_length = 1;
        }
    }
}

enum ech_status ech_initial_people(struct ech_run *run, struct ech_error *error)
{
    const struct ech_county *county = run->county;
    run->initial_chance = run->chance;
    if (!ech_policy_county(run)->initial_redraw) {
        run->initial_chance.replication = 0;
    }
    const struct ech_chance chance = run->initial_chance;
    int *block_of = run->block_of;
    ech_roster_seat(run);
    for (int b = county->first_block; b < county->first_block + county->n_blocks; b++) {
        int row = run->scenario->blocks[b].turn;
        struct ech_draw draw = {.run = run,
                                .block = &run->scenario->blocks[row],
                                .chance = chance,
                                .people = run->pool};
        seat(&draw);
        for (int i = 0; i < draw.n; i++) {
            block_of[draw.people[i]] = row;
        }
        ech_margins_ages(&draw);
    }
    enum ech_status status = ECH_OK;
    for (int l = 0; l < county->n_limits && status == ECH_OK; l++) {
        status = keep_limit(run, &chance, &county->limits[l], block_of, error);
    }
    for (int b = county->first_block; b < county->first_block + county->n_blocks; b++) {
        struct ech_draw draw = {
            .run = run, .block = &run->scenario->blocks[b], .chance = chance, .people = run->pool};
        for (ech_id id = 0; id < run->n_people; id++) {
            if (block_of[id] == b) {
                draw.people[draw.n++] = id;
            }
        }
        ech_margins_rest(&draw);
    }
    count_posts_held(run);
    open_empty_posts(run);
    for (ech_id id = 0; id < run->n_people; id++) {
        ech_grade_begin(run, &run->people[id]);
    }
    emit_start(run);
    return status;
}
