/* Leading posts: from a table, and from what types and units say. */
#include <string.h>

#include "input/csv.h"
#include "input/loading.h"
#include "model/key.h"

enum { POSTS_TABLE_BYTES = 16 * 1024 * 1024 };
enum { BYTES_PER_PLACE = ECH_BYTES_OF_PERSON + 64 }; /* and a post with its name */

/* The table of posts */

enum column { UNIT, KIND, COUNT, N_COLUMNS };
static const char *const column_names[N_COLUMNS] = {"unit", "kind", "count"};

/** Finds the columns; false, with all that is wrong, if one is missing or unknown. */
static bool read_header(struct ech_loading *loading, const struct ech_csv *table,
                        int columns[N_COLUMNS])
{
    bool good = true;
    for (int c = 0; c < N_COLUMNS; c++) {
        columns[c] = ech_csv_column(table, column_names[c], loading->error);
        good &= columns[c] != ECH_NONE;
    }
    for (int i = 0; i < table->n_columns; i++) {
        struct ech_guess guess = {.word = table->columns[i].text};
        bool known = false;
        for (int c = 0; c < N_COLUMNS; c++) {
            known |= columns[c] == i;
            ech_guess_try(&guess, column_names[c]);
        }
        if (!known) {
            good = false;
            ech_fail(loading->error, ECH_ERR_UNKNOWN_NAME,
                     (struct ech_facts){.what = ECH_BOTH("column", "列"),
                                        .value = table->columns[i].text,
                                        .hint = ech_guess_hint(&guess, &loading->scratch),
                                        .at = table->columns[i].at});
        }
    }
    return good;
}

/** Rows by what they speak of, to find what is given twice. */
struct seen {
    struct ech_names rows;
    const struct ech_csv *table;
};

/** True, reported, if an earlier row speaks of this unit and kind. */
static bool is_twice(struct ech_loading *loading, struct seen *seen, const struct ech_cell *unit,
                     const struct ech_cell *kind, int row)
{
    const char *name =
        ech_arena_format(&loading->scratch, "%s" ECH_BOTH_SEPARATOR "%s", unit->text, kind->text);
    int first = ech_names_add(&seen->rows, name, row, &loading->scratch);
    if (first == row) {
        return false;
    }
    const struct ech_mark *at = &ech_csv_cell(seen->table, first, 0)->at;
    ech_fail(loading->error, ECH_ERR_DUPLICATE,
             (struct ech_facts){
                 .what = ech_arena_format(&loading->scratch, "%s/%s", unit->text, kind->text),
                 .value = ech_arena_format(&loading->scratch, "%s:%d", at->file, at->line),
                 .at = kind->at});
    return true;
}

/** The layer of a draft that holds what the table says of it; made with its first row. */
static struct ech_node *layer_of(struct ech_loading *loading, struct ech_draft *draft,
                                 struct ech_node **made, const struct ech_cell *unit)
{
    struct ech_node **node = &made[draft - loading->drafts];
    if (*node == NULL) {
        struct ech_posts_layer *layer = ech_arena_take(&loading->scratch, sizeof *layer);
        *node = ech_arena_take(&loading->scratch, sizeof **node);
        (*node)->kind = ECH_NODE_MAP;
        (*node)->at = unit->at;
        *layer = (struct ech_posts_layer){*node, draft->posts};
        draft->posts = layer;
        draft->quota_entry = *node;
    }
    return *node;
}

static void add_row(struct ech_loading *loading, const struct ech_csv *table,
                    const int columns[N_COLUMNS], int row, struct seen *seen,
                    struct ech_node **made)
{
    static const struct ech_range range = {0, ECH_MOST_PLACES, "posts"};
    const struct ech_cell *unit = ech_csv_cell(table, row, columns[UNIT]);
    const struct ech_cell *kind = ech_csv_cell(table, row, columns[KIND]);
    struct ech_node named = {.kind = ECH_NODE_SCALAR, .text = unit->text, .at = unit->at};
    ech_id u = ech_row_of(loading, &loading->unit_rows, &named, ECH_BOTH("unit", "单位"));
    double n = 0;
    bool good = ech_cell_number(loading, ech_csv_cell(table, row, columns[COUNT]),
                                column_names[COUNT], &range, true, &n);
    bool twice = is_twice(loading, seen, unit, kind, row);
    loading->county_bad |= u == ECH_NONE || !good || twice;
    if (u == ECH_NONE || !good || twice) {
        return;
    }
    struct ech_node *map = layer_of(loading, &loading->drafts[u], made, unit);
    struct ech_node *count = ech_arena_take(&loading->scratch, sizeof *count);
    count->kind = ECH_NODE_SCALAR;
    count->key = kind->text;
    count->key_at = count->at = kind->at;
    count->number = n;
    count->next = map->first;
    map->first = count;
}

