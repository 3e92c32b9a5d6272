/* Random scenarios for property tests: a small county and a policy in which every row of the table of
   parameters has its turn, at its ends as often as between them. Scenario k is always the same; a
   test that fails leaves its file in place and prints its path. */
#ifndef TESTS_RANDOM_SCENARIO_H
#define TESTS_RANDOM_SCENARIO_H

#include <math.h>

#include "fixture.h"

#include "model/chance.h"
#include "model/key.h"

enum { N_RANDOM_SCENARIOS = 100, RANDOM_MOST_TRIES = 400 };

/** A scenario that is being written: its text and the draws of its number. */
struct random_text {
    FILE *file;
    struct ech_chance chance;
    ech_key next; /* identity of the next draw */
    int n_maps;   /* of parameters, begun so far */
};

static inline double random_uniform(struct random_text *text)
{
    return ech_chance_uniform(&text->chance, text->next++, 0, ECH_FOR_TIE);
}

/** Whole number from ... to, each as likely. */
static inline int random_between(struct random_text *text, int from, int to)
{
    return from + (int)(random_uniform(text) * (to - from + 1));
}

static inline bool random_happens(struct random_text *text, double p)
{
    return random_uniform(text) < p;
}

/* A value of a row */

/** Limits beyond which a run only becomes longer to read, not richer. */
static inline double random_number(struct random_text *text, double min, double max)
{
    double most = max > 300 ? 300 : max;
    double at = random_uniform(text);
    if (at < 0.15) {
        return min;
    }
    return at > 0.85 ? most : min + (most - min) * random_uniform(text);
}

static inline void random_choice(struct random_text *text, const char *words)
{
    int n = 1;
    for (const char *c = words; *c != '\0'; c++) {
        n += *c == '|';
    }
    for (int skip = random_between(text, 0, n - 1); skip > 0; skip--) {
        words = strchr(words, '|') + 1;
    }
    fprintf(text->file, "%.*s", (int)strcspn(words, "|"), words);
}

static inline void random_rate(struct random_text *text, const struct ech_param_row *row)
{
    double most =
        row->max < 0.6 ? row->max : 0.6; /* a county that is empty at once tests nothing */
    if (random_happens(text, 0.3)) {
        fprintf(text->file, "{monthly: %.4f}", 0.03 * random_uniform(text));
    } else if (random_happens(text, 0.3)) {
        fprintf(text->file, "{%s: [[0, %.4f], [%d, %.4f]]}",
                random_happens(text, 0.5) ? "service" : "age", most * random_uniform(text),
                random_between(text, 1, 500), most * random_uniform(text));
    } else {
        fprintf(text->file, "%.4f", most * random_uniform(text));
    }
}

static inline void random_value(struct random_text *text, const struct ech_param_row *row)
{
    bool whole = row->type == ECH_PARAM_CALENDAR || row->type == ECH_PARAM_MONTHS ||
                 row->type == ECH_PARAM_LIMIT || row->type == ECH_PARAM_MOST;
    if (row->type == ECH_PARAM_RATE) {
        random_rate(text, row);
    } else if (row->type == ECH_PARAM_CHOICE) {
        random_choice(text, row->unit);
    } else if (row->type == ECH_PARAM_FLAG) {
        fprintf(text->file, "%s", random_happens(text, 0.5) ? "true" : "false");
    } else if (ech_param_may_be_off(row) && random_happens(text, 0.25)) {
        fprintf(text->file, "off");
    } else if (row->type == ECH_PARAM_DATE) {
        fprintf(text->file, "20%d-%02d", random_between(text, 18, 25), random_between(text, 1, 12));
    } else if (row->type == ECH_PARAM_COUNT) { /* places: more of them is only more of the same */
        fprintf(text->file, "%d", (int)random_number(text, row->min, fmin(row->max, 30)));
    } else if (whole) {
        fprintf(text->file, "%d", (int)random_number(text, row->min, row->max));
    } else {
        fprintf(text->file, "%.5f", random_number(text, row->min, row->max));
    }
}

/** Rows that only a table or an amount makes meaningful, and ages that would exclude each other. */
static inline bool random_leaves_out(const struct ech_param_row *row)
{
    bool age = strcmp(row->unit, "year") == 0 &&
               (strcmp(row->name, "age_min") == 0 || strcmp(row->name, "age_max") == 0);
    return age || strncmp(row->group, "background", 10) == 0 ||
           strcmp(row->group, "discipline_share") == 0 || /* they sum to 1 */
           strcmp(row->group, "retirement") == 0 || strcmp(row->name, "entry_age") == 0;
}

