/* How two settings that meet are named, refused and remarked. */
#include "input/pairs.h"

#include <string.h>

/** The assignment behind one of two settings, or NULL. */
static const struct ech_assignment *by_of(const struct ech_draft_set *set, enum ech_param_id id)
{
    return id < ECH_N_PARAMS ? set->by[id] : NULL;
}

struct ech_mark ech_pair_later(const struct ech_loading *loading, const struct ech_assignment *a,
                               const struct ech_assignment *b)
{
    if (a != NULL && b != NULL) {
        return a->order > b->order ? a->at : b->at;
    }
    const struct ech_document *first = loading->documents.rows[loading->documents.n - 1];
    return a != NULL ? a->at : b != NULL ? b->at : (struct ech_mark){first->file.path, 0, 0};
}

bool ech_pair_is_meant(const struct ech_assignment *by, const struct ech_assignment *other)
{
    return other != NULL && other->order > by->order && strcmp(other->at.file, by->at.file) != 0;
}

const char *ech_pair_said(struct ech_loading *loading, const struct ech_draft_set *set,
                          enum ech_param_id id)
{
    struct ech_arena *arena = &loading->scratch;
    if (id == ECH_PAIR_LENGTH) {
        return ech_arena_format(arena, "%s: %s", loading->length->key, loading->length->text);
    }
    const struct ech_param_row *row = &ech_param_rows[id];
    struct ech_assignment silent = ech_assign_default(row, arena);
    const struct ech_assignment *by = set->by[id] != NULL ? set->by[id] : &silent;
    char path[128];
    ech_param_path(row, path, sizeof path);
    return ech_arena_format(arena, "%s: %s", path, ech_assign_text(by, arena));
}

void ech_pair_contradict_fact(struct ech_loading *loading, const struct ech_draft_set *set,
                              enum ech_param_id a, const char *fact, const char *hint)
{
    ech_fail(loading->error, ECH_ERR_CONFLICT,
             (struct ech_facts){.what = ech_pair_said(loading, set, a),
                                .value = fact,
                                .hint = hint,
                                .at = ech_pair_later(loading, set->by[a], NULL)});
}

void ech_pair_contradict(struct ech_loading *loading, const struct ech_draft_set *set,
                         enum ech_param_id a, enum ech_param_id b, const char *hint)
{
    ech_fail(loading->error, ECH_ERR_CONFLICT,
             (struct ech_facts){.what = ech_pair_said(loading, set, a),
                                .value = ech_pair_said(loading, set, b),
                                .hint = hint,
                                .at = ech_pair_later(loading, set->by[a], by_of(set, b))});
}

void ech_pair_remark(struct ech_loading *loading, const struct ech_draft_set *set,
                     enum ech_param_id a, enum ech_param_id b, const char *words)
{
    const char *x = ech_pair_said(loading, set, a);
    const char *y = ech_pair_said(loading, set, b);
    int en_length = (int)strcspn(words, ECH_BOTH_SEPARATOR);
    ech_remark(loading, ech_pair_later(loading, set->by[a], by_of(set, b)),
               ech_arena_format(&loading->scratch, ECH_BOTH("%s, %s: %.*s", "%s，%s：%s"), x, y,
                                en_length, words, x, y, words + en_length + 1));
}

static const struct ech_stage *look_at_county(struct ech_loading *loading)
{
    const struct ech_scenario *scenario = loading->scenario;
    struct ech_stage *stage = ech_arena_take(&loading->scratch, sizeof *stage);
    for (ech_id u = 0; u < scenario->n_units; u++) {
        stage->places += (double)scenario->units[u].establishment[ECH_ADMIN] / scenario->n_counties;
        stage->free_units |= scenario->units[u].free;
    }
    stage->posts = (double)scenario->n_posts / scenario->n_counties;
    for (ech_id post = 0; post < scenario->n_posts; post++) {
        const struct ech_post_kind *kind = &scenario->kinds[scenario->posts[post].kind];
        stage->terms |= kind->term_bound;
        stage->higher_posts |= kind->level != scenario->kinds[scenario->posts[0].kind].level;
    }
    return stage;
}

/** The stage of a set; nothing is said of a county that is wrong. */
static struct ech_stage stage_of(struct ech_loading *loading, const struct ech_draft_set *set)
{
    if (loading->stage == NULL && !loading->county_bad) {
        loading->stage = look_at_county(loading);
    }
    struct ech_stage stage = {0};
    if (loading->stage != NULL) {
        stage = *loading->stage;
    }
    stage.from_month = set->from_month;
    stage.n_months = loading->scenario->n_months - set->from_month;
    stage.start_month = loading->scenario->start_month + set->from_month;
    return stage;
}

void ech_pairs_check(struct ech_loading *loading, const struct ech_draft_set *set,
                     const struct ech_pair *pairs, size_t n)
{
    const struct ech_params *params = &set->params;
    const struct ech_stage stage = stage_of(loading, set);
    for (size_t i = 0; i < n; i++) {
        const struct ech_pair *pair = &pairs[i];
        bool meets = pair->meets != NULL ? pair->meets(params) : pair->meets_there(params, &stage);
        if (!meets) {
            continue;
        }
        if (pair->certain != NULL && set->from_month == 0 && pair->certain(params)) {
            ech_pair_contradict(loading, set, pair->a, pair->b, pair->words);
        } else {
            ech_pair_remark(loading, set, pair->a, pair->b, pair->words);
        }
    }
}
