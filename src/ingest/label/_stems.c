/* Stems as numbers: no text is made of any, and two are the same when their letters are. */

#include "_stems.h"

#define LONGEST 5 /* told._STEM */

static Stem stem_of(PyObject *word, Py_ssize_t from, Py_ssize_t size) {
    Stem stem = {0};
    for (Py_ssize_t at = 0; at < size; at++) {
        uint64_t one = PyUnicode_READ_CHAR(word, from + at) + 1; /* so that no letter is nothing */
        if (at < 3)
            stem.head |= one << 21 * at;
        else
            stem.tail |= one << 21 * (at - 3);
    }
    return stem;
}

int next_stem(Walk *walk, Stem *stem) {
    for (; walk->word < PyTuple_GET_SIZE(walk->words); walk->word++, walk->place = 0) {
        PyObject *text = PyTuple_GET_ITEM(walk->words, walk->word);
        Py_ssize_t size = PyUnicode_GET_LENGTH(text);
        if (walk->wide && walk->place + 1 < size) {
            *stem = stem_of(text, walk->place++, 2);
            return 1;
        }
        if (!walk->wide && !walk->place && size > 3) {
            walk->place = 1;
            *stem = stem_of(text, 0, size < LONGEST ? size : LONGEST);
            return 1;
        }
    }
    return 0;
}

Stem *slot_for(const Stems *stems, const Stem *stem) {
    uint64_t hash = (stem->head ^ stem->tail * 0x9e3779b97f4a7c15ULL) * 0xff51afd7ed558ccdULL;
    size_t at = (size_t)(hash ^ hash >> 32) & stems->mask;
    while (stems->slots[at].id && (stems->slots[at].head != stem->head || stems->slots[at].tail != stem->tail))
        at = (at + 1) & stems->mask;
    return &stems->slots[at];
}

int tell_stem(Stems *stems, Stem *stem) {
    if (4 * stems->count >= 3 * stems->mask) {
        Stems more = {NULL, stems->mask ? 2 * stems->mask + 1 : 255, stems->count};
        if (!(more.slots = PyMem_Calloc(more.mask + 1, sizeof(Stem))))
            return -1;
        for (size_t at = 0; stems->slots && at <= stems->mask; at++)
            if (stems->slots[at].id)
                *slot_for(&more, &stems->slots[at]) = stems->slots[at];
        PyMem_Free(stems->slots);
        *stems = more;
    }
    Stem *slot = slot_for(stems, stem);
    if (slot->id)
        stem->id = slot->id;
    else
        stem->id = (uint32_t)++stems->count;
    *slot = (Stem){stem->head, stem->tail, stem->id, slot->times + 1, slot->lede | stem->lede};
    return 0;
}
