/* Life of a results file: made as .part, completed by VACUUM INTO, fsync and rename. */
#include "results/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "results/claim.h"
#include "results/manifest.h"
#include "results/pack.h"
#include "results/rows.h"
#include "results/size.h"
#include "results/whole.h"

/* What is kept of a scenario while its replications come in. */
struct book {
    const struct ech_scenario *scenario; /* the caller's */
    int n_summed;                        /* replications in the sums */
    bool is_written;
    struct ech_sums whole;
    struct ech_sums unit;
};

struct ech_store {
    struct ech_sql sql;
    struct ech_shape shape;
    struct ech_rows rows;
    sqlite3_stmt *mark_done;
    sqlite3_stmt *mark_summed;
    char *path;
    char *part;  /* path.part */
    char *whole; /* path.part-complete, for the moment before it is renamed to path */
    int claim;   /* of the part */
    bool overwrite;
    int n_replications;
    long n_done;
    int n_scenarios;
    struct book *books; /* [n_scenarios] */
};

static char *join(const char *path, const char *suffix)
{
    size_t size = strlen(path) + strlen(suffix) + 1;
    char *joined = malloc(size);
    if (joined) {
        snprintf(joined, size, "%s%s", path, suffix);
    }
    return joined;
}

static void remove_with_suffix(const char *path, const char *suffix)
{
    char *name = join(path, suffix);
    if (name) {
        unlink(name);
    }
    free(name);
}

/* SQLite keeps up to three more files beside one that is being written. */
static void remove_database(const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        remove_with_suffix(path, suffixes[i]);
    }
}

static enum ech_status fail_write(struct ech_error *error, const char *path, int number)
{
    return ech_fail(error, ECH_ERR_WRITE,
                    (struct ech_facts){.what = path, .value = strerror(number)});
}

static enum ech_status check_absent(const char *path, bool overwrite, const char *hint,
                                    struct ech_error *error)
{
    struct stat facts;
    if (lstat(path, &facts) != 0) {
        return errno == ENOENT ? ECH_OK : fail_write(error, path, errno);
    }
    if (!S_ISREG(facts.st_mode) && !S_ISLNK(facts.st_mode)) {
        return ech_fail(
            error, ECH_ERR_WRITE,
            (struct ech_facts){.what = path,
                               .value = ECH_BOTH("it is not a regular file", "它不是普通文件")});
    }
    bool foreign = facts.st_size > 0 && !ech_sql_is_database(path);
    if (foreign) {
        hint = ECH_BOTH("it is not a results file; give another file with -o",
                        "它不是结果文件，请用 -o 指定其他文件");
    }
    return foreign || !overwrite
               ? ech_fail(error, ECH_ERR_EXISTS, (struct ech_facts){.what = path, .hint = hint})
               : ECH_OK;
}

static bool same_levels(const struct ech_scenario *a, const struct ech_scenario *b)
{
    if (a->n_levels != b->n_levels) {
        return false;
    }
    for (int i = 0; i < a->n_levels; i++) {
        if (strcmp(a->levels[i].id, b->levels[i].id) != 0) {
            return false;
        }
    }
    return true;
}

static enum ech_status check_scenarios(const struct ech_store_plan *plan, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int s = 1; s < plan->n_scenarios; s++) {
        const struct ech_scenario *before = plan->scenarios[s - 1];
        const struct ech_scenario *scenario = plan->scenarios[s];
        if (strcmp(before->name, scenario->name) == 0) {
            status = ech_fail(error, ECH_ERR_SAME_NAME,
                              (struct ech_facts){.what = scenario->name,
                                                 .value = ECH_BOTH("give one of them another name",
                                                                   "请给其中一个改名")});
        }
        if (!same_levels(plan->scenarios[0], scenario)) {
            status = ech_fail(
                error, ECH_ERR_CONFLICT,
                (struct ech_facts){.what = scenario->name,
                                   .value = plan->scenarios[0]->name,
                                   .hint = ECH_BOTH("scenarios of one results file have the "
                                                    "same levels",
                                                    "同一结果文件中各情景的层次须相同")});
        }
    }
    return status;
}

static enum ech_status check_files(const struct ech_store *store, bool overwrite,
                                   struct ech_error *error)
{
    enum ech_status status = ech_claim_check(store->part, error);
    if (status == ECH_OK) {
        status = check_absent(store->path, overwrite,
                              ECH_BOTH("--overwrite replaces it", "可用 --overwrite 覆盖"), error);
    }
    if (status != ECH_OK) {
        return status;
    }
    return check_absent(store->part, overwrite,
                        ECH_BOTH("an earlier run was interrupted, and this file holds what it "
                                 "finished; --overwrite starts anew",
                                 "此前的运行被中断，此文件保存了已完成的部分；可用 --overwrite "
                                 "重新开始"),
                        error);
}

