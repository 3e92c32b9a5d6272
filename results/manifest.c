/* Rows of the manifest. */
#include "results/manifest.h"

#include <inttypes.h>

#include "model/version.h"

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif
#ifndef ECH_COMPILER_FLAGS
#define ECH_COMPILER_FLAGS ""
#endif

static void bind_text(sqlite3_stmt *row, int column, const char *text)
{
    sqlite3_bind_text(row, column, text ? text : "", -1, SQLITE_STATIC);
}

static void bind_words(sqlite3_stmt *row, int column, const struct ech_words *words)
{
    bind_text(row, column, words->text[ECH_LANG_EN]);
    bind_text(row, column + 1, words->text[ECH_LANG_ZH]);
}

/* "type-year unit-year": what is kept, in the order of the words. */
static void list_kept(const struct ech_shape *shape, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int detail = 0; detail < ECH_N_KEEPS && used < size; detail++) {
        if ((shape->keep >> detail & 1u) != 0) {
            used += (size_t)snprintf(text + used, size - used, "%s%s", used > 0 ? " " : "",
                                     ech_keep_names[detail]);
        }
    }
}

static void write_run(struct ech_sql *sql, const struct ech_store_plan *plan,
                      const struct ech_shape *shape)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    char kept[96], seed[32]; /* as text: SQLite's integers are signed */
    snprintf(seed, sizeof seed, "%" PRIu64, plan->seed);
    list_kept(shape, kept, sizeof kept);
    sqlite3_str_appendf(text,
                        "INSERT INTO manifest VALUES ('program', 'echelon'), ('version', %Q),"
                        " ('compiler', %Q), ('flags', %Q), ('seed', %Q), ('replications', %d),"
                        " ('complete', 0), ('scenarios', %d), ('groups', %d), ('years', %d),"
                        " ('months', %d), ('keep', %Q), ('part_items', %d)",
                        ECH_VERSION, COMPILER, ECH_COMPILER_FLAGS, seed, plan->n_replications,
                        shape->n_scenarios, shape->n_groups, shape->n_years, shape->n_months, kept,
                        shape->part_items);
    ech_sql_run_str(sql, text);
}

static void write_levels(struct ech_sql *sql, const struct ech_shape *shape)
{
    sqlite3_stmt *row = ech_sql_prepare(sql, "INSERT INTO level VALUES (?,?,?,?)");
    for (int i = 0; i < shape->layout.n_levels && sql->rc == SQLITE_OK; i++) {
        sqlite3_bind_int(row, 1, i);
        bind_text(row, 2, shape->levels[i].id);
        bind_words(row, 3, &shape->levels[i].title);
        ech_sql_done(sql, row);
    }
    sqlite3_finalize(row);
}

static void bind_measure(sqlite3_stmt *row, const struct ech_shape *shape, int i)
{
    static const char *const kinds[] = {"end", "mean", "sum"};
    char name[ECH_MAX_NAME], part[ECH_MAX_NAME];
    const struct ech_layout *layout = &shape->layout;
    struct ech_measure measure = ech_measure_at(i, layout, shape->levels, name, sizeof name);
    sqlite3_bind_int(row, 1, i);
    sqlite3_bind_text(row, 2, name, -1, SQLITE_TRANSIENT);
    bind_text(row, 3, measure.row->unit);
    bind_text(row, 4, measure.row->label[ECH_LANG_EN]);
    bind_text(row, 5, measure.row->label[ECH_LANG_ZH]);
    bind_text(row, 6, measure.row->text);
    bind_text(row, 7, kinds[measure.row->kind]);
    bind_text(row, 8, ech_detail_names[measure.row->detail]);
    sqlite3_bind_double(row, 9, measure.row->scale);
    if (measure.is_ratio) { /* counts come first, with columns 10 and 11 NULL */
        ech_measure_at(measure.slot, layout, shape->levels, part, sizeof part);
        sqlite3_bind_text(row, 10, part, -1, SQLITE_TRANSIENT);
        ech_measure_at(measure.denominator, layout, shape->levels, part, sizeof part);
        sqlite3_bind_text(row, 11, part, -1, SQLITE_TRANSIENT);
    }
}