/** Scopes of the rows that may stand at a place, as bits. */
enum {
    RANDOM_POSTS = 1 << ECH_SCOPE_POST | 1 << ECH_SCOPE_HOLDER,
    RANDOM_UNITS = RANDOM_POSTS | 1 << ECH_SCOPE_UNIT,
    RANDOM_PEOPLE = 1 << ECH_SCOPE_PEOPLE | 1 << ECH_SCOPE_HOLDER,
    RANDOM_ALL = RANDOM_UNITS | RANDOM_PEOPLE | 1 << ECH_SCOPE_COUNTY
};

/** Entries for rows of these scopes, each with probability p. What a row gets depends on its path and the
    map alone, so that a further row in the table changes no other. */
static inline void random_rows(struct random_text *text, int scopes, double p, const char *indent)
{
    int n = 0;
    ech_key after = text->next;
    text->n_maps++;
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        const struct ech_param_row *row = &ech_param_rows[i];
        char path[128];
        ech_param_path(row, path, sizeof path);
        text->next = ech_key_pair(ech_key_of(path, NULL), (ech_key)text->n_maps);
        if ((scopes >> row->scope & 1) == 0 || random_leaves_out(row) || !random_happens(text, p)) {
            continue;
        }
        fprintf(text->file, "%s%s: ", indent, path);
        random_value(text, row);
        fprintf(text->file, "\n");
        n++;
    }
    text->next = after;
    if (n == 0) { /* a map needs an entry */
        const char *entry = scopes == RANDOM_PEOPLE ? "rotation.max_tenure" : "procedure.months";
        fprintf(text->file, "%s%s: 13\n", indent, entry);
    }
}

/* The county */

enum { RANDOM_LEVELS = 3, RANDOM_TYPES = 3 };

static inline void random_ladder(struct random_text *text)
{
    static const char *const roles[] = {"party_chief", "government_chief", "department_chief",
                                        "deputy", "member"};
    fprintf(text->file, "levels: [{id: low}, {id: middle}, {id: top}]\nkinds:\n");
    fprintf(text->file, "  - {id: first, level: top, role: %s, elected: %s, term_bound: %s}\n",
            roles[random_happens(text, 0.15)], random_happens(text, 0.5) ? "true" : "false",
            random_happens(text, 0.7) ? "true" : "false");
    fprintf(text->file, "  - {id: second, level: top, role: %s, term_bound: %s}\n",
            roles[random_happens(text, 0.75) ? 1 : random_between(text, 2, 3)],
            random_happens(text, 0.7) ? "true" : "false");
    fprintf(text->file, "  - {id: third, level: middle, role: deputy, term_bound: %s}\n",
            random_happens(text, 0.5) ? "true" : "false");
    fprintf(text->file, "  - {id: fourth, level: middle, role: member}\n");
}

static inline void random_units(struct random_text *text)
{
    fprintf(text->file,
            "types: [{id: near, base_level: %s}, {id: far, base_level: true}, "
            "{id: office}]\nunits:\n",
            random_happens(text, 0.5) ? "true" : "false");
    static const char *const types[RANDOM_TYPES] = {"near", "far", "office"};
    for (int t = 0; t < RANDOM_TYPES; t++) {
        int posts[4] = {random_happens(text, 0.75), random_between(text, 0, 2),
                        random_between(text, 0, 4), random_between(text, 0, 3)};
        int staff = random_between(text, 0, 9);
        int places = posts[0] + posts[1] + posts[2] + posts[3] + staff;
        fprintf(text->file,
                "  - {id: %s_u, count: %d, type: %s, remoteness: {from: %.2f, to: %.2f},\n"
                "     development: %.2f, workload: %.2f,\n"
                "     establishment: {admin: %d, institution: %d},\n"
                "     specialties: {law: true, finance: false},\n"
                "     posts: {first: %d, second: %d, third: %d, fourth: %d}}\n",
                types[t], random_between(text, 1, 5), types[t], random_uniform(text),
                random_uniform(text), random_uniform(text), 0.5 + random_uniform(text), places,
                random_between(text, 0, 4), posts[0], posts[1], posts[2], posts[3]);
    }
}

static inline void random_people(struct random_text *text)
{
    fprintf(text->file, "initial:\n  blocks:\n"
                        "    - {id: leaders, fill: posts, ages: [[28, 54, rest]]}\n"
                        "    - {id: staff, fill: staff, ages: [[22, 54, rest]]}\n"
                        "    - {id: institution, fill: staff, track: institution, "
                        "ages: [[22, 50, rest]]}\n");
}

