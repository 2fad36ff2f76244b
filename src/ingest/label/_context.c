/* context.py in C: what a line is among its neighbours. That file says what each of the measures means.

   A test holds the two together. Nothing here runs code of Python's but str.casefold, so the lines and their
   shapes stay as they are while they are looked at. */

#include "_stems.h"

#include <stddef.h>

enum { SHORT = 12, LONG = 320, AROUND = 8, LEDE = 3, TOLD = 7, FIRST_PERIOD = 2, LAST_PERIOD = 6 };

typedef struct {
    PyObject *text, *words; /* case-folded; a tuple of str, borrowed */
    long long length;
    int wide, size, date, prose, linked, shared, lede, held, holds, rank, run, before, after, group, repeats;
    Py_UCS4 end;
    char beat;
} Row;

/* ---- what the densest run of prose tells ---- */

static Walk walk_of(const Row *row) { return (Walk){.words = row->words, .wide = row->wide}; }

static int tell_stems(Stems *told, const Row *row, int lede) {
    Walk walk = walk_of(row);
    for (Stem stem; next_stem(&walk, &stem);) {
        stem.lede = lede;
        if (tell_stem(told, &stem) < 0)
            return -1;
    }
    return 0;
}

static void find_shared(const Stems *told, Row *row) {
    Walk walk = walk_of(row);
    long long every = 0, known = 0, begun = 0;
    for (Stem stem; next_stem(&walk, &stem); every++) {
        const Stem *slot = slot_for(told, &stem);
        known += slot->id != 0;
        begun += slot->lede;
    }
    row->shared = every ? (int)(4 * known / every) : 0;
    row->lede = every ? (int)(4 * begun / every) : 0;
}

/* How much of the short lines' wording the densest run of prose has too, and its first lines. */
static int share_words(Row *rows, Py_ssize_t count, Py_ssize_t start, Py_ssize_t end) {
    Stems told = {NULL, 0, 0};
    int lines = 0, failed = 0;
    for (Py_ssize_t at = start; !failed && at < end; at++)
        if (rows[at].prose)
            failed = tell_stems(&told, &rows[at], lines++ < LEDE) < 0;
    for (Py_ssize_t at = 0; !failed && told.count && at < count; at++)
        if (rows[at].size < TOLD)
            find_shared(&told, &rows[at]);
    PyMem_Free(told.slots);
    if (failed)
        PyErr_NoMemory();
    return failed ? -1 : 0;
}

/* ---- the measures ---- */

static void densest_run(const Row *rows, Py_ssize_t count, Py_ssize_t *first, Py_ssize_t *last) {
    double best = 0, running = 0;
    *first = *last = 0;
    for (Py_ssize_t at = 0, start = 0; at < count; at++) {
        const Row *row = &rows[at];
        double weight = row->linked || row->size < 3 ? -1.2 : -0.7;
        if (row->prose && !row->linked)
            weight = (double)(row->length < 500 ? row->length : 500) / 100;
        if (running <= 0)
            running = 0, start = at;
        running += weight;
        if (running > best)
            best = running, *first = start, *last = at + 1;
    }
}

/* How often each text stands on the page, and the lines back and on to the next of the same. */
static int count_texts(Row *rows, Py_ssize_t count) {
    PyObject *groups = PyDict_New(); /* text -> its first line */
    Py_ssize_t *last = PyMem_Calloc((size_t)count, sizeof *last);
    int failed = !groups || !last;
    for (Py_ssize_t at = 0; !failed && at < count; at++) {
        PyObject *own = PyLong_FromSsize_t(at), *first = own ? PyDict_SetDefault(groups, rows[at].text, own) : NULL;
        if (first) {
            Py_ssize_t group = PyLong_AsSsize_t(first);
            rows[at].group = (int)group;
            if (group != at) {
                rows[at].before = (int)(at - last[group]);
                rows[last[group]].after = rows[at].before;
            }
            last[group] = at;
            rows[group].repeats++;
        }
        failed = !first;
        Py_XDECREF(own);
    }
    for (Py_ssize_t at = 0; !failed && at < count; at++)
        rows[at].repeats = rows[rows[at].group].repeats;
    Py_XDECREF(groups);
    PyMem_Free(last);
    if (failed && !PyErr_Occurred())
        PyErr_NoMemory();
    return failed ? -1 : 0;
}

/* Which lines stand once more within a longer one nearby. */
static int find_held(Row *rows, Py_ssize_t count) {
    static const int steps[] = {-1, 1, -2, 2};
    for (Py_ssize_t at = 0; at < count; at++) {
        if (rows[at].length < SHORT || rows[at].length >= LONG)
            continue;
        for (int one = 0; one < 4; one++) {
            Py_ssize_t there = at + steps[one];
            if (there < 0 || there >= count ||
                PyUnicode_GET_LENGTH(rows[at].text) >= PyUnicode_GET_LENGTH(rows[there].text))
                continue;
            int holds = PyUnicode_Contains(rows[there].text, rows[at].text);
            if (holds < 0)
                return -1;
            if (holds && !rows[at].held)
                rows[at].held = steps[one];
            if (holds && !rows[there].holds)
                rows[there].holds = -steps[one];
        }
    }
    return 0;
}

