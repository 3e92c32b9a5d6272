#include "input/tree.h"

#include <ctype.h>
#include <string.h>
#include <yaml.h>

#include "input/encoding.h"
#include "input/names.h"

/** An open list or map; of a map the key that waits for its value. */
struct open_node {
    struct ech_node *node; /* NULL: the document */
    bool has_key;
    const char *key; /* NULL with has_key: the key was refused, its value is dropped */
    struct ech_mark key_at;
};

struct parse {
    const struct ech_file *file;
    size_t skip; /* length of the byte order mark */
    struct ech_arena *arena;
    struct ech_error *error;
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    struct open_node open[ECH_TREE_DEPTH + 1];
    int depth;
    int n_nodes;
    int n_documents;
    struct ech_tree tree;
    bool stop;
};

static struct ech_mark mark_at(const struct parse *parse, yaml_mark_t at)
{
    return (struct ech_mark){parse->file->path, (int)at.line + 1, (int)at.column + 1};
}

static void refuse(struct parse *parse, const char *what, struct ech_mark at)
{
    ech_fail(parse->error, ECH_ERR_YAML_FEATURE, (struct ech_facts){.what = what, .at = at});
}

/* Full-width colons: typed with a Chinese keyboard they look right and mean nothing to YAML. */

const char *ech_full_width_colon(const char *text)
{
    const char *colon = strstr(text, "：");
    while (colon != NULL && (colon == text || !isalnum((unsigned char)colon[-1]))) {
        colon = strstr(colon + 1, "：");
    }
    return colon;
}

void ech_fail_full_width(struct ech_error *error, struct ech_mark at)
{
    ech_fail(error, ECH_ERR_YAML_FEATURE,
             (struct ech_facts){.what = ECH_BOTH("the full-width colon '：' (write ': ')",
                                                 "全角冒号“：”（请用半角冒号加空格）"),
                                .at = at});
}

/** Looks for a full-width colon in lines from..to (counted from 0); true if one was reported. */
static bool full_width_in_lines(struct parse *parse, size_t from, size_t to)
{
    const char *text = parse->file->bytes + parse->skip;
    size_t line = 0;
    for (const char *start = text; start != NULL && line <= to; line++) {
        const char *end = strchr(start, '\n');
        size_t length = end != NULL ? (size_t)(end - start) : strlen(start);
        const char *copy = line >= from ? ech_arena_text(parse->arena, start, length) : "";
        const char *colon = ech_full_width_colon(copy);
        if (colon != NULL) {
            struct ech_place place = ech_place_of(copy, (size_t)(colon - copy));
            ech_fail_full_width(parse->error,
                                (struct ech_mark){parse->file->path, (int)line + 1, place.column});
            return true;
        }
        start = end != NULL ? end + 1 : NULL;
    }
    return false;
}

static void syntax_error(struct parse *parse)
{
    const yaml_parser_t *parser = &parse->parser;
    parse->tree.broken = true;
    parse->stop = true;
    if (parser->error == YAML_MEMORY_ERROR) {
        longjmp(*parse->arena->out_of_memory, 1);
    }
    size_t from = parser->context != NULL ? parser->context_mark.line : parser->problem_mark.line;
    from = from > 0 && from == parser->problem_mark.line ? from - 1 : from;
    if (full_width_in_lines(parse, from, parser->problem_mark.line)) {
        return;
    }
    const char *problem = parser->problem != NULL ? parser->problem : "unreadable";
    const char *value = parser->context == NULL
                            ? problem
                            : ech_arena_format(parse->arena, "%s, line %zu: %s", parser->context,
                                               parser->context_mark.line + 1, problem);
    ech_fail(parse->error, ECH_ERR_SYNTAX,
             (struct ech_facts){
                 .what = "YAML", .value = value, .at = mark_at(parse, parser->problem_mark)});
}

/* Building the tree */

/** A new node, or NULL when there are too many. */
static struct ech_node *new_node(struct parse *parse, enum ech_node_kind kind)
{
    struct ech_mark at = mark_at(parse, parse->event.start_mark);
    if (parse->n_nodes == ECH_TREE_NODES) {
        ech_fail(parse->error, ECH_ERR_TOO_LARGE,
                 (struct ech_facts){
                     .what = ECH_BOTH("the number of values in the file", "文件中的值的数量"),
                     .value = "> 100000",
                     .allowed = "100000",
                     .at = at});
        parse->stop = true;
        parse->tree.broken = true;
        return NULL;
    }
    parse->n_nodes++;
    struct ech_node *node = ech_arena_take(parse->arena, sizeof *node);
    node->kind = kind;
    node->at = at;
    return node;
}

