/* The features that hang on what a page's head claims, on addresses, and on the names of elements.

   features.py says what they are (`_Names`, `_link`, `Claims.about`), and a test holds the two together. Lines
   share their sets of names by the dozen, so that each set is looked up in the model once. */

#include "_page.h"

#include <stdlib.h>

/* ---- where a link leads ---- */

static Text part(Text text, Py_ssize_t from, Py_ssize_t to) { return (Text){text.text + from, to - from}; }

static Py_ssize_t place_of(Text text, char sign) {
    const char *found = text.size ? memchr(text.text, sign, (size_t)text.size) : NULL;
    return found ? found - text.text : -1;
}

/* What stands behind the first "//", nothing where there is none. */
static Text behind_slashes(Text text) {
    for (Py_ssize_t at = 0; at + 1 < text.size; at++)
        if (text.text[at] == '/' && text.text[at + 1] == '/')
            return part(text, at + 2, text.size);
    return part(text, text.size, text.size);
}

static int begins(Text text, const char *with) {
    Py_ssize_t size = (Py_ssize_t)strlen(with);
    return text.size >= size && memcmp(text.text, with, (size_t)size) == 0;
}

static int ends(Text text, const char *with) {
    Py_ssize_t size = (Py_ssize_t)strlen(with);
    return text.size >= size && memcmp(text.text + text.size - size, with, (size_t)size) == 0;
}

/* The text up to a sign, and without one all of it; the rest goes to ``behind``. */
static Text before(Text text, char sign, Text *behind) {
    Py_ssize_t at = place_of(text, sign);
    *behind = part(text, at < 0 ? text.size : at + 1, text.size);
    return part(text, 0, at < 0 ? text.size : at);
}

static int is_inside(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; } /* of a character of UTF-8 */

static Py_ssize_t characters(Text text) {
    Py_ssize_t count = 0;
    for (Py_ssize_t at = 0; at < text.size; at++)
        count += !is_inside(text.text[at]);
    return count;
}

/* Whether five digits of any script follow one another. */
static int has_long_number(Text text) {
    int run = 0;
    for (Py_ssize_t at = 0; at < text.size && run < 5;) {
        unsigned char byte = (unsigned char)text.text[at++];
        Py_UCS4 character = byte < 0x80 ? byte : byte & (byte < 0xE0 ? 0x1F : byte < 0xF0 ? 0x0F : 0x07);
        while (at < text.size && is_inside(text.text[at]))
            character = character << 6 | (text.text[at++] & 0x3F);
        run = (byte < 0x80 ? byte >= '0' && byte <= '9' : Py_UNICODE_ISDECIMAL(character)) ? run + 1 : 0;
    }
    return run == 5;
}

/* The most signs, all "-" or all "_", in one of a path's parts. */
static int most_signs(Text place) {
    int most = 0, lines = 0, bars = 0;
    for (Py_ssize_t at = 0; at < place.size; at++) {
        char byte = place.text[at];
        if (byte == '/')
            lines = bars = 0;
        most = byte == '-' && ++lines > most ? lines : most;
        most = byte == '_' && ++bars > most ? bars : most;
    }
    return most;
}

static int is_file(Text slug) {
    return (ends(slug, ".html") || ends(slug, ".htm") || ends(slug, ".shtml") || ends(slug, ".php")) &&
           characters(slug) > 16;
}

