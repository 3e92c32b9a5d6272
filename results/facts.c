/* Reading back what results/manifest.c wrote. */
#include "results/reader.h"

#include <stdlib.h>
#include <string.h>

/* More than any run can have: a damaged file must not make us ask for that much memory. */
enum { MAX_MONTHS = 1200, MAX_GROUPS = 10000000, MAX_SCENARIOS = 1000000 };

/* Zeroed memory that ech_results_close() frees; NULL is noted as a failure. */
static void *keep(struct ech_results *results, size_t size)
{
    struct ech_reader_block *block = calloc(1, sizeof *block + size);
    if (!block) {
        ech_sql_note(&results->reader->sql, SQLITE_NOMEM);
        return NULL;
    }
    block->next = results->blocks;
    results->blocks = block;
    return block->bytes;
}

static void *keep_array(struct ech_results *results, int n, size_t size)
{
    return keep(results, ((size_t)n + 1) * size);
}

static const char *keep_text(struct ech_results *results, sqlite3_stmt *row, int column)
{
    const unsigned char *words = sqlite3_column_text(row, column);
    size_t size = words ? (size_t)sqlite3_column_bytes(row, column) : 0;
    char *text = keep(results, size + 1);
    if (text && size > 0) {
        memcpy(text, words, size);
    }
    return text ? text : "";
}

static struct ech_words keep_words(struct ech_results *results, sqlite3_stmt *row, int column)
{
    return (struct ech_words){
        {keep_text(results, row, column), keep_text(results, row, column + 1)}};
}

static int count_rows(struct ech_results *results, const char *table, int s)
{
    char text[96];
    snprintf(text, sizeof text,
             s == ECH_NONE ? "SELECT count(*) FROM %s"
                           : "SELECT count(*) FROM %s WHERE scenario_row = %d",
             table, s);
    sqlite3_int64 n = ech_sql_number(&results->reader->sql, text, 0);
    return n > MAX_GROUPS ? 0 : (int)n;
}

static sqlite3_stmt *select_of(struct ech_results *results, const char *text, int s)
{
    sqlite3_stmt *row = ech_sql_prepare(&results->reader->sql, text);
    sqlite3_bind_int(row, 1, s);
    return row;
}

static void read_settings(struct ech_results *results, int s, struct ech_result_scenario *scenario)
{
    int n = count_rows(results, "setting", s);
    struct ech_setting *settings = keep_array(results, n, sizeof *settings);
    sqlite3_stmt *row = select_of(results,
                                  "SELECT path, scope, from_month, value, basis, file, line FROM"
                                  " setting WHERE scenario_row = ? ORDER BY setting_row",
                                  s);
    int i = 0;
    for (; i < n && ech_sql_row(&results->reader->sql, row); i++) {
        settings[i] = (struct ech_setting){.path = keep_text(results, row, 0),
                                           .scope = keep_text(results, row, 1),
                                           .from_month = sqlite3_column_int(row, 2),
                                           .value = keep_text(results, row, 3),
                                           .basis = keep_text(results, row, 4),
                                           .file = keep_text(results, row, 5),
                                           .line = sqlite3_column_int(row, 6)};
    }
    scenario->n_settings = i;
    scenario->settings = settings;
    sqlite3_finalize(row);
}

static enum ech_group_kind kind_called(const char *word)
{
    return strcmp(word, "county") == 0 ? ECH_GROUP_COUNTY
           : strcmp(word, "type") == 0 ? ECH_GROUP_TYPE
                                       : ECH_GROUP_UNIT;
}

static void read_groups(struct ech_results *results, int s, struct ech_result_scenario *scenario)
{
    int n = count_rows(results, "groups", s);
    struct ech_group *groups = keep_array(results, n, sizeof *groups);
    sqlite3_stmt *row = select_of(results,
                                  "SELECT kind, group_id, title_en, title_zh, type, remoteness"
                                  " FROM groups WHERE scenario_row = ? ORDER BY group_row",
                                  s);
    int i = 0;
    for (; i < n && ech_sql_row(&results->reader->sql, row); i++) {
        groups[i] = (struct ech_group){.kind = kind_called(keep_text(results, row, 0)),
                                       .id = keep_text(results, row, 1),
                                       .title = keep_words(results, row, 2),
                                       .type = keep_text(results, row, 4),
                                       .remoteness = sqlite3_column_double(row, 5)};
    }
    scenario->n_groups = i;
    scenario->groups = groups;
    sqlite3_finalize(row);
}

static void read_kinds(struct ech_results *results, int s, struct ech_result_scenario *scenario)
{
    int n = count_rows(results, "post_kind", s);
    struct ech_result_kind *kinds = keep_array(results, n, sizeof *kinds);
    sqlite3_stmt *row = select_of(results,
                                  "SELECT kind_id, title_en, title_zh FROM post_kind"
                                  " WHERE scenario_row = ? ORDER BY kind_row",
                                  s);
    int i = 0;
    for (; i < n && ech_sql_row(&results->reader->sql, row); i++) {
        kinds[i] = (struct ech_result_kind){.id = keep_text(results, row, 0),
                                            .title = keep_words(results, row, 1)};
    }
    scenario->n_kinds = i;
    scenario->kinds = kinds;
    sqlite3_finalize(row);
}

