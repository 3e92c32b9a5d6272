#include "input/roster.h"

#include <stdlib.h>
#include <string.h>

#include "input/encoding.h"
#include "model/key.h"

enum { PEOPLE_BYTES = 64 * 1024 * 1024, N_REQUIRED = ECH_COLUMN_TRACK };

static const char *const names[ECH_N_COLUMNS] = {
    [ECH_COLUMN_ID] = "id",
    [ECH_COLUMN_UNIT] = "unit",
    [ECH_COLUMN_POST] = "post",
    [ECH_COLUMN_SEX] = "sex",
    [ECH_COLUMN_BIRTH] = "birth",
    [ECH_COLUMN_ENTRY] = "entry",
    [ECH_COLUMN_TRACK] = "track",
    [ECH_COLUMN_LEVEL] = "level",
    [ECH_COLUMN_EDUCATION] = "education",
    [ECH_COLUMN_FULLTIME] = "fulltime",
    [ECH_COLUMN_PARTY] = "party",
    [ECH_COLUMN_HOME] = "home",
    [ECH_COLUMN_SPECIALTY] = "specialty",
    [ECH_COLUMN_LEVEL_SINCE] = "level_since",
    [ECH_COLUMN_POST_SINCE] = "post_since",
    [ECH_COLUMN_UNIT_SINCE] = "unit_since",
    [ECH_COLUMN_GRADE] = "grade",
    [ECH_COLUMN_GRADE_SINCE] = "grade_since",
    [ECH_COLUMN_BASE_MONTHS] = "base_months",
    [ECH_COLUMN_BOND_UNTIL] = "bond_until",
    [ECH_COLUMN_MERIT] = "merit",
};

const char *ech_roster_column(enum ech_person_column column)
{
    return names[column];
}

const struct ech_cell *ech_roster_cell(const struct ech_roster *roster,
                                       const struct ech_roster_row *row,
                                       enum ech_person_column column)
{
    if (roster->column[column] == ECH_NONE) {
        return NULL;
    }
    const struct ech_cell *cell = ech_csv_cell(&roster->table, row->row, roster->column[column]);
    return cell->text[0] != '\0' ? cell : NULL;
}

struct ech_mark ech_roster_mark(const struct ech_roster *roster, const struct ech_roster_row *row,
                                enum ech_person_column column)
{
    enum ech_person_column at = roster->column[column] != ECH_NONE ? column : ECH_COLUMN_ID;
    return ech_csv_cell(&roster->table, row->row, roster->column[at])->at;
}

/* The header */

static int find_name(const char *word)
{
    for (int c = 0; c < ECH_N_COLUMNS; c++) {
        if (strcmp(names[c], word) == 0) {
            return c;
        }
    }
    return ECH_NONE;
}

/** Finds the columns; false, with all that is wrong, if one is unknown or a required one missing. */
static bool read_header(struct ech_roster *roster)
{
    struct ech_loading *loading = roster->loading;
    bool good = true;
    for (int c = 0; c < ECH_N_COLUMNS; c++) {
        roster->column[c] = ECH_NONE;
    }
    for (int i = 0; i < roster->table.n_columns; i++) {
        const struct ech_cell *cell = &roster->table.columns[i];
        int column = find_name(cell->text);
        if (column != ECH_NONE) {
            roster->column[column] = i;
            continue;
        }
        struct ech_guess guess = {.word = cell->text};
        for (int c = 0; c < ECH_N_COLUMNS; c++) {
            ech_guess_try(&guess, names[c]);
        }
        good = false;
        ech_fail(loading->error, ECH_ERR_UNKNOWN_NAME,
                 (struct ech_facts){.what = ECH_BOTH("column", "列"),
                                    .value = cell->text,
                                    .hint = ech_guess_hint(&guess, &loading->scratch),
                                    .at = cell->at});
    }
    for (int c = 0; c < N_REQUIRED; c++) {
        if (roster->column[c] == ECH_NONE) {
            ech_csv_column(&roster->table, names[c], loading->error); /* reports it */
            good = false;
        }
    }
    return good;
}

/* The rows */