/* The empty file is made and locked by us, so that two runs never share one. */
static enum ech_status claim_part(struct ech_store *store, struct ech_error *error)
{
    enum ech_status status = ech_claim_check(store->part, error);
    if (status == ECH_OK) {
        remove_database(store->part);
        status = ech_claim_take(store->part, &store->claim, error);
    }
    return status;
}

static enum ech_status start_part(struct ech_store *store, const struct ech_store_plan *plan,
                                  struct ech_error *error)
{
    struct ech_sql *sql = &store->sql;
    ech_sql_open(sql, store->part, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
    char page[40];
    snprintf(page, sizeof page, "PRAGMA page_size = %d", ECH_PAGE_BYTES);
    ech_sql_run(sql, page);
    ech_sql_run(sql, "PRAGMA auto_vacuum = NONE;"
                     "PRAGMA encoding = 'UTF-8'; PRAGMA secure_delete = OFF;"
                     "PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; BEGIN");
    char words[96];
    snprintf(words, sizeof words, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             ECH_SCHEMA_APPLICATION, ECH_SCHEMA_VERSION);
    ech_sql_run(sql, words);
    ech_schema_create(sql, &store->shape);
    ech_manifest_write(sql, plan, &store->shape);
    ech_sql_run(sql, "COMMIT");
    ech_rows_open(&store->rows, sql, &store->shape);
    store->mark_done = ech_sql_prepare(
        sql, "UPDATE replication SET done = 1 WHERE replication = ? AND scenario_row = ?");
    store->mark_summed =
        ech_sql_prepare(sql, "UPDATE scenario SET n_summed = ? WHERE scenario_row = ?");
    return ech_sql_status(sql, error);
}

/* Closes the database and frees the store; the files stay. */
static void free_store(struct ech_store *store)
{
    ech_rows_close(&store->rows);
    sqlite3_finalize(store->mark_done);
    sqlite3_finalize(store->mark_summed);
    ech_sql_close(&store->sql);
    for (int s = 0; s < store->n_scenarios; s++) {
        ech_sums_free(&store->books[s].whole);
        ech_sums_free(&store->books[s].unit);
    }
    free(store->books);
    free(store->path);
    free(store->part);
    free(store->whole);
    ech_claim_release(store->claim); /* after the database is closed */
    free(store);
}

static struct ech_store *new_store(const struct ech_store_plan *plan)
{
    struct ech_store *store = calloc(1, sizeof *store);
    if (!store) {
        return NULL;
    }
    store->claim = ECH_UNCLAIMED;
    store->overwrite = plan->overwrite;
    store->n_replications = plan->n_replications;
    store->path = join(plan->path, "");
    store->part = join(plan->path, ".part");
    store->whole = join(plan->path, ".part-complete");
    store->books = calloc((size_t)plan->n_scenarios, sizeof *store->books);
    if (!store->path || !store->part || !store->whole || !store->books) {
        free_store(store);
        return NULL;
    }
    store->n_scenarios = plan->n_scenarios;
    return store;
}

enum ech_status ech_store_create(const struct ech_store_plan *plan, struct ech_store **store,
                                 struct ech_error *error)
{
    *store = NULL;
    ECH_ASSERT(plan->n_scenarios > 0 && plan->n_replications > 0);
    enum ech_status status = check_scenarios(plan, error);
    if (status != ECH_OK) {
        return status;
    }
    struct ech_store *made = new_store(plan);
    if (!made) {
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("making the file", "建立文件")});
    }
    made->shape = ech_size_shape(plan);
    for (int s = 0; s < plan->n_scenarios; s++) {
        made->books[s].scenario = plan->scenarios[s];
    }
    status = check_files(made, plan->overwrite, error);
    if (status == ECH_OK) {
        status = ech_schema_check_width(&made->shape, error);
    }
    if (status == ECH_OK) {
        status = ech_size_check(plan, &made->shape, error);
    }
    if (status == ECH_OK) {
        status = claim_part(made, error);
    }
    if (status != ECH_OK) {
        free_store(made);
        return status;
    }
    status = start_part(made, plan, error);
    if (status != ECH_OK) {
        ech_store_discard(made);
        return status;
    }
    *store = made;
    return ECH_OK;
}

/* Sums are written when a scenario is done (or the run ends), and their memory is given back. */
static void write_sums(struct ech_store *store, int s)
{
    struct book *book = &store->books[s];
    if (book->n_summed == 0 || book->is_written) {
        return;
    }
    book->is_written = true;
    ech_sql_run(&store->sql, "BEGIN");
    ech_rows_put_sums(&store->rows, s, book->scenario, &book->whole, &book->unit, book->n_summed);
    if (store->sql.rc == SQLITE_OK) {
        sqlite3_bind_int(store->mark_summed, 1, book->n_summed);
        sqlite3_bind_int(store->mark_summed, 2, s);
        ech_sql_done(&store->sql, store->mark_summed);
    }
    ech_sql_run(&store->sql, "COMMIT");
    ech_sums_free(&book->whole);
    ech_sums_free(&book->unit);
}

