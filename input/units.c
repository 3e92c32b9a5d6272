/* Units: made of their drafts, sorted, and given their posts. */
#include <stdlib.h>
#include <string.h>

#include "input/loading.h"
#include "model/key.h"

static struct ech_words words_of(struct ech_loading *loading, const struct ech_draft *draft,
                                 const char *id)
{
    struct ech_words words = ech_keep_words(loading, draft->title, id);
    if (draft->title == NULL || draft->title_number == ECH_NONE) {
        return words;
    }
    words.text[ECH_LANG_EN] =
        ech_arena_format(loading->keep, "%s %d", words.text[ECH_LANG_EN], draft->title_number);
    words.text[ECH_LANG_ZH] =
        ech_arena_format(loading->keep, "%s%d", words.text[ECH_LANG_ZH], draft->title_number);
    return words;
}

static ech_id type_of(struct ech_loading *loading, struct ech_draft *draft,
                      const struct ech_node **reported)
{
    if (draft->type == NULL && *reported != draft->entry) {
        *reported = draft->entry; /* once for all units of an entry */
        ech_missing(loading, "type", draft->id, draft->entry->at);
    }
    return draft->type == NULL
               ? ECH_NONE
               : ech_row_of(loading, &loading->type_rows, draft->type, ECH_WORD_TYPE);
}

static ech_id county_of(struct ech_loading *loading, struct ech_draft *draft,
                        const struct ech_node **reported)
{
    if (draft->county != NULL) {
        return ech_row_of(loading, &loading->county_rows, draft->county,
                          ECH_BOTH("county", "县（区）"));
    }
    if (loading->scenario->n_counties > 1 && *reported != draft->entry) {
        *reported = draft->entry;
        ech_missing(loading, "county", draft->id, draft->entry->at);
    }
    return loading->scenario->n_counties == 1 ? 0 : ECH_NONE;
}

/** Makes the units in the order of the drafts; n_posts is filled, first_post not yet. */
static void make_units(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *reported_type = NULL;
    const struct ech_node *reported_county = NULL;
    scenario->n_units = loading->n_drafts;
    scenario->units = ech_arena_array(&loading->scratch, (size_t)scenario->n_units,
                                      sizeof *scenario->units); /* kept when they are sorted */
    for (int u = 0; u < scenario->n_units; u++) {
        struct ech_draft *draft = &loading->drafts[u];
        struct ech_unit *unit = &scenario->units[u];
        unit->id = ech_keep(loading, draft->id);
        unit->title = words_of(loading, draft, unit->id);
        unit->type = type_of(loading, draft, &reported_type);
        unit->county = county_of(loading, draft, &reported_county);
        unit->remoteness = draft->value[ECH_DRAFT_REMOTENESS];
        unit->development = draft->value[ECH_DRAFT_DEVELOPMENT];
        unit->workload = draft->value[ECH_DRAFT_WORKLOAD];
        unit->accountability = draft->value[ECH_DRAFT_ACCOUNTABILITY];
        unit->free = draft->free;
        unit->specialties = draft->specialties;
        memcpy(unit->establishment, draft->establishment, sizeof unit->establishment);
        loading->county_bad |= unit->type == ECH_NONE || unit->county == ECH_NONE;
    }
}

/** What units are sorted by, and where they stood. */
struct place {
    ech_id county;
    const char *id;
    int row;
};

static int by_county_and_id(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;
    return x->county != y->county ? (x->county > y->county) - (x->county < y->county)
                                  : strcmp(x->id, y->id);
}

/** Sorts the units and their drafts alike, and numbers their names anew. */
static void sort_units(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    size_t n = (size_t)scenario->n_units;
    struct place *places = ech_arena_array(&loading->scratch, n, sizeof *places);
    struct ech_unit *units = ech_arena_array(loading->keep, n, sizeof *units);
    struct ech_draft *drafts = ech_arena_array(&loading->scratch, n, sizeof *drafts);
    for (size_t u = 0; u < n; u++) {
        places[u] = (struct place){scenario->units[u].county, scenario->units[u].id, (int)u};
    }
    qsort(places, n, sizeof *places, by_county_and_id);
    memset(&loading->unit_rows, 0, sizeof loading->unit_rows);
    for (size_t u = 0; u < n; u++) {
        units[u] = scenario->units[places[u].row];
        drafts[u] = loading->drafts[places[u].row];
        ech_names_add(&loading->unit_rows, units[u].id, (int)u, &loading->scratch);
    }
    scenario->units = units;
    loading->drafts = drafts;
}

static void number_units(struct ech_scenario *scenario)
{
    for (int u = 0; u < scenario->n_units; u++) {
        struct ech_unit *unit = &scenario->units[u];
        if (unit->county == ECH_NONE) {
            continue;
        }
        struct ech_county *county = &scenario->counties[unit->county];
        unit->key = ech_key_of(county->id, unit->id);
        county->first_unit = county->n_units == 0 ? u : county->first_unit;
        county->n_units++;
    }
}

/** Counties, types and units share the column `group` of exports. */
static void check_ids(struct ech_loading *loading)
{
    const struct ech_scenario *scenario = loading->scenario;
    for (int u = 0; u < scenario->n_units; u++) {
        const char *id = scenario->units[u].id;
        bool type = ech_names_find(&loading->type_rows, id) != ECH_NONE;
        bool county = ech_names_find(&loading->county_rows, id) != ECH_NONE;
        if (type || county) {
            ech_fail(loading->error, ECH_ERR_CONFLICT,
                     (struct ech_facts){
                         .what = ech_arena_format(&loading->scratch,
                                                  ECH_BOTH("unit '%s'", "单位 '%s'"), id, id),
                         .value = type ? ECH_BOTH("a type of that id", "同名类型")
                                       : ECH_BOTH("a county of that id", "同名县（区）"),
                         .hint = ECH_BOTH("both would be one group in exports",
                                          "二者在导出中会成为同一组"),
                         .at = loading->drafts[u].entry->at});
        }
    }
    for (int t = 0; t < scenario->n_types; t++) {
        if (ech_names_find(&loading->county_rows, scenario->types[t].id) != ECH_NONE) {
            const struct ech_node *types = ech_node_child(loading->merged, "types");
            ech_fail(loading->error, ECH_ERR_CONFLICT,
                     (struct ech_facts){.what = scenario->types[t].id,
                                        .value = ECH_BOTH("a county of that id", "同名县（区）"),
                                        .hint = ECH_BOTH("both would be one group in exports",
                                                         "二者在导出中会成为同一组"),
                                        .at = types->at});
        }
    }
}

void ech_units_load(struct ech_loading *loading)
{
    ech_drafts_make(loading);
    make_units(loading);
    sort_units(loading);
    number_units(loading->scenario);
    check_ids(loading);
    if (loading->n_drafts > 0) {
        ech_posts_make(loading);
    }
}