static void rank_headlines(Row *rows, Py_ssize_t start, Py_ssize_t end) {
    for (int rank = 1; rank <= 3 && start < end; rank++) {
        double most = 0;
        Row *best = NULL;
        for (Py_ssize_t at = start < 40 ? 0 : start - 40; at < start + 2 && at < end; at++) {
            Row *row = &rows[at];
            if (row->rank || row->size < 2 || row->size > 6 || row->date == 2 || row->shared < 2)
                continue;
            Py_ssize_t words = PyTuple_GET_SIZE(row->words) + 4 * row->wide;
            double weight = (double)(row->shared * (words < 14 ? words : 14)) - 0.3 * (double)(start - at);
            if (!best || weight >= most)
                best = row, most = weight;
        }
        if (best)
            best->rank = rank;
    }
}

static void find_runs(Row *rows, Py_ssize_t count) {
    for (Py_ssize_t at = 0, start = 0; at <= count; at++) {
        if (at < count && rows[at].prose && !rows[at].linked)
            continue;
        for (Py_ssize_t inside = start; inside < at; inside++)
            rows[inside].run = (int)(at - start);
        start = at + 1;
    }
}

/* The round of a list from a line on, for each of the lines that repeat themselves. */
static int tell_round(const Row *rows, Py_ssize_t first, Py_ssize_t end, int period, PyObject *rounds) {
    char turn[LAST_PERIOD];
    int mixed = 0;
    for (Py_ssize_t at = first; at < end; at++)
        mixed |= rows[at].beat != rows[first].beat;
    for (Py_ssize_t at = first; mixed && at < end; at++) {
        if (PyUnicode_GET_LENGTH(PyList_GET_ITEM(rounds, at)))
            continue;
        for (int place = 0; place < period; place++)
            turn[place] = rows[first + (at - first + place) % period].beat;
        PyObject *text = PyUnicode_FromStringAndSize(turn, period);
        if (!text || PyList_SetItem(rounds, at, text) < 0)
            return -1;
    }
    return 0;
}

static PyObject *rhythm(const Row *rows, Py_ssize_t count) {
    PyObject *rounds = PyList_New(count), *none = PyUnicode_FromString("");
    for (Py_ssize_t at = 0; rounds && none && at < count; at++)
        PyList_SET_ITEM(rounds, at, Py_NewRef(none));
    if (!none)
        Py_CLEAR(rounds);
    Py_XDECREF(none);
    for (int period = FIRST_PERIOD; rounds && period <= LAST_PERIOD; period++) {
        Py_ssize_t run = 0;
        for (Py_ssize_t at = period; rounds && at <= count; at++) {
            if (at < count && rows[at].beat == rows[at - period].beat) {
                run++;
                continue;
            }
            if (run >= 2 * period && tell_round(rows, at - run - period, at, period, rounds) < 0)
                Py_CLEAR(rounds);
            run = 0;
        }
    }
    return rounds;
}

static PyObject *kinds_of(const Row *rows, Py_ssize_t count) {
    PyObject *kinds = PyList_New(count);
    for (Py_ssize_t at = 0; kinds && at < count; at++) {
        const Row *row = &rows[at];
        char size = "sssmmlllx"[row->size];
        Py_UCS4 end = row->end == '.' || row->end == 0x201d ? '.' : row->end == 0x2026 || row->end == ':' ? row->end : 'a';
        Py_UCS4 kind[] = {(Py_UCS4)(row->prose ? size - 32 : size), end, '@'};
        PyObject *text = row->date == 2 ? PyUnicode_FromString("D")
                                        : PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, kind, 2 + row->linked);
        if (text)
            PyUnicode_InternInPlace(&text); /* there are some sixty */
        if (text)
            PyList_SET_ITEM(kinds, at, text);
        else
            Py_CLEAR(kinds);
    }
    return kinds;
}

/* ---- reading and telling ---- */

static int read_row(PyObject *line, PyObject *shape, Row *row) {
    static PyObject *casefold; /* the name of the method */
    int sentences = 0, length = 0;
    if (!casefold && !(casefold = PyUnicode_InternFromString("casefold")))
        return -1;
    if (!is_tuple(line, L_FIELDS) || !is_tuple(shape, S_FIELDS) || !is_tuple(FIELD(shape, S_WORDS), 0) ||
        read_int(FIELD(shape, S_LENGTH), &length) < 0 || read_int(FIELD(shape, S_SIZE), &row->size) < 0 ||
        read_int(FIELD(shape, S_SENTENCES), &sentences) < 0 || read_int(FIELD(shape, S_DATE), &row->date) < 0)
        return -1;
    PyObject *end = FIELD(shape, S_END), *hints = FIELD(line, L_HINTS), *text = FIELD(line, L_TEXT);
    row->words = FIELD(shape, S_WORDS);
    for (Py_ssize_t at = 0; at < PyTuple_GET_SIZE(row->words); at++)
        if (!PyUnicode_Check(PyTuple_GET_ITEM(row->words, at)))
            end = NULL;
    if (!end || !PyUnicode_Check(end) || !PyUnicode_GET_LENGTH(end) || !PyUnicode_CheckExact(text) || row->size < 0 ||
        row->size > 8 || (hints != Py_None && !is_tuple(hints, H_FIELDS))) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "lines and shapes are as they are named");
        return -1;
    }
    row->length = length;
    row->wide = FIELD(shape, S_WIDE) == Py_True;
    row->end = PyUnicode_READ_CHAR(end, 0);
    row->prose = is_prose(row->size, sentences, row->end);
    if (hints != Py_None && PyFloat_Check(FIELD(hints, H_LINK_SHARE)))
        row->linked = PyFloat_AS_DOUBLE(FIELD(hints, H_LINK_SHARE)) > 0.6;
    else if (hints != Py_None)
        row->linked = PyObject_IsTrue(FIELD(hints, H_LINK_SHARE)) > 0;
    row->beat = beat_of(row->date, row->prose, row->size);
    row->text = PyObject_CallMethodNoArgs(text, casefold);
    return row->text ? 0 : -1;
}