/** The id must be there, on one line, and nobody else's. */
static void read_id(struct ech_roster *roster, struct ech_roster_row *row, struct ech_names *ids)
{
    struct ech_loading *loading = roster->loading;
    const struct ech_cell *cell =
        ech_csv_cell(&roster->table, row->row, roster->column[ECH_COLUMN_ID]);
    if (!ech_text_is_line(cell->text)) {
        row->bad = true;
        ech_fail(loading->error, ECH_ERR_TYPE,
                 (struct ech_facts){
                     .what = names[ECH_COLUMN_ID],
                     .value = cell->text[0] == '\0' ? ECH_BOTH("empty", "空") : cell->text,
                     .allowed = ECH_BOTH("a line of at most 100 bytes", "一行文字，至多100字节"),
                     .at = cell->at});
        return;
    }
    int number = (int)(row - roster->rows);
    int first = ech_names_add(ids, cell->text, number, &loading->scratch);
    row->person.id = ech_keep(loading, cell->text);
    if (first != number) {
        struct ech_mark at = ech_roster_mark(roster, &roster->rows[first], ECH_COLUMN_ID);
        row->bad = true;
        ech_fail(loading->error, ECH_ERR_DUPLICATE,
                 (struct ech_facts){.what = cell->text,
                                    .value = ech_arena_format(&loading->scratch, "%s:%d:%d",
                                                              at.file, at.line, at.column),
                                    .at = cell->at});
    }
}

static void read_rows(struct ech_roster *roster)
{
    struct ech_loading *loading = roster->loading;
    struct ech_names ids = {0};
    roster->rows =
        ech_arena_array(&loading->scratch, (size_t)roster->table.n_rows, sizeof *roster->rows);
    for (int r = 0; r < roster->table.n_rows; r++) {
        struct ech_roster_row *row = &roster->rows[roster->n];
        if (ech_csv_is_blank(&roster->table, r)) {
            continue;
        }
        *row = (struct ech_roster_row){.row = r, .kind = ECH_NONE};
        read_id(roster, row, &ids);
        roster->n++;
        ech_roster_read(roster, row);
        if (!row->bad) {
            const char *county = loading->scenario->counties[row->person.county].id;
            row->person.key = ech_key_of(
                county, ech_arena_format(&loading->scratch, "person:%s", row->person.id));
        }
    }
}

static int by_county_and_key(const void *a, const void *b)
{
    const struct ech_initial_person *x = a;
    const struct ech_initial_person *y = b;
    if (x->county != y->county) {
        return x->county < y->county ? -1 : 1;
    }
    if ((x->post == ECH_NONE) != (y->post == ECH_NONE)) {
        return x->post != ECH_NONE ? -1 : 1;
    }
    return x->key < y->key ? -1 : x->key > y->key;
}

/** Hands the good rows over to the scenario. */
static void keep_people(struct ech_roster *roster)
{
    struct ech_scenario *scenario = roster->loading->scenario;
    scenario->people =
        ech_arena_array(roster->loading->keep, (size_t)roster->n, sizeof *scenario->people);
    for (int i = 0; i < roster->n; i++) {
        if (!roster->rows[i].bad) {
            scenario->people[scenario->n_people++] = roster->rows[i].person;
        }
    }
    qsort(scenario->people, (size_t)scenario->n_people, sizeof *scenario->people,
          by_county_and_key);
    for (int p = 0; p < scenario->n_people; p++) {
        struct ech_county *county = &scenario->counties[scenario->people[p].county];
        county->first_person = county->n_people == 0 ? p : county->first_person;
        county->n_people++;
    }
}

bool ech_roster_load(struct ech_loading *loading)
{
    const struct ech_node *path =
        ech_child_scalar(ech_child_map(loading->merged, "initial"), "people");
    struct ech_roster roster = {.loading = loading};
    int n_before = loading->error->n_problems;
    if (path == NULL) {
        return true;
    }
    bool whole = ech_table_read(loading, path, PEOPLE_BYTES, &roster.table);
    if ((!whole && !roster.table.uneven) || loading->county_bad || !read_header(&roster)) {
        return false;
    }
    loading->people_path = roster.table.columns[0].at.file;
    read_rows(&roster);
    ech_roster_place(&roster);
    keep_people(&roster);
    return loading->error->n_problems == n_before;
}