static void read_notes(struct ech_results *results, int s, struct ech_result_scenario *scenario)
{
    int n = count_rows(results, "note", s);
    struct ech_note *notes = keep_array(results, n, sizeof *notes);
    sqlite3_stmt *row = select_of(results,
                                  "SELECT kind, source, text_en, text_zh FROM note"
                                  " WHERE scenario_row = ? ORDER BY note_row",
                                  s);
    int i = 0;
    for (; i < n && ech_sql_row(&results->reader->sql, row); i++) {
        bool assumed = strcmp(keep_text(results, row, 0), "assumption") == 0;
        notes[i] = (struct ech_note){.kind = assumed ? ECH_NOTE_ASSUMPTION : ECH_NOTE_CONTRADICTION,
                                     .source = keep_text(results, row, 1),
                                     .text = keep_words(results, row, 2)};
    }
    scenario->n_notes = i;
    scenario->notes = notes;
    sqlite3_finalize(row);
}

static void read_replications(struct ech_results *results, int s)
{
    int n = count_rows(results, "replication", s);
    int *numbers = keep_array(results, n, sizeof *numbers);
    sqlite3_stmt *row = select_of(results,
                                  "SELECT replication FROM replication WHERE scenario_row = ?"
                                  " AND done = 1 ORDER BY replication",
                                  s);
    int i = 0;
    for (; i < n && ech_sql_row(&results->reader->sql, row); i++) {
        numbers[i] = sqlite3_column_int(row, 0);
    }
    results->replications[s] = numbers;
    results->scenarios[s].n_replications_done = i;
    sqlite3_finalize(row);
}

static void read_scenario(struct ech_results *results, sqlite3_stmt *row, int s)
{
    struct ech_result_scenario *scenario = &results->scenarios[s];
    *scenario = (struct ech_result_scenario){
        .name = keep_text(results, row, 0),
        .extends = keep_text(results, row, 1),
        .title = keep_words(results, row, 2),
        .note = keep_words(results, row, 4),
        .start_month = sqlite3_column_int(row, 6),
        .n_months = sqlite3_column_int(row, 7),
        .n_levels = results->shape.layout.n_levels,
        .levels = results->levels,
    };
    results->n_summed[s] = sqlite3_column_int(row, 8);
    if (scenario->n_months < 0 || scenario->n_months > MAX_MONTHS) {
        ech_sql_note(&results->reader->sql, SQLITE_CORRUPT);
        return;
    }
    read_settings(results, s, scenario);
    read_groups(results, s, scenario);
    read_kinds(results, s, scenario);
    read_notes(results, s, scenario);
    read_replications(results, s);
}

static bool shares_title(const struct ech_results *results, int s, int lang)
{
    const char *title = results->scenarios[s].title.text[lang];
    for (int other = 0; other < results->n_scenarios; other++) {
        if (other != s && strcmp(results->scenarios[other].title.text[lang], title) == 0) {
            return true;
        }
    }
    return false;
}

/* What tells scenario s from all others in one language. */
static const char *label_of(struct ech_results *results, int s, int lang)
{
    const struct ech_result_scenario *scenario = &results->scenarios[s];
    const char *title = scenario->title.text[lang];
    if (!*title || !shares_title(results, s, lang)) {
        return *title ? title : scenario->name;
    }
    size_t size = strlen(title) + strlen(scenario->name) + sizeof "（）";
    char *label = keep(results, size);
    if (!label) {
        return title;
    }
    snprintf(label, size, lang == ECH_LANG_ZH ? "%s（%s）" : "%s (%s)", title, scenario->name);
    return label;
}

void ech_facts_read_scenarios(struct ech_results *results)
{
    int n = count_rows(results, "scenario", ECH_NONE);
    if (n < 1 || n > MAX_SCENARIOS) {
        ech_sql_note(&results->reader->sql, SQLITE_CORRUPT);
        return;
    }
    results->scenarios = keep_array(results, n, sizeof *results->scenarios);
    results->replications = keep_array(results, n, sizeof *results->replications);
    results->n_summed = keep_array(results, n, sizeof *results->n_summed);
    sqlite3_stmt *row = ech_sql_prepare(
        &results->reader->sql, "SELECT name, extends, title_en, title_zh, note_en, note_zh,"
                               " start_month, n_months, n_summed FROM scenario"
                               " ORDER BY scenario_row");
    for (int s = 0; s < n && ech_sql_row(&results->reader->sql, row); s++) {
        results->n_scenarios = s + 1;
        read_scenario(results, row, s);
    }
    sqlite3_finalize(row);
    for (int s = 0; s < results->n_scenarios; s++) {
        for (int lang = 0; lang < ECH_N_LANGS; lang++) {
            results->scenarios[s].label.text[lang] = label_of(results, s, lang);
        }
    }
}

