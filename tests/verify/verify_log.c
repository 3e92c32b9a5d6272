/* The event log alone tells who is where: stocks, flows, ages and composition rebuilt from it
   equal the counters in every month, nobody holds two posts, returns after leaving, moves twice
   in a month, or is promoted before the minimum time. Baseline and everything.yaml; all
   comparisons are exact. */
#include <limits.h>

#include "margins.h"
#include "random_scenario.h"
#include "theory.h"

enum { N_REPLICATIONS = 2, TABLE_SIZE = 1 << 14, MAX_EVENTS = 200000 };

/** Somebody as the log tells him. */
struct cadre {
    ech_key key;
    bool known, here, away;
    ech_id unit, post, level;
    int birth_month; /* calendar */
    int level_month; /* ECH_LONG_AGO: since before the start */
    int moved_month;
    int n_excellent; /* assessments running in which he was excellent */
    unsigned listed; /* bit of each class */
    int grade;
    int course_end; /* month in which his course ends; ECH_LONG_AGO: he is on none */
    struct margins_person facts;
};

/** An event with what its detail says. */
struct line {
    struct ech_event event;
    struct margins_person facts;
    int birth_month;
    unsigned class_bit;
    int grade;
    int months; /* of a course */
};

/** Flows of a month into and out of one unit. */
struct flows {
    int64_t entries[ECH_N_TRACKS], exits[ECH_N_TRACKS];
    int64_t moves_in, moves_out, conversions, promotions, appointments, postings, rotations,
        stepdowns;
    int64_t secondments, stayed, exceptional, failures;
    int64_t sanctions[ECH_N_SANCTIONS], blamed[ECH_N_INCIDENTS], cleared, posts_lost;
    int64_t ratings[ECH_N_RATINGS], consequences[ECH_N_CONSEQUENCES];
    int64_t causes[ECH_N_CAUSES], channels[ECH_N_CHANNELS];
    int64_t chosen[ECH_N_AGE_BANDS], promoted_months;
    int64_t grades_risen[ECH_N_GRADES];
    int64_t chains, chain_openings, chain_months, chains_outside;
};

/** Stocks of one unit. */
struct stocks {
    int64_t heads[ECH_N_TRACKS];
    int64_t away, in_training;
    int64_t levels[ECH_MAX_LEVELS]; /* administrative track */
    int64_t grades[ECH_N_GRADES];   /* likewise */
    int64_t leaders, women, nonparty, outsiders, fulltime, age_months;
    int64_t ages[ECH_N_AGE_BANDS], listed[ECH_N_CLASSES];
};

/** A replication that is rebuilt. */
struct replay {
    struct theory_model model;
    int n_lines;
    struct line *lines;
    struct cadre *people;  /* [TABLE_SIZE], found by key */
    ech_id *holder;        /* [n_posts] rows of people */
    struct flows *flows;   /* [n_units], of the month */
    struct stocks *stocks; /* [n_units] */
    int *chain_length;     /* [n_posts * (n_months + 1)] openings filled so far of post@month */
};

/* Band of the field's statistics for an age in months. */
static int band_of(int age)
{
    static const int upper[ECH_N_AGE_BANDS] = {35, 40, 45, 50, 55, INT_MAX};
    int band = 0;
    while (age / 12 > upper[band]) {
        band++;
    }
    return band;
}

static int birth_of(const char *detail)
{
    char word[64];
    int year = 0, month = 0;
    margins_word(detail, "birth", word, sizeof word);
    assert_int_equal(sscanf(word, "%d-%d", &year, &month), 2);
    return year * 12 + month - 1;
}

/* Grade that a detail names; none where it names none. */
static int grade_of(const char *detail)
{
    char word[64];
    if (strstr(detail, "grade=") == NULL) {
        return ECH_GRADE_NONE;
    }
    margins_word(detail, "grade", word, sizeof word);
    return margins_row(word, ech_grade_names, ECH_N_GRADES);
}