/* A list of one of the numbers of each line, by where it lies in a row. */
static PyObject *numbers(const Row *rows, Py_ssize_t count, size_t place) {
    PyObject *list = PyList_New(count);
    for (Py_ssize_t at = 0; list && at < count; at++) {
        PyObject *number = PyLong_FromLong(*(const int *)((const char *)&rows[at] + place));
        if (number)
            PyList_SET_ITEM(list, at, number);
        else
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *densities(const Row *rows, Py_ssize_t count) {
    PyObject *list = PyList_New(count);
    int sum = 0; /* of the prose from AROUND lines before to AROUND behind */
    for (Py_ssize_t at = -AROUND; list && at < count; at++) {
        Py_ssize_t ahead = at + AROUND, behind = at - AROUND - 1;
        sum += ahead < count && rows[ahead].prose && !rows[ahead].linked;
        sum -= behind >= 0 && rows[behind].prose && !rows[behind].linked;
        if (at < 0)
            continue;
        PyObject *number = PyLong_FromLong((sum - (rows[at].prose && !rows[at].linked) + 3) / 4);
        if (number)
            PyList_SET_ITEM(list, at, number);
        else
            Py_CLEAR(list);
    }
    return list;
}

/* The fields of a Context in their order, without the last, which markup tells. */
static PyObject *told(const Row *rows, Py_ssize_t count, Py_ssize_t start, Py_ssize_t end) {
    static const size_t places[] = {offsetof(Row, before), offsetof(Row, after), offsetof(Row, shared),
                                    offsetof(Row, lede),   offsetof(Row, held),  offsetof(Row, holds),
                                    offsetof(Row, rank)};
    PyObject *fields = PyTuple_New(C_HOME);
    if (!fields)
        return NULL;
    PyTuple_SET_ITEM(fields, C_CORE, Py_BuildValue("(nn)", start, end));
    PyTuple_SET_ITEM(fields, C_KINDS, kinds_of(rows, count));
    PyTuple_SET_ITEM(fields, C_REPEATS, numbers(rows, count, offsetof(Row, repeats)));
    for (int one = 0; one < 7; one++)
        PyTuple_SET_ITEM(fields, C_BEFORE + one, numbers(rows, count, places[one]));
    PyTuple_SET_ITEM(fields, C_ROUND, rhythm(rows, count));
    PyTuple_SET_ITEM(fields, C_RUN, numbers(rows, count, offsetof(Row, run)));
    PyTuple_SET_ITEM(fields, C_DENSITY, densities(rows, count));
    if (PyErr_Occurred())
        Py_CLEAR(fields);
    return fields;
}

PyObject *gather(PyObject *module, PyObject *const *args, Py_ssize_t arguments) {
    (void)module;
    if (arguments != 2 || !PyList_Check(args[0]) || !PyList_Check(args[1]) ||
        PyList_GET_SIZE(args[0]) != PyList_GET_SIZE(args[1]) || PyList_GET_SIZE(args[0]) > INT_MAX / 2) {
        PyErr_SetString(PyExc_TypeError, "gather(lines: list, shapes: list), as many of these as of those");
        return NULL;
    }
    Py_ssize_t count = PyList_GET_SIZE(args[0]), read = 0, start, end;
    Row *rows = PyMem_Calloc((size_t)count + 1, sizeof(Row));
    PyObject *fields = NULL;
    while (rows && read < count &&
           read_row(PyList_GET_ITEM(args[0], read), PyList_GET_ITEM(args[1], read), &rows[read]) == 0)
        read++;
    if (!rows) {
        PyErr_NoMemory();
    } else if (read == count && count_texts(rows, count) == 0 && find_held(rows, count) == 0) {
        densest_run(rows, count, &start, &end);
        if (share_words(rows, count, start, end) == 0) {
            rank_headlines(rows, start, end);
            find_runs(rows, count);
            fields = told(rows, count, start, end);
        }
    }
    for (Py_ssize_t at = 0; at < read; at++)
        Py_DECREF(rows[at].text);
    PyMem_Free(rows);
    return fields;
}