static void write_measures(struct ech_sql *sql, const struct ech_shape *shape)
{
    sqlite3_stmt *row = ech_sql_prepare(sql, "INSERT INTO measure VALUES (?,?,?,?,?,?,?,?,?,?,?)");
    for (int i = 0; i < ech_n_measures(&shape->layout) && sql->rc == SQLITE_OK; i++) {
        bind_measure(row, shape, i);
        ech_sql_done(sql, row);
    }
    sqlite3_finalize(row);
}

static void write_scenario(struct ech_sql *sql, sqlite3_stmt *row, int s,
                           const struct ech_scenario *scenario)
{
    char start[32];
    snprintf(start, sizeof start, "%04d-%02d", scenario->start_month / 12,
             scenario->start_month % 12 + 1);
    sqlite3_bind_int(row, 1, s);
    bind_text(row, 2, scenario->name);
    bind_text(row, 3, scenario->extends);
    bind_words(row, 4, &scenario->title);
    bind_words(row, 6, &scenario->note);
    sqlite3_bind_text(row, 8, start, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int(row, 9, scenario->start_month);
    sqlite3_bind_int(row, 10, scenario->n_months);
    ech_sql_done(sql, row);
}

static void write_settings(struct ech_sql *sql, sqlite3_stmt *row, int s,
                           const struct ech_scenario *scenario)
{
    for (int i = 0; i < scenario->n_settings && sql->rc == SQLITE_OK; i++) {
        const struct ech_setting *setting = &scenario->settings[i];
        sqlite3_bind_int(row, 1, s);
        sqlite3_bind_int(row, 2, i);
        bind_text(row, 3, setting->path);
        bind_text(row, 4, setting->scope);
        sqlite3_bind_int(row, 5, setting->from_month);
        bind_text(row, 6, setting->value);
        bind_text(row, 7, setting->basis);
        bind_text(row, 8, setting->file);
        sqlite3_bind_int(row, 9, setting->line);
        ech_sql_done(sql, row);
    }
}

static void write_notes(struct ech_sql *sql, sqlite3_stmt *row, int s,
                        const struct ech_scenario *scenario)
{
    for (int i = 0; i < scenario->n_notes && sql->rc == SQLITE_OK; i++) {
        const struct ech_note *note = &scenario->notes[i];
        sqlite3_bind_int(row, 1, s);
        sqlite3_bind_int(row, 2, i);
        bind_text(row, 3, note->kind == ECH_NOTE_ASSUMPTION ? "assumption" : "contradiction");
        bind_text(row, 4, note->source);
        bind_words(row, 5, &note->text);
        ech_sql_done(sql, row);
    }
}

static void write_kinds(struct ech_sql *sql, sqlite3_stmt *row, int s,
                        const struct ech_scenario *scenario)
{
    for (int i = 0; i < scenario->n_kinds && sql->rc == SQLITE_OK; i++) {
        const struct ech_post_kind *kind = &scenario->kinds[i];
        sqlite3_bind_int(row, 1, s);
        sqlite3_bind_int(row, 2, i);
        bind_text(row, 3, kind->id);
        bind_words(row, 4, &kind->title);
        bind_text(row, 6, scenario->levels[kind->level].id);
        ech_sql_done(sql, row);
    }
}

static void write_files(struct ech_sql *sql, sqlite3_stmt *row, const struct ech_scenario *scenario)
{
    for (int i = 0; i < scenario->n_files && sql->rc == SQLITE_OK; i++) {
        bind_text(row, 1, scenario->files[i].path);
        bind_text(row, 2, scenario->files[i].sha256);
        ech_sql_done(sql, row);
    }
}

struct group_row {
    int s, group;
    const char *kind, *id, *type;
    const struct ech_words *title;
    double remoteness;
};

static void write_group(struct ech_sql *sql, sqlite3_stmt *row, const struct group_row *group)
{
    if (sql->rc != SQLITE_OK) {
        return;
    }
    sqlite3_bind_int(row, 1, group->s);
    sqlite3_bind_int(row, 2, group->group);
    bind_text(row, 3, group->kind);
    bind_text(row, 4, group->id);
    bind_words(row, 5, group->title);
    bind_text(row, 7, group->type);
    sqlite3_bind_double(row, 8, group->remoteness);
    ech_sql_done(sql, row);
}

static void write_groups(struct ech_sql *sql, sqlite3_stmt *row, int s,
                         const struct ech_scenario *scenario)
{
    struct group_row group = {.s = s, .kind = "county", .type = ""};
    for (int i = 0; i < scenario->n_counties; i++, group.group++) {
        group.id = scenario->counties[i].id;
        group.title = &scenario->counties[i].title;
        write_group(sql, row, &group);
    }
    group.kind = "type";
    for (int i = 0; i < scenario->n_types; i++, group.group++) {
        group.id = scenario->types[i].id;
        group.title = &scenario->types[i].title;
        write_group(sql, row, &group);
    }
    group.kind = "unit";
    for (int i = 0; i < scenario->n_units; i++, group.group++) {
        const struct ech_unit *unit = &scenario->units[i];
        group.id = unit->id;
        group.title = &unit->title;
        group.type = scenario->types[unit->type].id;
        group.remoteness = unit->remoteness;
        write_group(sql, row, &group);
    }
}

static void write_scenarios(struct ech_sql *sql, const struct ech_store_plan *plan)
{
    sqlite3_stmt *scenario =
        ech_sql_prepare(sql, "INSERT INTO scenario VALUES (?,?,?,?,?,?,?,?,?,?,NULL)");
    sqlite3_stmt *setting = ech_sql_prepare(sql, "INSERT INTO setting VALUES (?,?,?,?,?,?,?,?,?)");
    sqlite3_stmt *note = ech_sql_prepare(sql, "INSERT INTO note VALUES (?,?,?,?,?,?)");
    sqlite3_stmt *file = ech_sql_prepare(sql, "INSERT OR IGNORE INTO input_file VALUES (?,?)");
    sqlite3_stmt *kind = ech_sql_prepare(sql, "INSERT INTO post_kind VALUES (?,?,?,?,?,?)");
    sqlite3_stmt *group = ech_sql_prepare(sql, "INSERT INTO groups VALUES (?,?,?,?,?,?,?,?)");
    for (int s = 0; s < plan->n_scenarios && sql->rc == SQLITE_OK; s++) {
        write_scenario(sql, scenario, s, plan->scenarios[s]);
        write_settings(sql, setting, s, plan->scenarios[s]);
        write_notes(sql, note, s, plan->scenarios[s]);
        write_files(sql, file, plan->scenarios[s]);
        write_kinds(sql, kind, s, plan->scenarios[s]);
        write_groups(sql, group, s, plan->scenarios[s]);
    }
    sqlite3_finalize(scenario);
    sqlite3_finalize(setting);
    sqlite3_finalize(note);
    sqlite3_finalize(file);
    sqlite3_finalize(kind);
    sqlite3_finalize(group);
}

static void write_numbers(struct ech_sql *sql, const char *text, int first, int n, int m)
{
    sqlite3_stmt *row = ech_sql_prepare(sql, text);
    for (int i = first; i < first + n; i++) {
        for (int j = 0; j < m && sql->rc == SQLITE_OK; j++) {
            sqlite3_bind_int(row, 1, i);
            sqlite3_bind_int(row, 2, j);
            ech_sql_done(sql, row);
        }
    }
    sqlite3_finalize(row);
}

void ech_manifest_write(struct ech_sql *sql, const struct ech_store_plan *plan,
                        const struct ech_shape *shape)
{
    write_run(sql, plan, shape);
    write_levels(sql, shape);
    write_measures(sql, shape);
    write_scenarios(sql, plan);
    write_numbers(sql, "INSERT INTO year_number VALUES (?1 + ?2)", 0, shape->n_years, 1);
    write_numbers(sql, "INSERT INTO replication VALUES (?, ?, 0)", 1, plan->n_replications,
                  plan->n_scenarios);
}
