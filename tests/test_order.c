/* The order in which a county and its policy are written down does not matter: units, kinds, types,
   blocks, bands, limits, sources, events and rules are shuffled, and spread over files that a scenario
   extends in any order; all counters stay what they are. */
#include "fixture.h"

#include "model/chance.h"

enum { MOST_ENTRIES = 64 };

/** Entries under one key of a scenario: of a list, or of a map. */
struct section {
    const char *key;
    bool is_map;
    const char *entries[MOST_ENTRIES]; /* up to the first NULL */
};

#define TABLES                                                                                     \
    "tables: {retirement: " ECH_SOURCE_DIR "/scenarios/data/retirement_schedule.csv,\n"            \
    "  mortality: {file: " ECH_SOURCE_DIR "/scenarios/data/mortality_makeham_fit.csv,\n"           \
    "  table: CL2010 pension}}\n"
#define HEAD                                                                                       \
    "start: 2019-08\nyears: 9\ncounty: {id: c}\n" TABLES                                           \
    "levels: [{id: staff}, {id: deputy}, {id: chief}]\n"

static const struct section sections[] = {
    {"kinds",
     false,
     {"{id: secretary, level: chief, role: party_chief, term_bound: true, elected: true}",
      "{id: mayor, level: chief, role: government_chief, term_bound: true, elected: true}",
      "{id: chair, level: chief, role: deputy, elected: true}",
      "{id: warden, level: chief, role: deputy}", "{id: vice, level: deputy, role: deputy}",
      "{id: aide, level: deputy, role: member}", "{id: clerk, level: deputy, role: member}"}},
    {"types",
     false,
     {"{id: town, base_level: true}", "{id: street, base_level: true}", "{id: bureau}"}},
    {"units",
     false,
     {"{id: t, count: 5, type: town, remoteness: {from: 0.13, to: 0.97}, establishment: {admin: "
      "12, "
      "institution: 3}, posts: {vice: 2, secretary: 1, aide: 1, mayor: 1, chair: 1, clerk: 2}}",
      "{id: s, count: 4, type: street, establishment: 9, posts: {warden: 1, mayor: 2, aide: 3}}",
      "{id: b, count: 6, type: bureau, establishment: 7, posts: {chair: 1, vice: 2, clerk: 1}}",
      "{id: office, type: bureau, establishment: {admin: 5, institution: 4}, posts: {warden: 1}}",
      "{id: pool, type: bureau, free: true}", "{id: well, type: town, free: true}"}},
    {"blocks",
     false,
     {"{id: leaders, fill: posts, ages: [[50, 58, 13], [28, 39, 21], [40, 49, rest]], women: 19, "
      "outsiders: 23, education: {bachelor: 43, college: 29}, non_party: 7}",
      "{id: chiefs, fill: posts, type: town, count: 17, ages: [[45, 54, 9], [30, 44, rest]]}",
      "{id: a_staff, fill: staff, ages: [[23, 34, rest], [35, 55, 11]], women: 11}",
      "{id: z_recruits, fill: staff, count: 9, ages: [[22, 27, 9]], age_at_entry: true, "
      "service: {from: 0, to: 40}, bond: 60}",
      "{id: m_street, fill: staff, type: street, count: 7, ages: [[25, 50, 7]]}",
      "{id: institution, fill: staff, track: institution, ages: [[24, 39, rest]]}",
      "{id: spring, fill: free, type: town, count: 9, ages: [[24, 33, rest]], women: 4}",
      "{id: pool, fill: free, type: bureau, count: 13, ages: [[22, 41, rest]]}"}},
    {"limits",
     false,
     {"{id: thirty, ages: [28, 32], at_most: 9}", "{id: forty, ages: [31, 45], at_most: 53}",
      "{id: few, track: institution, ages: [30, 34], at_most: 3}"}},
    {"flows",
     false,
     {"{id: up, type: bureau, from: staff, to: deputy, probability: 0.043, every: 6}",
      "{id: out, type: town, from: staff, to: deputy, probability: 0.067, every: 6}"}},
    {"recruitment",
     false,
     {"{id: more, type: bureau, level: staff, total: 17, every: 12, women: 0.37, age: 24}",
      "{id: again, type: town, level: {staff: 0.8, deputy: 0.2}, number: 3, every: 7}"}},
    {"events",
     false,
     {"{at: 2021-05, kind: exam_window, track: admin, share: 0.11, ages: [22, 40], cause: upward}",
      "{at: 2021-05, kind: exam_window, track: admin, share: 0.19, ages: [30, 50], cause: outward}",
      "{at: 2021-05, kind: exam_window, track: institution, share: 0.31}",
      "{at: 2020-02, kind: exam_window, track: admin, share: 0.07}"}},
    {"policy",
     true,
     {"stepdown.age: 53",
      "rotation.max_tenure: 74",
      "rotation.min_tenure: 31",
      "exit.resign.rate: {age: [[22, 0.061], [40, 0.013]]}",
      "selection.scope: outside",
      "hiring.quota: 6.3",
      "reserve.dropout: 0.17",
      "reserve.renew_every: 7",
      "selection.women_first: true",
      "entry.transfer_in: 0.61",
      "rotation.share: 0.11",
      "rotation.into_vacancies: true",
      "rotation.max_unit_time: 141",
      "rotation.shuffle_every: 53",
      "rotation.home_avoidance: true",
      "conflict.rate: 0.087",
      "term.first: 2020-09",
      "term.length: 31",
      "term.counts_from: 17",
      "term.most: 2",
      "term.replaced: 0.11",
      "term.rotation_share: 0.13",
      "reserve.max_time: 23",
      "reserve.women_share: 0.31",
      "reserve.young_share: 0.23",
      "reserve.growth: 0.13",
      "reserve.expectation: 1.7",
      "reserve.patience: 9",
      "hiring.applicants: 6.1",
      "hiring.ratio_needed: 2",
      "selected.quota: 3.7",
      "convert.quota: 1.9",
      "convert.share: 0.61",
      "eligibility.base_time: 7",
      "eligibility.exam_pass: 0.83",
      "eligibility.hidden_posts: 2",
      "eligibility.home_avoidance: true",
      "push.down.rate: {monthly: 0.002}",
      "secondment.down: 3.7",
      "secondment.up: 4.3",
      "secondment.beyond: 0.21",
      "secondment.min_months: 6",
      "secondment.convert: 0.67",
      "out.promoted: 1.7",
      "move.request.share: 0.19"}},
    {"by_kind",
     true,
     {"mayor: {procedure.months: 4, rotation.max_tenure: 57}", "vice: {stepdown.age: 51}",
      "chair: {selection.rule: seniority}"}},
    {"by_type", true, {"town: {procedure.months: 3}", "bureau: {establishment.overrun: 1}"}},
    {"by_level", true, {"deputy: {exit.upward.rate: 0.043}", "chief: {outside.age_min: 38}"}},
    {"by_unit", true, {"t_02: {incentive.allowance: 700}", "office: {selection.scope: unit}"}},
    {"changes",
     false,
     {"{from: 2022-03, policy: {hiring.quota: 3}}",
      "{from: 2022-03, by_kind: {aide: {stepdown.age: 50}}}",
      "{from: 2024-11, by_type: {town: {entry.transfer_in: 0.2}}}"}},
};
enum { N_SECTIONS = sizeof sections / sizeof sections[0], N_ORDERS = 12 };

