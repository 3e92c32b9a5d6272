#include <limits.h>
#include <stdlib.h>

#include "model/careers.h"
#include "model/outside.h"
#include "model/steps.h"

/* The people of one block while their margins are drawn: rows of run->people in order of their keys'
   places. Every margin is a permutation by keyed numbers, so integer margins hold exactly. */
struct draw {
    struct ech_run *run;
    const struct ech_block *block;
    struct ech_chance chance; /* replication 0 where the county is not redrawn */
    ech_id *people;           /* [n], rows */
    int n;
};

static int below(const struct draw *draw, ech_id id, enum ech_purpose purpose, int n)
{
    return ech_chance_below(&draw->chance, draw->run->people[id].key, 0, purpose, n);
}

/* Sorts the people who satisfy `may` (NULL: all) by their keyed numbers; gives how many there are. */
static int permute(const struct draw *draw, enum ech_purpose purpose,
                   bool (*may)(const struct draw *draw, const struct ech_person *person))
{
    struct ech_rank *ranks = draw->run->ranks;
    int n = 0;
    for (int i = 0; i < draw->n; i++) {
        const struct ech_person *person = &draw->run->people[draw->people[i]];
        if (may == NULL || may(draw, person)) {
            ranks[n++] = (struct ech_rank){
                .tie = ech_chance_bits(&draw->chance, person->key, 0, purpose),
                .key = person->key,
                .id = draw->people[i]};
        }
    }
    qsort(ranks, (size_t)n, sizeof *ranks, ech_rank_compare);
    return n;
}

static int age_in_band(const struct draw *draw, ech_id id, const struct ech_age_band *band)
{
    return band->from * 12 + below(draw, id, ECH_FOR_AGE, (band->to - band->from + 1) * 12);
}

static int uniform_between(const struct draw *draw, ech_id id, enum ech_purpose purpose, int from,
                           int to)
{
    return from + below(draw, id, purpose, to - from + 1);
}

static int at_most(int value, int most)
{
    return value < most ? value : most;
}

/* Service given by the block, cut so that nobody entered before the usual age; else since that age. */
static int drawn_service(const struct draw *draw, ech_id id, int age)
{
    const struct ech_block *block = draw->block;
    int longest = age - ech_policy_county(draw->run)->initial_entry_age;
    longest = longest > 0 ? longest : 0;
    if (block->service_from == ECH_NONE) {
        return longest;
    }
    int to = at_most(block->service_to, longest);
    to = to > block->service_from ? to : block->service_from;
    return uniform_between(draw, id, ECH_FOR_SERVICE, block->service_from, to);
}

/* Ages: each band gets exactly its number of people; within it months are uniform. */
static void draw_ages(const struct draw *draw)
{
    const struct ech_block *block = draw->block;
    int n = permute(draw, ECH_FOR_AGE_BAND, NULL);
    int i = 0;
    for (int b = 0; b < block->n_bands; b++) {
        for (int k = 0; k < block->bands[b].n && i < n; k++, i++) {
            ech_id id = draw->run->ranks[i].id;
            struct ech_person *person = &draw->run->people[id];
            int age = age_in_band(draw, id, &block->bands[b]);
            int service;
            if (block->age_at_entry) {
                service = uniform_between(draw, id, ECH_FOR_SERVICE, block->service_from,
                                          block->service_to);
                age += service;
            } else {
                service = drawn_service(draw, id, age);
            }
            person->birth_month = -age;
            person->entry_month = -service;
        }
    }
}

static bool may_be_woman(const struct draw *draw, const struct ech_person *person)
{
    return -person->birth_month < ech_policy_county(draw->run)->retirement_age_women;
}

static bool has_education(const struct draw *draw, const struct ech_person *person, int education)
{
    (void)draw;
    return person->education == education;
}