/* features.destination; ``low`` is the address in small letters, the room is for its name. */
static Text destination(Text href, Text low, Text host, char *room) {
    Text rest, query, behind, path = before(href, '#', &rest);
    const char *kind, *away = "";
    if (!path.size || begins(path, "javascript:") || begins(path, "mailto:") || begins(path, "tel:"))
        return (Text){"", 0};
    if (begins(path, "http:") || begins(path, "https:") || begins(path, "//")) {
        Text site = before(behind_slashes(path), '/', &rest);
        Text small = before(behind_slashes(before(low, '#', &behind)), '/', &behind);
        if (begins(site, "www."))
            small = part(small, 4, small.size);
        if (host.size && (small.size != host.size || memcmp(small.text, host.text, (size_t)host.size)))
            away = "away-";
        path = rest;
    }
    Text place = before(path, '?', &query), slug = place;
    while (slug.size && slug.text[slug.size - 1] == '/')
        slug.size--;
    for (Py_ssize_t at = slug.size; at > 0; at--)
        if (slug.text[at - 1] == '/') {
            slug = part(slug, at, slug.size);
            break;
        }
    int words = most_signs(place);
    if (words >= 3)
        kind = "worded";
    else if (has_long_number(place) || has_long_number(query))
        kind = "numbered";
    else if (is_file(slug))
        kind = "named";
    else
        kind = words == 2 ? "phrase" : slug.size ? "short" : "root";
    return (Text){room, PyOS_snprintf(room, 32, "%s%s", away, kind)};
}

static int holds(Text text, Text word) {
    while (text.size >= word.size) {
        Py_ssize_t at = place_of(part(text, 0, text.size - word.size + 1), word.text[0]);
        if (at < 0)
            return 0;
        if (memcmp(text.text + at, word.text, (size_t)word.size) == 0)
            return 1;
        text = part(text, at + 1, text.size);
    }
    return 0;
}

/* features.words_in, at most 3: how many of a line's longer words an address spells; ``low`` is it in small letters. */
static int words_in(Page *page, Text href, Text low, PyObject *words) {
    int found = 0;
    Text path = low, rest = behind_slashes(href), word;
    Text ahead = part(href, 0, href.size - rest.size);
    if (ends(ahead, "//") && characters(ahead) <= 8)
        before(behind_slashes(low), '/', &path);
    if (place_of(path, '-') < 0 && place_of(path, '_') < 0)
        return 0;
    for (Py_ssize_t one = 0; one < PyTuple_GET_SIZE(words) && found < 3; one++) {
        if (read_text(PyTuple_GET_ITEM(words, one), &word) < 0) {
            page->failed = 1;
            return 0;
        }
        found += characters(word) > 3 && holds(path, word);
    }
    return found;
}

static void tell_link(Page *page, const Look *look, Text host) {
    char room[32];
    Text href, low;
    PyObject *small = PyObject_CallMethod(look->href, "lower", NULL);
    if (!small || read_text(look->href, &href) < 0 || read_text(small, &low) < 0) {
        page->failed = 1;
    } else {
        Text kind = destination(href, low, host, room);
        tell(page, "href=%s", kind);
        tell(page, "href,size=%s%d", kind, look->size);
        tell(page, "slug=%d", kind.size ? words_in(page, href, low, look->words) : 0);
    }
    Py_XDECREF(small);
}

/* ---- what elements are called ---- */

typedef struct {
    PyObject *names; /* a set that lines share; told apart by identity */
    int lines;
    double *sums;         /* what its features weigh, for each label */
    PyObject *hashes;     /* or the features' hashes, where those are asked for */
} Group;

typedef struct {
    Group *groups[2]; /* of the ancestors and of the class words: tables */
    size_t mask[2], count[2];
    PyObject *counts; /* name -> how many lines stand under it */
    double most;      /* lines from which a name is everywhere, and tells nothing */
} Names;

static Group *group_in(Group *groups, size_t mask, PyObject *names) {
    size_t at = ((uintptr_t)names >> 4) * 0x9e3779b97f4a7c15ULL >> 20 & mask;
    while (groups[at].names && groups[at].names != names)
        at = (at + 1) & mask;
    return &groups[at];
}

static Group *group_of(Names *all, int kind, PyObject *names) {
    if (4 * all->count[kind] >= 3 * all->mask[kind]) {
        size_t mask = all->mask[kind] ? 2 * all->mask[kind] + 1 : 63;
        Group *more = PyMem_Calloc(mask + 1, sizeof *more);
        if (!more)
            return NULL;
        for (size_t at = 0; all->groups[kind] && at <= all->mask[kind]; at++)
            if (all->groups[kind][at].names)
                *group_in(more, mask, all->groups[kind][at].names) = all->groups[kind][at];
        PyMem_Free(all->groups[kind]);
        all->groups[kind] = more, all->mask[kind] = mask;
    }
    Group *group = group_in(all->groups[kind], all->mask[kind], names);
    if (!group->names)
        group->names = names, all->count[kind]++;
    return group;
}