static inline void random_policy(struct random_text *text)
{
    static const char *const months[] = {"2020-11", "2022-03", "2023-09"};
    fprintf(text->file, "policy:\n");
    random_rows(text, RANDOM_ALL, 0.3, "  ");
    fprintf(text->file, "by_type:\n  far:\n");
    random_rows(text, RANDOM_UNITS, 0.06, "    ");
    fprintf(text->file, "by_level:\n  top:\n");
    random_rows(text, RANDOM_POSTS, 0.08, "    ");
    if (random_happens(text, 0.5)) {
        fprintf(text->file, "by_kind:\n  second:\n");
        random_rows(text, RANDOM_POSTS, 0.08, "    ");
        fprintf(text->file, "  third:\n");
        random_rows(text, RANDOM_POSTS, 0.08, "    ");
    }
    fprintf(text->file, "by_unit:\n  near_u_01:\n");
    random_rows(text, RANDOM_UNITS, 0.06, "    ");
    int n = random_between(text, 0, 3);
    fprintf(text->file, n > 0 ? "changes:\n" : "changes: []\n");
    for (int i = 0; i < n; i++) {
        bool spares = random_happens(text, 0.4);
        fprintf(text->file, "  - from: %s\n    grandfather: %s\n    policy:\n", months[i],
                spares ? "true" : "false");
        random_rows(text, spares ? RANDOM_PEOPLE : RANDOM_ALL, spares ? 0.3 : 0.08, "      ");
    }
    if (random_happens(text, 0.5)) {
        fprintf(text->file, "events: [{at: 2021-05, kind: exam_window, track: %s, share: %.3f}]\n",
                random_happens(text, 0.5) ? "admin" : "institution", random_uniform(text));
    }
}

static inline void random_write(struct random_text *text, int number)
{
    fprintf(text->file, "name: random_%d\nstart: 2019-08\nmonths: %d\ncounty: {id: random}\n",
            number, random_between(text, 50, 90));
    fprintf(text->file,
            "tables: {retirement: %s/scenarios/data/retirement_schedule.csv,\n"
            "  grades: %s/scenarios/data/grade_ladder.csv,\n"
            "  mortality: {file: %s/scenarios/data/mortality_makeham_fit.csv,\n"
            "    table: CL2010 pension}}\n",
            ECH_SOURCE_DIR, ECH_SOURCE_DIR, ECH_SOURCE_DIR);
    random_ladder(text);
    random_units(text);
    random_people(text);
    random_policy(text);
}

/** Whether all that is wrong is that parts of the policy contradict each other. */
static inline bool random_only_contradicts(const struct ech_error *error)
{
    for (int i = 0; i < error->n_problems; i++) {
        if (error->problems[i].code != ECH_ERR_CONFLICT) {
            char words[1000];
            ech_error_text(&error->problems[i], ECH_LANG_EN, words, sizeof words);
            print_error("%s\n", words);
            return false;
        }
    }
    return error->n_problems > 0;
}

/**
 * Writes random scenario `number` to a file of its own, path[size], and says where. A draw that
 * contradicts itself is refused by the program, and drawn again; anything else that is wrong fails.
 */
static inline void random_scenario(int number, char *path, size_t size)
{
    enum ech_status status = ECH_OK;
    int tries = 0;
    snprintf(path, size, "/tmp/echelon-random-%d-%ld.yaml", number, (long)getpid());
    do {
        struct ech_scenario scenario = {0};
        struct ech_error error = {0};
        struct random_text text = {
            .file = fopen(path, "w"),
            .chance = {2385, (uint64_t)(number * RANDOM_MOST_TRIES + tries)}};
        assert_non_null(text.file);
        random_write(&text, number);
        assert_int_equal(fclose(text.file), 0);
        status = ech_scenario_load(path, NULL, &scenario, &error);
        assert_true(status == ECH_OK || random_only_contradicts(&error));
        ech_error_free(&error);
        ech_scenario_free(&scenario);
    } while (status != ECH_OK && ++tries < RANDOM_MOST_TRIES);
    if (status != ECH_OK) {
        fail_msg("%s: contradicts itself %d times in a row", path, tries);
    }
}

/** Calls `check` with the path of each random scenario; of one that fails the file stays. */
static inline void random_scenarios_check(void (*check)(const char *path))
{
    for (int number = 1; number <= N_RANDOM_SCENARIOS; number++) {
        char path[128];
        random_scenario(number, path, sizeof path);
        print_message("    %s\n", path);
        check(path);
        unlink(path);
    }
}

#endif