static void take(void *context, const struct ech_event *event)
{
    struct replay *replay = context;
    if (event->type == ECH_EV_REJECT || event->type == ECH_EV_NOMINATE ||
        event->type == ECH_EV_DECLINE) {
        return;
    }
    assert_true(replay->n_lines < MAX_EVENTS);
    struct line *line = &replay->lines[replay->n_lines++];
    *line = (struct line){.event = *event};
    static const char *const kept[] = {"exceptional", "discipline", "incident", "assessment"};
    line->event.detail = "";
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) { /* the event's own do not last */
        line->event.detail = strcmp(event->detail, kept[i]) == 0 ? kept[i] : line->event.detail;
    }
    if (event->type == ECH_EV_START || event->type == ECH_EV_ENTRY) {
        line->facts = margins_facts(event->detail, replay->model.scenario.start_month);
        line->birth_month = birth_of(event->detail);
        line->grade = grade_of(event->detail);
    } else if (event->type == ECH_EV_GRADE) {
        line->grade = grade_of(event->detail);
    } else if (event->type == ECH_EV_TRAIN) {
        assert_int_equal(sscanf(event->detail, "months=%d", &line->months), 1);
    } else if (event->type == ECH_EV_RESERVE_IN || event->type == ECH_EV_RESERVE_OUT) {
        line->class_bit = 1U << margins_row(event->detail, ech_class_names, ECH_N_CLASSES);
    }
}

static struct cadre *find(struct replay *replay, ech_key key)
{
    size_t row = (size_t)(key % TABLE_SIZE);
    int looked_at = 0;
    while (replay->people[row].known && replay->people[row].key != key) {
        row = (row + 1) % TABLE_SIZE;
        assert_true(++looked_at < TABLE_SIZE); /* else the table is full */
    }
    return &replay->people[row];
}

static ech_id row_of(const struct replay *replay, const struct cadre *cadre)
{
    return (ech_id)(cadre - replay->people);
}

static void sit(struct replay *replay, struct cadre *cadre, ech_id post, bool may_displace)
{
    if (cadre->post != ECH_NONE && replay->holder[cadre->post] == row_of(replay, cadre)) {
        replay->holder[cadre->post] = ECH_NONE;
    }
    cadre->post = post;
    if (post != ECH_NONE) {
        assert_true(may_displace || replay->holder[post] == ECH_NONE);
        assert_int_equal(replay->model.scenario.posts[post].unit, cadre->unit);
        replay->holder[post] = row_of(replay, cadre);
    }
}

/* An opening of a chain is filled; the chain ends where nobody leaves a post for it. */
static void extend_chain(struct replay *replay, const struct ech_event *event)
{
    const struct ech_scenario *scenario = &replay->model.scenario;
    struct flows *flows = &replay->flows[event->to_unit];
    assert_true(event->chain_post != ECH_NONE && event->chain_month <= event->month);
    int *length =
        &replay->chain_length[event->chain_post * (scenario->n_months + 1) + event->chain_month];
    (*length)++;
    if (event->from_post == ECH_NONE) {
        flows->chains++;
        flows->chain_openings += *length;
        flows->chain_months += event->month - event->chain_month;
        flows->chains_outside += event->type == ECH_EV_ENTRY;
    }
}

/* Somebody new: nobody comes twice, and nobody returns. */
static void come(struct replay *replay, const struct line *line)
{
    const struct ech_event *event = &line->event;
    struct cadre *cadre = find(replay, event->person);
    assert_false(cadre->known);
    *cadre = (struct cadre){.key = event->person,
                            .known = true,
                            .here = true,
                            .unit = event->to_unit,
                            .post = ECH_NONE,
                            .level = event->to_level,
                            .birth_month = line->birth_month,
                            .level_month = ECH_LONG_AGO,
                            .moved_month = event->month,
                            .grade = line->grade,
                            .course_end = ECH_LONG_AGO,
                            .facts = line->facts};
    sit(replay, cadre, event->to_post, false);
    if (event->type == ECH_EV_ENTRY) {
        struct flows *flows = &replay->flows[cadre->unit];
        bool admin = cadre->facts.track == ECH_ADMIN;
        flows->entries[cadre->facts.track]++;
        flows->appointments += event->to_post != ECH_NONE;
        flows->postings += event->to_post != ECH_NONE;
        if (event->to_post != ECH_NONE) {
            extend_chain(replay, event);
        }
        flows->channels[margins_row(event->cause, ech_channel_names, ECH_N_CHANNELS)] += admin;
    }
}