/** Puts a finished or opened node into what is open; a scalar may become the key of a map. */
static void attach(struct parse *parse, struct ech_node *node)
{
    struct open_node *open = &parse->open[parse->depth];
    if (open->node == NULL) {
        parse->tree.root = node;
        return;
    }
    if (open->node->kind == ECH_NODE_MAP && !open->has_key) {
        open->has_key = true;
        open->key = node->text;
        open->key_at = node->at;
        if (node->text == NULL) {
            refuse(parse, ECH_BOTH("a key that is not a word", "不是单词的键"), node->at);
        }
        return;
    }
    bool dropped = open->node->kind == ECH_NODE_MAP && open->key == NULL;
    open->has_key = false;
    if (dropped) {
        return;
    }
    if (open->node->kind == ECH_NODE_MAP) {
        node->key = open->key;
        node->key_at = open->key_at;
    }
    struct ech_node **place =
        open->node->last != NULL ? &open->node->last->next : &open->node->first;
    *place = node;
    open->node->last = node;
    open->node->n++;
}

static void open_node(struct parse *parse, enum ech_node_kind kind)
{
    struct ech_node *node = new_node(parse, kind);
    if (node == NULL) {
        return;
    }
    if (parse->depth == ECH_TREE_DEPTH) {
        refuse(parse, ECH_BOTH("nesting deeper than 16 levels", "超过16层的嵌套"), node->at);
        parse->stop = true;
        parse->tree.broken = true;
        return;
    }
    attach(parse, node);
    parse->open[++parse->depth] = (struct open_node){.node = node};
}

/** Records keys that stand twice in a map. */
static void check_duplicates(struct parse *parse, const struct ech_node *map)
{
    struct ech_names names = {0};
    const struct ech_node **children =
        ech_arena_array(parse->arena, (size_t)map->n, sizeof *children);
    int i = 0;
    for (const struct ech_node *child = map->first; child != NULL; child = child->next, i++) {
        children[i] = child;
        int first = ech_names_add(&names, child->key, i, parse->arena);
        if (first != i) {
            const struct ech_mark *at = &children[first]->key_at;
            ech_fail(parse->error, ECH_ERR_DUPLICATE,
                     (struct ech_facts){.what = child->key,
                                        .value = ech_arena_format(parse->arena, "%s:%d:%d",
                                                                  at->file, at->line, at->column),
                                        .at = child->key_at});
        }
    }
}

static void close_node(struct parse *parse)
{
    const struct ech_node *node = parse->open[parse->depth--].node;
    if (node->kind == ECH_NODE_MAP && node->n > 1) {
        check_duplicates(parse, node);
    }
}

/** Refuses what a quoted scalar may spell with escapes: NUL, colours of a terminal, ... */
static void check_scalar(struct parse *parse, const char *text, size_t length)
{
    if (ech_text_bad(text, length) < length) {
        ech_fail(parse->error, ECH_ERR_ENCODING,
                 (struct ech_facts){.value = ECH_BOTH("an escape spells a control character",
                                                      "转义序列含控制字符"),
                                    .at = mark_at(parse, parse->event.start_mark)});
    }
}

static void add_scalar(struct parse *parse)
{
    struct ech_node *node = new_node(parse, ECH_NODE_SCALAR);
    if (node != NULL) {
        node->text = ech_arena_text(parse->arena, (const char *)parse->event.data.scalar.value,
                                    parse->event.data.scalar.length);
        check_scalar(parse, (const char *)parse->event.data.scalar.value,
                     parse->event.data.scalar.length);
        node->quoted = parse->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
        attach(parse, node);
    }
}

/** An alias stands for nothing: the refusal is recorded, an empty word takes its place. */
static void add_alias(struct parse *parse)
{
    struct ech_node *node = new_node(parse, ECH_NODE_SCALAR);
    if (node != NULL) {
        refuse(parse, ECH_BOTH("an alias (*name)", "别名（*name）"), node->at);
        node->text = "*";
        node->bad = true;
        parse->tree.broken = true; /* what it stands for would seem to be missing */
        attach(parse, node);
    }
}