/* Adds the lines of a group to the counts of its names. */
static int count_names(Names *all, const Group *group) {
    PyObject *names = PyObject_GetIter(group->names), *name;
    int failed = !names;
    while (!failed && (name = PyIter_Next(names))) {
        PyObject *known = PyUnicode_CheckExact(name) ? PyDict_GetItemWithError(all->counts, name) : NULL;
        PyObject *count = PyLong_FromLong((known ? PyLong_AsLong(known) : 0) + group->lines);
        failed = !PyUnicode_CheckExact(name) || !count || PyDict_SetItem(all->counts, name, count) < 0;
        Py_XDECREF(count);
        Py_DECREF(name);
    }
    Py_XDECREF(names);
    if (failed && !PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "elements' names are str");
    return failed || PyErr_Occurred() ? -1 : 0;
}

/* Weighs the features of a group, those of its names that tell something. */
static int weigh_names(Names *all, const Page *page, Group *group, const char *sign, Py_ssize_t least, Py_ssize_t most) {
    PyObject *names = PyObject_GetIter(group->names), *name;
    Page sums = {.model = page->model, .hashes = page->hashes ? PyList_New(0) : NULL};
    sums.own = group->sums = PyMem_Calloc((size_t)page->model->labels, sizeof *group->sums);
    group->hashes = sums.hashes;
    sums.failed = !names || !sums.own || (page->hashes && !sums.hashes);
    while (!sums.failed && (name = PyIter_Next(names))) {
        Text text;
        PyObject *count = PyDict_GetItemWithError(all->counts, name);
        Py_ssize_t size = PyUnicode_GET_LENGTH(name);
        if (!count || read_text(name, &text) < 0)
            sums.failed = 1;
        else if (PyLong_AsDouble(count) <= all->most && size >= least && size < most)
            put(&sums, hash_on(hash_on(HASH_START, sign, (Py_ssize_t)strlen(sign)), text.text, text.size));
        Py_DECREF(name);
    }
    Py_XDECREF(names);
    return sums.failed || PyErr_Occurred() ? -1 : 0;
}

static int gather_names(Names *all, const Page *page) {
    all->most = 0.8 * page->count;
    all->counts = PyDict_New();
    if (!all->counts)
        return -1;
    for (int at = 0; at < page->count; at++)
        for (int kind = 0; kind < 2 && page->looks[at].marked_up; kind++) {
            Group *group = group_of(all, kind, page->looks[at].names[kind]);
            if (!group)
                return -1;
            group->lines++;
        }
    for (int step = 0; step < 2; step++) /* all are counted before it is known what is everywhere */
        for (int kind = 0; kind < 2; kind++)
            for (size_t at = 0; all->groups[kind] && at <= all->mask[kind]; at++) {
                Group *group = &all->groups[kind][at];
                if (group->names && (!step ? count_names(all, group)
                                           : weigh_names(all, page, group, kind ? "c=" : "in=", kind ? 3 : 1, kind ? 20 : 99)) < 0)
                    return -1;
            }
    return 0;
}

static void tell_names(Page *page, Names *all, const Look *look) {
    for (int kind = 0; kind < 2 && !page->failed; kind++) {
        const Group *group = group_in(all->groups[kind], all->mask[kind], look->names[kind]);
        for (int label = 0; !page->hashes && label < page->model->labels; label++)
            page->own[label] += group->sums[label];
        if (page->hashes) {
            Py_ssize_t end = PyList_GET_SIZE(page->hashes);
            page->failed |= PyList_SetSlice(page->hashes, end, end, group->hashes) < 0;
        }
    }
}