static struct cadre *who(struct replay *replay, const struct ech_event *event)
{
    struct cadre *cadre = find(replay, event->person);
    assert_true(cadre->known && cadre->here);
    assert_int_equal(cadre->unit, event->from_unit);
    return cadre;
}

static void leave(struct replay *replay, const struct ech_event *event)
{
    struct cadre *cadre = who(replay, event);
    struct flows *flows = &replay->flows[cadre->unit];
    int cause = margins_row(event->cause, ech_cause_names, ECH_N_CAUSES);
    assert_int_equal(cadre->post, event->from_post);
    flows->exits[cadre->facts.track]++;
    flows->causes[cause] += cadre->facts.track == ECH_ADMIN;
    flows->rotations += cause == ECH_CAUSE_ROTATED_OUT;
    int age = replay->model.scenario.start_month + event->month - cadre->birth_month;
    flows->chosen[band_of(age)] +=
        cadre->facts.track == ECH_ADMIN &&
        (cause == ECH_CAUSE_RESIGN || cause == ECH_CAUSE_UPWARD || cause == ECH_CAUSE_OUTWARD);
    sit(replay, cadre, ECH_NONE, false);
    cadre->here = false;
    assert_int_equal(cadre->listed, 0);
    assert_false(cadre->away); /* that ended before */
}

/* A promotion one level up, not before the minimum time in the level where the log knows it. */
static void rise(struct replay *replay, struct cadre *cadre, const struct ech_event *event)
{
    const struct ech_scenario *scenario = &replay->model.scenario;
    int epoch = scenario->n_epochs - 1;
    while (scenario->epochs[epoch].from_month > event->month) {
        epoch--;
    }
    int column = scenario->kinds[scenario->posts[event->to_post].kind].column;
    const struct ech_params *policy = ech_scenario_params(scenario, epoch, event->to_unit, column);
    assert_int_equal(event->to_level, cadre->level + 1);
    bool exceptional = event->detail[0] != '\0';
    int spared = cadre->n_excellent >= 3 ? policy->assessment_three_months : 0;
    assert_true(event->month - cadre->level_month >=
                (exceptional ? policy->exception_min_level_time
                             : policy->eligibility_min_level_time - spared));
    replay->flows[event->to_unit].exceptional += exceptional;
    int age = scenario->start_month + event->month - cadre->birth_month;
    assert_true(age < policy->eligibility_max_age);
    cadre->level = event->to_level;
    cadre->level_month = event->month;
    replay->flows[event->to_unit].promotions++;
    replay->flows[event->to_unit].promoted_months += age;
}

/* A push flow: another level in the same unit, for who holds no post. */
static void pass_level(struct replay *replay, struct cadre *cadre, const struct ech_event *event)
{
    assert_int_equal(event->from_level, cadre->level);
    assert_int_equal(event->from_unit, event->to_unit);
    assert_true(cadre->post == ECH_NONE && event->to_post == ECH_NONE);
    assert_int_equal(event->to_level > cadre->level, event->type == ECH_EV_PROMOTE);
    assert_int_not_equal(event->to_level, cadre->level);
    cadre->level = event->to_level;
    cadre->level_month = event->month;
    bool up = event->type == ECH_EV_PROMOTE;
    int age = replay->model.scenario.start_month + event->month - cadre->birth_month;
    replay->flows[event->to_unit].promotions += up;
    replay->flows[event->to_unit].promoted_months += up ? age : 0;
}

/* Moves that count as rotations. */
static bool is_rotation(const char *cause)
{
    return strcmp(cause, "rotation") == 0 || strcmp(cause, "term") == 0 ||
           strcmp(cause, "conflict") == 0;
}