/** Refuses anchors and tags of a node. */
static void check_properties(struct parse *parse, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    struct ech_mark at = mark_at(parse, parse->event.start_mark);
    if (anchor != NULL) {
        refuse(parse, ECH_BOTH("an anchor (&name)", "锚点（&name）"), at);
    }
    if (tag != NULL) {
        refuse(parse, ECH_BOTH("a tag (!name)", "标签（!name）"), at);
    }
}

static void start_document(struct parse *parse)
{
    if (++parse->n_documents > 1) {
        refuse(parse, ECH_BOTH("a second document (---)", "第二个文档（---）"),
               mark_at(parse, parse->event.start_mark));
        parse->stop = true;
    }
}

static void take_event(struct parse *parse)
{
    const yaml_event_t *event = &parse->event;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        start_document(parse);
        break;
    case YAML_ALIAS_EVENT:
        add_alias(parse);
        break;
    case YAML_SCALAR_EVENT:
        check_properties(parse, event->data.scalar.anchor, event->data.scalar.tag);
        add_scalar(parse);
        break;
    case YAML_SEQUENCE_START_EVENT:
        check_properties(parse, event->data.sequence_start.anchor, event->data.sequence_start.tag);
        open_node(parse, ECH_NODE_LIST);
        break;
    case YAML_MAPPING_START_EVENT:
        check_properties(parse, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        open_node(parse, ECH_NODE_MAP);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_node(parse);
        break;
    case YAML_STREAM_END_EVENT:
        parse->stop = true;
        break;
    default:
        break;
    }
}

/* The whole file */

static void read_events(struct parse *parse)
{
    while (!parse->stop) {
        if (!yaml_parser_parse(&parse->parser, &parse->event)) {
            syntax_error(parse);
            return;
        }
        parse->has_event = true;
        take_event(parse);
        yaml_event_delete(&parse->event);
        parse->has_event = false;
    }
}

/** Reads the events; false when memory ran out, so that the parser can be freed first. */
static bool read_events_guarded(struct parse *parse, jmp_buf *out_of_memory)
{
    if (setjmp(*out_of_memory) != 0) {
        return false;
    }
    parse->arena->out_of_memory = out_of_memory;
    read_events(parse);
    return true;
}

/** The root must be a map: anything else is reported and dropped. */
static void check_root(struct parse *parse)
{
    const struct ech_node *root = parse->tree.root;
    if (root != NULL && root->kind == ECH_NODE_MAP) {
        return;
    }
    parse->tree.root = NULL;
    if (parse->tree.broken) {
        return;
    }
    parse->tree.broken = true;
    if (root != NULL && root->text != NULL && ech_full_width_colon(root->text) != NULL) {
        ech_fail_full_width(parse->error, root->at);
        return;
    }
    ech_fail(parse->error, ECH_ERR_SYNTAX,
             (struct ech_facts){.what = "YAML",
                                .value = root == NULL
                                             ? ECH_BOTH("the file is empty", "文件为空")
                                             : ECH_BOTH("the file holds no keys", "文件中没有键"),
                                .at = {parse->file->path, 1, 1}});
}

struct ech_tree ech_tree_parse(const struct ech_file *file, struct ech_arena *arena,
                               struct ech_error *error)
{
    struct parse parse = {.file = file, .arena = arena, .error = error};
    jmp_buf *outer = arena->out_of_memory;
    jmp_buf inner;
    if (!ech_encoding_check(file, &parse.skip, arena, error)) {
        parse.tree.broken = true;
        return parse.tree;
    }
    if (!yaml_parser_initialize(&parse.parser)) {
        longjmp(*outer, 1);
    }
    yaml_parser_set_encoding(&parse.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parse.parser, (const unsigned char *)file->bytes + parse.skip,
                                 file->length - parse.skip);
    bool done = read_events_guarded(&parse, &inner);
    arena->out_of_memory = outer;
    if (parse.has_event) {
        yaml_event_delete(&parse.event);
    }
    yaml_parser_delete(&parse.parser);
    if (!done) {
        longjmp(*outer, 1);
    }
    while (parse.depth > 0) { /* what a syntax error left open */
        close_node(&parse);
    }
    check_root(&parse);
    return parse.tree;
}

struct ech_node *ech_node_child(const struct ech_node *map, const char *key)
{
    struct ech_node *found = NULL;
    struct ech_node *child = map != NULL ? map->first : NULL;
    for (; child != NULL; child = child->next) {
        if (child->key != NULL && strcmp(child->key, key) == 0) {
            found = child;
        }
    }
    return found;
}
