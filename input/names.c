#include "input/names.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "model/error.h"
#include "model/key.h"

/* The index: open addressing with a table at most half full. */

static int slot_of(const struct ech_names *names, const char *name)
{
    int mask = names->n_slots - 1;
    int slot = (int)(ech_key_of(name, NULL) & (ech_key)mask);
    while (names->name[slot] != NULL && strcmp(names->name[slot], name) != 0) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

int ech_names_find(const struct ech_names *names, const char *name)
{
    if (names->n_slots == 0) {
        return -1;
    }
    int slot = slot_of(names, name);
    return names->name[slot] != NULL ? names->number[slot] : -1;
}

static void grow(struct ech_names *names, struct ech_arena *arena)
{
    struct ech_names larger = {.n_slots = names->n_slots > 0 ? 2 * names->n_slots : 16,
                               .n = names->n};
    larger.name = ech_arena_array(arena, (size_t)larger.n_slots, sizeof *larger.name);
    larger.number = ech_arena_array(arena, (size_t)larger.n_slots, sizeof *larger.number);
    for (int i = 0; i < names->n_slots; i++) {
        if (names->name[i] != NULL) {
            int slot = slot_of(&larger, names->name[i]);
            larger.name[slot] = names->name[i];
            larger.number[slot] = names->number[i];
        }
    }
    *names = larger;
}

int ech_names_add(struct ech_names *names, const char *name, int number, struct ech_arena *arena)
{
    if (2 * (names->n + 1) > names->n_slots) {
        grow(names, arena);
    }
    int slot = slot_of(names, name);
    if (names->name[slot] == NULL) {
        names->name[slot] = name;
        names->number[slot] = number;
        names->n++;
    }
    return names->number[slot];
}

/* Did you mean */

enum { LONGEST_WORD = 64 };

static int min3(int a, int b, int c)
{
    int least = a < b ? a : b;
    return least < c ? least : c;
}

/** Edit distance with swaps of neighbours; words longer than LONGEST_WORD are never near. */
static int distance(const char *a, const char *b)
{
    int n = (int)strnlen(a, LONGEST_WORD + 1);
    int m = (int)strnlen(b, LONGEST_WORD + 1);
    if (n > LONGEST_WORD || m > LONGEST_WORD) {
        return INT_MAX;
    }
    int rows[3][LONGEST_WORD + 1]; /* the last three rows of the table */
    for (int j = 0; j <= m; j++) {
        rows[0][j] = j;
    }
    for (int i = 1; i <= n; i++) {
        int *row = rows[i % 3];
        const int *last = rows[(i + 2) % 3];
        const int *before = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            row[j] = min3(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = min3(row[j], before[j - 2] + 1, row[j]);
            }
        }
    }
    return rows[n % 3][m];
}

void ech_guess_try(struct ech_guess *guess, const char *candidate)
{
    int length = (int)strnlen(guess->word, LONGEST_WORD + 1);
    int reach = length <= 5 ? 1 : length / 3 + 1; /* most slips that are still a guess */
    int near = distance(guess->word, candidate);
    bool begun = length >= 3 && strncmp(guess->word, candidate, (size_t)length) == 0;
    int rank = begun ? near : near + LONGEST_WORD; /* a word cut short is meant before a slip */
    if (near > 0 && (near <= reach || begun) && near < (int)strlen(candidate) &&
        (guess->best == NULL || rank < guess->rank)) {
        guess->best = candidate;
        guess->rank = rank;
    }
}

const char *ech_guess_hint(const struct ech_guess *guess, struct ech_arena *arena)
{
    if (guess->best == NULL) {
        return NULL;
    }
    return ech_arena_format(arena, ECH_BOTH("did you mean '%s'?", "是否应为 '%s'？"), guess->best,
                            guess->best);
}
