/* The features of a page's lines, looked up in the model without a string being made for any of them.

   features.py says what they are, and makes them as strings where someone wants to see them: in training, in
   `ingest explain`, and where there is no compiler. A test holds the two together, feature by feature. Those of
   names, addresses and the page's head are in _markup.c. */

#include "_page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SHORT 6 /* words: up to here a line's wording itself is evidence */

/* ---- one feature ---- */

void put(Page *page, uint64_t hash) {
    if (!page->hashes) {
        add_slot(page->model, slot_of(page->model, hash), page->own);
        return;
    }
    PyObject *number = PyLong_FromUnsignedLongLong(hash);
    if (!number || PyList_Append(page->hashes, number) < 0)
        page->failed = 1;
    Py_XDECREF(number);
}

/* A feature, written as printf would: %d is an int, %s a Text. */
void tell(Page *page, const char *form, ...) {
    uint64_t hash = HASH_START;
    va_list parts;
    va_start(parts, form);
    for (; *form; form++) {
        if (*form != '%') {
            hash = HASH_STEP(hash, *form);
        } else if (*++form == 's') {
            const Text text = va_arg(parts, Text);
            hash = hash_on(hash, text.text, text.size);
        } else {
            char digits[16];
            int number = va_arg(parts, int);
            if (number >= 0 && number < 10)
                hash = HASH_STEP(hash, '0' + number);
            else
                hash = hash_on(hash, digits, snprintf(digits, sizeof digits, "%d", number));
        }
    }
    va_end(parts);
    put(page, hash);
}

/* ---- the groups of features, in the order of features.py ---- */

/* A feature for each text of a tuple. */
static void tell_each(Page *page, const char *form, PyObject *texts) {
    for (Py_ssize_t one = 0; one < PyTuple_GET_SIZE(texts); one++) {
        Text text;
        if (read_text(PyTuple_GET_ITEM(texts, one), &text) < 0)
            page->failed = 1;
        else
            tell(page, form, text);
    }
}

static void tell_wording(Page *page, const Look *look) {
    Py_ssize_t count = PyTuple_GET_SIZE(look->words);
    uint64_t whole = hash_on(HASH_START, "text=", 5);
    Text text;
    if (!count)
        return;
    for (int last = 0; last < 2; last++) {
        if (read_text(PyTuple_GET_ITEM(look->words, last ? count - 1 : 0), &text) < 0)
            page->failed = 1;
        else
            tell(page, last ? "last=%s" : "first=%s", text);
    }
    if (count > SHORT)
        return;
    for (Py_ssize_t one = 0; one < count; one++) {
        if (read_text(PyTuple_GET_ITEM(look->words, one), &text) < 0) {
            page->failed = 1;
            return;
        }
        whole = hash_on(one ? HASH_STEP(whole, ' ') : whole, text.text, text.size);
    }
    put(page, whole);
    tell_each(page, "w=%s", look->words);
}

static int latest(const Page *page, int from, int to) {
    int most = 0;
    for (int at = from; at < to && at < page->count; at++)
        most = page->looks[at].date > most ? page->looks[at].date : most;
    return most;
}

static void tell_own(Page *page, int at) {
    const Look *look = &page->looks[at];
    put(page, hash_on(HASH_START, "bias", 4));
    tell(page, "size=%d", look->size);
    tell(page, "end=%s", look->end);
    tell(page, "start=%s", look->start);
    tell(page, "stops=%d", look->sentences);
    tell(page, "caps=%d", look->capitals);
    tell(page, "digits=%d", look->digits);
    tell(page, "date=%d", look->date);
    tell(page, "size,end=%d%s", look->size, look->end);
    tell(page, "size,stops=%d%d", look->size, look->sentences);
    tell(page, "repeats=%d", at_most(look->repeats, 4));
    tell(page, "before=%d", at_most(look->before, 7));
    tell(page, "after=%d", at_most(look->after, 7));
    tell(page, "round=%s", look->round);
    tell(page, "round,kind=%d%s", (int)look->round.size, look->kind);
    tell(page, "run=%d", at_most(look->run, 6));
    tell(page, "run,dense=%d%d", at_most(look->run, 3), look->density);
    tell(page, "words=%d", at_most((int)PyTuple_GET_SIZE(look->words), 12));
    tell(page, "shared=%d", look->shared);
    tell(page, "lede=%d", look->lede);
    tell(page, "held=%d", look->held);
    tell(page, "holds=%d", look->holds);
    tell(page, "rank=%d", look->rank);
    tell(page, "named=%d", look->named);
    if (look->after > 0 && look->after < 5)
        tell(page, "echo=%d%d", look->after, latest(page, at, at + look->after));
    if (look->before > 0 && look->before < 5)
        tell(page, "echoed=%d%d", look->before, latest(page, at > look->before ? at - look->before : 0, at));
    tell_each(page, "has%s", look->marks);
    tell_each(page, "lex:%s", look->lexicon);
    tell_wording(page, look);
}