/* Openings are filled from a matrix: its rows speak of types. */
static const struct section matrix[] = {
    {"sources",
     false,
     {"{to: town, from: street, share: 0.31}", "{to: town, from: bureau, share: 0.27}",
      "{to: bureau, from: town, share: 0.41}", "{to: bureau, from: bureau, share: 0.17}",
      "{to: street, from: town, share: 0.29, level: deputy}",
      "{to: street, from: bureau, share: 0.23}"}},
};

static int count(const struct section *section)
{
    int n = 0;
    while (n < MOST_ENTRIES && section->entries[n] != NULL) {
        n++;
    }
    return n;
}

/** A permutation of n; number 0 leaves everything in its place. */
static void permute(int number, int *order, int n)
{
    struct ech_chance chance = {.seed = 17, .replication = (uint64_t)number};
    for (int i = 0; i < n; i++) {
        order[i] = i;
    }
    for (int i = n - 1; i > 0 && number > 0; i--) {
        int j = ech_chance_below(&chance, (ech_key)(n * 100 + i), 0, ECH_FOR_TIE, i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
    }
}

/** Writes the entries whose turn modulo `files` is `file`. */
static void write_section(FILE *out, const struct section *section, int number, int file, int files)
{
    int order[MOST_ENTRIES];
    int n = count(section);
    int written = 0;
    bool initial = strcmp(section->key, "blocks") == 0 || strcmp(section->key, "limits") == 0;
    permute(number, order, n);
    for (int i = 0; i < n; i++) {
        if (i % files != file) {
            continue;
        }
        if (written++ == 0 && initial) {
            fprintf(out, "  %s:\n", section->key);
        } else if (written == 1) {
            fprintf(out, "%s:\n", section->key);
        }
        fprintf(out, "%s%s%s\n", initial ? "    " : "  ", section->is_map ? "" : "- ",
                section->entries[order[i]]);
    }
}

static void write_file(const char *path, int number, int file, int files, bool with_matrix)
{
    int order[N_SECTIONS];
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(file == 0 ? HEAD : "", out);
    permute(number, order, N_SECTIONS);
    for (int i = 0; i < N_SECTIONS; i++) {
        const struct section *section = &sections[order[i]];
        if (strcmp(section->key, "blocks") == 0) {
            fputs("initial:\n", out); /* both lists stand under it */
            write_section(out, section, number, file, files);
            write_section(out, section + 1, number, file, files);
        } else if (strcmp(section->key, "limits") != 0) {
            write_section(out, section, number, file, files);
        }
    }
    if (with_matrix) {
        write_section(out, &matrix[0], number, file, files);
    }
    assert_int_equal(fclose(out), 0);
}

/** Loads order `number`, spread over `files` files that are extended in the order of the number. */
static void load_order(int number, int files, bool with_matrix, struct ech_scenario *scenario)
{
    char folder[] = "/tmp/echelon-order-XXXXXX";
    char path[256];
    int order[3];
    assert_non_null(mkdtemp(folder));
    for (int file = 0; file < files; file++) {
        snprintf(path, sizeof path, "%s/part_%d.yaml", folder, file);
        write_file(path, number, file, files, with_matrix);
    }
    snprintf(path, sizeof path, "%s/whole.yaml", folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs("extends:\n", out);
    permute(number, order, files);
    for (int file = 0; file < files; file++) {
        fprintf(out, "  - part_%d.yaml\n", order[file]);
    }
    assert_int_equal(fclose(out), 0);
    load_file(path, scenario);
    for (int file = 0; file < files; file++) {
        snprintf(path, sizeof path, "%s/part_%d.yaml", folder, file);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/whole.yaml", folder);
    unlink(path);
    rmdir(folder);
}

static int find_type(const struct ech_scenario *scenario, const char *id)
{
    int t = 0;
    while (strcmp(scenario->types[t].id, id) != 0) {
        t++;
    }
    return t;
}

/** Counters are equal: of the county, of each unit, and of each type whatever its row. */
static void assert_same(const struct ech_scenario *x, const struct table *a,
                        const struct ech_scenario *y, const struct table *b)
{
    size_t slots = (size_t)a->layout.n;
    assert_memory_equal(a->output.county, b->output.county, county_size(a) * sizeof(int64_t));
    assert_memory_equal(a->output.unit, b->output.unit, unit_size(a) * sizeof(int64_t));
    for (int month = 0; month <= a->n_months; month++) {
        for (int t = 0; t < a->n_types; t++) {
            size_t own = (size_t)(month * a->n_types + t) * slots;
            int other = find_type(y, x->types[t].id);
            size_t others = (size_t)(month * a->n_types + other) * slots;
            assert_memory_equal(a->output.type + own, b->output.type + others,
                                slots * sizeof(int64_t));
        }
    }
}

static void check_orders(int files, bool with_matrix)
{
    struct ech_scenario plain = {0};
    load_order(0, 1, with_matrix, &plain);
    struct table expected = run_table(&plain, 11, 2, NULL, NULL);
    int64_t moves = 0;
    for (int month = 1; month <= plain.n_months; month++) {
        moves += county_at(&expected, month, ECH_M_appointments_NONE, 0);
    }
    assert_true(moves > 40); /* there was something that could differ */
    for (int number = 1; number <= N_ORDERS; number++) {
        struct ech_scenario shuffled = {0};
        load_order(number, files, with_matrix, &shuffled);
        struct table table = run_table(&shuffled, 11, 2, NULL, NULL);
        assert_same(&plain, &expected, &shuffled, &table);
        free_table(&table);
        ech_scenario_free(&shuffled);
    }
    free_table(&expected);
    ech_scenario_free(&plain);
}

static void test_order_in_one_file_does_not_matter(void **state)
{
    (void)state;
    check_orders(1, false);
}

static void test_order_of_files_does_not_matter(void **state)
{
    (void)state;
    check_orders(3, false);
}

static void test_order_of_sources_and_types_does_not_matter(void **state)
{
    (void)state;
    check_orders(2, true);
}

/* Posts by unit and kind, as three tables and as the units say them themselves. */
static void test_posts_in_a_table_of_any_order_are_the_same_posts(void **state)
{
    static const char *const forms[] = {
        NULL, "unit,kind,count\nt_01,vice,2\nt_01,head,1\nt_02,vice,2\nt_02,head,1\n",
        "kind,count,unit\nhead,1,t_02\nvice,2,t_01\nvice,2,t_02\nhead,1,t_01\n"};
    enum { N_FORMS = sizeof forms / sizeof forms[0] };
    char csv[] = "/tmp/echelon-posts-XXXXXX";
    int fd = mkstemp(csv);
    struct ech_scenario scenario[N_FORMS] = {{0}};
    struct table table[N_FORMS];
    (void)state;
    assert_true(fd >= 0);
    for (int i = 0; i < N_FORMS; i++) {
        char text[1500];
        snprintf(text, sizeof text,
                 HEAD "kinds: [{id: vice, level: deputy, role: deputy},\n"
                      "  {id: head, level: chief, role: department_chief}]\n"
                      "types: [{id: town%s}]\n%s%s\n"
                      "units: [{id: t, count: 2, type: town, establishment: 6}]\n"
                      "initial: {blocks: [{id: led, fill: posts, ages: [[30, 50, rest]]},\n"
                      "  {id: all, fill: staff, ages: [[22, 50, rest]]}]}\n",
                 forms[i] == NULL ? ", posts: {vice: 2, head: 1}" : "",
                 forms[i] == NULL ? "" : "posts_table: ", forms[i] == NULL ? "" : csv);
        if (forms[i] != NULL) {
            FILE *out = fopen(csv, "w");
            assert_non_null(out);
            fputs(forms[i], out);
            assert_int_equal(fclose(out), 0);
        }
        load_text(text, &scenario[i]);
        table[i] = run_table(&scenario[i], 11, 2, NULL, NULL);
        assert_int_equal(county_at(&table[i], 0, ECH_M_posts_NONE, 0), 6);
    }
    close(fd);
    unlink(csv);
    for (int i = 0; i < N_FORMS; i++) {
        assert_same(&scenario[0], &table[0], &scenario[i], &table[i]);
    }
    for (int i = 0; i < N_FORMS; i++) {
        free_table(&table[i]);
        ech_scenario_free(&scenario[i]);
    }
}

static void test_order_of_age_bands_does_not_matter(void **state)
{
    static const char *const bands[] = {"[22, 29, 9], [30, 44, rest], [45, 57, 7]",
                                        "[45, 57, 7], [22, 29, 9], [30, 44, rest]"};
    struct ech_scenario scenario[2] = {{0}};
    struct table table[2];
    (void)state;
    for (int i = 0; i < 2; i++) {
        char text[1000];
        snprintf(text, sizeof text,
                 HEAD "types: [{id: town}]\nunits: [{id: t, type: town, establishment: 30}]\n"
                      "initial: {blocks: [{id: all, fill: staff, women: 11, ages: [%s]}]}\n",
                 bands[i]);
        load_text(text, &scenario[i]);
        table[i] = run_table(&scenario[i], 11, 2, NULL, NULL);
    }
    assert_same(&scenario[0], &table[0], &scenario[1], &table[1]);
    for (int i = 0; i < 2; i++) {
        free_table(&table[i]);
        ech_scenario_free(&scenario[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_in_one_file_does_not_matter),
        cmocka_unit_test(test_order_of_files_does_not_matter),
        cmocka_unit_test(test_order_of_sources_and_types_does_not_matter),
        cmocka_unit_test(test_order_of_age_bands_does_not_matter),
        cmocka_unit_test(test_posts_in_a_table_of_any_order_are_the_same_posts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