static bool is_college(const struct draw *d, const struct ech_person *p)
{
    return has_education(d, p, ECH_EDU_COLLEGE);
}
static bool is_bachelor(const struct draw *d, const struct ech_person *p)
{
    return has_education(d, p, ECH_EDU_BACHELOR);
}
static bool is_postgraduate(const struct draw *d, const struct ech_person *p)
{
    return has_education(d, p, ECH_EDU_POSTGRADUATE);
}

static void draw_composition(const struct draw *draw)
{
    const struct ech_block *block = draw->block;
    struct ech_person *people = draw->run->people;
    const struct ech_rank *ranks = draw->run->ranks;
    for (int i = 0; i < draw->n; i++) {
        people[draw->people[i]].sex = ECH_MALE;
    }
    int n = permute(draw, ECH_FOR_SEX, may_be_woman);
    for (int i = 0; i < at_most(block->women, n); i++) {
        people[ranks[i].id].sex = ECH_FEMALE;
    }
    n = permute(draw, ECH_FOR_PARTY, NULL);
    for (int i = 0; i < at_most(block->non_party, n); i++) {
        people[ranks[i].id].nonparty = 1;
    }
    n = permute(draw, ECH_FOR_HOME, NULL);
    for (int i = 0; i < at_most(block->outsiders, n); i++) {
        people[ranks[i].id].outsider = 1;
    }
}

static void draw_education(const struct draw *draw)
{
    static bool (*const has[ECH_N_EDUCATIONS])(const struct draw *, const struct ech_person *) = {
        [ECH_EDU_COLLEGE] = is_college,
        [ECH_EDU_BACHELOR] = is_bachelor,
        [ECH_EDU_POSTGRADUATE] = is_postgraduate};
    struct ech_person *people = draw->run->people;
    const struct ech_rank *ranks = draw->run->ranks;
    int n = permute(draw, ECH_FOR_EDUCATION, NULL);
    int i = 0;
    for (int education = 0; education < ECH_N_EDUCATIONS; education++) {
        for (int k = 0; k < draw->block->education[education] && i < n; k++, i++) {
            people[ranks[i].id].education = (uint8_t)education;
        }
    }
    for (int education = ECH_EDU_COLLEGE; education < ECH_N_EDUCATIONS; education++) {
        n = permute(draw, ECH_FOR_FULLTIME, has[education]);
        for (i = 0; i < at_most(draw->block->fulltime[education], n); i++) {
            people[ranks[i].id].fulltime = 1;
        }
    }
}

/* Least months of service with which somebody can have reached a level. */
static int months_below(const struct ech_run *run, const struct ech_person *person)
{
    int months = 0;
    for (ech_id level = 1; level <= person->level; level++) {
        months += ech_policy(run, person->unit, level)->eligibility_min_level_time;
    }
    return months;
}

/* Clocks of a leader: time in post, further time in level. Where the block gives none they are cut to
   what his service allows. */
static void draw_leader_clocks(const struct draw *draw, ech_id id)
{
    const struct ech_block *block = draw->block;
    const struct ech_params *policy = ech_policy_county(draw->run);
    struct ech_person *person = &draw->run->people[id];
    int longest = -person->entry_month - months_below(draw->run, person);
    longest = longest > 0 ? longest : 0;
    int post = block->post_from != ECH_NONE
                   ? uniform_between(draw, id, ECH_FOR_POST_TIME, block->post_from, block->post_to)
                   : uniform_between(draw, id, ECH_FOR_POST_TIME, 0,
                                     at_most(policy->initial_post_time, longest));
    int further = block->level_from != ECH_NONE
                      ? uniform_between(draw, id, ECH_FOR_LEVEL_TIME, block->level_from,
                                        block->level_to)
                      : uniform_between(draw, id, ECH_FOR_LEVEL_TIME, 0,
                                        at_most(policy->initial_level_time,
                                                longest > post ? longest - post : 0));
    person->post_month = -post;
    person->level_month = -(post + further);
}