static const Text SIGNS[2 * NEAR + 1] = {{"-3", 2}, {"-2", 2}, {"-1", 2}, {"", 0}, {"1", 1}, {"2", 1}, {"3", 1}};

/* What a line sees of another, ``step`` lines off. */
static void tell_neighbour(Page *page, int at, int step) {
    const Text sign = SIGNS[step + NEAR];
    if (at + step < 0 || at + step >= page->count) {
        tell(page, "%s:none", sign);
        return;
    }
    const Look *look = &page->looks[at + step];
    tell(page, "%s:%s", sign, look->kind);
    if (step == NEAR || step == -NEAR)
        return;
    tell(page, "%s:size=%d", sign, look->size);
    tell(page, "%s:end=%s", sign, look->end);
    tell(page, "%s:caps=%d", sign, look->capitals);
    tell(page, "%s:date=%d", sign, look->date);
    for (Py_ssize_t one = 0; one < PyTuple_GET_SIZE(look->lexicon); one++) {
        Text name;
        if (read_text(PyTuple_GET_ITEM(look->lexicon, one), &name) < 0)
            page->failed = 1;
        else
            tell(page, "%s:%s", sign, name);
    }
}

static void tell_kinds(Page *page, int at) {
    Text kinds[2 * NEAR + 1];
    for (int step = -NEAR; step <= NEAR; step++) {
        int there = at + step >= 0 && at + step < page->count;
        kinds[step + NEAR] = there ? page->looks[at + step].kind : (Text){"-", 1};
    }
    const Text a = kinds[0], b = kinds[1], c = kinds[2], d = kinds[3], e = kinds[4], f = kinds[5], g = kinds[6];
    tell(page, "k=%s", d);
    tell(page, "k-=%s %s", c, d);
    tell(page, "k+=%s %s", d, e);
    tell(page, "k-+=%s %s %s", c, d, e);
    tell(page, "k--=%s %s %s", b, c, d);
    tell(page, "k++=%s %s %s", d, e, f);
    tell(page, "k---=%s %s %s %s", a, b, c, d);
    tell(page, "k+++=%s %s %s %s", d, e, f, g);
}

static void tell_position(Page *page, int at) {
    static const char *const away[] = {"-10", "-25", "-far"};
    const Look *look = &page->looks[at];
    int start = page->start, end = page->end, off = at < start ? start - at : at - end + 1;
    char name[16];
    Text place = {name, 0};
    if (start == end)
        place = (Text){"none", 4};
    else if (at >= start && at < end)
        place = at - start > 1 && end - at > 2 ? (Text){"in", 2}
                : at - start < 2               ? (Text){"in-first", 8}
                                               : (Text){"in-last", 7};
    else if (off < 6)
        place.size = snprintf(name, sizeof name, "%s%d", at < start ? "before" : "after", off);
    else
        place.size = snprintf(name, sizeof name, "%s%s", at < start ? "before" : "after", away[(off > 10) + (off > 25)]);
    tell(page, "core=%s", place);
    tell(page, "core,kind=%s%s", (Text){place.text, place.size < 6 ? place.size : 6}, look->kind);
    tell(page, "core,named=%s%d", place, look->named);
    tell(page, "core,shared=%s%d", place, look->shared);
    tell(page, "core,run=%s%d", place, at_most(look->run, 4));
    tell(page, "core,dense=%s%d", place, look->density);
    tell(page, "core,lede=%s%d", place, look->lede);
    tell(page, "tenth=%d", 10 * at / page->count);
    tell(page, at < 4 ? "first=%d" : "left=%d", at < 4 ? at : at_most(page->count - at, 5));
}