void ech_posts_table_load(struct ech_loading *loading)
{
    const struct ech_node *path = ech_child_scalar(loading->merged, "posts_table");
    struct ech_csv table = {0};
    struct seen seen = {.table = &table};
    int columns[N_COLUMNS];
    if (path == NULL) {
        return;
    }
    bool read = ech_table_read(loading, path, POSTS_TABLE_BYTES, &table);
    loading->county_bad |= !read;
    if ((!read && !table.uneven) || !read_header(loading, &table, columns)) {
        loading->county_bad = true;
        return;
    }
    struct ech_node **made =
        ech_arena_array(&loading->scratch, (size_t)loading->n_drafts, sizeof *made);
    for (int row = 0; row < table.n_rows; row++) {
        if (!ech_csv_is_blank(&table, row)) {
            add_row(loading, &table, columns, row, &seen, made);
        }
    }
}

/* Making posts */

/** Counts the posts of a unit by kind into n_of[n_kinds]: for each kind the last entry counts. */
static void count_posts(struct ech_loading *loading, const struct ech_draft *draft, int *n_of)
{
    int n_kinds = loading->scenario->n_kinds;
    for (int k = 0; k < n_kinds; k++) {
        n_of[k] = ECH_NONE;
    }
    for (const struct ech_posts_layer *layer = draft->posts; layer != NULL; layer = layer->below) {
        for (struct ech_node *count = layer->posts->first; count != NULL; count = count->next) {
            ech_id kind = count->bad ? ECH_NONE
                                     : ech_row_of_key(loading, &loading->kind_rows, count,
                                                      ECH_BOTH("kind of posts", "职位种类"));
            count->bad = kind == ECH_NONE; /* reported once */
            loading->county_bad |= count->bad;
            if (kind != ECH_NONE && n_of[kind] == ECH_NONE) {
                n_of[kind] = (int)count->number;
            }
        }
    }
    for (int k = 0; k < n_kinds; k++) {
        n_of[k] = n_of[k] == ECH_NONE ? 0 : n_of[k];
    }
}

/** Counts the posts and places of all units; false if there are too many. */
static bool count_all(struct ech_loading *loading, int *n_of)
{
    struct ech_scenario *scenario = loading->scenario;
    int64_t posts = 0;
    int64_t places = 0;
    for (int u = 0; u < scenario->n_units; u++) {
        struct ech_unit *unit = &scenario->units[u];
        int64_t here = 0;
        count_posts(loading, &loading->drafts[u], n_of);
        for (int k = 0; k < scenario->n_kinds; k++) {
            here += n_of[k];
        }
        posts += here;
        places += (int64_t)unit->establishment[ECH_ADMIN] + unit->establishment[ECH_INSTITUTION];
        unit->n_posts = here <= ECH_MOST_PLACES ? (int)here : 0;
    }
    int64_t most = posts > places ? posts : places;
    if (most > ECH_MOST_PLACES) {
        loading->county_bad = true;
        ech_too_large(loading, ECH_BOTH("the number of places and posts", "编制与职位数"), most,
                      ECH_MOST_PLACES, BYTES_PER_PLACE, loading->drafts[0].entry->at);
        return false;
    }
    scenario->n_posts = (int)posts;
    return true;
}

static void make_posts_of(struct ech_loading *loading, ech_id u, const int *n_of, int next)
{
    struct ech_scenario *scenario = loading->scenario;
    const struct ech_unit *unit = &scenario->units[u];
    const char *county = unit->county != ECH_NONE ? scenario->counties[unit->county].id : "";
    for (ech_id k = 0; k < scenario->n_kinds; k++) {
        for (int i = 1; i <= n_of[k]; i++) {
            const char *id =
                ech_arena_format(loading->keep, "%s/%s/%d", unit->id, scenario->kinds[k].id, i);
            ech_key key = ech_key_of(county, id); /* with its ordinal, so that it never changes */
            if (n_of[k] == 1) {
                id = ech_arena_format(loading->keep, "%s/%s", unit->id, scenario->kinds[k].id);
            }
            scenario->posts[next++] = (struct ech_post){id, key, u, k};
        }
    }
}

static void make_posts(struct ech_loading *loading, int *n_of)
{
    struct ech_scenario *scenario = loading->scenario;
    int next = 0;
    scenario->posts =
        ech_arena_array(loading->keep, (size_t)scenario->n_posts, sizeof *scenario->posts);
    for (ech_id u = 0; u < scenario->n_units; u++) {
        struct ech_unit *unit = &scenario->units[u];
        unit->first_post = next;
        count_posts(loading, &loading->drafts[u], n_of);
        make_posts_of(loading, u, n_of, next);
        next += unit->n_posts;
        if (unit->county != ECH_NONE) {
            struct ech_county *county = &scenario->counties[unit->county];
            county->first_post = county->n_posts == 0 ? unit->first_post : county->first_post;
            county->n_posts += unit->n_posts;
        }
    }
}

bool ech_posts_make(struct ech_loading *loading)
{
    int *n_of =
        ech_arena_array(&loading->scratch, (size_t)loading->scenario->n_kinds, sizeof *n_of);
    if (!count_all(loading, n_of)) {
        return false;
    }
    make_posts(loading, n_of);
    return true;
}