static void change(struct replay *replay, const struct ech_event *event)
{
    struct cadre *cadre = who(replay, event);
    bool rotates = is_rotation(event->cause);
    bool fills = event->chain_post != ECH_NONE; /* an opening, else a place in a circle */
    assert_int_equal(cadre->post, event->from_post);
    assert_true(cadre->moved_month < event->month || event->month == 0);
    cadre->moved_month = event->month;
    assert_true(!cadre->away || strcmp(event->cause, "push") == 0);
    if (strcmp(event->cause, "push") == 0) {
        pass_level(replay, cadre, event);
    } else if (event->type == ECH_EV_PROMOTE) {
        rise(replay, cadre, event);
    }
    assert_int_equal(cadre->level, event->to_level);
    if (strcmp(event->cause, "convert") == 0) {
        assert_int_equal(cadre->facts.track, ECH_INSTITUTION);
        cadre->facts.track = ECH_ADMIN;
        replay->flows[event->to_unit].conversions++;
    }
    if (event->from_unit != event->to_unit && cadre->facts.track == ECH_ADMIN) {
        replay->flows[event->from_unit].moves_out++;
        replay->flows[event->to_unit].moves_in++;
    }
    replay->flows[event->to_unit].rotations += rotates;
    replay->flows[event->to_unit].appointments += fills;
    replay->flows[event->to_unit].postings += event->to_post != ECH_NONE;
    if (fills) {
        extend_chain(replay, event);
    }
    cadre->unit = event->to_unit;
    sit(replay, cadre, event->to_post, rotates && !fills);
}

static void step_down(struct replay *replay, const struct ech_event *event)
{
    struct cadre *cadre = who(replay, event);
    assert_int_equal(cadre->post, event->from_post);
    replay->flows[cadre->unit].stepdowns++;
    replay->flows[cadre->unit].failures += strcmp(event->cause, "probation") == 0;
    sit(replay, cadre, ECH_NONE, false);
    replay->flows[cadre->unit].posts_lost += strcmp(event->cause, "incident") == 0 ||
                                             strcmp(event->cause, "demotion") == 0 ||
                                             strcmp(event->cause, "removal") == 0;
    if (event->to_level != cadre->level) { /* a failed probation or a sanction leads down */
        assert_true(strcmp(event->cause, "probation") == 0 ||
                    strcmp(event->cause, "demotion") == 0 || strcmp(event->cause, "removal") == 0 ||
                    strcmp(event->cause, "assessment") == 0);
        assert_int_equal(event->to_level, cadre->level - 1);
        cadre->level = event->to_level;
        cadre->level_month = event->month;
    }
}

/* Going and coming back: the post at home is his meanwhile. */
static void second(struct replay *replay, const struct ech_event *event)
{
    struct cadre *cadre = who(replay, event);
    bool begins = event->type == ECH_EV_SECONDMENT_START;
    assert_int_equal(cadre->post, event->from_post);
    assert_int_equal(cadre->away, !begins);
    assert_int_not_equal(event->to_unit, event->from_unit);
    cadre->away = begins;
    replay->flows[cadre->unit].secondments += begins;
    replay->flows[cadre->unit].stayed += strcmp(event->cause, "converted") == 0;
}

/* A case that ends with a sanction or without, or an incident that somebody answers for; who holds no post
   falls a level in it. */
static void sanction(struct replay *replay, const struct ech_event *event)
{
    struct cadre *cadre = who(replay, event);
    struct flows *flows = &replay->flows[cadre->unit];
    assert_int_equal(cadre->post, event->from_post);
    if (strcmp(event->detail, "assessment") == 0) {
        flows->consequences[margins_row(event->cause, ech_consequence_names, ECH_N_CONSEQUENCES)]++;
    } else if (strcmp(event->detail, "incident") == 0) {
        flows->blamed[margins_row(event->cause, ech_incident_names, ECH_N_INCIDENTS)]++;
    } else if (strcmp(event->cause, "cleared") == 0) {
        flows->cleared++;
    } else {
        assert_string_equal(event->detail, "discipline");
        flows->sanctions[margins_row(event->cause, ech_sanction_names, ECH_N_SANCTIONS)]++;
    }
    if (event->to_level != cadre->level) {
        assert_true(cadre->post == ECH_NONE && event->to_level == cadre->level - 1);
        cadre->level = event->to_level;
        cadre->level_month = event->month;
    }
}