static void draw_clocks(const struct draw *draw, ech_id id)
{
    const struct ech_block *block = draw->block;
    struct ech_person *person = &draw->run->people[id];
    if (block->fill == ECH_FILL_POSTS) {
        draw_leader_clocks(draw, id);
    } else if (block->level_from != ECH_NONE) {
        person->level_month =
            -uniform_between(draw, id, ECH_FOR_LEVEL_TIME, block->level_from, block->level_to);
    } else {
        person->level_month = person->entry_month;
    }
}

static void draw_rest(const struct draw *draw)
{
    for (int i = 0; i < draw->n; i++) {
        ech_id id = draw->people[i];
        struct ech_person *person = &draw->run->people[id];
        person->merit = ech_chance_normal(&draw->chance, person->key, 0, ECH_FOR_MERIT);
        draw_clocks(draw, id);
        if (draw->block->bond > 0) {
            person->bond_end = person->entry_month + draw->block->bond;
        }
        if (draw->block->age_at_entry) {
            person->probation_end =
                person->entry_month + ech_policy_county(draw->run)->hiring_probation;
        }
        person->retire_month = ech_retire_month(draw->run, person);
    }
}

static ech_id settle(struct ech_run *run, const struct ech_block *block, ech_id unit, ech_id place,
                     ech_key where)
{
    ech_id id = ech_person_new(run);
    struct ech_person *person = &run->people[id];
    person->key = ech_key_pair(block->key, where);
    person->presence = ECH_SERVING;
    person->track = (uint8_t)block->track;
    person->unit = unit;
    person->place = place;
    person->joined_month = 0;
    run->places[place] = id;
    run->units[unit].taken[block->track]++;
    run->units[unit].heads[block->track]++;
    return id;
}

static bool is_of_block(const struct ech_run *run, const struct ech_block *block, ech_id unit)
{
    return block->type == ECH_NONE || run->scenario->units[unit].type == block->type;
}

/* Keyed number of a seat within its block: decides who of several blocks gets which place, and which
   places stay empty where a block has fewer people than places. */
static struct ech_rank seat_rank(const struct draw *draw, ech_key where, ech_id row, ech_id unit)
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

/* Leading posts of the block's units that nobody holds yet. */
static int free_posts(const struct draw *draw, struct ech_rank *seats)
{
    const struct ech_run *run = draw->run;
    const struct ech_county *county = run->county;
    int n = 0;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        ech_id unit = run->scenario->posts[post].unit;
        if (run->posts[post].holder == ECH_NONE && is_of_block(run, draw->block, unit)) {
            seats[n++] = seat_rank(draw, run->scenario->posts[post].key, post, unit);
        }
    }
    return n;
}

/* Staff places of the block's units: on the administrative track those beyond the leading posts. */
static int free_staff_places(const struct draw *draw, struct ech_rank *seats)
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

/* The leader of post number i of a unit sits on its place number i. */
static ech_id settle_leader(struct draw *draw, ech_id post)
{
    struct ech_run *run = draw->run;
    ech_id unit = run->scenario->posts[post].unit;
    ech_id place = run->units[unit].first_place[ECH_ADMIN] + post -
                   run->scenario->units[unit].first_post;
    ech_id id = settle(run, draw->block, unit, place, run->scenario->posts[post].key);
    run->people[id].post = post;
    run->people[id].level = (uint8_t)ech_kind_of(run, post)->level;
    run->posts[post].holder = id;
    return id;
}

/* Seats the people of a block on the places with the smallest keyed numbers. */
static void seat(struct draw *draw)
{
    struct ech_rank *seats = draw->run->ranks;
    bool posts = draw->block->fill == ECH_FILL_POSTS;
    int n = posts ? free_posts(draw, seats) : free_staff_places(draw, seats);
    qsort(seats, (size_t)n, sizeof *seats, compare_seats);
    draw->n = at_most(draw->block->count, n);
    for (int i = 0; i < draw->n; i++) {
        draw->people[i] = posts ? settle_leader(draw, seats[i].id)
                                : settle(draw->run, draw->block, (ech_id)seats[i].second,
                                         seats[i].id, seats[i].key);
    }
}