static void tell_gaps(Page *page, int at) {
    int before = at_most(page->looks[at].gap, 2);
    int after = at + 1 < page->count ? at_most(page->looks[at + 1].gap, 2) : 2;
    int further = at + 2 < page->count ? at_most(page->looks[at + 2].gap, 1) : 1;
    tell(page, "gap=%d%d", before, after);
    tell(page, "gap+=%d%d%d", before, after, further);
}

/* How the markup changes to the lines before and after. */
static void tell_steps(Page *page, int at) {
    const Look *own = &page->looks[at];
    for (int step = -2; step <= 2; step++) {
        const Text sign = SIGNS[step + NEAR];
        const Look *near = &page->looks[at + step < 0 ? 0 : at + step];
        if (!step || at + step < 0 || at + step >= page->count || !near->marked_up)
            continue;
        tell(page, "%s:tag=%s", sign, near->tag);
        tell(page, "%s:link=%d", sign, (int)(near->link_share * 2.99));
        tell(page, own->block == near->block   ? "%s:same=block"
                   : own->depth == near->depth ? "%s:same=depth"
                                               : "%s:same=no",
             sign);
        if (own->href != Py_None && near->href != Py_None && PyUnicode_Compare(own->href, near->href) == 0)
            tell(page, "%s:href", sign);
    }
}

static void tell_markup(Page *page, int at) {
    const Look *look = &page->looks[at];
    int share = (int)(look->link_share * 4.99);
    tell(page, look->bare ? "dump" : "html");
    tell(page, "tag=%s", look->tag);
    tell(page, "link=%d", share);
    tell(page, "tag,link=%s%d", look->tag, share);
    tell(page, "depth=%d", look->depth / 4);
    if (look->timed)
        tell(page, "time");
    tell_steps(page, at);
    tell(page, "home=%s", look->home);
    tell(page, "home,kind=%s%s", look->home, look->kind);
}

static int tell_line(Page *page, int at, Markup *markup) {
    tell_own(page, at);
    for (int step = -NEAR; step <= NEAR; step++)
        if (step)
            tell_neighbour(page, at, step);
    tell_kinds(page, at);
    tell_position(page, at);
    if (page->gaps)
        tell_gaps(page, at);
    if (page->looks[at].marked_up)
        tell_markup(page, at);
    tell_meaning(page, markup, &page->looks[at]);
    return page->failed ? -1 : 0;
}

/* ---- what Python calls ---- */

/* Reads the page; what it returns is NULL where that failed. */
static Markup *open_page(Page *page, Model *model, PyObject *args) {
    PyObject *lines, *shapes, *context, *host, *claims;
    page->model = model;
    if (!model->names) {
        PyErr_SetString(PyExc_TypeError, "this model was not read");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O!O!OUO", &PyList_Type, &lines, &PyList_Type, &shapes, &context, &host, &claims) ||
        read_page(page, lines, shapes, context) < 0)
        return NULL;
    return new_markup(page, host, claims);
}

PyObject *model_look(Model *model, PyObject *args) {
    Page page = {0};
    PyObject *result = NULL;
    double *state = NULL;
    Markup *markup = open_page(&page, model, args);
    if (markup && (state = new_state(model, page.count))) {
        int at = 0;
        for (page.own = state; at < page.count && tell_line(&page, at, markup) == 0; at++)
            page.own += model->labels;
        int whole = at == page.count;
        PyMem_Free(page.looks); /* before the answer needs room */
        page.looks = NULL;
        if (whole)
            result = model_answer(model, state, page.count);
    }
    free_markup(markup);
    PyMem_Free(state);
    PyMem_Free(page.looks);
    return result;
}

PyObject *model_hashes(Model *model, PyObject *args) {
    Page page = {.hashes = PyList_New(0)}; /* which tells that hashes are asked for */
    Markup *markup = page.hashes ? open_page(&page, model, args) : NULL;
    PyObject *result = markup ? PyList_New(0) : NULL;
    Py_CLEAR(page.hashes);
    for (int at = 0; result && at < page.count; at++) {
        page.hashes = PyList_New(0);
        if (!page.hashes || tell_line(&page, at, markup) < 0 || PyList_Append(result, page.hashes) < 0)
            Py_CLEAR(result);
        Py_CLEAR(page.hashes);
    }
    free_markup(markup);
    PyMem_Free(page.looks);
    return result;
}