static bool is_one_of(const char *word, const char *const *words, int n)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(word, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* One step up, by promotion; one step down, by a sanction; or whatever a level or the introduction of
   grades brings, never down. */
static void regrade(struct replay *replay, const struct line *line)
{
    struct cadre *cadre = who(replay, &line->event);
    const char *cause = line->event.cause;
    static const char *const queues[] = {"years", "results"};
    static const char *const sanctions[] = {"demotion", "removal", "assessment"};
    bool by_queue = is_one_of(cause, queues, 2);
    assert_int_equal(cadre->facts.track, ECH_ADMIN);
    if (by_queue || strcmp(cause, "township") == 0) {
        assert_int_equal(line->grade, cadre->grade + 1);
    } else if (is_one_of(cause, sanctions, 3)) {
        assert_int_equal(line->grade, cadre->grade - 1);
    } else {
        assert_true(line->grade > cadre->grade);
    }
    cadre->grade = line->grade;
    replay->flows[cadre->unit].grades_risen[line->grade] += by_queue;
}

/* The yearly assessment: whoever it rates is where the log has him. */
static void rate(struct replay *replay, const struct ech_event *event)
{
    struct cadre *cadre = who(replay, event);
    assert_int_equal(cadre->post, event->from_post);
    assert_int_equal(cadre->level, event->from_level);
    bool excellent = strcmp(event->cause, ech_rating_names[ECH_RATING_EXCELLENT]) == 0;
    cadre->n_excellent = excellent ? cadre->n_excellent + 1 : 0;
    replay->flows[cadre->unit]
        .ratings[margins_row(event->cause, ech_rating_names, ECH_N_RATINGS)]++;
}

/* Somebody goes to a course; he comes back from it before he goes to another. */
static void train(struct replay *replay, const struct line *line)
{
    struct cadre *cadre = who(replay, &line->event);
    assert_true(cadre->course_end <= line->event.month && !cadre->away);
    assert_int_equal(cadre->facts.track, ECH_ADMIN);
    margins_row(line->event.cause, ech_course_names, ECH_N_COURSES);
    cadre->course_end = line->event.month + line->months;
}

static void follow(struct replay *replay, const struct line *line)
{
    const struct ech_event *event = &line->event;
    switch (event->type) {
    case ECH_EV_START:
    case ECH_EV_ENTRY:
        come(replay, line);
        break;
    case ECH_EV_EXIT:
        leave(replay, event);
        break;
    case ECH_EV_PROMOTE:
    case ECH_EV_MOVE:
        change(replay, event);
        break;
    case ECH_EV_STEP_DOWN:
        step_down(replay, event);
        break;
    case ECH_EV_SANCTION:
        sanction(replay, event);
        break;
    case ECH_EV_RATING:
        rate(replay, event);
        break;
    case ECH_EV_SECONDMENT_START:
    case ECH_EV_SECONDMENT_END:
        second(replay, event);
        break;
    case ECH_EV_TRAIN:
        train(replay, line);
        break;
    case ECH_EV_GRADE:
        regrade(replay, line);
        break;
    case ECH_EV_RESERVE_IN:
        find(replay, event->person)->listed |= line->class_bit;
        break;
    case ECH_EV_RESERVE_OUT:
        assert_true(find(replay, event->person)->listed & line->class_bit);
        find(replay, event->person)->listed &= ~line->class_bit;
        break;
    default:
        fail_msg("event %s", ech_event_names[event->type]);
    }
}

static void add_leader(struct stocks *stocks, const struct cadre *cadre, int age)
{
    stocks->ages[band_of(age)]++;
    stocks->leaders++;
    stocks->age_months += age;
    stocks->women += cadre->facts.woman;
    stocks->nonparty += cadre->facts.nonparty;
    stocks->outsiders += cadre->facts.outsider;
    stocks->fulltime += cadre->facts.fulltime && cadre->facts.education >= ECH_EDU_BACHELOR;
}

static void count_stocks(struct replay *replay, int month)
{
    const struct ech_scenario *scenario = &replay->model.scenario;
    memset(replay->stocks, 0, (size_t)scenario->n_units * sizeof *replay->stocks);
    for (ech_id row = 0; row < TABLE_SIZE; row++) {
        const struct cadre *cadre = &replay->people[row];
        if (!cadre->here) {
            continue;
        }
        struct stocks *stocks = &replay->stocks[cadre->unit];
        stocks->heads[cadre->facts.track]++;
        stocks->away += cadre->away;
        stocks->in_training += cadre->course_end > month;
        stocks->levels[cadre->level] += cadre->facts.track == ECH_ADMIN;
        stocks->grades[cadre->grade] += cadre->facts.track == ECH_ADMIN;
        stocks->listed[ECH_CLASS_CHIEF] += cadre->listed == 1U << ECH_CLASS_CHIEF;
        stocks->listed[ECH_CLASS_DEPUTY] += cadre->listed == 1U << ECH_CLASS_DEPUTY;
        assert_int_not_equal(cadre->listed, 3);
        if (cadre->post != ECH_NONE) {
            assert_int_equal(replay->holder[cadre->post], row);
            add_leader(stocks, cadre, scenario->start_month + month - cadre->birth_month);
        }
    }
}

static void compare_unit(const struct replay *replay, int month, int u)
{
    const struct theory_model *model = &replay->model;
    const struct flows *flows = &replay->flows[u];
    const struct stocks *stocks = &replay->stocks[u];
    const struct {
        enum ech_count_id row;
        int64_t value;
    } rows[] = {
        {ECH_M_heads_NONE, stocks->heads[ECH_ADMIN]},
        {ECH_M_posts_vacant_NONE, model->scenario.units[u].n_posts - stocks->leaders},
        {ECH_M_reserve_NONE, stocks->listed[ECH_CLASS_CHIEF] + stocks->listed[ECH_CLASS_DEPUTY]},
        {ECH_M_entries_NONE, flows->entries[ECH_ADMIN]},
        {ECH_M_exits_NONE, flows->exits[ECH_ADMIN]},
        {ECH_M_moves_in_NONE, flows->moves_in},
        {ECH_M_moves_out_NONE, flows->moves_out},
        {ECH_M_conversions_NONE, flows->conversions},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t counted = theory_unit(model, month, u, rows[i].row, 0);
        if (counted != rows[i].value) {
            fail_msg("%s, month %d, %s: %s: counted %lld, rebuilt %lld", model->scenario.name,
                     month, model->scenario.units[u].id, ech_count_rows[rows[i].row].name,
                     (long long)counted, (long long)rows[i].value);
        }
    }
}

/* Sums a field, found by its place in the struct, over the units of the county. */
static int64_t sum(const struct replay *replay, const void *array, size_t size, const void *field)
{
    size_t offset = (size_t)((const char *)field - (const char *)array);
    int64_t total = 0;
    for (int u = 0; u < replay->model.scenario.n_units; u++) {
        total += *(const int64_t *)(const void *)((const char *)array + (size_t)u * size + offset);
    }
    return total;
}

static void compare_flows(const struct replay *replay, int month)
{
    const struct theory_model *model = &replay->model;
    const struct flows *first = replay->flows;
#define SUM(field) sum(replay, first, sizeof *first, &first->field)
    int64_t promotions = 0;
    int64_t promoted_months = 0;
    int64_t exceptional = 0;
    for (int level = 0; level < model->scenario.n_levels; level++) {
        promotions += theory_county(model, month, ECH_M_promotions_LEVEL, level);
        promoted_months += theory_county(model, month, ECH_M_promotions_age_months_LEVEL, level);
        exceptional += theory_county(model, month, ECH_M_promotions_exceptional_LEVEL, level);
    }
    assert_int_equal(SUM(promotions), promotions);
    assert_int_equal(SUM(promoted_months), promoted_months);
    assert_int_equal(SUM(exceptional), exceptional);
    assert_int_equal(SUM(failures), theory_county(model, month, ECH_M_probation_failures_NONE, 0));
    assert_int_equal(SUM(postings), theory_county(model, month, ECH_M_postings_NONE, 0));
    assert_int_equal(SUM(appointments), theory_county(model, month, ECH_M_appointments_NONE, 0));
    assert_int_equal(SUM(rotations), theory_county(model, month, ECH_M_rotations_NONE, 0));
    assert_int_equal(SUM(chains), theory_county(model, month, ECH_M_chains_ended_NONE, 0));
    assert_int_equal(SUM(chain_openings), theory_county(model, month, ECH_M_chain_moves_NONE, 0));
    assert_int_equal(SUM(chain_months), theory_county(model, month, ECH_M_chain_months_NONE, 0));
    assert_int_equal(SUM(chains_outside),
                     theory_county(model, month, ECH_M_chains_ended_ENDING, ECH_ENDING_OUTSIDE));
    assert_int_equal(SUM(stepdowns), theory_county(model, month, ECH_M_stepdowns_NONE, 0));
    assert_int_equal(SUM(secondments), theory_county(model, month, ECH_M_secondments_NONE, 0));
    assert_int_equal(SUM(stayed), theory_county(model, month, ECH_M_seconded_stayed_NONE, 0));
    for (int k = 0; k < ECH_N_CAUSES; k++) {
        assert_int_equal(SUM(causes[k]), theory_county(model, month, ECH_M_exits_CAUSE, k));
    }
    for (int k = 0; k < ECH_N_RATINGS; k++) {
        assert_int_equal(SUM(ratings[k]), theory_county(model, month, ECH_M_ratings_RATING, k));
    }
    for (int k = 0; k < ECH_N_CONSEQUENCES; k++) {
        assert_int_equal(SUM(consequences[k]),
                         theory_county(model, month, ECH_M_consequences_CONSEQUENCE, k));
    }
    for (int k = 0; k < ECH_N_SANCTIONS; k++) {
        assert_int_equal(SUM(sanctions[k]),
                         theory_county(model, month, ECH_M_sanctions_SANCTION, k));
    }
    for (int k = ECH_INCIDENT_BLAME; k < ECH_N_INCIDENTS; k++) {
        assert_int_equal(SUM(blamed[k]), theory_county(model, month, ECH_M_incidents_INCIDENT, k));
    }
    assert_int_equal(SUM(cleared), theory_county(model, month, ECH_M_cases_cleared_NONE, 0));
    assert_int_equal(SUM(posts_lost), theory_county(model, month, ECH_M_posts_lost_NONE, 0));
    for (int k = 0; k < ECH_N_AGE_BANDS; k++) {
        assert_int_equal(SUM(chosen[k]), theory_county(model, month, ECH_M_exits_chosen_AGE, k));
    }
    for (int k = 0; k < ECH_N_GRADES; k++) {
        assert_int_equal(SUM(grades_risen[k]),
                         theory_county(model, month, ECH_M_grade_promotions_GRADE, k));
    }
    for (int k = 0; k < ECH_N_CHANNELS; k++) {
        assert_int_equal(SUM(channels[k]), theory_county(model, month, ECH_M_entries_CHANNEL, k));
    }
    for (int k = 0; k < ECH_N_TRACKS; k++) {
        assert_int_equal(SUM(exits[k]), theory_county(model, month, ECH_M_exits_TRACK, k));
        assert_int_equal(SUM(entries[k]), theory_county(model, month, ECH_M_entries_TRACK, k));
    }
#undef SUM
}

static void compare_stocks(const struct replay *replay, int month)
{
    const struct theory_model *model = &replay->model;
    const struct stocks *first = replay->stocks;
#define SUM(field) sum(replay, first, sizeof *first, &first->field)
    assert_int_equal(SUM(women), theory_county(model, month, ECH_M_leaders_women_NONE, 0));
    assert_int_equal(SUM(nonparty), theory_county(model, month, ECH_M_leaders_nonparty_NONE, 0));
    assert_int_equal(SUM(outsiders), theory_county(model, month, ECH_M_leaders_outsiders_NONE, 0));
    assert_int_equal(SUM(fulltime), theory_county(model, month, ECH_M_leaders_fulltime_NONE, 0));
    assert_int_equal(SUM(age_months),
                     theory_county(model, month, ECH_M_leaders_age_months_NONE, 0));
    for (int k = 0; k < ECH_N_AGE_BANDS; k++) {
        assert_int_equal(SUM(ages[k]), theory_county(model, month, ECH_M_leaders_age_AGE, k));
    }
    for (int k = 0; k < ECH_N_CLASSES; k++) {
        assert_int_equal(SUM(listed[k]), theory_county(model, month, ECH_M_reserve_CLASS, k));
    }
    assert_int_equal(SUM(away), theory_county(model, month, ECH_M_seconded_NONE, 0));
    assert_int_equal(SUM(in_training), theory_county(model, month, ECH_M_in_training_NONE, 0));
    for (int k = 0; k < model->scenario.n_levels; k++) {
        assert_int_equal(SUM(levels[k]), theory_county(model, month, ECH_M_heads_LEVEL, k));
    }
    for (int k = 0; k < ECH_N_GRADES; k++) {
        assert_int_equal(SUM(grades[k]), theory_county(model, month, ECH_M_heads_GRADE, k));
    }
    for (int k = 0; k < ECH_N_TRACKS; k++) {
        assert_int_equal(SUM(heads[k]), theory_county(model, month, ECH_M_heads_TRACK, k));
    }
#undef SUM
}

static void rebuild(struct replay *replay)
{
    const struct ech_scenario *scenario = &replay->model.scenario;
    int line = 0;
    for (int month = 0; month <= scenario->n_months; month++) {
        memset(replay->flows, 0, (size_t)scenario->n_units * sizeof *replay->flows);
        while (line < replay->n_lines && replay->lines[line].event.month == month) {
            follow(replay, &replay->lines[line++]);
        }
        count_stocks(replay, month);
        for (int u = 0; u < scenario->n_units; u++) {
            compare_unit(replay, month, u);
        }
        compare_flows(replay, month);
        compare_stocks(replay, month);
    }
    assert_int_equal(line, replay->n_lines);
}

/* One for each post and month in which a chain may begin. */
static size_t n_chains(const struct replay *replay)
{
    const struct ech_scenario *scenario = &replay->model.scenario;
    return (size_t)scenario->n_posts * ((size_t)scenario->n_months + 1);
}

static void start_over(struct replay *replay)
{
    memset(replay->people, 0, TABLE_SIZE * sizeof *replay->people);
    memset(replay->chain_length, 0, n_chains(replay) * sizeof *replay->chain_length);
    for (int p = 0; p < replay->model.scenario.n_posts; p++) {
        replay->holder[p] = ECH_NONE;
    }
    replay->n_lines = 0;
}

static void check_scenario(const char *path)
{
    struct replay replay = {.n_lines = 0};
    theory_load(&replay.model, path);
    size_t n_units = (size_t)replay.model.scenario.n_units;
    replay.lines = calloc(MAX_EVENTS, sizeof *replay.lines);
    replay.people = calloc(TABLE_SIZE, sizeof *replay.people);
    replay.holder = calloc((size_t)replay.model.scenario.n_posts, sizeof *replay.holder);
    replay.flows = calloc(n_units, sizeof *replay.flows);
    replay.stocks = calloc(n_units, sizeof *replay.stocks);
    replay.chain_length = calloc(n_chains(&replay), sizeof *replay.chain_length);
    assert_true(replay.lines && replay.people && replay.holder && replay.flows && replay.stocks &&
                replay.chain_length);
    const struct ech_sink sink = {take, &replay};
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        start_over(&replay);
        theory_run(&replay.model, r, &sink);
        rebuild(&replay);
    }
    free(replay.lines);
    free(replay.people);
    free(replay.holder);
    free(replay.flows);
    free(replay.stocks);
    free(replay.chain_length);
    theory_free(&replay.model);
}

static void test_the_log_rebuilds_the_baseline(void **state)
{
    check_scenario("scenarios/nanpiao/baseline.yaml");
}

static void test_the_log_rebuilds_every_process(void **state)
{
    check_scenario("tests/verify/everything.yaml");
    check_scenario("scenarios/counties/example_people.yaml");
}

static void test_the_log_rebuilds_random_scenarios(void **state)
{
    random_scenarios_check(check_scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_log_rebuilds_the_baseline),
        cmocka_unit_test(test_the_log_rebuilds_every_process),
        cmocka_unit_test(test_the_log_rebuilds_random_scenarios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
