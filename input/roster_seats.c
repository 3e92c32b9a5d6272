/* Who of the people given one by one gets which post, and whether there are places for all. */
#include <stdlib.h>

#include "input/roster.h"

static struct ech_roster_row **sorted_rows(const struct ech_roster *roster,
                                           int (*compare)(const void *, const void *), int *n)
{
    struct ech_roster_row **rows =
        ech_arena_array(&roster->loading->scratch, (size_t)roster->n, sizeof *rows);
    *n = 0;
    for (int i = 0; i < roster->n; i++) {
        if (!roster->rows[i].bad) {
            rows[(*n)++] = &roster->rows[i];
        }
    }
    qsort(rows, (size_t)*n, sizeof(struct ech_roster_row *), compare);
    return rows;
}

static int by_key(const void *a, const void *b)
{
    const struct ech_roster_row *x = *(struct ech_roster_row *const *)a;
    const struct ech_roster_row *y = *(struct ech_roster_row *const *)b;
    return x->person.key < y->person.key ? -1 : x->person.key > y->person.key;
}

static const char *place_text(const struct ech_roster *roster, const struct ech_roster_row *row)
{
    struct ech_mark at = ech_roster_mark(roster, row, ECH_COLUMN_ID);
    return ech_arena_format(&roster->loading->scratch, "%s:%d:%d", at.file, at.line, at.column);
}

/* Posts given by their id: one holder each. */
static void take_named_posts(struct ech_roster *roster, struct ech_roster_row **holder)
{
    struct ech_loading *loading = roster->loading;
    for (int i = 0; i < roster->n; i++) {
        struct ech_roster_row *row = &roster->rows[i];
        ech_id post = row->person.post;
        if (row->bad || post == ECH_NONE) {
            continue;
        }
        if (holder[post] == NULL) {
            holder[post] = row;
            continue;
        }
        const char *id = loading->scenario->posts[post].id;
        const char *first = place_text(roster, holder[post]);
        row->bad = true;
        ech_fail(
            loading->error, ECH_ERR_CONFLICT,
            (struct ech_facts){.what = ech_arena_format(&loading->scratch,
                                                        ECH_BOTH("'%s' in %s", "'%s' 任 %s"),
                                                        row->person.id, id, row->person.id, id),
                               .value = ech_arena_format(&loading->scratch, "'%s' (%s)",
                                                         holder[post]->person.id, first),
                               .hint = ECH_BOTH("a post has one holder", "一个职位只能由一人担任"),
                               .at = ech_roster_mark(roster, row, ECH_COLUMN_POST)});
    }
}

/** The first post of a kind in a unit that nobody holds, or ECH_NONE. */
static ech_id free_post(const struct ech_scenario *scenario, const struct ech_roster_row *row,
                        struct ech_roster_row *const *holder)
{
    const struct ech_unit *unit = &scenario->units[row->person.unit];
    for (ech_id post = unit->first_post; post < unit->first_post + unit->n_posts; post++) {
        if (scenario->posts[post].kind == row->kind && holder[post] == NULL) {
            return post;
        }
    }
    return ECH_NONE;
}

static int n_posts_of_kind(const struct ech_scenario *scenario, const struct ech_roster_row *row)
{
    const struct ech_unit *unit = &scenario->units[row->person.unit];
    int n = 0;
    for (ech_id post = unit->first_post; post < unit->first_post + unit->n_posts; post++) {
        n += scenario->posts[post].kind == row->kind;
    }
    return n;
}

/* Posts given by their kind: what is left, in the order of keys, so that rows may stand in any order. */
static void take_posts_by_kind(struct ech_roster *roster, struct ech_roster_row **holder)
{
    struct ech_loading *loading = roster->loading;
    const struct ech_scenario *scenario = loading->scenario;
    int n = 0;
    struct ech_roster_row **rows = sorted_rows(roster, by_key, &n);
    for (int i = 0; i < n; i++) {
        struct ech_roster_row *row = rows[i];
        if (row->kind == ECH_NONE || row->person.post != ECH_NONE) {
            continue;
        }
        row->person.post = free_post(scenario, row, holder);
        if (row->person.post != ECH_NONE) {
            holder[row->person.post] = row;
            continue;
        }
        const char *unit = scenario->units[row->person.unit].id;
        const char *kind = scenario->kinds[row->kind].id;
        int posts = n_posts_of_kind(scenario, row);
        row->bad = true;
        ech_fail(
            loading->error, ECH_ERR_CONFLICT,
            (struct ech_facts){
                .what = ech_arena_format(&loading->scratch,
                                         ECH_BOTH("'%s' as %s in %s", "'%s' 任 %s（%s）"),
                                         row->person.id, kind, unit, row->person.id, kind, unit),
                .value = ech_arena_format(
                    &loading->scratch,
                    ECH_BOTH("%d posts of that kind there", "该单位此类职位 %d 个"), posts, posts),
                .hint = ECH_BOTH("all of them have a holder", "均已有人担任"),
                .at = ech_roster_mark(roster, row, ECH_COLUMN_POST)});
    }
}

/** Counts somebody in his unit; false when there is no place left for him. */
static bool count_seat(const struct ech_scenario *scenario, const struct ech_initial_person *person,
                       struct ech_seated *seated)
{
    const struct ech_unit *unit = &scenario->units[person->unit];
    if (person->post != ECH_NONE) {
        seated->leaders++;
        return true;
    }
    seated->staff[person->track]++;
    int leaders = person->track == ECH_ADMIN ? seated->leaders : 0;
    return seated->staff[person->track] + leaders <= unit->establishment[person->track];
}

/* Everybody holds a place: leaders first, whose posts are within the establishment. */
static void count_seats(struct ech_roster *roster)
{
    struct ech_loading *loading = roster->loading;
    const struct ech_scenario *scenario = loading->scenario;
    for (int leaders = 1; leaders >= 0; leaders--) {
        for (int i = 0; i < roster->n; i++) {
            struct ech_roster_row *row = &roster->rows[i];
            const struct ech_initial_person *person = &row->person;
            if (row->bad || (person->post != ECH_NONE) != leaders ||
                count_seat(scenario, person, &loading->seated[person->unit])) {
                continue;
            }
            const struct ech_unit *unit = &scenario->units[person->unit];
            const char *track = ech_track_names[person->track];
            int places = unit->establishment[person->track];
            row->bad = true;
            loading->seated[person->unit].staff[person->track]--;
            ech_fail(loading->error, ECH_ERR_CONFLICT,
                     (struct ech_facts){.what = ech_arena_format(
                                            &loading->scratch, ECH_BOTH("'%s' in %s", "'%s' 在 %s"),
                                            person->id, unit->id, person->id, unit->id),
                                        .value = ech_arena_format(
                                            &loading->scratch,
                                            ECH_BOTH("%d places (%s) there", "编制 %d 个（%s）"),
                                            places, track, places, track),
                                        .hint = ECH_BOTH("others in this file hold all of them",
                                                         "已被此文件中的其他人占满"),
                                        .at = ech_roster_mark(roster, row, ECH_COLUMN_ID)});
        }
    }
}

void ech_roster_place(struct ech_roster *roster)
{
    struct ech_loading *loading = roster->loading;
    struct ech_roster_row **holder =
        ech_arena_array(&loading->scratch, (size_t)loading->scenario->n_posts, sizeof *holder);
    loading->seated = ech_arena_array(&loading->scratch, (size_t)loading->scenario->n_units,
                                      sizeof *loading->seated);
    take_named_posts(roster, holder);
    take_posts_by_kind(roster, holder);
    count_seats(roster);
}