static const char *manifest_text(struct ech_results *results, const char *name)
{
    sqlite3_stmt *row =
        ech_sql_prepare(&results->reader->sql, "SELECT value FROM manifest WHERE name = ?");
    sqlite3_bind_text(row, 1, name, -1, SQLITE_STATIC);
    const char *text = "";
    if (ech_sql_row(&results->reader->sql, row)) {
        text = keep_text(results, row, 0);
    } else {
        ech_sql_note(&results->reader->sql, SQLITE_CORRUPT);
    }
    sqlite3_finalize(row);
    return text;
}

static int manifest_number(struct ech_results *results, const char *name)
{
    long number = strtol(manifest_text(results, name), NULL, 10);
    if (number < 0 || number > MAX_GROUPS) {
        ech_sql_note(&results->reader->sql, SQLITE_CORRUPT);
        return 0;
    }
    return (int)number;
}

static void read_files(struct ech_results *results)
{
    int n = count_rows(results, "input_file", ECH_NONE);
    struct ech_input_file *files = keep_array(results, n, sizeof *files);
    sqlite3_stmt *row = ech_sql_prepare(
        &results->reader->sql, "SELECT path, sha256 FROM input_file ORDER BY path, sha256");
    int i = 0;
    for (; i < n && ech_sql_row(&results->reader->sql, row); i++) {
        files[i] = (struct ech_input_file){.path = keep_text(results, row, 0),
                                           .sha256 = keep_text(results, row, 1)};
    }
    results->manifest.n_files = i;
    results->manifest.files = files;
    sqlite3_finalize(row);
}

/* The set of the words in "type-year unit-year". */
static unsigned kept_set(const char *words)
{
    unsigned keep = 0;
    for (const char *at = words; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        for (int detail = 0; detail < ECH_N_KEEPS; detail++) {
            if (strlen(ech_keep_names[detail]) == length &&
                strncmp(ech_keep_names[detail], at, length) == 0) {
                keep |= 1u << detail;
            }
        }
        at += length;
    }
    return keep;
}

static void read_manifest(struct ech_results *results)
{
    struct ech_manifest *manifest = &results->manifest;
    manifest->version = manifest_text(results, "version");
    manifest->compiler = manifest_text(results, "compiler");
    manifest->seed = strtoull(manifest_text(results, "seed"), NULL, 10);
    manifest->n_replications = manifest_number(results, "replications");
    manifest->complete = manifest_number(results, "complete") == 1;
    results->shape.n_scenarios = manifest_number(results, "scenarios");
    results->shape.n_groups = manifest_number(results, "groups");
    results->shape.n_years = manifest_number(results, "years");
    results->shape.n_months = manifest_number(results, "months");
    results->shape.part_items = manifest_number(results, "part_items");
    results->shape.keep = kept_set(manifest_text(results, "keep"));
    if (results->reader->sql.rc == SQLITE_OK &&
        (results->shape.part_items < 1 || results->shape.n_years < 1 ||
         results->shape.n_years > MAX_MONTHS)) {
        ech_sql_note(&results->reader->sql, SQLITE_CORRUPT);
    }
    read_files(results);
}

static void read_levels(struct ech_results *results)
{
    int n = count_rows(results, "level", ECH_NONE);
    if (n < 1 || n > ECH_MAX_LEVELS) {
        ech_sql_note(&results->reader->sql, SQLITE_CORRUPT);
        return;
    }
    struct ech_level *levels = keep_array(results, n, sizeof *levels);
    results->levels = levels;
    sqlite3_stmt *row = ech_sql_prepare(
        &results->reader->sql, "SELECT level_id, title_en, title_zh FROM level ORDER BY level_row");
    for (int i = 0; i < n && ech_sql_row(&results->reader->sql, row); i++) {
        levels[i] = (struct ech_level){.id = keep_text(results, row, 0),
                                       .title = keep_words(results, row, 1)};
    }
    sqlite3_finalize(row);
    if (results->reader->sql.rc == SQLITE_OK) {
        ech_shape_set_levels(&results->shape, results->levels, n);
    }
}

void ech_facts_read_run(struct ech_results *results)
{
    read_manifest(results);
    if (results->reader->sql.rc == SQLITE_OK) {
        read_levels(results);
    }
}

/* Another version may have other measures; its columns would not be ours. */
bool ech_facts_same_measures(struct ech_results *results)
{
    sqlite3_stmt *row = ech_sql_prepare(&results->reader->sql,
                                        "SELECT name, detail FROM measure ORDER BY measure_row");
    int n = ech_n_measures(&results->shape.layout);
    int i = 0;
    for (bool same = true; same && i < n && ech_sql_row(&results->reader->sql, row); i += same) {
        char name[ECH_MAX_NAME];
        struct ech_measure measure =
            ech_measure_at(i, &results->shape.layout, results->levels, name, sizeof name);
        same = strcmp(keep_text(results, row, 0), name) == 0 &&
               strcmp(keep_text(results, row, 1), ech_detail_names[measure.row->detail]) == 0;
    }
    bool more = ech_sql_row(&results->reader->sql, row);
    sqlite3_finalize(row);
    return i == n && !more;
}
