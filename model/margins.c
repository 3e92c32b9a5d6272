#include "model/margins.h"

#include "model/background.h"
#include "model/merit.h"
#include "model/rank.h"
#include "model/retirement.h"

static int below(const struct ech_draw *draw, ech_id id, enum ech_purpose purpose, int n)
{
    return ech_chance_below(&draw->chance, draw->run->people[id].key, 0, purpose, n);
}

/* Who a margin is about. */
typedef bool may_fn(const struct ech_draw *draw, const struct ech_person *person, int value);

/* The people who satisfy `may` with `value` (NULL: all) with their keyed numbers into run->ranks; gives
   how many there are. */
static int gather(const struct ech_draw *draw, enum ech_purpose purpose, may_fn *may, int value)
{
    struct ech_rank *ranks = draw->run->ranks;
    int n = 0;
    for (int i = 0; i < draw->n; i++) {
        const struct ech_person *person = &draw->run->people[draw->people[i]];
        if (may == NULL || may(draw, person, value)) {
            ranks[n++] =
                (struct ech_rank){.tie = ech_chance_bits(&draw->chance, person->key, 0, purpose),
                                  .key = person->key,
                                  .id = draw->people[i]};
        }
    }
    return n;
}

/* Those of them with the smallest numbers, at most so many, stand first; gives their number. */
static int choose(const struct ech_draw *draw, enum ech_purpose purpose, may_fn *may, int value,
                  int most)
{
    int n = gather(draw, purpose, may, value);
    ech_rank_select(draw->run->ranks, n, most);
    return most < n ? most : n;
}

static int age_in_band(const struct ech_draw *draw, ech_id id, const struct ech_age_band *band)
{
    return band->from * 12 + below(draw, id, ECH_FOR_AGE, (band->to - band->from + 1) * 12);
}

static int uniform_between(const struct ech_draw *draw, ech_id id, enum ech_purpose purpose,
                           int from, int to)
{
    return from + below(draw, id, purpose, to - from + 1);
}

static int at_most(int value, int most)
{
    return value < most ? value : most;
}

/* Service given by the block, cut so that nobody entered before the usual age; else since that age. */
static int drawn_service(const struct ech_draw *draw, ech_id id, int age)
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
void ech_margins_ages(const struct ech_draw *draw)
{
    const struct ech_block *block = draw->block;
    int n = gather(draw, ECH_FOR_AGE_BAND, NULL, 0);
    int i = 0;
    for (int b = 0; b < block->n_bands; b++) {
        ech_rank_select(draw->run->ranks + i, n - i, block->bands[b].n);
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

static bool may_be_woman(const struct ech_draw *draw, const struct ech_person *person, int value)
{
    const struct ech_params *policy = ech_policy_county(draw->run);
    (void)value;
    return policy->retirement_rule == ECH_RETIRE_NONE ||
           -person->birth_month < policy->retirement_age_women;
}

static bool has_education(const struct ech_draw *draw, const struct ech_person *person,
                          int education)
{
    (void)draw;
    return person->education == education;
}

static void draw_composition(const struct ech_draw *draw)
{
    const struct ech_block *block = draw->block;
    struct ech_person *people = draw->run->people;
    const struct ech_rank *ranks = draw->run->ranks;
    for (int i = 0; i < draw->n; i++) {
        people[draw->people[i]].sex = ECH_MALE;
    }
    int n = choose(draw, ECH_FOR_SEX, may_be_woman, 0, block->women);
    for (int i = 0; i < n; i++) {
        people[ranks[i].id].sex = ECH_FEMALE;
    }
    n = choose(draw, ECH_FOR_PARTY, NULL, 0, block->non_party);
    for (int i = 0; i < n; i++) {
        people[ranks[i].id].nonparty = 1;
    }
    n = choose(draw, ECH_FOR_HOME, NULL, 0, block->outsiders);
    for (int i = 0; i < n; i++) {
        people[ranks[i].id].outsider = 1;
    }
}

static void draw_education(const struct ech_draw *draw)
{
    struct ech_person *people = draw->run->people;
    struct ech_rank *ranks = draw->run->ranks;
    int n = gather(draw, ECH_FOR_EDUCATION, NULL, 0);
    int i = 0;
    for (int education = 0; education < ECH_N_EDUCATIONS; education++) {
        ech_rank_select(ranks + i, n - i, draw->block->education[education]);
        for (int k = 0; k < draw->block->education[education] && i < n; k++, i++) {
            people[ranks[i].id].education = (uint8_t)education;
        }
    }
    for (int education = ECH_EDU_COLLEGE; education < ECH_N_EDUCATIONS; education++) {
        n = choose(draw, ECH_FOR_FULLTIME, has_education, education,
                   draw->block->fulltime[education]);
        for (i = 0; i < n; i++) {
            people[ranks[i].id].fulltime = 1;
        }
    }
}

/* Least months of service with which somebody can have reached his level: his own post says what it
   asked for, the levels through which he came what posts there ask for in general. */
static int months_below(const struct ech_run *run, const struct ech_person *person)
{
    int months = 0;
    for (ech_id level = 1; level <= person->level; level++) {
        int column = level == person->level ? ech_column_of(run, person) : level;
        months += ech_policy(run, person->unit, column)->eligibility_min_level_time;
    }
    return months;
}

int ech_margins_longest_in_level(const struct ech_run *run, const struct ech_person *person)
{
    int longest = -person->entry_month - months_below(run, person);
    return longest > 0 ? longest : 0;
}

/* Clocks of a leader: time in post, further time in level. Where the block gives none they are cut to
   what his service allows. */
static void draw_leader_clocks(const struct ech_draw *draw, ech_id id)
{
    const struct ech_block *block = draw->block;
    const struct ech_params *policy = ech_policy_county(draw->run);
    struct ech_person *person = &draw->run->people[id];
    int longest = ech_margins_longest_in_level(draw->run, person);
    int post = block->post_from != ECH_NONE
                   ? uniform_between(draw, id, ECH_FOR_POST_TIME, block->post_from, block->post_to)
                   : uniform_between(draw, id, ECH_FOR_POST_TIME, 0,
                                     at_most(policy->initial_post_time, longest));
    int further =
        block->level_from != ECH_NONE
            ? uniform_between(draw, id, ECH_FOR_LEVEL_TIME, block->level_from, block->level_to)
            : uniform_between(
                  draw, id, ECH_FOR_LEVEL_TIME, 0,
                  at_most(policy->initial_level_time, longest > post ? longest - post : 0));
    person->post_month = -post;
    person->level_month = -(post + further);
}

static void draw_clocks(const struct ech_draw *draw, ech_id id)
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

void ech_margins_rest(const struct ech_draw *draw)
{
    draw_composition(draw);
    draw_education(draw);
    for (int i = 0; i < draw->n; i++) {
        ech_id id = draw->people[i];
        struct ech_person *person = &draw->run->people[id];
        ech_merit_draw(draw->run, &draw->chance, person, ECH_N_CHANNELS);
        draw_clocks(draw, id);
        person->unit_month = person->post != ECH_NONE ? person->level_month : person->entry_month;
        ech_background_draw(draw->run, &draw->chance, person);
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

bool ech_margins_redraw(const struct ech_draw *draw, ech_id id, const struct ech_age_limit *limit,
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