static bool is_within(const struct ech_age_limit *limit, const struct ech_person *person)
{
    int age = -person->birth_month / 12;
    return person->presence == ECH_SERVING && age >= limit->from && age <= limit->to &&
           (limit->track == ECH_N_TRACKS || limit->track == person->track);
}

/* The band of his block that somebody was drawn from; NULL if his age was given at entry. */
static const struct ech_age_band *band_of(const struct ech_run *run, ech_id id,
                                          const int *block_of)
{
    const struct ech_block *block = &run->scenario->blocks[block_of[id]];
    int age = -run->people[id].birth_month / 12;
    for (int b = 0; b < block->n_bands && !block->age_at_entry; b++) {
        if (age >= block->bands[b].from && age <= block->bands[b].to) {
            return &block->bands[b];
        }
    }
    return NULL;
}

/* Draws an age again among the months of his band that lie outside the limit; false if none do. */
static bool redraw_outside(const struct draw *draw, ech_id id, const struct ech_age_limit *limit,
                           const struct ech_age_band *band)
{
    int before = limit->from > band->from ? (limit->from - band->from) * 12 : 0;
    int after = band->to > limit->to ? (band->to - limit->to) * 12 : 0;
    if (before + after == 0) {
        return false;
    }
    struct ech_person *person = &draw->run->people[id];
    int month = below(draw, id, ECH_FOR_AGE_LIMIT, before + after);
    int age = month < before ? band->from * 12 + month : (limit->to + 1) * 12 + month - before;
    person->birth_month = -age;
    person->entry_month = -drawn_service(draw, id, age);
    return true;
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
    qsort(run->ranks, (size_t)n, sizeof *run->ranks, ech_rank_compare);
    for (int i = 0; i < n && within > limit->at_most; i++) {
        ech_id id = run->ranks[i].id;
        struct draw draw = {
            .run = run, .block = &run->scenario->blocks[block_of[id]], .chance = *chance};
        within -= redraw_outside(&draw, id, limit, band_of(run, id, block_of));
    }
    if (within > limit->at_most) {
        return ech_fail(error, ECH_ERR_MARGIN,
                        (struct ech_facts){.what = limit->id, .value = "too many people",
                                           .allowed = "possible within the age bands"});
    }
    return ECH_OK;
}

static void emit_start(struct ech_run *run)
{
    char detail[160];
    for (ech_id id = 0; id < run->n_people && run->sink != NULL; id++) {
        const struct ech_person *person = &run->people[id];
        struct ech_event event = ech_event_of(ECH_EV_START, person->key);
        ech_person_detail(run, person, detail, sizeof detail);
        event.to_unit = person->unit;
        event.to_post = person->post;
        event.to_level = person->level;
        event.detail = detail;
        ech_emit(run, event);
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
    struct ech_chance chance = run->chance;
    if (!ech_policy_county(run)->initial_redraw) {
        chance.replication = 0;
    }
    int *block_of = run->block_of;
    for (int b = county->first_block; b < county->first_block + county->n_blocks; b++) {
        struct draw draw = {.run = run, .block = &run->scenario->blocks[b], .chance = chance,
                            .people = run->pool};
        seat(&draw);
        for (int i = 0; i < draw.n; i++) {
            block_of[draw.people[i]] = b;
        }
        draw_ages(&draw);
    }
    enum ech_status status = ECH_OK;
    for (int l = 0; l < county->n_limits && status == ECH_OK; l++) {
        status = keep_limit(run, &chance, &county->limits[l], block_of, error);
    }
    for (int b = county->first_block; b < county->first_block + county->n_blocks; b++) {
        struct draw draw = {.run = run, .block = &run->scenario->blocks[b], .chance = chance,
                            .people = run->pool};
        for (ech_id id = 0; id < run->n_people; id++) {
            if (block_of[id] == b) {
                draw.people[draw.n++] = id;
            }
        }
        draw_composition(&draw);
        draw_education(&draw);
        draw_rest(&draw);
    }
    open_empty_posts(run);
    emit_start(run);
    return status;
}