enum ech_status ech_store_intake(const struct ech_store *store, int s, struct ech_intake *intake,
                                 struct ech_error *error)
{
    return ech_intake_init(intake, &store->shape, s, store->books[s].scenario, error);
}

enum ech_status ech_store_put(struct ech_store *store, const struct ech_intake *intake,
                              struct ech_error *error)
{
    struct ech_sql *sql = &store->sql;
    ech_sql_run(sql, "BEGIN");
    ech_rows_put_replication(&store->rows, intake);
    if (sql->rc == SQLITE_OK) {
        sqlite3_bind_int(store->mark_done, 1, intake->replication);
        sqlite3_bind_int(store->mark_done, 2, intake->s);
        ech_sql_done(sql, store->mark_done);
    }
    ech_sql_run(sql, "COMMIT");
    store->n_done += sql->rc == SQLITE_OK;
    return ech_sql_status(sql, error);
}

enum ech_status ech_store_merge(struct ech_store *store, struct ech_intake *intake,
                                struct ech_error *error)
{
    struct book *book = &store->books[intake->s];
    ech_intake_flush(intake);
    if (book->n_summed == 0) {
        book->whole = intake->whole;
        book->unit = intake->unit;
        intake->whole = intake->unit = (struct ech_sums){0};
    } else {
        ech_sums_merge(&book->whole, &intake->whole);
        ech_sums_merge(&book->unit, &intake->unit);
    }
    book->n_summed += intake->n_summed;
    intake->n_summed = 0;
    if (book->n_summed == store->n_replications) {
        write_sums(store, intake->s);
    }
    return ech_sql_status(&store->sql, error);
}

long ech_store_n_done(const struct ech_store *store)
{
    return store->n_done;
}

static void write_all_sums(struct ech_store *store)
{
    for (int s = 0; s < store->n_scenarios && store->sql.rc == SQLITE_OK; s++) {
        write_sums(store, s);
    }
}

/* What somebody else has put there while we ran is not ours to replace. */
static enum ech_status publish(const struct ech_store *store, struct ech_error *error)
{
    static const char *const meanwhile =
        ECH_BOTH("another program has written it meanwhile; what was run is kept beside it, with "
                 ".part at the end",
                 "在此期间另一个程序写入了此文件；已完成的运行保存在同名的 .part 文件中");
    enum ech_status status = check_absent(store->path, store->overwrite, meanwhile, error);
    if (status != ECH_OK) {
        return status;
    }
    int number = ech_whole_name(store->whole, store->path, store->overwrite);
    if (number == EEXIST) {
        return ech_fail(error, ECH_ERR_EXISTS,
                        (struct ech_facts){.what = store->path, .hint = meanwhile});
    }
    return number == 0 ? ECH_OK : fail_write(error, store->path, number);
}

static enum ech_status vacuum_into(struct ech_store *store, struct ech_error *error)
{
    remove_database(store->whole);
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendf(text, "VACUUM INTO %Q", store->whole);
    ech_sql_run_str(&store->sql, text);
    return ech_sql_status(&store->sql, error);
}

enum ech_status ech_store_finish(struct ech_store *store, struct ech_error *error)
{
    write_all_sums(store);
    ech_rows_close(&store->rows);
    ech_pack(&store->sql, &store->shape);
    ech_sql_run(&store->sql, "UPDATE manifest SET value = 1 WHERE name = 'complete'");
    ech_sql_run(&store->sql, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
    enum ech_status status = ech_sql_status(&store->sql, error);
    if (status == ECH_OK) {
        status = vacuum_into(store, error);
    }
    if (status == ECH_OK) {
        status = publish(store, error);
    }
    if (status != ECH_OK) {
        remove_database(store->whole);
        free_store(store);
        return status;
    }
    ech_store_discard(store);
    return ECH_OK;
}

enum ech_status ech_store_stop(struct ech_store *store, struct ech_error *error)
{
    if (!store) {
        return ECH_OK;
    }
    if (store->n_done == 0) {
        ech_store_discard(store);
        return ECH_OK;
    }
    write_all_sums(store);
    ech_sql_run(&store->sql, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
    enum ech_status status = ech_sql_status(&store->sql, error);
    free_store(store);
    return status;
}

void ech_store_discard(struct ech_store *store)
{
    if (!store) {
        return;
    }
    char *part = store->part;
    int claim = store->claim; /* ours until the file is gone */
    store->part = NULL;
    store->claim = ECH_UNCLAIMED;
    free_store(store);
    remove_database(part);
    ech_claim_release(claim);
    free(part);
}