static void free_names(Names *all) {
    for (int kind = 0; kind < 2; kind++) {
        for (size_t at = 0; all->groups[kind] && at <= all->mask[kind]; at++) {
            PyMem_Free(all->groups[kind][at].sums);
            Py_XDECREF(all->groups[kind][at].hashes);
        }
        PyMem_Free(all->groups[kind]);
    }
    Py_XDECREF(all->counts);
}

/* ---- what the page's head claims ---- */

enum { HEADLINES, TITLES, DESCRIPTIONS, AUTHORS, CLAIMS };
enum { TITLE = 15, DECK = 60, BYLINE = 200 }; /* characters: features.Claims.about */

static int are_claims(PyObject *claims) {
    if (claims == Py_None)
        return 1;
    int right = PyTuple_Check(claims) && PyTuple_GET_SIZE(claims) == CLAIMS && PyAnySet_CheckExact(FIELD(claims, HEADLINES)) &&
                PyUnicode_Check(FIELD(claims, TITLES)) && PyAnySet_CheckExact(FIELD(claims, DESCRIPTIONS)) &&
                PyTuple_Check(FIELD(claims, AUTHORS));
    for (Py_ssize_t one = 0; right && one < PyTuple_GET_SIZE(FIELD(claims, AUTHORS)); one++)
        right = PyUnicode_Check(FIELD(FIELD(claims, AUTHORS), one));
    if (!right)
        PyErr_SetString(PyExc_TypeError, "claims are as features.py has them, or None");
    return right;
}

static void tell_if(Page *page, const char *feature, int holds) {
    if (holds > 0)
        tell(page, feature);
    page->failed |= holds < 0;
}

static void tell_claims(Page *page, PyObject *text, PyObject *claims) {
    PyObject *low = PyObject_CallMethod(text, "casefold", NULL), *start = NULL;
    if (!low || !PyUnicode_Check(low)) {
        page->failed = 1;
        Py_XDECREF(low);
        return;
    }
    Py_ssize_t size = PyUnicode_GET_LENGTH(low);
    int same = PySet_Contains(FIELD(claims, HEADLINES), low), named = 0;
    tell_if(page, "meta:headline", same);
    if (!same && size > TITLE)
        tell_if(page, "meta:part", PyUnicode_Contains(FIELD(claims, TITLES), low));
    if (PySet_GET_SIZE(FIELD(claims, DESCRIPTIONS))) {
        start = PyUnicode_Substring(low, 0, DECK);
        tell_if(page, "meta:deck", start ? PySet_Contains(FIELD(claims, DESCRIPTIONS), start) : -1);
    }
    PyObject *authors = FIELD(claims, AUTHORS);
    for (Py_ssize_t one = 0; size < BYLINE && !named && one < PyTuple_GET_SIZE(authors); one++)
        named = PyUnicode_Contains(low, FIELD(authors, one));
    tell_if(page, "meta:author", named);
    Py_XDECREF(start);
    Py_DECREF(low);
}

/* ---- all of it ---- */

struct Markup {
    Names names;
    Text host;
    PyObject *claims;
};

Markup *new_markup(const Page *page, PyObject *host, PyObject *claims) {
    Markup *markup = PyMem_Calloc(1, sizeof *markup);
    if (!markup) {
        PyErr_NoMemory();
        return NULL;
    }
    markup->claims = claims;
    if (read_text(host, &markup->host) < 0 || !are_claims(claims) || gather_names(&markup->names, page) < 0) {
        if (!PyErr_Occurred())
            PyErr_NoMemory();
        free_markup(markup);
        return NULL;
    }
    return markup;
}

void free_markup(Markup *markup) {
    if (!markup)
        return;
    free_names(&markup->names);
    PyMem_Free(markup);
}

void tell_meaning(Page *page, Markup *markup, const Look *look) {
    if (look->marked_up) {
        tell_names(page, &markup->names, look);
        if (look->href != Py_None)
            tell_link(page, look, markup->host);
    }
    if (markup->claims != Py_None)
        tell_claims(page, look->line_text, markup->claims);
}
