#include "model/error.h"

#include <stdbool.h>
#include <string.h>

struct error_row {
    const char *name;
    enum ech_status status;
    const char *text[ECH_N_LANGS];
};

static const struct error_row rows[ECH_N_ERRORS] = {
#define ERROR(code, status, en, zh) {#code, ECH_##status, {en, zh}},
#include "model/errors.def"
#undef ERROR
};

enum ech_status ech_error_status(enum ech_error_code code)
{
    return rows[code].status;
}

const char *ech_error_name(enum ech_error_code code)
{
    return rows[code].name;
}

enum ech_status ech_status_worse(enum ech_status a, enum ech_status b)
{
    return a > b ? a : b; /* the numbers are in this order */
}

/* Recording */

/** Copies *text in place; false when there is no memory, *text is NULL then. */
static bool own(const char **text)
{
    if (*text == NULL) {
        return true;
    }
    size_t size = strlen(*text) + 1;
    char *copy = malloc(size);
    if (copy != NULL) {
        memcpy(copy, *text, size);
    }
    *text = copy;
    return copy != NULL;
}

static void free_facts(struct ech_facts *facts)
{
    const char *const owned[] = {facts->what, facts->value, facts->allowed,
                                 facts->unit, facts->hint,  facts->at.file};
    for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++) {
        union {
            const char *given;
            char *taken;
        } text = {owned[i]}; /* ours since own() */
        free(text.taken);
    }
    memset(facts, 0, sizeof *facts);
}

/** Makes room for one more problem. */
static bool grow(struct ech_error *error)
{
    if (error->n_problems < error->capacity) {
        return true;
    }
    int capacity = error->capacity > 0 ? 2 * error->capacity : 8;
    struct ech_problem *larger =
        realloc(error->problems, (size_t)capacity * sizeof *error->problems);
    if (larger == NULL) {
        return false;
    }
    error->problems = larger;
    error->capacity = capacity;
    return true;
}

enum ech_status ech_fail(struct ech_error *error, enum ech_error_code code, struct ech_facts facts)
{
    if (error == NULL) {
        return ech_error_status(code);
    }
    if (!grow(error)) {
        error->out_of_memory = 1;
        return ECH_MEMORY;
    }
    bool owned = own(&facts.what);
    owned &= own(&facts.value);
    owned &= own(&facts.allowed);
    owned &= own(&facts.unit);
    owned &= own(&facts.hint);
    owned &= own(&facts.at.file);
    if (!owned) {
        free_facts(&facts);
        error->out_of_memory = 1;
        return ECH_MEMORY;
    }
    error->problems[error->n_problems++] = (struct ech_problem){code, facts};
    return ech_error_status(code);
}

void ech_error_free(struct ech_error *error)
{
    for (int i = 0; i < error->n_problems; i++) {
        free_facts(&error->problems[i].facts);
    }
    free(error->problems);
    memset(error, 0, sizeof *error);
}

/* Words */

/** Text under construction: `length` counts on beyond `size`. */
struct out {
    char *text;
    size_t size;
    size_t length;
};

static void put(struct out *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++, out->length++) {
        if (out->length + 1 < out->size) {
            out->text[out->length] = text[i];
        }
    }
}

/** Puts a fact; control characters of the user's text must not reach a terminal. */
static void put_fact(struct out *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20 || byte == 0x7f) {
            char escaped[8];
            put(out, escaped, (size_t)snprintf(escaped, sizeof escaped, "\\x%02X", byte));
        } else {
            put(out, &text[i], 1);
        }
    }
}

/** The part of a fact that is in this language, and its length. */
static const char *in_language(const char *fact, enum ech_lang lang, size_t *length)
{
    const char *split = strchr(fact, ECH_BOTH_SEPARATOR[0]);
    if (split == NULL) {
        *length = strlen(fact);
        return fact;
    }
    *length = lang == ECH_LANG_EN ? (size_t)(split - fact) : strlen(split + 1);
    return lang == ECH_LANG_EN ? fact : split + 1;
}

/** The fact that the placeholder at `text` ("{what}...") names, and the length of the placeholder. */
static const char *fact_at(const struct ech_facts *facts, const char *text, size_t *length)
{
    const struct {
        const char *name;
        const char *fact;
    } places[] = {{"{what}", facts->what},
                  {"{value}", facts->value},
                  {"{allowed}", facts->allowed},
                  {"{unit}", facts->unit},
                  {"{hint}", facts->hint}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        size_t n = strlen(places[i].name);
        if (strncmp(text, places[i].name, n) == 0) {
            *length = n;
            return places[i].fact != NULL ? places[i].fact : "";
        }
    }
    *length = 0;
    return "";
}

/** Length of the separator that ends at text[length] and is dropped before an empty fact. */
static size_t separator_before(const char *text, size_t length)
{
    static const char *const separators[] = {"; ", ": ", "；", "：", " "};
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        size_t n = strlen(separators[i]);
        if (n <= length && memcmp(text + length - n, separators[i], n) == 0) {
            return n;
        }
    }
    return 0;
}

/** Puts a template; a placeholder without a fact goes together with the separator before it. */
static void put_words(struct out *out, const char *words, const struct ech_facts *facts,
                      enum ech_lang lang)
{
    size_t done = 0;
    for (size_t i = 0; words[i] != '\0';) {
        size_t skip = 0;
        size_t length = 0;
        const char *fact = words[i] == '{' ? fact_at(facts, words + i, &skip) : "";
        if (skip == 0) {
            i++;
            continue;
        }
        fact = in_language(fact, lang, &length);
        size_t dropped = length == 0 ? separator_before(words + done, i - done) : 0;
        put(out, words + done, i - done - dropped);
        put_fact(out, fact, length);
        i += skip;
        done = i;
    }
    put(out, words + done, strlen(words + done));
}

/** Ends the text, cut before a character that does not fit whole. */
static void terminate(struct out *out)
{
    if (out->size == 0) {
        return;
    }
    size_t end = out->length < out->size - 1 ? out->length : out->size - 1;
    if (out->length > end) {
        size_t start = end;
        while (start > 0 && ((unsigned char)out->text[start - 1] & 0xC0) == 0x80) {
            start--;
        }
        unsigned char lead = start > 0 ? (unsigned char)out->text[start - 1] : 0;
        size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        if (need > 1 && start - 1 + need > end) {
            end = start - 1;
        }
    }
    out->text[end] = '\0';
}

size_t ech_error_text(const struct ech_problem *problem, enum ech_lang lang, char *text,
                      size_t size)
{
    struct out out = {text, size, 0};
    const struct ech_mark *at = &problem->facts.at;
    if (at->file != NULL) {
        char place[64] = ": ";
        put_fact(&out, at->file, strlen(at->file));
        if (at->line > 0) {
            snprintf(place, sizeof place, ":%d:%d: ", at->line, at->column);
        }
        put(&out, place, strlen(place));
    }
    put_words(&out, rows[problem->code].text[lang], &problem->facts, lang);
    terminate(&out);
    return out.length;
}
